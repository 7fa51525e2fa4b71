/*
 * native/isolation.h - what a start request says of user, isolation and paths, as settings of a
 * monitor.
 */
#ifndef NATIVE_ISOLATION_H
#define NATIVE_ISOLATION_H

#include "native/generated/native_start_request.h"

#include <nex/core.h>

/** Whether the workload gets a user of its own: asked for, or strict under root. */
bool native_user_is_dynamic(const nex_native_start_request *start);

/**
 * Appends the user. Directory is the workload's own, in which a dynamic user is recorded; NULL
 * only checks what can be checked before there is one.
 */
nex_status native_put_user(const nex_native_start_request *start, const char *directory,
                           nex_buf *out, nex_error *err);

/**
 * A user id that no other live workload of this machine has: the one the workload had before,
 * or a free one, which is then its own as long as its directory exists.
 */
nex_status native_dynamic_user(const char *directory, uint32_t *out, nex_error *err);

/** The dynamic user on record in a workload's directory; 0: it has none. */
uint32_t native_dynamic_user_recorded(int directory);

/** System call filters, made when first asked for: that takes a millisecond. Zero is none yet. */
typedef struct native_filters {
    nex_buf normal;
    nex_buf strict;
} native_filters;

void native_filters_free(native_filters *filters);

/** Appends the filter of a profile. */
nex_status native_put_filter(native_filters *filters, bool strict, nex_buf *out, nex_error *err);

/** Appends profile and paths; a strict workload does not see private_dir (NULL: there is none). */
nex_status native_put_isolation(const nex_native_start_request *start, const char *private_dir,
                                native_filters *filters, nex_buf *out, nex_error *err);

#endif
