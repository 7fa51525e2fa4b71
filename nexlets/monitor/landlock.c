/*
 * Landlock, by its system calls: which files the workload may change, and that it reaches no
 * process outside of its own with ptrace, signals or abstract sockets, as far as the kernel's
 * version of it goes.
 */
#include "monitor/isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* linux/landlock.h of the build machine may be older than the kernel that runs this. */
enum { CREATE_VERSION = 1, RULE_PATH_BENEATH = 1 };

enum {
    FS_EXECUTE = 1 << 0,
    FS_WRITE_FILE = 1 << 1,
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
    FS_FIRST = (1 << 13) - 1, /* all of version 1 */
    FS_REFER = 1 << 13,       /* version 2 */
    FS_TRUNCATE = 1 << 14,    /* version 3 */
    FS_IOCTL_DEV = 1 << 15,   /* version 5 */
    FS_OF_FILES = FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV,
    FS_READ = FS_EXECUTE | FS_READ_FILE | FS_READ_DIR,
    FS_USE = FS_READ | FS_WRITE_FILE | FS_TRUNCATE | FS_IOCTL_DEV
};

enum { SCOPE_ABSTRACT_SOCKETS = 1 << 0, SCOPE_SIGNALS = 1 << 1 }; /* version 6 */

typedef struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
} ruleset;

typedef struct __attribute__((packed)) beneath {
    uint64_t allowed;
    int32_t parent;
} beneath;

static uint64_t known_rights(long version) {
    uint64_t rights = FS_FIRST;
    rights |= version >= 2 ? FS_REFER : 0;
    rights |= version >= 3 ? FS_TRUNCATE : 0;
    rights |= version >= 5 ? FS_IOCTL_DEV : 0;
    return rights;
}

/* A path that is not there needs no rule. */
static int allow(int rules, const char *path, uint64_t rights, mon_detail *detail) {
    int fd = open(path, O_PATH | O_CLOEXEC);
    struct stat info;
    if (fd < 0) {
        return errno == ENOENT || errno == ENOTDIR
                   ? 0
                   : mon_detail_set(detail, errno, "Landlock, %s", path);
    }
    if (fstat(fd, &info) == 0 && !S_ISDIR(info.st_mode)) {
        rights &= FS_OF_FILES;
    }
    beneath rule = {.allowed = rights, .parent = fd};
    int error = syscall(SYS_landlock_add_rule, rules, RULE_PATH_BENEATH, &rule, 0) == 0 ? 0 : errno;
    close(fd);
    return error == 0 ? 0 : mon_detail_set(detail, error, "Landlock, %s", path);
}

static int allow_all(int rules, const mon_spec *spec, const char *workdir, uint64_t known,
                     mon_detail *detail) {
    static const char *const own[] = {"/tmp", "/var/tmp", "/dev/shm"};
    int error = allow(rules, "/", FS_READ & known, detail);
    for (size_t i = 0; error == 0 && i < sizeof own / sizeof own[0]; i++) {
        error = allow(rules, own[i], known, detail);
    }
    if (error == 0) {
        error = allow(rules, "/dev", FS_USE & known, detail);
    }
    if (error == 0) {
        error = allow(rules, "/proc", FS_USE & known, detail);
    }
    if (error == 0) {
        error = allow(rules, workdir, known, detail);
    }
    size_t at = 0;
    size_t size;
    const char *path;
    while (error == 0 && (path = mon_spec_next(spec, &at, MON_TAG_READ_WRITE, &size)) != NULL) {
        error = allow(rules, path, known, detail);
    }
    return error;
}

int mon_landlock_make(const mon_spec *spec, const char *workdir, mon_detail *detail) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_VERSION);
    if (version < 1) {
        (void)mon_detail_set(detail, errno, "this kernel has no Landlock");
        return -1;
    }
    ruleset attributes = {.files = known_rights(version),
                          .scopes = version >= 6 ? SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS : 0};
    size_t size = version >= 6 ? sizeof attributes : sizeof attributes.files;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
    if (rules < 0) {
        (void)mon_detail_set(detail, errno, "Landlock, version %ld", version);
        return -1;
    }
    int error = allow_all(rules, spec, workdir, attributes.files, detail);
    if (error != 0) {
        close(rules);
        errno = error;
        return -1;
    }
    return rules;
}

int mon_landlock_enter(int rules, mon_detail *detail) {
    if (syscall(SYS_landlock_restrict_self, rules, 0) != 0) {
        return mon_detail_set(detail, errno, "Landlock");
    }
    close(rules);
    return 0;
}
