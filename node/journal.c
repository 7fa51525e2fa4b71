#include "node/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define FILE_NAME "journal"
#define NEW_NAME  "journal.new"
#define LOCK_NAME "lock"
#define MARK      "nexj1 "

enum { ID_SIZE = 128, TYPE_SIZE = 256, FILE_MAX = 1 << 30 };

struct node_journal {
    char *path; /* of the directory */
    int directory;
    int lock;
    int fd;
    size_t size;
    pthread_mutex_t mutex;
};

/* ---- Records ------------------------------------------------------------------------------- */

static uint64_t checksum(uint64_t sum, const char *data, size_t len) {
    for (size_t i = 0; i < len; i++) {
        sum = (sum ^ (unsigned char)data[i]) * 0x100000001b3u; /* FNV-1a */
    }
    return sum;
}

static uint64_t sum_of(const node_journal_record *record) {
    char time[32];
    int len = snprintf(time, sizeof time, "%d %" PRId64, record->gone, record->time);
    uint64_t sum = checksum(0xcbf29ce484222325u, time, (size_t)len);
    sum = checksum(sum, record->id, strlen(record->id) + 1);
    sum = checksum(sum, record->type, strlen(record->type) + 1);
    return checksum(sum, record->body, record->len);
}

static bool name_valid(const char *name, size_t size) {
    return strlen(name) < size && strpbrk(name, " \n") == NULL;
}

nex_status node_journal_encode(const node_journal_record *record, nex_buf *out) {
    if (!name_valid(record->id, ID_SIZE) || !name_valid(record->type, TYPE_SIZE) ||
        memchr(record->body, '\n', record->len) != NULL) {
        return NEX_EINVAL;
    }
    nex_status status = nex_buf_printf(out, MARK "%s %zu %016" PRIx64 " %" PRId64 " %s %s\n",
                                       record->gone ? "gone" : "have", record->len, sum_of(record),
                                       record->time, record->id, record->type);
    if (status == NEX_OK) {
        status = nex_buf_append(out, record->body, record->len);
    }
    return status == NEX_OK ? nex_buf_append_str(out, "\n") : status;
}

/* Reads the record at `at`. NULL when there is no sound one; else where the next one begins. */
static char *decode(char *at, char *end, node_journal_record *out, char id[ID_SIZE],
                    char type[TYPE_SIZE]) {
    char kind[8];
    uint64_t sum;
    char *body = memchr(at, '\n', (size_t)(end - at));
    if (body == NULL || strncmp(at, MARK, sizeof MARK - 1) != 0) {
        return NULL;
    }
    *body++ = '\0';
    type[0] = '\0';
    int fields = sscanf(at + sizeof MARK - 1, "%7s %zu %" SCNx64 " %" SCNd64 " %127s %255s", kind,
                        &out->len, &sum, &out->time, id, type);
    body[-1] = '\n';
    if (fields < 5 || out->len >= (size_t)(end - body)) {
        return NULL;
    }
    out->gone = strcmp(kind, "gone") == 0;
    out->id = id;
    out->type = type;
    out->body = body;
    return (out->gone || strcmp(kind, "have") == 0) && sum_of(out) == sum ? body + out->len + 1
                                                                          : NULL;
}

/* Gives out all sound records; true when that was all there is. */
static bool read_records(char *text, size_t len,
                         void (*found)(void *arg, const node_journal_record *record), void *arg) {
    char *end = text + len;
    bool whole = true;
    for (char *at = text; at < end;) {
        node_journal_record record;
        char id[ID_SIZE];
        char type[TYPE_SIZE];
        char *next = decode(at, end, &record, id, type);
        if (next != NULL) {
            found(arg, &record);
            whole = whole && next[-1] == '\n';
        } else {
            /* A body has no line break: the next mark at the begin of a line is a record's. */
            whole = false;
            next = memmem(at + 1, (size_t)(end - at) - 1, "\n" MARK, sizeof MARK);
            next = next != NULL ? next + 1 : end;
        }
        at = next;
    }
    return whole;
}

