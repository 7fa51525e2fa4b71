/* What is written, that it reads back the same, and copies, comparisons and jansson's form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "shapes.h"

/* Members in order, as they are written. */
static const char *const everything =
    "{\"aardvark\":\"kept\",\"any\":{\"a\":[1,2.5,null,true,false,\"x\"],\"b\":{}},"
    "\"bytes\":\"AAEC\",\"color\":\"blue\",\"d\":-1500,\"figures\":[{\"kind\":\"circle\","
    "\"radius\":2},{\"kind\":\"square\",\"side\":3}],\"flag\":true,\"grid\":[[],[1],[2,3,4]],"
    "\"i\":-9223372036854775808,\"level\":-1,\"loose\":[\"p\",\"q\"],\"map\":{\"\":\"w\","
    "\"k\":\"v\"},\"maybe\":7,\"middle\":null,\"pair\":[\"one\",2],\"point\":{\"label\":\"p\","
    "\"x\":1,\"y\":2},\"points\":[{\"x\":3,\"y\":4},{\"x\":5,\"y\":6}],\"raw\":[1, {\"z\" : 0}],"
    "\"secret\":\"s\",\"span\":\"1m30s\",\"switches\":{\"off\":false,\"on\":true},"
    "\"text\":\"\xC3\xA9\\u003c\",\"time\":\"2024-02-29T12:00:00.5+01:00\","
    "\"where\":{\"home\":{\"x\":7,\"y\":8}},\"zebra\":{\"kept\": 1}}";

static void *decode(const nex_type *type, const char *json) {
    void *message = NULL;
    nex_error err;
    if (nex_message_decode(type, json, strlen(json), NULL, &message, &err) != NEX_OK) {
        fail_msg("%s\nin %s", err.message, json);
    }
    return message;
}

static void assert_encodes(const nex_type *type, const void *message, const char *json) {
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_message_encode(type, message, &out), NEX_OK);
    assert_string_equal(out.data, json);
    assert_int_equal(out.len, strlen(json));
    nex_buf_free(&out);
}

/* Whether encoding fails, and then leaves the buffer alone. */
static void assert_unencodable(const nex_type *type, const void *message) {
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_buf_append_str(&out, "kept"), NEX_OK);
    assert_int_equal(nex_message_encode(type, message, &out), NEX_EINVAL);
    assert_string_equal(out.data, "kept");
    assert_int_equal(out.len, 4);
    nex_buf_free(&out);
}

static void every_kind_is_written_as_it_was_read(void **state) {
    (void)state;
    all *m = decode(&all_type, everything);
    assert_encodes(&all_type, m, everything);
    nex_message_free(m);
}

static void encoding_appends(void **state) {
    (void)state;
    nex_buf out = NEX_BUF_INIT;
    point p = {1, 2, NULL};
    for (int i = 0; i < 300; i++) {
        assert_int_equal(nex_message_encode(&point_type, &p, &out), NEX_OK);
    }
    assert_int_equal(out.len, 300 * strlen("{\"x\":1,\"y\":2}"));
    for (size_t i = 0; i < out.len; i += 13) {
        assert_memory_equal(out.data + i, "{\"x\":1,\"y\":2}", 13);
    }
    nex_buf_free(&out);
}

static void maps_are_written_in_the_order_of_their_keys(void **state) {
    (void)state;
    nex_string_entry items[] = {{"b", "1"}, {"a", "2"}, {"B", "3"}, {"b", "4"}, {"aa", "5"}};
    nex_string_map map = {items, 5};
    assert_encodes(&nex_type_string_map, &map,
                   "{\"B\":\"3\",\"a\":\"2\",\"aa\":\"5\",\"b\":\"4\"}");
    nex_string_entry nameless[] = {{NULL, "1"}};
    nex_string_map bad = {nameless, 1};
    assert_unencodable(&nex_type_string_map, &bad);
}

static void kept_members_stand_among_the_others(void **state) {
    (void)state;
    raw_entry items[] = {{"zz", "[ ]"}, {"text", "\"shadowed\""}, {"h", "1"}, {"a", "{}"}};
    all m = {.text = (char[]){"t"}, .i = 1, .rest = {items, 4}};
    /* Optional members without has_ that are no pointers are written always. */
    assert_encodes(&all_type, &m,
                   "{\"a\":{},\"d\":0,\"flag\":false,\"h\":1,\"i\":1,\"maybe\":null,"
                   "\"text\":\"t\",\"zz\":[ ]}");
    items[0].value = (char[]){"[1"};
    assert_unencodable(&all_type, &m);
    items[0].value = (char[]){"1,\"x\":2"};
    assert_unencodable(&all_type, &m);
}

