/* files.h - files and directories of tests. */
#ifndef TESTS_SUPPORT_FILES_H
#define TESTS_SUPPORT_FILES_H

/** Removes a directory with all that is in it, following no links. Returns 0 or -1. */
int remove_tree(const char *path);

/** Makes a file of a text, in place of what was there; ends the test when it cannot. */
void write_file(const char *path, const char *text);

#endif