/* ---- The file ------------------------------------------------------------------------------ */

static nex_status fail(const node_journal *journal, nex_error *err, const char *what) {
    int error = errno;
    return nex_error_set(err, NEX_EIO, "the node's journal in %s: cannot %s: %s", journal->path,
                         what, strerror(error));
}

static bool write_all(int fd, const char *data, size_t len) {
    while (len > 0) {
        ssize_t put = write(fd, data, len);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        data += put > 0 ? put : 0;
        len -= put > 0 ? (size_t)put : 0;
    }
    return true;
}

static nex_status read_file(node_journal *journal, char **text, size_t *len, nex_error *err) {
    struct stat info;
    *text = NULL;
    *len = 0;
    int fd = openat(journal->directory, FILE_NAME, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT) {
        return NEX_OK;
    }
    if (fd < 0 || fstat(fd, &info) != 0 || info.st_size > FILE_MAX) {
        nex_status status = fail(journal, err, "read it");
        if (fd >= 0) {
            close(fd);
        }
        return status;
    }
    char *copy = malloc((size_t)info.st_size + 1);
    ssize_t got = 1;
    while (copy != NULL && got > 0 && *len < (size_t)info.st_size) {
        got = read(fd, copy + *len, (size_t)info.st_size - *len);
        *len += got > 0 ? (size_t)got : 0;
        got = got < 0 && errno == EINTR ? 1 : got;
    }
    close(fd);
    if (copy == NULL || got < 0) {
        free(copy);
        return copy == NULL ? nex_error_set(err, NEX_ENOMEM, "the node's journal: out of memory")
                            : fail(journal, err, "read it");
    }
    copy[*len] = '\0';
    *text = copy;
    return NEX_OK;
}

/* A damaged journal stays for people to look at: under a name of its own. */
static void put_aside(const node_journal *journal, const nex_log *log) {
    char name[64];
    snprintf(name, sizeof name, "quarantine/" FILE_NAME ".%lld", (long long)time(NULL));
    (void)mkdirat(journal->directory, "quarantine", 0700);
    bool kept = linkat(journal->directory, FILE_NAME, journal->directory, name, 0) == 0;
    nex_log_write(log, NEX_LOG_ERROR,
                  "the node's journal is damaged: what is sound of it counts, the rest is taken "
                  "from the stored state, or told by the agents",
                  "directory", journal->path, "kept_as", kept ? name : "", NULL);
}

