/* Reading back what a workload wrote: where to begin, part by part, and what is gone. */
#include "files.h"

#include <fcntl.h>
#include <native/history.h>
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
    mon_log log;
    nex_buf text; /* of all pieces read, one after the other */
} rig;

static int setup(void **state) {
    rig *r = calloc(1, sizeof *r);
    snprintf(r->path, sizeof r->path, "/tmp/nex-history-test-XXXXXX");
    assert_non_null(mkdtemp(r->path));
    r->dir = open(r->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    mon_log_size size = {.file_bytes = MON_LOG_BYTES_MIN, .files = 3};
    assert_int_equal(mon_log_open(&r->log, r->dir, &size), 0);
    *state = r;
    return 0;
}

static int teardown(void **state) {
    rig *r = *state;
    mon_log_close(&r->log);
    close(r->dir);
    remove_tree(r->path);
    nex_buf_free(&r->text);
    free(r);
    return 0;
}

/* At the second of its sequence number. */
static void append(rig *r, mon_stream stream, const char *text) {
    mon_log_append(&r->log, stream, (int64_t)r->log.next * 1000000000, text, strlen(text));
}

static const native_history_ask all = {.tail = -1, .stream = -1, .max_bytes = 1 << 20};

static native_history read_part(rig *r, const native_history_ask *ask) {
    native_history part;
    assert_int_equal(native_history_read(r->dir, ask, &part), 0);
    const char *at = part.records.data;
    for (size_t i = 0; i < part.count; i++) {
        mon_log_header header;
        memcpy(&header, at, sizeof header);
        assert_int_equal(nex_buf_append(&r->text, at + sizeof header, header.size), NEX_OK);
        at += sizeof header + header.size;
    }
    nex_buf_free(&part.records);
    return part;
}

static void assert_reads(rig *r, native_history_ask ask, const char *expected) {
    nex_buf_clear(&r->text);
    native_history part = read_part(r, &ask);
    assert_true(part.end);
    assert_int_equal(part.missed, 0);
    assert_int_equal(part.next, r->log.next);
    assert_string_equal(r->text.data != NULL ? r->text.data : "", expected);
}

static native_history_ask tail(int64_t lines, int stream) {
    native_history_ask ask = all;
    ask.tail = lines;
    ask.stream = stream;
    return ask;
}

static void begins_where_it_is_told(void **state) {
    rig *r = *state;
    assert_reads(r, all, "");
    append(r, MON_STDOUT, "a\nb\n");
    append(r, MON_STDERR, "oops\n");
    append(r, MON_STDOUT, "c\nd");
    assert_reads(r, all, "a\nb\noops\nc\nd");
    assert_reads(r, tail(0, -1), "");
    assert_reads(r, tail(1, -1), "d");
    assert_reads(r, tail(3, -1), "oops\nc\nd");
    assert_reads(r, tail(4, -1), "b\noops\nc\nd");
    assert_reads(r, tail(100, -1), "a\nb\noops\nc\nd");
    assert_reads(r, tail(1, MON_STDERR), "oops\n");
    assert_reads(r, tail(3, MON_STDOUT), "b\nc\nd");
    native_history_ask since = all;
    since.has_since = true;
    since.since_ns = 2 * 1000000000LL;
    assert_reads(r, since, "oops\nc\nd");
    since.tail = 100;
    assert_reads(r, since, "oops\nc\nd");
    since.since_ns = 9 * 1000000000LL;
    assert_reads(r, since, "");
}

static void append_numbers(rig *r, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        char text[16];
        snprintf(text, sizeof text, "%u\n", (unsigned)r->log.next);
        append(r, r->log.next % 2 == 0 ? MON_STDERR : MON_STDOUT, text);
    }
}

static void assert_numbers(const rig *r, unsigned first, unsigned last, unsigned step) {
    const char *at = r->text.data;
    for (unsigned i = first; i <= last; i += step) {
        char *end;
        assert_int_equal(strtoul(at, &end, 10), i);
        at = end + 1;
    }
    assert_int_equal(*at, '\0');
}

/* Small parts, each asked for with what the last one said. */
static unsigned read_in_parts(rig *r, native_history_ask ask, bool with_place) {
    unsigned parts = 0;
    native_history part;
    do {
        part = read_part(r, &ask);
        assert_int_equal(part.missed, 0);
        ask.from = part.next;
        snprintf(ask.place, sizeof ask.place, "%s", with_place ? part.place : "");
        parts++;
    } while (!part.end);
    assert_int_equal(part.next, r->log.next);
    return parts;
}

static void comes_in_parts_without_gap_or_repeat(void **state) {
    rig *r = *state;
    append_numbers(r, 250); /* three files */
    assert_true(r->log.files > 1);
    native_history_ask ask = all;
    ask.max_bytes = 1000;
    for (int with_place = 0; with_place < 2; with_place++) {
        nex_buf_clear(&r->text);
        assert_true(read_in_parts(r, ask, with_place == 1) > 30);
        assert_numbers(r, 1, 250, 1);
        nex_buf_clear(&r->text);
        ask.stream = MON_STDERR;
        assert_true(read_in_parts(r, ask, with_place == 1) > 15);
        assert_numbers(r, 2, 250, 2);
        ask.stream = -1;
    }
    /* A place that means nothing, or another record, is no harm. */
    static const char *const places[] = {"x", "1.0", "1.7", "ffff.0", "1.ffffffffffffffff"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        ask = all;
        ask.from = 100;
        snprintf(ask.place, sizeof ask.place, "%s", places[i]);
        nex_buf_clear(&r->text);
        (void)read_part(r, &ask);
        assert_numbers(r, 100, 250, 1);
    }
}

static void tail_spans_files(void **state) {
    rig *r = *state;
    append_numbers(r, 250);
    static const unsigned counts[] = {1, 2, 99, 100, 101, 150, 200};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        nex_buf_clear(&r->text);
        native_history_ask ask = tail(counts[i], -1);
        (void)read_part(r, &ask);
        assert_numbers(r, 251 - counts[i], 250, 1);
    }
}

static void what_is_gone_is_counted(void **state) {
    rig *r = *state;
    append_numbers(r, 1000);
    uint64_t oldest = mon_log_oldest(&r->log);
    assert_true(oldest > 100);
    native_history_ask ask = all;
    native_history part = read_part(r, &ask);
    assert_int_equal(part.missed, 0); /* nobody asked for what is gone */
    assert_numbers(r, (unsigned)oldest, 1000, 1);
    ask.from = 100;
    nex_buf_clear(&r->text);
    part = read_part(r, &ask);
    assert_int_equal(part.missed, oldest - 100);
    assert_numbers(r, (unsigned)oldest, 1000, 1);
}

static void goes_on_where_it_ended(void **state) {
    rig *r = *state;
    native_history_ask ask = all;
    append_numbers(r, 10);
    native_history part = read_part(r, &ask);
    ask.from = part.next;
    snprintf(ask.place, sizeof ask.place, "%s", part.place);
    part = read_part(r, &ask);
    assert_true(part.end && part.count == 0 && part.next == 11);
    append_numbers(r, 200); /* the file it was in is not the newest any more */
    nex_buf_clear(&r->text);
    part = read_part(r, &ask);
    assert_int_equal(part.next, 211);
    assert_numbers(r, 11, 210, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(begins_where_it_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(comes_in_parts_without_gap_or_repeat, setup, teardown),
        cmocka_unit_test_setup_teardown(tail_spans_files, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_gone_is_counted, setup, teardown),
        cmocka_unit_test_setup_teardown(goes_on_where_it_ended, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
