#include "native/delegation.h"
#include "native/cgroup_path.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static const char *last_name(const char *path) {
    const char *last = strrchr(path, '/');
    return last != NULL ? last + 1 : path;
}

static bool go_up(char *path) {
    char *last = strrchr(path, '/');
    if (last == NULL || last == path) {
        return false;
    }
    *last = '\0';
    return true;
}

/* ---- What systemd says ---------------------------------------------------------------------- */

/* Every unit's group has the unit's name. */
static bool is_unit(const char *path) {
    static const char *const suffixes[] = {".service", ".scope", ".slice"};
    const char *suffix = strrchr(last_name(path), '.');
    for (size_t i = 0; suffix != NULL && i < sizeof suffixes / sizeof suffixes[0]; i++) {
        if (strcmp(suffix, suffixes[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* What an attribute says: '1', '0', or, where there is none, 0. */
static char said(const char *path, const char *attribute) {
    char value[2];
    return getxattr(path, attribute, value, sizeof value) == 1 ? value[0] : '\0';
}

/* Before it told all users by an attribute, systemd only gave the directory to the unit's user. */
static bool was_given(const char *path) {
    char above[448];
    struct stat own;
    struct stat other;
    snprintf(above, sizeof above, "%s", path);
    return geteuid() != 0 && go_up(above) && stat(path, &own) == 0 && stat(above, &other) == 0 &&
           own.st_uid == geteuid() && other.st_uid != geteuid();
}

/* Whether a unit is below a user's own systemd, which leaves no attribute. */
static bool is_of_user(const char *unit) {
    struct stat own;
    return strstr(unit, "/user@") != NULL && stat(unit, &own) == 0 && own.st_uid == geteuid();
}

/* `systemctl --user` knows. What it said is put on the group, so that it is asked but once. */
#define ASKED "user.nex.delegated"

static bool ask_manager(const char *unit) {
    const char *name = last_name(unit);
    char *argv[] = {"systemctl",
                    "--user",
                    "show",
                    "--property=Delegate",
                    "--value",
                    "--",
                    (char *)(uintptr_t)name,
                    NULL};
    char answer[8] = "";
    int ends[2];
    pid_t pid;
    posix_spawn_file_actions_t actions;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return false;
    }
    bool ready = posix_spawn_file_actions_init(&actions) == 0;
    bool asked = ready && posix_spawn_file_actions_adddup2(&actions, ends[1], 1) == 0 &&
                 posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0 &&
                 posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) == 0;
    if (ready) {
        posix_spawn_file_actions_destroy(&actions);
    }
    close(ends[1]);
    if (asked) {
        (void)!read(ends[0], answer, sizeof answer - 1);
        (void)waitpid(pid, NULL, 0);
    }
    close(ends[0]);
    bool delegated = strncmp(answer, "yes", 3) == 0;
    (void)setxattr(unit, ASKED, delegated ? "1" : "0", 1, 0);
    return delegated;
}

static bool is_delegated(const char *unit) {
    if (said(unit, "user.delegate") == '1' || said(unit, "trusted.delegate") == '1' ||
        was_given(unit)) {
        return true;
    }
    char answer = said(unit, ASKED);
    return answer == '1' || (answer == '\0' && is_of_user(unit) && ask_manager(unit));
}

/* ---- Finding it ----------------------------------------------------------------------------- */

/* Only the root of the whole tree has no type. */
static bool is_root(const char *path) {
    char file[512];
    snprintf(file, sizeof file, "%s/cgroup.type", path);
    return access(file, F_OK) != 0;
}

static nex_status check_writable(const char *path, nex_error *err) {
    static const char *const files[] = {"", "/cgroup.procs", "/cgroup.subtree_control"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char file[512];
        snprintf(file, sizeof file, "%s%s", path, files[i]);
        if (access(file, W_OK) != 0) {
            return nex_error_set(err, NEX_EUNSUPPORTED,
                                 "no control group can be made in %s, since %s is not to be "
                                 "written here: %s",
                                 path, file, strerror(errno));
        }
    }
    return NEX_OK;
}

/* The unit that a group belongs to: the innermost of its name; false: none above the top. */
static bool unit_of(const native_cgroup_own *own, char out[448]) {
    snprintf(out, sizeof own->path, "%s", own->path);
    while (strlen(out) > strlen(own->mount) && !is_unit(out) && go_up(out)) {
    }
    return strlen(out) > strlen(own->mount);
}

static nex_status check_unit(const char *unit, nex_error *err) {
    return is_delegated(unit)
               ? NEX_OK
               : nex_error_set(err, NEX_EUNSUPPORTED,
                               "systemd has not delegated the control group %s to this nexlet: it "
                               "takes a unit with Delegate=yes (to try: \"systemd-run --scope -p "
                               "Delegate=yes nex node up\", with --user if you are not root)",
                               unit);
}

static nex_status find_own(native_cgroup_own *own, nex_error *err) {
    return native_cgroup_find_own("", own)
               ? NEX_OK
               : nex_error_set(err, NEX_EUNSUPPORTED,
                               "this process sees no control groups (cgroup v2 is not mounted "
                               "here)");
}

nex_status native_delegation_find(char out[448], nex_error *err) {
    native_cgroup_own own;
    nex_status status = find_own(&own, err);
    if (status != NEX_OK) {
        return status;
    }
    if (unit_of(&own, out)) {
        status = check_unit(out, err);
    } else {
        char above[448];
        snprintf(out, sizeof own.path, "%s", own.path);
        snprintf(above, sizeof above, "%s", own.path);
        if (strcmp(last_name(out), NATIVE_DELEGATION_LEAF) == 0 &&
            strlen(out) > strlen(own.mount) && go_up(above) && !is_root(above)) {
            snprintf(out, sizeof own.path, "%s", above);
        }
    }
    return status == NEX_OK ? check_writable(out, err) : status;
}

/* A process is moved only by who may write to the group above where it was and where it goes. */
static nex_status check_way(const native_cgroup_own *own, const char *group, nex_error *err) {
    char above[480];
    size_t same = 0;
    size_t last = strlen(own->mount);
    for (; own->path[same] != '\0' && own->path[same] == group[same]; same++) {
        last = own->path[same] == '/' ? same : last;
    }
    last = (own->path[same] == '\0' || own->path[same] == '/') &&
                   (group[same] == '\0' || group[same] == '/')
               ? same
               : last;
    snprintf(above, sizeof above, "%.*s/cgroup.procs", (int)last, group);
    return access(above, W_OK) == 0
               ? NEX_OK
               : nex_error_set(err, NEX_EUNSUPPORTED,
                               "no process can be moved from the control group %s to %s, since %s "
                               "is not to be written here: %s",
                               own->path, group, above, strerror(errno));
}

static bool make_leaf(const char *directory, char leaf[480]) {
    snprintf(leaf, 480, "%s/" NATIVE_DELEGATION_LEAF, directory);
    return mkdir(leaf, 0755) == 0 || errno == EEXIST;
}

nex_status native_delegation_choose(const char *group, char out[448], nex_error *err) {
    native_cgroup_own own;
    native_cgroup_own chosen;
    char leaf[480];
    nex_status status = find_own(&own, err);
    if (status != NEX_OK) {
        return status;
    }
    chosen = own;
    if (strncmp(group, "..", 2) == 0) {
        while (strncmp(group, "..", 2) == 0 && (group[2] == '/' || group[2] == '\0')) {
            if (strlen(chosen.path) <= strlen(own.mount) || !go_up(chosen.path)) {
                return nex_error_set(err, NEX_EINVAL,
                                     "--workload-cgroup %s leads out of the tree, from %s", group,
                                     own.path);
            }
            group += group[2] == '/' ? 3 : 2;
        }
    } else {
        snprintf(chosen.path, sizeof chosen.path, "%s", own.mount);
        group += strspn(group, "/");
    }
    size_t len = strlen(chosen.path);
    if (snprintf(chosen.path + len, sizeof chosen.path - len, "%s%s", group[0] != '\0' ? "/" : "",
                 group) >= (int)(sizeof chosen.path - len)) {
        return nex_error_set(err, NEX_EINVAL, "--workload-cgroup: %s is too long", group);
    }
    snprintf(out, sizeof chosen.path, "%s", chosen.path);
    if (access(out, F_OK) != 0) {
        return nex_error_set(
            err, NEX_EUNSUPPORTED,
            "--workload-cgroup: there is no control group %s; is its unit running?", out);
    }
    char unit[448];
    status = unit_of(&chosen, unit) ? check_unit(unit, err) : NEX_OK;
    if (status == NEX_OK) {
        status = check_writable(out, err);
    }
    if (status == NEX_OK) {
        status = check_way(&own, out, err);
    }
    if (status == NEX_OK && !make_leaf(out, leaf)) {
        status = nex_error_set(err, NEX_EUNSUPPORTED, "cannot make the control group %s: %s", leaf,
                               strerror(errno));
    }
    return status;
}

/* ---- Controllers ---------------------------------------------------------------------------- */

/* Moves all processes of a group to its leaf; false with errno. */
static bool vacate(const char *directory) {
    enum { ROUNDS = 16 }; /* they may be forking */
    char leaf[480];
    char list[8192];
    if (!make_leaf(directory, leaf)) {
        return false;
    }
    for (int round = 0; round < ROUNDS; round++) {
        if (!native_cgroup_read(directory, "cgroup.procs", list, sizeof list)) {
            return false;
        }
        char *rest = NULL;
        char *pid = strtok_r(list, "\n", &rest);
        if (pid == NULL) {
            return true;
        }
        for (; pid != NULL; pid = strtok_r(NULL, "\n", &rest)) {
            /* One that ended meanwhile is as good as moved; a number that was cut is read anew. */
            if (!native_cgroup_write(leaf, "cgroup.procs", pid) && errno != ESRCH &&
                errno != EINVAL) {
                return false;
            }
        }
    }
    errno = EBUSY;
    return false;
}

nex_status native_delegation_enable(const char *directory, const char *controller, nex_error *err) {
    char list[256];
    char word[32];
    if (!native_cgroup_read(directory, "cgroup.controllers", list, sizeof list)) {
        return nex_error_set(err, NEX_EUNSUPPORTED, "the control group %s is gone: %s", directory,
                             strerror(errno));
    }
    if (!native_cgroup_has_word(list, controller)) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "the control group %s was not given the controller %s (it has: %.*s; "
                             "Delegate=yes gives a unit all that its manager has)",
                             directory, controller, (int)strcspn(list, "\n"), list);
    }
    if (native_cgroup_read(directory, "cgroup.subtree_control", list, sizeof list) &&
        native_cgroup_has_word(list, controller)) {
        return NEX_OK;
    }
    snprintf(word, sizeof word, "+%s", controller);
    if (native_cgroup_write(directory, "cgroup.subtree_control", word) ||
        (errno == EBUSY && vacate(directory) &&
         native_cgroup_write(directory, "cgroup.subtree_control", word))) {
        return NEX_OK;
    }
    return nex_error_set(err, NEX_EUNSUPPORTED,
                         "groups below the control group %s cannot be given the controller %s: %s",
                         directory, controller, strerror(errno));
}
