/* The bounded log on disk, and reading it at one's own pace. */
#include "files.h"

#include <dirent.h>
#include <fcntl.h>
#include <monitor/logfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct rig {
    char path[64];
    int dir;
    char block[MON_RECORDS_MAX];
} rig;

static int setup(void **state) {
    rig *r = calloc(1, sizeof *r);
    snprintf(r->path, sizeof r->path, "/tmp/nex-log-test-XXXXXX");
    assert_non_null(mkdtemp(r->path));
    r->dir = open(r->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *state = r;
    return 0;
}

static int teardown(void **state) {
    rig *r = *state;
    close(r->dir);
    remove_tree(r->path);
    free(r);
    return 0;
}

static void append_number(mon_log *log, unsigned number) {
    char text[16];
    int len = snprintf(text, sizeof text, "%u\n", number);
    mon_log_append(log, number % 2 == 0 ? MON_STDERR : MON_STDOUT, number, text, (size_t)len);
}

/* Reads all there is; each piece must be its own sequence number. Returns how many were read. */
static unsigned read_numbers(rig *r, const mon_log *log, mon_log_reader *reader, uint64_t *first) {
    unsigned count = 0;
    size_t size;
    while ((size = mon_log_read(log, reader, r->block, sizeof r->block)) > 0) {
        mon_log_header header;
        for (size_t at = 0; at < size; at += sizeof header + header.size) {
            memcpy(&header, r->block + at, sizeof header);
            assert_true(mon_log_sound(&header));
            assert_int_equal(strtoull(r->block + at + sizeof header, NULL, 10), header.sequence);
            assert_int_equal(header.stream, header.sequence % 2 == 0 ? MON_STDERR : MON_STDOUT);
            assert_int_equal(header.time_ns, header.sequence);
            if (count++ == 0 && first != NULL) {
                *first = header.sequence;
            }
        }
        mon_log_reader_keep(reader, r->block, size);
    }
    return count;
}

static size_t files_in(const rig *r, size_t *bytes) {
    DIR *entries = opendir(r->path);
    struct dirent *entry;
    size_t count = 0;
    *bytes = 0;
    while ((entry = readdir(entries)) != NULL) {
        struct stat info;
        if (entry->d_name[0] != '.' && fstatat(r->dir, entry->d_name, &info, 0) == 0) {
            *bytes += (size_t)info.st_size;
            count++;
        }
    }
    closedir(entries);
    return count;
}

static void records_come_back_in_order(void **state) {
    rig *r = *state;
    mon_log log;
    mon_log_reader reader;
    uint64_t first = 0;
    assert_int_equal(mon_log_open(&log, r->dir, NULL), 0);
    assert_int_equal(log.next, 1);
    mon_log_reader_init(&reader, 1);
    assert_int_equal(read_numbers(r, &log, &reader, NULL), 0);
    for (unsigned i = 1; i <= 5000; i++) {
        append_number(&log, i);
    }
    assert_int_equal(read_numbers(r, &log, &reader, &first), 5000);
    assert_int_equal(first, 1);
    append_number(&log, 5001);
    assert_int_equal(read_numbers(r, &log, &reader, &first), 1);
    assert_int_equal(first, 5001);
    mon_log_reader_close(&reader);
    mon_log_reader_init(&reader, 4990);
    assert_int_equal(read_numbers(r, &log, &reader, &first), 12);
    assert_int_equal(first, 4990);
    mon_log_reader_close(&reader);
    mon_log_close(&log);
}

static void its_size_is_bounded(void **state) {
    rig *r = *state;
    mon_log log;
    mon_log_reader slow;
    uint64_t first = 0;
    size_t bytes;
    mon_log_size size = {.file_bytes = 8192, .files = 3};
    assert_int_equal(mon_log_open(&log, r->dir, &size), 0);
    append_number(&log, 1);
    mon_log_reader_init(&slow, 1);
    assert_true(mon_log_read(&log, &slow, r->block, sizeof r->block) > 0);
    for (unsigned i = 2; i <= 20000; i++) {
        append_number(&log, i);
        if (i % 1000 == 0) {
            assert_true(files_in(r, &bytes) <= 3);
            assert_true(bytes <= 3 * 8192);
        }
    }
    /* A reader that was slow has its own file still, then goes on with the oldest there is. */
    unsigned count = read_numbers(r, &log, &slow, &first);
    assert_int_equal(first, 1);
    assert_true(count < 2000);
    assert_int_equal(slow.next, 20001);
    mon_log_reader_close(&slow);
    mon_log_reader late;
    mon_log_reader_init(&late, 1);
    count = read_numbers(r, &log, &late, &first);
    assert_int_equal(first, mon_log_oldest(&log));
    assert_int_equal(count, 20001 - first);
    mon_log_reader_close(&late);
    mon_log_close(&log);
}

static void a_small_file_size_still_takes_large_pieces(void **state) {
    rig *r = *state;
    mon_log log;
    mon_log_reader reader;
    mon_log_size size = {.file_bytes = 4096, .files = 2};
    char *piece = calloc(1, MON_PIECE_MAX);
    assert_int_equal(mon_log_open(&log, r->dir, &size), 0);
    mon_log_reader_init(&reader, 1);
    for (int i = 0; i < 5; i++) {
        mon_log_append(&log, MON_STDOUT, 1, piece, MON_PIECE_MAX);
        size_t got = mon_log_read(&log, &reader, r->block, sizeof r->block);
        assert_int_equal(got, sizeof(mon_log_header) + MON_PIECE_MAX);
        mon_log_reader_keep(&reader, r->block, got);
    }
    assert_int_equal(log.lost, 0);
    mon_log_reader_close(&reader);
    mon_log_close(&log);
    free(piece);
}

static void it_goes_on_after_a_torn_record(void **state) {
    rig *r = *state;
    for (int cut = 1; cut < 40; cut++) {
        mon_log log;
        mon_log_reader reader;
        assert_int_equal(mon_log_open(&log, r->dir, NULL), 0);
        uint64_t next = log.next;
        append_number(&log, (unsigned)next);
        append_number(&log, (unsigned)next + 1);
        mon_log_close(&log);
        char path[128];
        struct stat info;
        snprintf(path, sizeof path, "%s/log.%016x", r->path, 1);
        assert_int_equal(stat(path, &info), 0);
        off_t last = (off_t)sizeof(mon_log_header) + snprintf(NULL, 0, "%u\n", (unsigned)next + 1);
        assert_int_equal(truncate(path, info.st_size - (cut < last ? cut : last - 1)), 0);
        assert_int_equal(mon_log_open(&log, r->dir, NULL), 0);
        assert_int_equal(log.next, next + 1);
        append_number(&log, (unsigned)next + 1);
        mon_log_reader_init(&reader, next);
        assert_int_equal(read_numbers(r, &log, &reader, NULL), 2);
        mon_log_reader_close(&reader);
        mon_log_close(&log);
    }
}

static void a_header_that_was_changed_is_not_sound(void **state) {
    (void)state;
    mon_log_header header = {.sequence = 7, .time_ns = 8, .size = 9, .stream = 1};
    mon_log_seal(&header);
    assert_true(mon_log_sound(&header));
    for (size_t bit = 0; bit < 8 * sizeof header; bit++) {
        mon_log_header changed = header;
        ((unsigned char *)&changed)[bit / 8] ^= (unsigned char)(1u << bit % 8);
        assert_false(mon_log_sound(&changed));
    }
}

static void what_the_disk_does_not_take_is_counted(void **state) {
    rig *r = *state;
    mon_log log;
    mon_log_reader reader;
    assert_int_equal(mon_log_open(&log, r->dir, NULL), 0);
    append_number(&log, 1);
    int good = log.fd;
    log.fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    append_number(&log, 2);
    append_number(&log, 3);
    close(log.fd);
    log.fd = good;
    append_number(&log, 4);
    assert_int_equal(log.lost, 2);
    assert_int_equal(log.next, 5);
    mon_log_reader_init(&reader, 1);
    assert_int_equal(read_numbers(r, &log, &reader, NULL), 2);
    assert_int_equal(reader.next, 5);
    mon_log_reader_close(&reader);
    mon_log_close(&log);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(records_come_back_in_order),
        T(its_size_is_bounded),
        T(a_small_file_size_still_takes_large_pieces),
        T(it_goes_on_after_a_torn_record),
        T(a_header_that_was_changed_is_not_sound),
        T(what_the_disk_does_not_take_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