static void strings_are_escaped_as_go_does(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *json;
    } cases[] = {
        {"", "\"\""},
        {"a\"b\\c/d", "\"a\\\"b\\\\c/d\""},
        {"\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\""},
        {"\x01\x1f\x7f", "\"\\u0001\\u001f\x7f\""},
        {"<b>&", "\"\\u003cb\\u003e\\u0026\""},
        {"\xE2\x80\xA7\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA",
         "\"\xE2\x80\xA7\\u2028\\u2029\xE2\x80\xAA\""},
        {"\xF0\x9F\x9F\xA2 caf\xC3\xA9", "\"\xF0\x9F\x9F\xA2 caf\xC3\xA9\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nex_buf out = NEX_BUF_INIT;
        assert_int_equal(nex_json_append_string(&out, cases[i].text, strlen(cases[i].text)),
                         NEX_OK);
        assert_string_equal(out.data, cases[i].json);
        nex_buf_free(&out);
    }
    /* A NUL within a length is a character like others. */
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_json_append_string(&out, "a\0b", 3), NEX_OK);
    assert_string_equal(out.data, "\"a\\u0000b\"");
    nex_buf_free(&out);
}

/* Each length with each kind of odd character at each place, against jansson's reading. */
static void strings_of_every_length_come_back(void **state) {
    (void)state;
    static const char *const odd[] = {
        "", "\"", "\\", "\n", "<", "\x7f", "\xC3\xA9", "\xE2\x80\xA8", "\xF0\x9F\x9F\xA2"};
    for (size_t len = 0; len < 70; len++) {
        for (size_t at = 0; at <= len; at++) {
            for (size_t k = 0; k < sizeof odd / sizeof odd[0]; k++) {
                size_t size = len + strlen(odd[k]);
                char *text = malloc(size > 0 ? size : 1); /* of its very size */
                assert_non_null(text);
                memset(text, 'x', len);
                memcpy(text + at, odd[k], strlen(odd[k]));
                memset(text + at + strlen(odd[k]), 'y', len - at);
                nex_buf out = NEX_BUF_INIT;
                assert_int_equal(nex_json_append_string(&out, text, size), NEX_OK);
                json_t *back = json_loadb(out.data, out.len, JSON_DECODE_ANY, NULL);
                assert_int_equal(json_string_length(back), size);
                assert_memory_equal(json_string_value(back), text, size);
                json_decref(back);
                nex_buf_free(&out);
                free(text);
            }
        }
    }
}

static void text_that_is_not_utf_8_is_not_written(void **state) {
    (void)state;
    static const char *const bad[] = {"\x80", "\xC3", "\xE2\x82", "\xED\xA0\x80", "\xFF"};
    static const char *const before[] = {"", "0123456", "0123456789abcd", "0123456789abcdefgh"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        for (size_t j = 0; j < 4; j++) {
            char text[64];
            snprintf(text, sizeof text, "%s%s", before[j], bad[i]);
            point p = {1, 2, text};
            assert_unencodable(&point_type, &p);
        }
    }
}

static void required_members_without_a_zero_value_must_be_there(void **state) {
    (void)state;
    all m = {.i = 1};
    assert_encodes(&all_type, &m, "{\"d\":0,\"flag\":false,\"i\":1,\"maybe\":null,\"text\":\"\"}");
    m.d = NAN;
    assert_unencodable(&all_type, &m);
    m.d = INFINITY;
    assert_unencodable(&all_type, &m);
    m.d = 0;
    m.color = (color)77;
    assert_unencodable(&all_type, &m);
    m.color = COLOR_UNSET;
    m.has_time = true;
    m.time.seconds = INT64_MAX;
    assert_unencodable(&all_type, &m);
    figure f = {.kind = FIGURE_UNSET};
    assert_unencodable(&figure_type, &f);
    f.kind = FIGURE_CIRCLE;
    assert_unencodable(&figure_type, &f);
    pair gap = {.item0 = (char[]){"a"}, .item1 = 1, .item2 = true, .has_item2 = true};
    assert_encodes(&pair_type, &gap, "[\"a\",1,true]");
}

