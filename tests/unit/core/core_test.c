#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <nex/core.h>

static void status_names_are_distinct(void **state) {
    (void)state;
    assert_string_equal(nex_status_name(NEX_OK), "ok");
    assert_string_equal(nex_status_name(NEX_ETIMEOUT), "timeout");
    for (int a = NEX_OK; a <= NEX_EINTERNAL; a++) {
        assert_string_not_equal(nex_status_name((nex_status)a), "unknown status");
        for (int b = NEX_OK; b < a; b++) {
            assert_string_not_equal(nex_status_name((nex_status)a), nex_status_name((nex_status)b));
        }
    }
    assert_string_equal(nex_status_name((nex_status)999), "unknown status");
}

static void error_set_fills_code_and_text_and_clears_the_place(void **state) {
    (void)state;
    nex_error err;
    memset(&err, 'x', sizeof err);
    assert_int_equal(nex_error_set(&err, NEX_EINVAL, "bad %s: %d", "port", 7), NEX_EINVAL);
    assert_int_equal(err.code, NEX_EINVAL);
    assert_string_equal(err.message, "bad port: 7");
    assert_string_equal(err.pointer, "");
    assert_string_equal(err.schema_pointer, "");
    assert_int_equal(err.offset, 0);
    assert_int_equal(err.line, 0);
    assert_int_equal(err.column, 0);
    assert_int_equal(nex_error_set(NULL, NEX_EIO, "unheard"), NEX_EIO);
}

static void error_set_may_quote_itself(void **state) {
    (void)state;
    nex_error err;
    nex_error_set(&err, NEX_EIO, "disk full");
    nex_error_set(&err, NEX_EINTERNAL, "store: %s", err.message);
    assert_string_equal(err.message, "store: disk full");
}

static void error_prefix_keeps_text_and_place(void **state) {
    (void)state;
    nex_error err;
    nex_error_set(&err, NEX_EINVAL, "expected a string");
    err.line = 3;
    assert_int_equal(nex_error_prefix(&err, NEX_EREFUSED, "reading %s", "a.json"), NEX_EREFUSED);
    assert_int_equal(err.code, NEX_EREFUSED);
    assert_string_equal(err.message, "reading a.json: expected a string");
    assert_int_equal(err.line, 3);
    assert_int_equal(nex_error_prefix(NULL, NEX_EIO, "x"), NEX_EIO);
}

static void error_texts_too_long_end_in_dots_at_a_whole_character(void **state) {
    (void)state;
    nex_error err;
    for (size_t shift = 0; shift < 4; shift++) {
        /* 4-byte characters after 0 to 3 ASCII ones, so that each place of a cut occurs. */
        char text[800] = "";
        memset(text, 'a', shift);
        for (size_t at = shift; at + 4 < sizeof text; at += 4) {
            memcpy(text + at, "\xF0\x9F\x9F\xA2", 5);
        }
        nex_error_set(&err, NEX_EINVAL, "%s", text);
        size_t len = strlen(err.message);
        assert_in_range(len, 505, 511);
        assert_string_equal(err.message + len - 3, "...");
        assert_int_equal((len - 3 - shift) % 4, 0);

        nex_error_set(&err, NEX_EINVAL, "%.*s", 400 + (int)shift, text);
        nex_error_prefix(&err, NEX_EINVAL, "%.*s", 200 + (int)shift, text);
        len = strlen(err.message);
        assert_in_range(len, 505, 511);
        assert_string_equal(err.message + len - 3, "...");
    }
}

static void error_clear_leaves_nothing(void **state) {
    (void)state;
    nex_error err;
    nex_error_set(&err, NEX_EIO, "x");
    nex_error_clear(&err);
    assert_int_equal(err.code, NEX_OK);
    assert_string_equal(err.message, "");
    nex_error_clear(NULL);
}

