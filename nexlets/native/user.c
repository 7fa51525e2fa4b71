/* The user a workload runs as. */
#include "native/isolation.h"
#include "native/settings.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DYNAMIC "dynamic"

static nex_status no_memory(nex_error *err) {
    return nex_error_set(err, NEX_ENOMEM, "user: out of memory");
}

bool native_user_is_dynamic(const nex_native_start_request *start) {
    return start->user != NULL
               ? strcmp(start->user, DYNAMIC) == 0
               : start->isolation == NEX_NATIVE_START_REQUEST_ISOLATION_STRICT && geteuid() == 0;
}

static bool parse_id(const char *text, uint32_t *out) {
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    *out = (uint32_t)value;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && value < UINT32_MAX;
}

static nex_status put_groups(nex_buf *out, const char *user, gid_t gid) {
    gid_t list[256];
    int count = 256;
    if (user == NULL || getgrouplist(user, gid, list, &count) < 0) {
        return native_put_u32(out, MON_TAG_GROUP, gid);
    }
    nex_status status = NEX_OK;
    for (int i = 0; i < count && status == NEX_OK; i++) {
        status = native_put_u32(out, MON_TAG_GROUP, list[i]);
    }
    return status;
}

static nex_status find_user(const char *wanted, mon_user *user, const char **user_name,
                            nex_error *err) {
    char name[128];
    if (snprintf(name, sizeof name, "%s", wanted) >= (int)sizeof name) {
        return nex_error_set(err, NEX_EINVAL, "user: the name is too long");
    }
    char *group = strchr(name, ':');
    if (group != NULL) {
        *group++ = '\0';
    }
    const struct passwd *known = getpwnam(name);
    if (known == NULL && parse_id(name, &user->uid)) {
        known = getpwuid(user->uid);
        user->gid = known != NULL ? known->pw_gid : user->uid;
    } else if (known != NULL) {
        *user = (mon_user){.uid = known->pw_uid, .gid = known->pw_gid};
    } else {
        return nex_error_set(err, NEX_ENOTFOUND, "user: there is no user \"%s\"", name);
    }
    *user_name = known != NULL ? known->pw_name : NULL;
    if (group != NULL && !parse_id(group, &user->gid)) {
        const struct group *found = getgrnam(group);
        if (found == NULL) {
            return nex_error_set(err, NEX_ENOTFOUND, "user: there is no group \"%s\"", group);
        }
        user->gid = found->gr_gid;
    }
    return NEX_OK;
}

static nex_status put_named(const char *wanted, bool strict, nex_buf *out, nex_error *err) {
    mon_user user = {0};
    const char *name = NULL;
    nex_status status = find_user(wanted, &user, &name, err);
    if (status == NEX_OK && strict && user.uid == 0) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "user: \"%s\" is root, whom isolation \"strict\" cannot hold; "
                             "name another user, or none",
                             wanted);
    }
    if (status != NEX_OK || (user.uid == geteuid() && user.gid == getegid())) {
        return status;
    }
    if (geteuid() != 0) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "user: \"%s\" is another user than this nexlet's, which only a "
                             "nexlet of root can take on",
                             wanted);
    }
    status = native_put(out, MON_TAG_USER, &user, sizeof user);
    if (status == NEX_OK) {
        status = put_groups(out, name, user.gid);
    }
    return status == NEX_OK ? NEX_OK : no_memory(err);
}

static nex_status put_dynamic(const char *directory, nex_buf *out, nex_error *err) {
    mon_user user = {0};
    if (geteuid() != 0) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "user: only a nexlet of root can give a workload a user of its own");
    }
    if (directory == NULL) {
        return NEX_OK;
    }
    nex_status status = native_dynamic_user(directory, &user.uid, err);
    if (status != NEX_OK) {
        return nex_error_prefix(err, status, "user: \"" DYNAMIC "\"");
    }
    user.gid = user.uid;
    status = native_put(out, MON_TAG_USER, &user, sizeof user);
    if (status == NEX_OK) {
        status = native_put_u32(out, MON_TAG_GROUP, user.gid);
    }
    return status == NEX_OK ? NEX_OK : no_memory(err);
}

nex_status native_put_user(const nex_native_start_request *start, const char *directory,
                           nex_buf *out, nex_error *err) {
    nex_status status = NEX_OK;
    if (native_user_is_dynamic(start)) {
        status = put_dynamic(directory, out, err);
    } else if (start->user != NULL) {
        status = put_named(start->user,
                           start->isolation == NEX_NATIVE_START_REQUEST_ISOLATION_STRICT, out, err);
    }
    if (status == NEX_OK && start->workdir == NULL &&
        native_put_u32(out, MON_TAG_OWN_WORKDIR, 1) != NEX_OK) {
        status = no_memory(err);
    }
    return status;
}