static bool ready(node_journal *journal) {
    if (journal->fd < 0) {
        journal->fd = openat(journal->directory, FILE_NAME,
                             O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
        struct stat info;
        if (journal->fd >= 0 && fstat(journal->fd, &info) == 0) {
            journal->size = (size_t)info.st_size;
        }
    }
    return journal->fd >= 0;
}

nex_status node_journal_append(node_journal *journal, const void *records, size_t len,
                               nex_error *err) {
    nex_status status = NEX_OK;
    pthread_mutex_lock(&journal->mutex);
    if (!ready(journal)) {
        status = fail(journal, err, "open it");
    } else if (!write_all(journal->fd, records, len)) {
        status = fail(journal, err, "write");
        if (ftruncate(journal->fd, (off_t)journal->size) != 0) {
            close(journal->fd); /* the torn record is found when it is read */
            journal->fd = -1;
        }
    } else {
        journal->size += len;
    }
    pthread_mutex_unlock(&journal->mutex);
    return status;
}

nex_status node_journal_flush(node_journal *journal, nex_error *err) {
    nex_status status = NEX_OK;
    pthread_mutex_lock(&journal->mutex);
    int fd = journal->fd >= 0 ? fcntl(journal->fd, F_DUPFD_CLOEXEC, 0) : -1;
    bool open = journal->fd >= 0;
    pthread_mutex_unlock(&journal->mutex);
    /* Nobody who appends waits for the disk. */
    if (open && (fd < 0 || fdatasync(fd) != 0)) {
        status = fail(journal, err, "flush");
    }
    if (fd >= 0) {
        close(fd);
    }
    return status;
}

nex_status node_journal_replace(node_journal *journal, const void *records, size_t len,
                                nex_error *err) {
    nex_status status = NEX_OK;
    pthread_mutex_lock(&journal->mutex);
    int fd = openat(journal->directory, NEW_NAME,
                    O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 || !write_all(fd, records, len) || fdatasync(fd) != 0 ||
        renameat(journal->directory, NEW_NAME, journal->directory, FILE_NAME) != 0) {
        status = fail(journal, err, "write it anew");
        if (fd >= 0) {
            close(fd);
            (void)unlinkat(journal->directory, NEW_NAME, 0);
        }
    } else {
        (void)fsync(journal->directory); /* not every file system can */
        if (journal->fd >= 0) {
            close(journal->fd);
        }
        journal->fd = fd;
        journal->size = len;
    }
    pthread_mutex_unlock(&journal->mutex);
    return status;
}

size_t node_journal_size(const node_journal *journal) {
    return journal->size;
}

static nex_status make_directories(const char *path, nex_error *err) {
    char *copy = strdup(path);
    if (copy == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "the node's journal: out of memory");
    }
    nex_status status = NEX_OK;
    for (char *at = copy + 1; status == NEX_OK; at++) {
        char c = *at;
        if (c == '/' || c == '\0') {
            *at = '\0';
            if (mkdir(copy, 0700) != 0 && errno != EEXIST) {
                status = nex_error_set(err, NEX_EIO, "cannot make the directory %s: %s", copy,
                                       strerror(errno));
            }
            *at = c;
        }
        if (c == '\0') {
            break;
        }
    }
    free(copy);
    return status;
}

static nex_status take(node_journal *journal, nex_error *err) {
    journal->directory = open(journal->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (journal->directory < 0) {
        return fail(journal, err, "open the directory");
    }
    journal->lock = openat(journal->directory, LOCK_NAME, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (journal->lock < 0) {
        return fail(journal, err, "make its lock");
    }
    if (flock(journal->lock, LOCK_EX | LOCK_NB) != 0) {
        return nex_error_set(err, NEX_ESTATE,
                             "another node with this key uses %s: stop it, or give this one "
                             "another --node-seed or --resource-directory",
                             journal->path);
    }
    return NEX_OK;
}

nex_status node_journal_open(node_journal **out, const char *directory, const nex_log *log,
                             void (*found)(void *arg, const node_journal_record *record), void *arg,
                             nex_error *err) {
    *out = NULL;
    nex_status status = make_directories(directory, err);
    if (status != NEX_OK) {
        return status;
    }
    node_journal *journal = calloc(1, sizeof *journal);
    if (journal == NULL || (journal->path = strdup(directory)) == NULL) {
        free(journal);
        return nex_error_set(err, NEX_ENOMEM, "the node's journal: out of memory");
    }
    journal->directory = -1;
    journal->lock = -1;
    journal->fd = -1;
    pthread_mutex_init(&journal->mutex, NULL);
    char *text = NULL;
    size_t len = 0;
    status = take(journal, err);
    if (status == NEX_OK) {
        status = read_file(journal, &text, &len, err);
    }
    if (status != NEX_OK) {
        node_journal_close(journal);
        return status;
    }
    journal->size = len;
    if (text != NULL && !read_records(text, len, found, arg)) {
        put_aside(journal, log);
    }
    if (text != NULL) {
        explicit_bzero(text, len);
        free(text);
    }
    *out = journal;
    return NEX_OK;
}

void node_journal_close(node_journal *journal) {
    if (journal == NULL) {
        return;
    }
    const int open[] = {journal->fd, journal->lock, journal->directory};
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
        if (open[i] >= 0) {
            close(open[i]);
        }
    }
    pthread_mutex_destroy(&journal->mutex);
    free(journal->path);
    free(journal);
}