static void variants_are_told_apart(void **state) {
    (void)state;
    static const char *const texts[] = {"\"a\"", "1.5", "[\"a\"]", "null"};
    static const loose_kind kinds[] = {LOOSE_TEXT, LOOSE_NUMBER, LOOSE_LIST, LOOSE_NULL};
    for (size_t i = 0; i < 4; i++) {
        loose *m = decode(&loose_type, texts[i]);
        assert_int_equal(m->kind, kinds[i]);
        assert_encodes(&loose_type, m, texts[i]);
        nex_message_free(m);
    }
}

static void values_without_shape_are_written_in_order(void **state) {
    (void)state;
    json_t **m = decode(&nex_type_json,
                        "{\"b\":[1.0,1e2,-0.5,1e21,18446744073709551616],\"a\":\"<\",\"c\":{}}");
    assert_encodes(&nex_type_json, m,
                   "{\"a\":\"\\u003c\",\"b\":[1,100,-0.5,1e+21,18446744073709552000],\"c\":{}}");
    nex_message_free(m);
}

static void every_member_matters_to_equality(void **state) {
    (void)state;
    static const char *const others[][2] = {
        {"\"aardvark\":\"kept\"", "\"aardvark\":\"lost\""},
        {"2.5", "2.25"},
        {"AAEC", "AAED"},
        {"blue", "red"},
        {"-1500", "-1501"},
        {"\"radius\":2", "\"radius\":4"},
        {"\"side\":3", "\"side\":4"},
        {"\"flag\":true", "\"flag\":false"},
        {"[2,3,4]", "[2,3,5]"},
        {"[2,3,4]", "[2,3]"},
        {"775808", "775807"},
        {"\"level\":-1", "\"level\":10"},
        {"[\"p\",\"q\"]", "[\"p\",\"r\"]"},
        {"[\"p\",\"q\"]", "\"p\""},
        {"[\"p\",\"q\"]", "null"},
        {"\"k\":\"v\"", "\"k\":\"u\""},
        {"\"k\":\"v\"", "\"l\":\"v\""},
        {"\"maybe\":7", "\"maybe\":8"},
        {"\"maybe\":7", "\"maybe\":null"},
        {"[\"one\",2]", "[\"one\",2,false]"},
        {"\"label\":\"p\",", ""},
        {"\"x\":3", "\"x\":33"},
        {"\"z\" : 0", "\"z\" : 1"},
        {"\"secret\":\"s\",", ""},
        {"1m30s", "1m31s"},
        {"\"off\":false", "\"off\":true"},
        {"\\u003c", "<<"},
        {"12:00:00.5+01:00", "11:00:00.5Z"},
        {"\"home\"", "\"away\""},
    };
    all *m = decode(&all_type, everything);
    all *same = decode(&all_type, everything);
    assert_true(nex_message_equal(&all_type, m, same));
    nex_message_free(same);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const char *at = strstr(everything, others[i][0]);
        assert_non_null(at);
        char json[2048];
        snprintf(json, sizeof json, "%.*s%s%s", (int)(at - everything), everything, others[i][1],
                 at + strlen(others[i][0]));
        all *other = decode(&all_type, json);
        if (nex_message_equal(&all_type, m, other) || nex_message_equal(&all_type, other, m)) {
            fail_msg("no difference seen: %s", json);
        }
        nex_message_free(other);
    }
    assert_false(nex_message_equal(&all_type, m, NULL));
    assert_true(nex_message_equal(&all_type, NULL, NULL));
    nex_message_free(m);
}

static void maps_are_equal_in_any_order(void **state) {
    (void)state;
    nex_string_map *a = decode(&nex_type_string_map, "{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}");
    nex_string_map *b = decode(&nex_type_string_map, "{\"c\":\"3\",\"a\":\"1\",\"b\":\"2\"}");
    nex_string_map *c = decode(&nex_type_string_map, "{\"c\":\"3\",\"a\":\"2\",\"b\":\"1\"}");
    assert_true(nex_message_equal(&nex_type_string_map, a, b));
    assert_false(nex_message_equal(&nex_type_string_map, a, c));
    nex_message_free(a);
    nex_message_free(b);
    nex_message_free(c);
}

