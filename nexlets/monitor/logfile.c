#include "monitor/logfile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define LOG_PREFIX "log."

enum { LOG_MAGIC = 0x676f4c4e }; /* "NLog" */

enum { NAME_SIZE = 32 };

static void file_name(char out[NAME_SIZE], uint64_t first) {
    snprintf(out, NAME_SIZE, LOG_PREFIX "%016" PRIx64, first);
}

static uint32_t header_check(const mon_log_header *header) {
    const unsigned char *at = (const unsigned char *)&header->sequence;
    const unsigned char *end = (const unsigned char *)(header + 1);
    uint32_t sum = 0x811c9dc5u;
    for (; at < end; at++) {
        sum = (sum ^ *at) * 0x01000193u;
    }
    return sum;
}

void mon_log_seal(mon_log_header *header) {
    header->magic = LOG_MAGIC;
    header->check = header_check(header);
}

bool mon_log_sound(const mon_log_header *header) {
    return header->magic == LOG_MAGIC && header->size <= MON_PIECE_MAX &&
           header->check == header_check(header);
}

/* Adds a file to the list, which stays in order; with too many the oldest are not listed. */
static void list_add(mon_log *log, uint64_t first) {
    if (log->files == MON_LOG_FILES_MAX) {
        if (first < log->first[0]) {
            return;
        }
        memmove(log->first, log->first + 1, (MON_LOG_FILES_MAX - 1) * sizeof log->first[0]);
        log->files--;
    }
    uint32_t at = log->files;
    while (at > 0 && log->first[at - 1] > first) {
        log->first[at] = log->first[at - 1];
        at--;
    }
    log->first[at] = first;
    log->files++;
}

static int list_files(mon_log *log) {
    int fd = openat(log->dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    /* Raw directory entries, since opendir would use the heap. */
    _Alignas(struct dirent64) char entries[2048];
    ssize_t got;
    while ((got = getdents64(fd, entries, sizeof entries)) > 0) {
        for (ssize_t at = 0; at < got;) {
            const struct dirent64 *entry = (const void *)(entries + at);
            uint64_t first;
            int used = 0;
            if (sscanf(entry->d_name, LOG_PREFIX "%16" SCNx64 "%n", &first, &used) == 1 &&
                entry->d_name[used] == '\0') {
                list_add(log, first);
            }
            at += entry->d_reclen;
        }
    }
    int error = got < 0 ? errno : 0;
    close(fd);
    return error;
}

/* Walks the newest file to where its sound records end, and takes the place to go on from. */
static int find_end(mon_log *log, int fd, uint64_t first) {
    struct stat info;
    log->next = first;
    log->bytes = 0;
    if (fstat(fd, &info) != 0) {
        return errno;
    }
    if (info.st_size == 0) {
        return 0;
    }
    size_t size = (size_t)info.st_size;
    char *map = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED) {
        return errno;
    }
    size_t at = 0;
    mon_log_header header;
    while (size - at >= sizeof header) {
        memcpy(&header, map + at, sizeof header);
        if (!mon_log_sound(&header) || header.size > size - at - sizeof header) {
            break;
        }
        at += sizeof header + header.size;
        log->next = header.sequence + 1;
    }
    munmap(map, size);
    log->bytes = at;
    return 0;
}

