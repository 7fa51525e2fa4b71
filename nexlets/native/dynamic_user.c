/*
 * Users that workloads have for themselves. Which of them are taken is known to all nexlets of
 * the machine: /run/nex/users/<uid> is a symbolic link to the directory of the workload that has
 * it, and one that leads nowhere is free again. What a workload had is recorded in its
 * directory too, so that it keeps its files when the machine was started anew.
 */
#include "monitor/record.h"
#include "native/isolation.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAKEN_PARENT "/run/nex"
#define TAKEN        TAKEN_PARENT "/users"
#define FILE_USER    "user"
#define USER_KIND    "nex-user"

/* The ids that systemd sets aside for the same purpose; they exist in containers, too. */
enum { FIRST = 61184, LAST = 65519, COUNT = LAST - FIRST + 1 };

uint32_t native_dynamic_user_recorded(int directory) {
    char *text;
    size_t len;
    uint32_t uid = 0;
    if (mon_record_read(directory, FILE_USER, USER_KIND, &text, &len) == MON_RECORD_OK) {
        if (sscanf(text, "%" SCNu32, &uid) != 1 || uid < FIRST || uid > LAST) {
            uid = 0;
        }
        free(text);
    }
    return uid;
}

static int record(int directory, uint32_t uid) {
    char text[16];
    int len = snprintf(text, sizeof text, "%" PRIu32 "\n", uid);
    return mon_record_write(directory, FILE_USER, USER_KIND, text, (size_t)len, false);
}

/* Where to begin to look: so that nexlets seldom ask for the same ones. */
static uint32_t first_choice(const char *directory) {
    uint32_t sum = 2166136261u;
    for (const char *at = directory; *at != '\0'; at++) {
        sum = (sum ^ (unsigned char)*at) * 16777619u;
    }
    return FIRST + sum % COUNT;
}

/* Takes an id. False: somebody has it (0), or it cannot be told (an errno in *error). */
static bool take(int taken, uint32_t uid, const char *directory, int *error) {
    char name[16];
    char holder[PATH_MAX];
    struct stat info;
    snprintf(name, sizeof name, "%" PRIu32, uid);
    if (symlinkat(directory, taken, name) == 0) {
        return true;
    }
    *error = errno == EEXIST ? 0 : errno;
    if (*error != 0) {
        return false;
    }
    ssize_t len = readlinkat(taken, name, holder, sizeof holder - 1);
    holder[len > 0 ? len : 0] = '\0';
    if (strcmp(holder, directory) == 0) {
        return true;
    }
    if (fstatat(taken, name, &info, 0) == 0 || errno != ENOENT) {
        return false;
    }
    *error = unlinkat(taken, name, 0) == 0 || errno == ENOENT ? 0 : errno;
    return *error == 0 && symlinkat(directory, taken, name) == 0;
}

static bool search(int taken, int home, const char *directory, uint32_t *out, int *error) {
    uint32_t had = native_dynamic_user_recorded(home);
    uint32_t start = had != 0 ? had : first_choice(directory);
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t uid = FIRST + (start - FIRST + i) % COUNT;
        if ((uid == had || getpwuid(uid) == NULL) && take(taken, uid, directory, error)) {
            *out = uid;
            *error = uid == had ? 0 : record(home, uid);
            return *error == 0;
        }
        if (*error != 0) {
            return false;
        }
    }
    return false;
}

nex_status native_dynamic_user(const char *directory, uint32_t *out, nex_error *err) {
    if ((mkdir(TAKEN_PARENT, 0755) != 0 && errno != EEXIST) ||
        (mkdir(TAKEN, 0755) != 0 && errno != EEXIST)) {
        return nex_error_set(err, NEX_EIO, "cannot make " TAKEN ": %s", strerror(errno));
    }
    int taken = open(TAKEN, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    int home = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = taken < 0 || home < 0 || flock(taken, LOCK_EX) != 0 ? errno : 0;
    bool found = error == 0 && search(taken, home, directory, out, &error);
    if (taken >= 0) {
        close(taken); /* and with it the lock */
    }
    if (home >= 0) {
        close(home);
    }
    if (found) {
        return NEX_OK;
    }
    return error != 0
               ? nex_error_set(err, NEX_EIO, "cannot take a user id in " TAKEN ": %s",
                               strerror(error))
               : nex_error_set(err, NEX_ELIMIT,
                               "all user ids from %d to %d are taken on this machine", FIRST, LAST);
}
