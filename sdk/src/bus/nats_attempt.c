/*
 * Attempts to connect that libnats does not end by itself.
 *
 * libnats 3.4 waits without end, turning and taking memory and with its lock held, for a server
 * that has introduced itself (INFO) and then does not answer CONNECT. The socket is not to be had
 * from it. So it is looked for among those of this process: one that was not there before the
 * attempt, that leads to a port of the servers, and on which nothing comes any more. When that is
 * shut down, libnats sees the end of the connection and goes on.
 */
#include "bus/transport_nats.h"

#include <ctype.h>
#include <dirent.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>

enum { DEFAULT_PORT = 4222, SLACK_MS = 50 };

int64_t nats_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void nats_wait_until(nats_transport *t, int64_t ms) {
    struct timespec until = {.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};
    (void)pthread_cond_timedwait(&t->changed, &t->mutex, &until);
}

/* ---- Sockets of this process -------------------------------------------------------------- */

/* Runs `each` for the sockets this process has. False: they cannot be told, or `each` said so. */
static bool each_socket(bool (*each)(nats_attempt *attempt, int fd, ino_t number),
                        nats_attempt *attempt) {
    DIR *all = opendir("/proc/self/fd");
    if (all == NULL) {
        return false;
    }
    bool ok = true;
    for (const struct dirent *entry; ok && (entry = readdir(all)) != NULL;) {
        struct stat info; /* by name: the descriptors are not ours to touch */
        if (isdigit((unsigned char)entry->d_name[0]) != 0 &&
            fstatat(dirfd(all), entry->d_name, &info, 0) == 0 && S_ISSOCK(info.st_mode)) {
            ok = each(attempt, (int)strtol(entry->d_name, NULL, 10), info.st_ino);
        }
    }
    closedir(all);
    return ok;
}

static bool note(nats_attempt *attempt, int fd, ino_t number) {
    (void)fd;
    if (attempt->known_count == attempt->known_cap) {
        size_t cap = attempt->known_cap == 0 ? 16 : attempt->known_cap * 2;
        ino_t *known = realloc(attempt->known, cap * sizeof *known);
        if (known == NULL) {
            return false;
        }
        attempt->known = known;
        attempt->known_cap = cap;
    }
    attempt->known[attempt->known_count++] = number;
    return true;
}

static bool is_known(const nats_attempt *attempt, ino_t number) {
    for (size_t i = 0; i < attempt->known_count; i++) {
        if (attempt->known[i] == number) {
            return true;
        }
    }
    return false;
}

/* Whether one of "nats://a:4222, nats://[::1]" has this port. */
static bool is_port_of(const char *servers, long port) {
    for (const char *server = servers; server != NULL;) {
        const char *end = strstr(server, ", ");
        size_t len = end != NULL ? (size_t)(end - server) : strlen(server);
        const char *colon = memrchr(server, ':', len);
        char *rest = NULL;
        long found = colon != NULL ? strtol(colon + 1, &rest, 10) : 0;
        if (rest != server + len || rest == colon + 1) {
            found = DEFAULT_PORT;
        }
        if (found == port) {
            return true;
        }
        server = end != NULL ? end + 2 : NULL;
    }
    return false;
}

static long peer_port(int fd) {
    struct sockaddr_storage peer = {.ss_family = AF_UNSPEC};
    socklen_t len = sizeof peer;
    if (getpeername(fd, (struct sockaddr *)&peer, &len) != 0) {
        return -1;
    }
    if (peer.ss_family == AF_INET) {
        return ntohs(((const struct sockaddr_in *)&peer)->sin_port);
    }
    return peer.ss_family == AF_INET6 ? ntohs(((const struct sockaddr_in6 *)&peer)->sin6_port) : -1;
}

static bool end_if_quiet(nats_attempt *attempt, int fd, ino_t number) {
    struct tcp_info info;
    socklen_t len = sizeof info;
    if (is_known(attempt, number) || !is_port_of(attempt->servers, peer_port(fd)) ||
        getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0) {
        return true;
    }
    if (info.tcpi_state == TCP_ESTABLISHED &&
        (int64_t)info.tcpi_last_data_recv >= attempt->quiet_ms) {
        shutdown(fd, SHUT_RDWR);
        attempt->ended = true;
    }
    return true;
}

/* ---- Attempts ----------------------------------------------------------------------------- */

void nats_attempt_begin(nats_transport *t, int64_t pause_ms) {
    nats_attempt *attempt = &t->attempt;
    attempt->servers = t->servers.data;
    attempt->known_count = 0;
    attempt->begun = 0;
    attempt->ended = false;
    if (each_socket(note, attempt)) {
        attempt->begun = nats_now_ms() + pause_ms;
    }
}

void nats_attempt_done(nats_transport *t) {
    t->attempt.begun = 0;
    pthread_cond_broadcast(&t->changed);
}

void nats_attempt_end(nats_transport *t, int64_t quiet_ms) {
    t->attempt.quiet_ms = quiet_ms;
    if (t->attempt.begun != 0) {
        (void)each_socket(end_if_quiet, &t->attempt);
    }
}

void nats_attempt_check(nats_transport *t) {
    /* By then libnats should have turned to the next server. */
    int64_t limit = t->attempt.timeout_ms + SLACK_MS;
    if (nats_now_ms() >= t->attempt.begun + limit) {
        nats_attempt_end(t, t->attempt.timeout_ms);
    }
}

void nats_attempt_wait(nats_transport *t) {
    const nats_attempt *attempt = &t->attempt;
    pthread_mutex_lock(&t->mutex);
    while (attempt->begun != 0 && nats_now_ms() >= attempt->begun) {
        nats_wait_until(t, nats_now_ms() + SLACK_MS);
        nats_attempt_check(t);
    }
    pthread_mutex_unlock(&t->mutex);
}