static void buf_grows_and_stays_terminated(void **state) {
    (void)state;
    nex_buf buf = NEX_BUF_INIT;
    assert_null(nex_buf_take(&buf));
    char expected[3001];
    for (size_t i = 0; i < 3000; i++) {
        expected[i] = (char)('a' + i % 26);
        assert_int_equal(nex_buf_append(&buf, &expected[i], 1), NEX_OK);
        assert_int_equal(buf.data[buf.len], '\0');
    }
    expected[3000] = '\0';
    assert_int_equal(buf.len, 3000);
    assert_string_equal(buf.data, expected);
    nex_buf_clear(&buf);
    assert_int_equal(buf.len, 0);
    assert_string_equal(buf.data, "");
    assert_int_equal(nex_buf_append_str(&buf, "n="), NEX_OK);
    assert_int_equal(nex_buf_printf(&buf, "%d %0700d", 42, 7), NEX_OK);
    assert_int_equal(buf.len, 2 + 3 + 700);
    assert_memory_equal(buf.data, "n=42 000", 8);
    assert_int_equal(buf.data[buf.len - 1], '7');
    char *taken = nex_buf_take(&buf);
    assert_null(buf.data);
    assert_int_equal(strlen(taken), 705);
    free(taken);
    assert_int_equal(nex_buf_append(&buf, NULL, 0), NEX_OK);
    assert_string_equal(buf.data, "");
    nex_buf_free(&buf);
    nex_buf_free(NULL);
}

static void buf_failure_leaves_contents(void **state) {
    (void)state;
    nex_buf buf = NEX_BUF_INIT;
    assert_int_equal(nex_buf_append_str(&buf, "kept"), NEX_OK);
    assert_int_equal(nex_buf_reserve(&buf, SIZE_MAX), NEX_ENOMEM);
    assert_int_equal(nex_buf_reserve(&buf, PTRDIFF_MAX - 4), NEX_ENOMEM);
    assert_int_equal(buf.len, 4);
    assert_string_equal(buf.data, "kept");
    nex_buf_free(&buf);
}

static void map_sets_finds_and_replaces(void **state) {
    (void)state;
    nex_string_map map = {NULL, 0};
    assert_null(nex_string_map_get(&map, "a"));
    assert_int_equal(nex_string_map_set(&map, "a", "1"), NEX_OK);
    assert_int_equal(nex_string_map_set(&map, "b", "2"), NEX_OK);
    assert_int_equal(nex_string_map_set(&map, "a", "3"), NEX_OK);
    assert_int_equal(map.count, 2);
    assert_string_equal(nex_string_map_get(&map, "a"), "3");
    assert_string_equal(map.items[0].key, "a");
    assert_int_equal(nex_string_map_set(&map, NULL, "x"), NEX_EINVAL);
    assert_int_equal(nex_string_map_set(&map, "x", NULL), NEX_EINVAL);

    nex_string_map copy;
    assert_int_equal(nex_string_map_copy(&copy, &map), NEX_OK);
    nex_string_map_free(&map);
    assert_int_equal(map.count, 0);
    assert_string_equal(nex_string_map_get(&copy, "b"), "2");
    nex_string_map_free(&copy);
    nex_string_map_free(NULL);
    assert_null(nex_string_map_get(NULL, "a"));
}

static void map_get_takes_the_last_of_a_key_given_twice(void **state) {
    (void)state;
    nex_string_entry items[] = {{"k", "first"}, {"k", "last"}};
    nex_string_map map = {items, 2};
    assert_string_equal(nex_string_map_get(&map, "k"), "last");
}

static void list_adds_and_copies(void **state) {
    (void)state;
    nex_string_list list = {NULL, 0};
    assert_int_equal(nex_string_list_add(&list, "one"), NEX_OK);
    assert_int_equal(nex_string_list_add(&list, ""), NEX_OK);
    assert_int_equal(nex_string_list_add(&list, NULL), NEX_EINVAL);
    nex_string_list copy;
    assert_int_equal(nex_string_list_copy(&copy, &list), NEX_OK);
    nex_string_list_free(&list);
    assert_int_equal(copy.count, 2);
    assert_string_equal(copy.items[0], "one");
    assert_string_equal(copy.items[1], "");
    nex_string_list_free(&copy);
    assert_int_equal(nex_string_list_copy(&copy, NULL), NEX_OK);
    assert_int_equal(copy.count, 0);
}