static int open_file(mon_log *log, uint64_t first, int flags) {
    char name[NAME_SIZE];
    file_name(name, first);
    return openat(log->dir, name, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static int begin_file(mon_log *log) {
    int fd = open_file(log, log->next, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);
    if (fd < 0) {
        return errno;
    }
    if (log->fd >= 0) {
        close(log->fd);
    }
    log->fd = fd;
    log->bytes = 0;
    list_add(log, log->next);
    while (log->files > log->files_max) {
        char name[NAME_SIZE];
        file_name(name, log->first[0]);
        (void)unlinkat(log->dir, name, 0);
        memmove(log->first, log->first + 1, (log->files - 1) * sizeof log->first[0]);
        log->files--;
    }
    return 0;
}

int mon_log_list(mon_log *log, int dir) {
    *log = (mon_log){.dir = dir, .fd = -1, .next = UINT64_MAX};
    return list_files(log);
}

int mon_log_look(mon_log *log, int dir) {
    int error = mon_log_list(log, dir);
    log->next = 1;
    if (error != 0 || log->files == 0) {
        return error;
    }
    uint64_t newest = log->first[log->files - 1];
    int fd = open_file(log, newest, O_RDONLY);
    if (fd < 0) {
        return errno;
    }
    error = find_end(log, fd, newest);
    close(fd);
    return error;
}

int mon_log_open(mon_log *log, int dir, const mon_log_size *size) {
    int error = mon_log_look(log, dir);
    if (error != 0) {
        return error;
    }
    log->file_bytes =
        size != NULL && size->file_bytes > 0 ? size->file_bytes : (uint64_t)MON_LOG_BYTES_DEFAULT;
    log->files_max = size != NULL && size->files > 0 ? size->files : MON_LOG_FILES_DEFAULT;
    if (log->file_bytes < MON_LOG_BYTES_MIN) {
        log->file_bytes = MON_LOG_BYTES_MIN;
    }
    if (log->files_max < MON_LOG_FILES_MIN) {
        log->files_max = MON_LOG_FILES_MIN;
    }
    if (log->files_max > MON_LOG_FILES_MAX) {
        log->files_max = MON_LOG_FILES_MAX;
    }
    if (log->files == 0) {
        return 0; /* the first piece of output begins one */
    }
    log->fd = open_file(log, log->first[log->files - 1], O_WRONLY | O_APPEND);
    if (log->fd < 0 || ftruncate(log->fd, (off_t)log->bytes) != 0) {
        return errno;
    }
    return 0;
}

void mon_log_close(mon_log *log) {
    if (log->fd >= 0) {
        close(log->fd);
        log->fd = -1;
    }
}

void mon_log_append(mon_log *log, mon_stream stream, int64_t time_ns, const void *data,
                    size_t size) {
    mon_log_header header = {.sequence = log->next,
                             .time_ns = time_ns,
                             .size = (uint32_t)size,
                             .stream = (uint8_t)stream};
    mon_log_seal(&header);
    size_t whole = sizeof header + size;
    int error = 0;
    if (log->fd < 0 || (log->bytes > 0 && log->bytes + whole > log->file_bytes)) {
        error = begin_file(log);
    }
    /* When no new file can be had (disk full), the old one must not grow past its size. */
    if (error == 0) {
        struct iovec parts[2] = {{&header, sizeof header}, {(void *)(uintptr_t)data, size}};
        ssize_t put;
        do {
            put = writev(log->fd, parts, 2);
        } while (put < 0 && errno == EINTR);
        if (put == (ssize_t)whole) {
            log->bytes += whole;
        } else {
            error = EIO;
            if (put > 0) {
                (void)!ftruncate(log->fd, (off_t)log->bytes);
            }
        }
    }
    log->next++;
    if (error != 0) {
        log->lost++;
    }
}

uint64_t mon_log_oldest(const mon_log *log) {
    return log->files > 0 ? log->first[0] : log->next;
}

void mon_log_reader_init(mon_log_reader *reader, uint64_t from) {
    *reader = (mon_log_reader){.fd = -1, .next = from};
}

void mon_log_reader_close(mon_log_reader *reader) {
    if (reader->fd >= 0) {
        close(reader->fd);
        reader->fd = -1;
    }
}

/* Opens the file that comes after the one read, or the one with the wanted record at first. */
static bool reader_open(const mon_log *log, mon_log_reader *reader) {
    uint32_t at = log->files;
    if (reader->fd < 0) {
        while (at > 1 && log->first[at - 1] > reader->next) {
            at--;
        }
        at = at > 0 ? at - 1 : 0;
    } else {
        while (at > 0 && log->first[at - 1] > reader->file) {
            at--;
        }
    }
    mon_log_reader_close(reader);
    for (; at < log->files; at++) {
        char name[NAME_SIZE];
        file_name(name, log->first[at]);
        reader->fd = openat(log->dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        reader->file = log->first[at];
        reader->offset = 0;
        if (reader->fd >= 0) {
            return true;
        }
    }
    return false;
}

bool mon_log_reader_at(const mon_log *log, mon_log_reader *reader, uint64_t file, uint64_t offset) {
    char name[NAME_SIZE];
    mon_log_header header;
    file_name(name, file);
    mon_log_reader_close(reader);
    int fd = openat(log->dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return false;
    }
    ssize_t got = pread(fd, &header, sizeof header, (off_t)offset);
    bool there =
        got == (ssize_t)sizeof header && mon_log_sound(&header) && header.sequence == reader->next;
    if (!there) {
        close(fd);
        return false;
    }
    reader->fd = fd;
    reader->file = file;
    reader->offset = offset;
    return true;
}

/* How many bytes of whole records from `next` on lie in a block; skips older ones before. */
static size_t whole_records(mon_log_reader *reader, char *block, size_t size) {
    size_t begin = 0;
    size_t at = 0;
    mon_log_header header;
    while (size - at >= sizeof header) {
        memcpy(&header, block + at, sizeof header);
        if (!mon_log_sound(&header) || header.size > size - at - sizeof header) {
            break;
        }
        at += sizeof header + header.size;
        if (header.sequence < reader->next) {
            begin = at;
        }
    }
    reader->offset += begin;
    memmove(block, block + begin, at - begin);
    return at - begin;
}

size_t mon_log_read(const mon_log *log, mon_log_reader *reader, void *out, size_t size) {
    if (reader->next >= log->next) {
        return 0;
    }
    if (reader->fd < 0 && !reader_open(log, reader)) {
        return 0;
    }
    for (;;) {
        uint64_t before = reader->offset;
        ssize_t got = pread(reader->fd, out, size, (off_t)reader->offset);
        size_t have = got > 0 ? whole_records(reader, out, (size_t)got) : 0;
        if (have > 0) {
            return have;
        }
        if (reader->offset > before) {
            continue; /* all of it was older than wanted */
        }
        bool newest = log->files == 0 || reader->file == log->first[log->files - 1];
        if (newest || !reader_open(log, reader)) {
            return 0;
        }
    }
}

void mon_log_reader_keep(mon_log_reader *reader, const void *records, size_t size) {
    const char *at = records;
    const char *end = at + size;
    mon_log_header header;
    while ((size_t)(end - at) >= sizeof header) {
        memcpy(&header, at, sizeof header);
        at += sizeof header + header.size;
        reader->next = header.sequence + 1;
    }
    reader->offset += size;
}
