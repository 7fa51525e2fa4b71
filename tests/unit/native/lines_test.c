/* Cutting output into whole lines. */
#include <monitor/lines.h>
#include <stdlib.h>
#include <string.h>

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void feed(mon_lines *lines, const char *text, size_t len) {
    size_t room;
    char *to = mon_lines_room(lines, &room);
    assert_true(len <= room);
    memcpy(to, text, len);
    mon_lines_added(lines, len);
}

static void feed_text(mon_lines *lines, const char *text) {
    feed(lines, text, strlen(text));
}

static void assert_piece(mon_lines *lines, bool flush, const char *expected) {
    const char *piece;
    size_t len;
    assert_true(mon_lines_take(lines, flush, &piece, &len));
    assert_int_equal(len, strlen(expected));
    assert_memory_equal(piece, expected, len);
}

static void assert_nothing(mon_lines *lines, bool flush) {
    const char *piece;
    size_t len;
    assert_false(mon_lines_take(lines, flush, &piece, &len));
}

static int setup(void **state) {
    *state = calloc(1, sizeof(mon_lines));
    return *state == NULL;
}

static int teardown(void **state) {
    free(*state);
    return 0;
}

static void whole_lines_go_out_together(void **state) {
    mon_lines *lines = *state;
    feed_text(lines, "one\ntwo\nthr");
    assert_piece(lines, false, "one\ntwo\n");
    assert_nothing(lines, false);
    assert_true(mon_lines_pending(lines));
    feed_text(lines, "ee\n");
    assert_piece(lines, false, "three\n");
    assert_false(mon_lines_pending(lines));
    assert_nothing(lines, true);
}

static void a_pause_lets_an_unfinished_line_out(void **state) {
    mon_lines *lines = *state;
    feed_text(lines, "whole\nprompt> ");
    assert_piece(lines, true, "whole\n");
    assert_piece(lines, true, "prompt> ");
    assert_nothing(lines, true);
}

static void nothing_is_lost_over_many_small_feeds(void **state) {
    mon_lines *lines = *state;
    const char *text = "a\nbc\n\ndef\nunfinished";
    char got[64] = "";
    size_t have = 0;
    const char *piece;
    size_t len;
    for (size_t i = 0; i < strlen(text); i++) {
        feed(lines, text + i, 1);
        while (mon_lines_take(lines, false, &piece, &len)) {
            assert_int_equal(piece[len - 1], '\n');
            memcpy(got + have, piece, len);
            have += len;
        }
    }
    assert_true(mon_lines_take(lines, true, &piece, &len));
    memcpy(got + have, piece, len);
    assert_string_equal(got, text);
}

static void a_line_longer_than_the_buffer_goes_out_in_parts(void **state) {
    mon_lines *lines = *state;
    size_t room;
    char *to = mon_lines_room(lines, &room);
    assert_int_equal(room, MON_PIECE_MAX);
    memset(to, 'x', room);
    mon_lines_added(lines, room);
    const char *piece;
    size_t len;
    assert_true(mon_lines_take(lines, false, &piece, &len));
    assert_int_equal(len, MON_PIECE_MAX);
    assert_non_null(mon_lines_room(lines, &room));
    assert_int_equal(room, MON_PIECE_MAX);
}

/* "a" and then characters of 2, 3 and 4 bytes: none is cut in two. */
static void parts_end_between_characters(void **state) {
    static const char *const characters[] = {"\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x9f\xa2"};
    mon_lines *lines = *state;
    for (size_t c = 0; c < 3; c++) {
        size_t size = strlen(characters[c]);
        for (size_t shift = 1; shift <= size; shift++) {
            lines->start = 0;
            lines->end = 0;
            memset(lines->data, 'a', shift);
            for (size_t at = shift; at < sizeof lines->data; at++) {
                lines->data[at] = characters[c][(at - shift) % size];
            }
            lines->end = sizeof lines->data;
            const char *piece;
            size_t len;
            assert_true(mon_lines_take(lines, false, &piece, &len));
            assert_int_equal((len - shift) % size, 0);
            assert_true(MON_PIECE_MAX - len < size);
        }
    }
}

static void bytes_that_are_no_text_pass(void **state) {
    mon_lines *lines = *state;
    memset(lines->data, 0x80, sizeof lines->data);
    lines->end = sizeof lines->data;
    const char *piece;
    size_t len;
    assert_true(mon_lines_take(lines, false, &piece, &len));
    assert_int_equal(len, MON_PIECE_MAX);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(whole_lines_go_out_together),
        T(a_pause_lets_an_unfinished_line_out),
        T(nothing_is_lost_over_many_small_feeds),
        T(a_line_longer_than_the_buffer_goes_out_in_parts),
        T(parts_end_between_characters),
        T(bytes_that_are_no_text_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