static void base64_follows_the_vectors_of_rfc_4648(void **state) {
    (void)state;
    static const char *const plain[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
    static const char *const coded[] = {"",         "Zg==",     "Zm8=",    "Zm9v",
                                        "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (size_t i = 0; i < 7; i++) {
        nex_buf buf = NEX_BUF_INIT;
        assert_int_equal(nex_base64_encode(plain[i], strlen(plain[i]), &buf), NEX_OK);
        assert_string_equal(buf.data, coded[i]);
        nex_buf_clear(&buf);
        assert_int_equal(nex_base64_decode(coded[i], strlen(coded[i]), &buf, NULL), NEX_OK);
        assert_string_equal(buf.data, plain[i]);
        nex_buf_free(&buf);
    }
}

static void base64_carries_every_byte(void **state) {
    (void)state;
    uint8_t bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)i;
    }
    nex_buf text = NEX_BUF_INIT;
    nex_buf back = NEX_BUF_INIT;
    assert_int_equal(nex_base64_encode(bytes, sizeof bytes, &text), NEX_OK);
    assert_int_equal(nex_base64_decode(text.data, text.len, &back, NULL), NEX_OK);
    assert_int_equal(back.len, sizeof bytes);
    assert_memory_equal(back.data, bytes, sizeof bytes);
    nex_buf_free(&text);
    nex_buf_free(&back);
}

static void base64_refuses_what_it_is_not(void **state) {
    (void)state;
    static const char *const bad[] = {"Z",    "Zg",   "Zg=",   "Zg===",  "=",     "Z===", "Zm9v=",
                                      "Zm-v", "Zm_v", "Z m9v", "Zg==Zg", "Zm8=A", "Zm=v"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        nex_buf buf = NEX_BUF_INIT;
        nex_error err;
        assert_int_equal(nex_buf_append_str(&buf, "kept"), NEX_OK);
        assert_int_equal(nex_base64_decode(bad[i], strlen(bad[i]), &buf, &err), NEX_EINVAL);
        assert_string_equal(buf.data, "kept");
        assert_non_null(strstr(err.message, "base64"));
        nex_buf_free(&buf);
    }
    nex_buf buf = NEX_BUF_INIT;
    assert_int_equal(nex_base64_decode("Zm9v\r\nYg==\n", 11, &buf, NULL), NEX_OK);
    assert_string_equal(buf.data, "foob");
    nex_buf_free(&buf);
}

static void version_is_the_projects(void **state) {
    (void)state;
    FILE *f = fopen(NEX_TEST_DATA "/../../CMakeLists.txt", "r");
    assert_non_null(f);
    char text[4096] = "";
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    char expected[64];
    snprintf(expected, sizeof expected, "VERSION %s ", nex_version());
    assert_non_null(strstr(text, expected));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_names_are_distinct),
        cmocka_unit_test(error_set_fills_code_and_text_and_clears_the_place),
        cmocka_unit_test(error_set_may_quote_itself),
        cmocka_unit_test(error_prefix_keeps_text_and_place),
        cmocka_unit_test(error_texts_too_long_end_in_dots_at_a_whole_character),
        cmocka_unit_test(error_clear_leaves_nothing),
        cmocka_unit_test(buf_grows_and_stays_terminated),
        cmocka_unit_test(buf_failure_leaves_contents),
        cmocka_unit_test(map_sets_finds_and_replaces),
        cmocka_unit_test(map_get_takes_the_last_of_a_key_given_twice),
        cmocka_unit_test(list_adds_and_copies),
        cmocka_unit_test(base64_follows_the_vectors_of_rfc_4648),
        cmocka_unit_test(base64_carries_every_byte),
        cmocka_unit_test(base64_refuses_what_it_is_not),
        cmocka_unit_test(version_is_the_projects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