static void clones_stand_on_their_own(void **state) {
    (void)state;
    all *m = decode(&all_type, everything);
    all *copy = NULL;
    assert_int_equal(nex_message_clone(&all_type, m, (void **)&copy), NEX_OK);
    assert_true(nex_message_equal(&all_type, m, copy));
    assert_ptr_not_equal(m->any, copy->any);
    /* With the original gone, its memory poisoned, the copy must still be whole. */
    nex_message_free(m);
    assert_encodes(&all_type, copy, everything);
    nex_message_free(copy);

    /* A struct on the stack may be cloned too. */
    point p = {1, 2, (char[]){"here"}};
    point *kept = NULL;
    assert_int_equal(nex_message_clone(&point_type, &p, (void **)&kept), NEX_OK);
    p.label[0] = 'X';
    assert_string_equal(kept->label, "here");
    nex_message_free(kept);
}

static void jansson_and_back(void **state) {
    (void)state;
    all *m = decode(&all_type, everything);
    json_t *json = NULL;
    assert_int_equal(nex_message_to_json(&all_type, m, &json), NEX_OK);
    assert_string_equal(json_string_value(json_object_get(json, "color")), "blue");
    assert_int_equal(json_integer_value(json_object_get(json, "maybe")), 7);
    all *back = NULL;
    nex_error err;
    assert_int_equal(nex_message_from_json(&all_type, json, NULL, (void **)&back, &err), NEX_OK);
    nex_buf raw = NEX_BUF_INIT;
    assert_string_equal(back->raw, "[1,{\"z\":0}]"); /* the one thing a tree forgets: blanks */
    nex_buf_free(&raw);
    back->raw = m->raw;
    assert_int_equal(back->rest.count, m->rest.count);
    back->rest = m->rest;
    assert_true(nex_message_equal(&all_type, m, back));
    nex_message_free(back);

    json_object_set_new(json_array_get(json_object_get(json, "points"), 1), "x", json_string("5"));
    assert_int_equal(nex_message_from_json(&all_type, json, NULL, (void **)&back, &err),
                     NEX_EINVAL);
    assert_null(back);
    assert_string_equal(err.message, "/points/1/x: expected an integer, got a string");
    assert_string_equal(err.pointer, "/points/1/x");
    assert_int_equal(err.line, 0);
    json_decref(json);
    nex_message_free(m);

    json = json_pack("{s:i,s:i,s:s%}", "x", 1, "y", 2, "label", "a\0b", (size_t)3);
    assert_int_equal(nex_message_from_json(&point_type, json, NULL, (void **)&back, &err),
                     NEX_EINVAL);
    assert_non_null(strstr(err.message, "/label: a string holds \\u0000"));
    json_decref(json);
    json = json_real(0.1);
    assert_int_equal(nex_message_from_json(&nex_type_double, json, NULL, (void **)&back, &err),
                     NEX_OK);
    assert_true(*(double *)(void *)back == 0.1);
    nex_message_free(back);
    json_decref(json);
}

static void enums_have_texts(void **state) {
    (void)state;
    assert_string_equal(nex_enum_text(&color_type, COLOR_RED), "red");
    assert_null(nex_enum_text(&color_type, COLOR_UNSET));
    assert_null(nex_enum_text(&color_type, 99));
    assert_null(nex_enum_text(&level_type, LEVEL_LOW));
    assert_int_equal(nex_enum_value_of(&color_type, "blue"), COLOR_BLUE);
    assert_int_equal(nex_enum_value_of(&color_type, "Blue"), COLOR_UNSET);
    assert_int_equal(nex_enum_value_of(&color_type, NULL), COLOR_UNSET);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_written_as_it_was_read),
        cmocka_unit_test(encoding_appends),
        cmocka_unit_test(maps_are_written_in_the_order_of_their_keys),
        cmocka_unit_test(kept_members_stand_among_the_others),
        cmocka_unit_test(strings_are_escaped_as_go_does),
        cmocka_unit_test(strings_of_every_length_come_back),
        cmocka_unit_test(text_that_is_not_utf_8_is_not_written),
        cmocka_unit_test(required_members_without_a_zero_value_must_be_there),
        cmocka_unit_test(variants_are_told_apart),
        cmocka_unit_test(values_without_shape_are_written_in_order),
        cmocka_unit_test(every_member_matters_to_equality),
        cmocka_unit_test(maps_are_equal_in_any_order),
        cmocka_unit_test(clones_stand_on_their_own),
        cmocka_unit_test(jansson_and_back),
        cmocka_unit_test(enums_have_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
