#include "native/cgroup.h"
#include "native/cgroup_path.h"
#include "native/delegation.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *const controllers[] = {"memory", "cpu", "pids", "io"};

/* What v1 calls a controller. */
static const char *legacy_name(const char *controller) {
    return strcmp(controller, "io") == 0 ? "blkio" : controller;
}

/* Where v2 lets groups be made. */
static nex_status find_unified(const char *chosen, char out[448], nex_error *err) {
    return chosen != NULL ? native_delegation_choose(chosen, out, err)
                          : native_delegation_find(out, err);
}

nex_status native_cgroup_find(const char *chosen, const char *controller, native_cgroup_place *out,
                              nex_error *err) {
    native_cgroup_own own;
    *out = (native_cgroup_place){0};
    if (native_cgroup_find_own(legacy_name(controller), &own)) {
        snprintf(out->path, sizeof out->path, "%s", own.path);
        if (access(out->path, W_OK) == 0) {
            return NEX_OK;
        }
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "no control group can be made in %s: %s (cgroup v1)", out->path,
                             strerror(errno));
    }
    out->unified = true;
    nex_status status = find_unified(chosen, out->path, err);
    if (status == NEX_OK) {
        status = native_delegation_enable(out->path, controller, err);
    }
    return status == NEX_OK ? NEX_OK : nex_error_prefix(err, status, "controller %s", controller);
}

/* A process goes only where its mover may write to the group above both. */
static bool takes_processes(const char *directory) {
    char path[512];
    snprintf(path, sizeof path, "%s/cgroup.procs", directory);
    return access(directory, W_OK) == 0 && access(path, W_OK) == 0;
}

bool native_cgroup_holds(const char *chosen, native_cgroup_place *out) {
    *out = (native_cgroup_place){.unified = true};
    return find_unified(chosen, out->path, NULL) == NEX_OK;
}

bool native_cgroup_still_holds(const native_cgroup_place *place) {
    return takes_processes(place->path);
}

static void sweep(const char *directory) {
    enum { YOUNG = 60 }; /* seconds: a monitor may be about to enter it */
    DIR *entries = opendir(directory);
    struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        struct stat info;
        if (strncmp(entry->d_name, NATIVE_CGROUP_PREFIX, strlen(NATIVE_CGROUP_PREFIX)) == 0 &&
            fstatat(dirfd(entries), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
            info.st_mtime + YOUNG < time(NULL)) {
            (void)unlinkat(dirfd(entries), entry->d_name, AT_REMOVEDIR); /* not one that is used */
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
}

void native_cgroup_sweep(const char *chosen) {
    native_cgroup_place place;
    nex_error err;
    if (native_cgroup_holds(chosen, &place)) {
        sweep(place.path);
    }
    for (size_t i = 0; i < sizeof controllers / sizeof controllers[0]; i++) {
        if (native_cgroup_find(chosen, controllers[i], &place, &err) == NEX_OK) {
            sweep(place.path);
        }
    }
}

void native_cgroup_report(const char *chosen, const nex_log *log) {
    char usable[64] = "";
    char missing[64] = "";
    native_cgroup_own own;
    native_cgroup_place place;
    nex_error err = {0};
    bool legacy = false;
    for (size_t i = 0; i < sizeof controllers / sizeof controllers[0]; i++) {
        nex_error why;
        bool found = native_cgroup_find(chosen, controllers[i], &place, &why) == NEX_OK;
        char *list = found ? usable : missing;
        size_t len = strlen(list);
        snprintf(list + len, sizeof usable - len, "%s%s", len > 0 ? "," : "", controllers[i]);
        legacy = legacy || native_cgroup_find_own(legacy_name(controllers[i]), &own);
        if (!found && err.message[0] == '\0') {
            err = why;
        }
    }
    bool unified = native_cgroup_find_own("", &own);
    bool holds = native_cgroup_holds(chosen, &place);
    nex_log_write(log, NEX_LOG_INFO, "control groups", "version",
                  legacy && unified ? "v1 and v2 (hybrid)"
                  : legacy          ? "v1"
                  : unified         ? "v2"
                                    : "none",
                  "held_in", holds ? place.path : "none (no v2 group can be made)", "limits",
                  usable[0] != '\0' ? usable : "none", missing[0] != '\0' ? "missing" : NULL,
                  missing, "reason", err.message, NULL);
}
