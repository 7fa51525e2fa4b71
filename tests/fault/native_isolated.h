/*
 * native_isolated.h - runs of a start request with its isolation, as root and without.
 */
#ifndef NEX_TEST_NATIVE_ISOLATED_H
#define NEX_TEST_NATIVE_ISOLATED_H

#include "native_run.h"

#include <native/generated/native_start_request.h>

/** What a run is made of; zero is the default of every field. */
typedef struct isolated {
    const char *id; /**< NULL: "w1" */
    const nex_native_start_request *start;
    const char *private_dir;
    const char *argument; /**< $1 of the script */
    const nex_string_list *env;
    const char *cgroup; /**< to be born in; NULL: none */
} isolated;

/** Starts `sh -c script` as the request says; the run may have failed. */
void isolated_start(native_rig *rig, native_run *run, const isolated *how, const char *script);
/** The same, and waits for the end; stdout and stderr must be this. */
void isolated_expect(native_rig *rig, const isolated *how, const char *script, const char *out);

/**
 * Skips the test where this user cannot have namespaces at all, as in a chroot or an unprivileged
 * container: there strict workloads are refused, and nothing else is to be seen of them.
 */
void isolated_needs_namespaces(void);

/**
 * Runs a group's tests as this user and, when that is root, once more as one without privileges.
 */
int isolated_main(int (*tests)(void));

int isolated_setup(void **state);
int isolated_teardown(void **state);

#endif
