/*
 * native/beneath.h - files below a directory that somebody else may change: no path given here
 * leads out of it, whatever links lie in it.
 */
#ifndef NATIVE_BENEATH_H
#define NATIVE_BENEATH_H

#include <nex/core.h>

#include <sys/types.h>

/** Whether a path is relative and names no "." or ".." on its way. */
bool native_beneath_valid(const char *path);
/**
 * Opens the directory in which the last name of a path lies, and makes what is missing on the
 * way (0755); no link is followed. *last is that name within path.
 */
nex_status native_beneath_parent(int root, const char *path, int *parent, const char **last,
                                 nex_error *err);
/** Opens a directory below, made if it is missing; path "." is root itself. */
nex_status native_beneath_directory(int root, const char *path, int *out, nex_error *err);
/** Makes a new file for writing; a file or link of that name is removed first. */
nex_status native_beneath_create(int root, const char *path, mode_t mode, int *out, nex_error *err);

#endif
