/*
 * Between fork and exec: the child becomes what the spec says, waits until its start is on
 * record, and becomes the program. Any step that fails is told and ends it.
 */
#include "monitor/isolate.h"
#include "monitor/monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

_Noreturn static void give_up(const mon_child *child, mon_stage stage, int error,
                              const char *detail) {
    mon_failed failed = {.stage = (int32_t)stage, .error = error};
    snprintf(failed.detail, sizeof failed.detail, "%s", detail);
    (void)!write(child->errors, &failed, sizeof failed);
    _exit(127);
}

_Noreturn void mon_child_failed(const mon_child *child, int error, const char *detail) {
    give_up(child, MON_STAGE_ISOLATION, error, detail);
}

static void set_stdio(const mon_child *child) {
    for (int i = 0; i < 3; i++) {
        if (dup2(child->stdio[i], i) < 0) {
            give_up(child, MON_STAGE_STDIO, errno, "dup2");
        }
    }
}

static void reset_signals(void) {
    struct sigaction normal = {.sa_handler = SIG_DFL};
    for (int i = 1; i < NSIG; i++) {
        (void)sigaction(i, &normal, NULL); /* fails for those that cannot be caught anyway */
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void set_limits(const mon_spec *spec, const mon_child *child) {
    size_t at = 0;
    size_t size;
    const void *value;
    while ((value = mon_spec_next(spec, &at, MON_TAG_RLIMIT, &size)) != NULL) {
        mon_rlimit limit;
        mon_rlimit_read(&limit, value, size);
        struct rlimit set = {.rlim_cur = limit.soft, .rlim_max = limit.hard};
        if (setrlimit((__rlimit_resource_t)limit.resource, &set) != 0) {
            char detail[40];
            snprintf(detail, sizeof detail, "resource %u", limit.resource);
            give_up(child, MON_STAGE_LIMITS, errno, detail);
        }
    }
    if (spec->has_nice && setpriority(PRIO_PROCESS, 0, spec->nice) != 0) {
        give_up(child, MON_STAGE_LIMITS, errno, "nice");
    }
}

#define OWN_WORKDIR "work"

static void make_workdir(const mon_spec *spec, const mon_child *child) {
    if ((mkdir(OWN_WORKDIR, 0700) != 0 && errno != EEXIST) ||
        (spec->has_user && chown(OWN_WORKDIR, spec->user.uid, spec->user.gid) != 0)) {
        give_up(child, MON_STAGE_WORKDIR, errno, OWN_WORKDIR);
    }
}

/* Enters the working directory and tells its absolute path. */
static void set_workdir(const mon_spec *spec, const mon_child *child, char out[PATH_MAX]) {
    const char *workdir = spec->workdir;
    if (workdir == NULL && !spec->attached) {
        make_workdir(spec, child);
        workdir = OWN_WORKDIR;
    } else if (workdir == NULL) {
        workdir = "/";
    }
    if (chdir(workdir) != 0 || getcwd(out, PATH_MAX) == NULL) {
        give_up(child, MON_STAGE_WORKDIR, errno, workdir);
    }
    if (spec->workdir != NULL && spec->own_workdir && spec->has_user &&
        chown(".", spec->user.uid, spec->user.gid) != 0) {
        give_up(child, MON_STAGE_WORKDIR, errno, workdir);
    }
}

static void set_user(const mon_spec *spec, const mon_child *child) {
    enum { GROUPS_MAX = 256 };
    gid_t groups[GROUPS_MAX];
    size_t count = 0;
    size_t at = 0;
    size_t size;
    const void *value;
    if (!spec->has_user) {
        return;
    }
    while ((value = mon_spec_next(spec, &at, MON_TAG_GROUP, &size)) != NULL && count < GROUPS_MAX) {
        memcpy(&groups[count++], value, sizeof groups[0]);
    }
    if (setgroups(count, groups) != 0 ||
        setresgid(spec->user.gid, spec->user.gid, spec->user.gid) != 0 ||
        setresuid(spec->user.uid, spec->user.uid, spec->user.uid) != 0) {
        char detail[60];
        snprintf(detail, sizeof detail, "user %u, group %u", spec->user.uid, spec->user.gid);
        give_up(child, MON_STAGE_USER, errno, detail);
    }
}

/* The file system as the workload is to see it, and its place in it. Returns Landlock's rules. */
static int set_view(const mon_spec *spec, const mon_child *child, const char *workdir) {
    mon_detail detail = {""};
    int error = mon_spaces_wanted(spec) ? mon_view_make(spec, workdir, &detail) : 0;
    if (error != 0) {
        give_up(child, MON_STAGE_ISOLATION, error, detail.text);
    }
    if (chdir(workdir) != 0) {
        give_up(child, MON_STAGE_WORKDIR, errno, workdir);
    }
    if ((spec->isolation & MON_ISOLATE_LANDLOCK) == 0) {
        return -1;
    }
    int rules = mon_landlock_make(spec, workdir, &detail);
    if (rules < 0) {
        give_up(child, MON_STAGE_ISOLATION, errno, detail.text);
    }
    return rules;
}

/* In the order in which each step still has the right to be done. */
static void set_privileges(const mon_spec *spec, const mon_child *child, int rules) {
    mon_detail detail = {""};
    bool drop = (spec->isolation & MON_ISOLATE_DROP_CAPS) != 0;
    int error = drop ? mon_drop_bounding(&detail) : 0;
    if (error == 0) {
        set_user(spec, child);
    }
    if (error == 0 && drop) {
        error = mon_drop_capabilities(&detail);
    }
    if (error == 0 && (spec->isolation & MON_ISOLATE_NO_NEW_PRIVS) != 0 &&
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        error = mon_detail_set(&detail, errno, "no_new_privs");
    }
    if (error == 0 && rules >= 0) {
        error = mon_landlock_enter(rules, &detail);
    }
    if (error == 0) {
        error = mon_filter_calls(spec, &detail);
    }
    if (error != 0) {
        give_up(child, MON_STAGE_ISOLATION, error, detail.text);
    }
}

_Noreturn void mon_child_run(const mon_spec *spec, const mon_child *child) {
    char workdir[PATH_MAX];
    char go;
    (void)setsid();
    reset_signals();
    set_stdio(child);
    set_limits(spec, child);
    set_workdir(spec, child, workdir);
    /* Opened before the user changes, who may not be able to walk to it. */
    int program = open(spec->path, O_PATH | O_CLOEXEC);
    umask(022);
    int rules = set_view(spec, child, workdir);
    set_privileges(spec, child, rules);
    ssize_t got;
    do {
        got = read(child->gate, &go, 1);
    } while (got < 0 && errno == EINTR);
    if (got != 1) {
        _exit(127); /* the monitor is gone, and nobody knows of this process */
    }
    execve(spec->path, spec->argv, spec->envp);
    if (errno == EACCES && program >= 0) {
        (void)execveat(program, "", spec->argv, spec->envp, AT_EMPTY_PATH);
    }
    give_up(child, MON_STAGE_EXEC, errno, "");
}
