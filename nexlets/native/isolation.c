/* The profiles of isolation, and exceptions from them. */
#include "native/isolation.h"

#include "native/settings.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* What the profiles are made of. */
enum {
    PROFILE_DEFAULT = MON_ISOLATE_NO_NEW_PRIVS,
    PROFILE_STRICT = MON_ISOLATE_NO_NEW_PRIVS | MON_ISOLATE_DROP_CAPS | MON_ISOLATE_PRIVATE_TMP |
                     MON_ISOLATE_READ_ONLY | MON_ISOLATE_PRIVATE_PID | MON_ISOLATE_PRIVATE_IPC |
                     MON_ISOLATE_LANDLOCK
};

static nex_status no_memory(nex_error *err) {
    return nex_error_set(err, NEX_ENOMEM, "isolation: out of memory");
}

/* Paths of one list; a list that does not exist is empty. */
static nex_status put_paths(const char *name, char *const *items, size_t count, mon_tag tag,
                            nex_buf *out, nex_error *err) {
    for (size_t i = 0; i < count; i++) {
        const char *path = items[i];
        if (path[0] != '/' || path[1] == '\0') {
            return nex_error_set(err, NEX_EINVAL,
                                 "paths.%s: \"%s\": expected an absolute path other than /", name,
                                 path);
        }
        if (tag != MON_TAG_HIDDEN && access(path, F_OK) != 0) {
            return nex_error_set(err, NEX_ENOTFOUND, "paths.%s: there is no %s", name, path);
        }
        if (native_put_text(out, tag, path) != NEX_OK) {
            return no_memory(err);
        }
    }
    return NEX_OK;
}

static nex_status put_all_paths(const nex_native_start_request *start, nex_buf *out,
                                nex_error *err) {
    const nex_native_start_request_paths *paths = start->paths;
    if (paths == NULL) {
        return NEX_OK;
    }
    if (start->isolation == NEX_NATIVE_START_REQUEST_ISOLATION_OFF) {
        return nex_error_set(err, NEX_EINVAL,
                             "paths: with isolation \"off\" the program sees all files; "
                             "use \"default\" or \"strict\"");
    }
    nex_status status =
        put_paths("hidden", paths->hidden.items, paths->hidden.count, MON_TAG_HIDDEN, out, err);
    if (status == NEX_OK) {
        status = put_paths("read_only", paths->read_only.items, paths->read_only.count,
                           MON_TAG_READ_ONLY, out, err);
    }
    if (status == NEX_OK) {
        status = put_paths("writable", paths->writable.items, paths->writable.count,
                           MON_TAG_READ_WRITE, out, err);
    }
    return status;
}

/* A core file would hold what the program knew, in a place of nobody's choice. */
static nex_status put_no_core(const nex_native_start_request *start, nex_buf *out) {
    mon_rlimit none = {.resource = RLIMIT_CORE};
    bool asked = start->limits != NULL && start->limits->has_core;
    return asked ? NEX_OK : native_put(out, MON_TAG_RLIMIT, &none, sizeof none);
}

static nex_status put_strict(const nex_native_start_request *start, const char *private_dir,
                             nex_buf *out, nex_error *err) {
    nex_status status = native_put_u32(out, MON_TAG_ISOLATION, PROFILE_STRICT);
    if (status == NEX_OK) {
        status = put_no_core(start, out);
    }
    if (status == NEX_OK && private_dir != NULL) {
        status = native_put_text(out, MON_TAG_HIDDEN, private_dir);
    }
    return status == NEX_OK ? NEX_OK : no_memory(err);
}

nex_status native_put_isolation(const nex_native_start_request *start, const char *private_dir,
                                native_filters *filters, nex_buf *out, nex_error *err) {
    bool strict = start->isolation == NEX_NATIVE_START_REQUEST_ISOLATION_STRICT;
    nex_status status = put_all_paths(start, out, err);
    if (status != NEX_OK || start->isolation == NEX_NATIVE_START_REQUEST_ISOLATION_OFF) {
        return status;
    }
    if (strict) {
        status = put_strict(start, private_dir, out, err);
    } else if (native_put_u32(out, MON_TAG_ISOLATION, PROFILE_DEFAULT) != NEX_OK) {
        status = no_memory(err);
    }
    return status == NEX_OK ? native_put_filter(filters, strict, out, err) : status;
}
