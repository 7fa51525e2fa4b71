#include "monitor/isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NEEDS_MOUNTS = MON_ISOLATE_PRIVATE_TMP | MON_ISOLATE_READ_ONLY | MON_ISOLATE_PRIVATE_PID };

static bool names_paths(const mon_spec *spec) {
    static const mon_tag tags[] = {MON_TAG_READ_ONLY, MON_TAG_READ_WRITE, MON_TAG_HIDDEN};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        size_t at = 0;
        size_t size;
        if (mon_spec_next(spec, &at, tags[i], &size) != NULL) {
            return true;
        }
    }
    return false;
}

bool mon_spaces_wanted(const mon_spec *spec) {
    return (spec->isolation & (NEEDS_MOUNTS | MON_ISOLATE_PRIVATE_IPC)) != 0 || names_paths(spec);
}

static int write_map(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    int error = write(fd, text, strlen(text)) < 0 ? errno : 0;
    close(fd);
    return error;
}

/* In its user namespace a process is who it was, and nobody else. */
static int map_user(uid_t uid, gid_t gid, mon_detail *detail) {
    char line[48];
    int error = write_map("/proc/self/setgroups", "deny");
    if (error == 0) {
        snprintf(line, sizeof line, "%u %u 1\n", gid, gid);
        error = write_map("/proc/self/gid_map", line);
    }
    if (error == 0) {
        snprintf(line, sizeof line, "%u %u 1\n", uid, uid);
        error = write_map("/proc/self/uid_map", line);
    }
    return error == 0 ? 0 : mon_detail_set(detail, error, "users of a user namespace");
}

int mon_spaces_enter(const mon_spec *spec, mon_detail *detail) {
    uid_t uid = geteuid();
    gid_t gid = getegid();
    int flags = CLONE_NEWNS;
    if ((spec->isolation & MON_ISOLATE_PRIVATE_PID) != 0) {
        flags |= CLONE_NEWPID;
    }
    if ((spec->isolation & MON_ISOLATE_PRIVATE_IPC) != 0) {
        flags |= CLONE_NEWIPC | CLONE_NEWUTS;
    }
    if (uid != 0) {
        if (unshare(CLONE_NEWUSER) != 0) {
            return mon_detail_set(detail, errno,
                                  "without root it takes user namespaces, and none can be had");
        }
        int error = map_user(uid, gid, detail);
        if (error != 0) {
            return error;
        }
    }
    return unshare(flags) == 0 ? 0 : mon_detail_set(detail, errno, "namespaces");
}

_Noreturn void mon_spaces_init(int gate, int ready) {
    mon_detail detail;
    char byte;
    ssize_t got;
    /* Descriptors 0 to 2 are /dev/null: neither of these is among them. */
    (void)dup2(gate, 0);
    (void)dup2(ready, 1);
    (void)close_range(2, ~0U, 0);
    (void)prctl(PR_SET_NAME, "nex-init", 0, 0, 0);
    if (chdir("/") != 0 || mon_drop_bounding(&detail) != 0 || mon_drop_capabilities(&detail) != 0 ||
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || /* late: the calls before reset it */
        signal(SIGCHLD, SIG_IGN) == SIG_ERR ||            /* the kernel buries orphans */
        write(1, "", 1) != 1) {
        _exit(1);
    }
    close(1);
    do {
        got = read(0, &byte, 1);
    } while (got < 0 && errno == EINTR);
    if (got == 1) {
        while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) {
        }
    }
    _exit(0);
}
