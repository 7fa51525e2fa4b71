#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shapes.h"

static const nex_decode_options strict = {.strict = true};

static void *decode(const nex_type *type, const char *json) {
    void *message = NULL;
    nex_error err;
    if (nex_message_decode(type, json, strlen(json), NULL, &message, &err) != NEX_OK) {
        fail_msg("%s\nin %s", err.message, json);
    }
    return message;
}

/* The error of a text that must be refused; in memory of its very size, to catch overreads. */
static nex_error refuse_with(const nex_type *type, const char *json, size_t len,
                             const nex_decode_options *options) {
    void *message = &message;
    nex_error err;
    char *exact = malloc(len > 0 ? len : 1);
    assert_non_null(exact);
    memcpy(exact, json, len);
    nex_status status = nex_message_decode(type, exact, len, options, &message, &err);
    free(exact);
    if (status == NEX_OK) {
        fail_msg("accepted: %s", json);
    }
    assert_null(message);
    assert_int_equal(err.code, status);
    return err;
}

static nex_error refuse(const nex_type *type, const char *json) {
    return refuse_with(type, json, strlen(json), NULL);
}

#define assert_refused(type, json, text)                                                           \
    do {                                                                                           \
        nex_error err_ = refuse(type, json);                                                       \
        assert_string_equal(err_.message, text);                                                   \
    } while (0)

static void every_kind_is_decoded(void **state) {
    (void)state;
    all *m = decode(
        &all_type,
        " { \"any\" : {\"a\":[1,2.5,null,true,\"x\"]}, \"bytes\":\"AAEC\",\"color\":\"blue\","
        "\"d\":-1.5e3,\"figures\":[{\"kind\":\"circle\",\"radius\":2},{\"side\":3,\"kind\":"
        "\"square\"}],\"flag\":true,\"grid\":[[],[1],[2,3,4,5,6,7]],\"i\":-9223372036854775808,"
        "\"level\":-1,\"loose\":[\"p\",\"q\"],\"map\":{\"k\":\"v\",\"\":\"w\"},\"maybe\":7,"
        "\"pair\":[\"one\",2],\"point\":{\"x\":1,\"y\":2,\"label\":\"p\"},\"points\":[{\"x\":3,"
        "\"y\":4},{\"x\":5,\"y\":6}],\"raw\":[1, {\"z\" : 0}],\"secret\":\"s\",\"span\":\"1m30s\","
        "\"switches\":{\"on\":true,\"off\":false},\"text\":\"\\u00e9\\ud83d\\ude00\\n\\/\","
        "\"time\":\"2024-02-29T12:00:00.5+01:00\",\"where\":{\"home\":{\"x\":7,\"y\":8}},"
        "\"zebra\":{\"kept\": 1},\"aardvark\":\"kept\"}\n");
    json_t *a = json_object_get(m->any, "a");
    assert_int_equal(json_array_size(a), 5);
    assert_true(json_is_null(json_array_get(a, 2)));
    assert_true(m->has_bytes);
    assert_int_equal(m->bytes.len, 3);
    assert_memory_equal(m->bytes.data, "\0\1\2", 3);
    assert_int_equal(m->color, COLOR_BLUE);
    assert_true(m->d == -1500);
    assert_int_equal(m->figures.count, 2);
    assert_int_equal(m->figures.items[0].kind, FIGURE_CIRCLE);
    assert_true(m->figures.items[0].as.circle->radius == 2);
    assert_int_equal(m->figures.items[1].kind, FIGURE_SQUARE);
    assert_true(m->figures.items[1].as.square.side == 3);
    assert_string_equal(m->figures.items[1].as.square.kind, "square");
    assert_true(m->flag);
    assert_int_equal(m->grid.count, 3);
    assert_int_equal(m->grid.items[0].count, 0);
    assert_int_equal(m->grid.items[1].items[0], 1);
    assert_int_equal(m->grid.items[2].count, 6);
    assert_int_equal(m->grid.items[2].items[5], 7);
    assert_true(m->i == INT64_MIN);
    assert_int_equal(m->level, LEVEL_LOW);
    assert_int_equal(m->loose->kind, LOOSE_LIST);
    assert_string_equal(m->loose->as.list.items[1], "q");
    assert_string_equal(nex_string_map_get(&m->map, ""), "w");
    assert_true(m->has_maybe);
    assert_int_equal(m->maybe, 7);
    assert_string_equal(m->pair->item0, "one");
    assert_int_equal(m->pair->item1, 2);
    assert_false(m->pair->has_item2);
    assert_string_equal(m->point->label, "p");
    assert_int_equal(m->points.count, 2);
    assert_int_equal(m->points.items[1].y, 6);
    assert_null(m->points.items[1].label);
    assert_string_equal(m->raw, "[1, {\"z\" : 0}]");
    assert_string_equal(m->secret, "s");
    assert_int_equal(m->span, 90 * NEX_SECOND);
    assert_true(m->switches.items[0].value);
    assert_false(m->switches.items[1].value);
    assert_string_equal(m->text, "\xC3\xA9\xF0\x9F\x98\x80\n/");
    assert_int_equal(m->time.offset_minutes, 60);
    assert_int_equal(m->time.nanoseconds, 500000000);
    assert_string_equal(m->where.items[0].key, "home");
    assert_int_equal(m->where.items[0].value.y, 8);
    assert_int_equal(m->rest.count, 2);
    assert_string_equal(m->rest.items[0].key, "zebra");
    assert_string_equal(m->rest.items[0].value, "{\"kept\": 1}");
    assert_string_equal(m->rest.items[1].value, "\"kept\"");
    nex_message_free(m);
}

static void absent_members_are_absent(void **state) {
    (void)state;
    all *m = decode(&all_type, "{\"text\":\"\",\"i\":0,\"maybe\":null}");
    assert_null(m->any);
    assert_false(m->has_bytes);
    assert_int_equal(m->color, COLOR_UNSET);
    assert_null(m->loose);
    assert_null(m->point);
    assert_null(m->raw);
    assert_false(m->has_maybe);
    assert_int_equal(m->points.count, 0);
    assert_int_equal(m->rest.count, 0);
    nex_message_free(m);
}

static void null_is_the_zero_value_for_a_tolerant_reader(void **state) {
    (void)state;
    all *m =
        decode(&all_type, "{\"any\":null,\"bytes\":null,\"color\":null,\"d\":null,\"figures\":null,"
                          "\"flag\":null,\"grid\":[null],\"i\":null,\"level\":null,\"loose\":null,"
                          "\"map\":{\"k\":null},\"maybe\":null,\"pair\":null,\"point\":null,"
                          "\"points\":[null],\"raw\":null,\"span\":null,\"switches\":null,"
                          "\"text\":null,\"time\":null,\"where\":{\"a\":null}}");
    assert_true(json_is_null(m->any));
    assert_false(m->has_bytes);
    assert_int_equal(m->color, COLOR_UNSET);
    assert_int_equal(m->grid.count, 1);
    assert_int_equal(m->grid.items[0].count, 0);
    assert_int_equal(m->i, 0);
    assert_int_equal(m->loose->kind, LOOSE_NULL);
    assert_string_equal(m->map.items[0].value, "");
    assert_null(m->pair);
    assert_null(m->point);
    assert_int_equal(m->points.count, 1);
    assert_int_equal(m->points.items[0].x, 0);
    assert_string_equal(m->raw, "null");
    assert_string_equal(m->text, "");
    assert_false(m->has_time);
    assert_int_equal(m->where.items[0].value.y, 0);
    nex_message_free(m);
}

static void a_bare_null_is_a_zero_message_with_its_required_texts(void **state) {
    (void)state;
    all *m = decode(&all_type, " null ");
    assert_string_equal(m->text, "");
    assert_null(m->secret);
    nex_message_free(m);
    nex_string_list *list = decode(&nex_type_string_list, "null");
    assert_int_equal(list->count, 0);
    nex_message_free(list);
    nex_error err = refuse_with(&all_type, "null", 4, &strict);
    assert_string_equal(err.message, "expected an object, got null (line 1, column 1)");
}

static void strict_readers_take_null_only_where_it_is_allowed(void **state) {
    (void)state;
    void *m = NULL;
    const char *good = "{\"any\":null,\"i\":1,\"loose\":null,\"maybe\":null,\"raw\":null,"
                       "\"text\":\"\"}";
    assert_int_equal(nex_message_decode(&all_type, good, strlen(good), &strict, &m, NULL), NEX_OK);
    assert_string_equal(((all *)m)->raw, "null");
    nex_message_free(m);
    static const struct {
        const char *json;
        const char *message;
    } bad[] = {
        {"{\"i\":1,\"maybe\":1,\"text\":null}",
         "/text: expected a string, got null (line 1, column 25)"},
        {"{\"point\":null,\"i\":1,\"maybe\":1,\"text\":\"\"}",
         "/point: expected an object, got null (line 1, column 10)"},
        {"{\"points\":[null],\"i\":1,\"maybe\":1,\"text\":\"\"}",
         "/points/0: expected an object, got null (line 1, column 12)"},
        {"{\"time\":null,\"i\":1,\"maybe\":1,\"text\":\"\"}",
         "/time: expected an RFC 3339 time in a string, got null (line 1, column 9)"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        nex_error err = refuse_with(&all_type, bad[i].json, strlen(bad[i].json), &strict);
        assert_string_equal(err.message, bad[i].message);
    }
}

static void of_members_given_twice_the_last_counts(void **state) {
    (void)state;
    all *m = decode(&all_type, "{\"text\":\"a\",\"i\":1,\"maybe\":1,\"points\":[{\"x\":1,\"y\":1}],"
                               "\"span\":\"1s\",\"point\":{\"x\":1,\"y\":2,\"label\":\"old\"},"
                               "\"map\":{\"b\":\"1\",\"a\":\"2\",\"b\":\"3\"},\"text\":\"b\","
                               "\"points\":[],\"span\":null,\"point\":{\"y\":3,\"x\":4},"
                               "\"u\":1,\"u\":2}");
    assert_string_equal(m->text, "b");
    assert_int_equal(m->points.count, 0);
    assert_false(m->has_span);
    assert_int_equal(m->span, 0);
    assert_int_equal(m->point->x, 4);
    assert_null(m->point->label);
    assert_int_equal(m->map.count, 2);
    assert_string_equal(nex_string_map_get(&m->map, "b"), "3");
    assert_string_equal(nex_string_map_get(&m->map, "a"), "2");
    assert_int_equal(m->rest.count, 1);
    assert_string_equal(m->rest.items[0].value, "2");
    nex_message_free(m);

    const char *twice = "{\"x\":1,\"y\":2,\"x\":3}";
    nex_error err = refuse_with(&point_type, twice, strlen(twice), &strict);
    assert_non_null(strstr(err.message, "member \"x\" is given twice"));
    twice = "{\"b\":\"\",\"a\":\"\",\"b\":\"\"}";
    err = refuse_with(&nex_type_string_map, twice, strlen(twice), &strict);
    assert_non_null(strstr(err.message, "member \"b\" is given twice"));
}

static void unknown_members_are_ignored_or_refused_by_name(void **state) {
    (void)state;
    const char *json = "{\"x\":1,\"zz\":[{\"deep\":[1,2]},\"\\u0000\"],\"y\":2}";
    point *m = decode(&point_type, json);
    assert_int_equal(m->y, 2);
    nex_message_free(m);
    const nex_decode_options refuse_all = {.unknown = NEX_UNKNOWN_REFUSE};
    nex_error err = refuse_with(&point_type, json, strlen(json), &refuse_all);
    assert_string_equal(err.message, "unknown member \"zz\" in Point (line 1, column 8)");
    const nex_decode_options by_schema = {.unknown = NEX_UNKNOWN_SCHEMA};
    err = refuse_with(&strict_point_type, json, strlen(json), &by_schema);
    assert_string_equal(err.message, "unknown member \"zz\" in StrictPoint (line 1, column 8)");
    void *open = NULL;
    assert_int_equal(nex_message_decode(&point_type, json, strlen(json), &by_schema, &open, NULL),
                     NEX_OK);
    nex_message_free(open);
    /* The tag of a variant is known though its struct does not hold it. */
    const char *tagged = "{\"kind\":\"circle\",\"radius\":1}";
    assert_int_equal(
        nex_message_decode(&figure_type, tagged, strlen(tagged), &refuse_all, &open, NULL), NEX_OK);
    nex_message_free(open);
}

static void missing_members_are_named_in_the_references_words(void **state) {
    (void)state;
    nex_error err = refuse(&point_type, "{\"x\":1}");
    assert_string_equal(err.message, "field y in Point: required");
    assert_int_equal(err.code, NEX_EINVAL);
    assert_string_equal(err.pointer, "");
    err = refuse(&all_type, "{\"text\":\"\",\"i\":1,\"maybe\":1,\n \"points\":[{\"x\":1,\"y\":1},"
                            "{\"y\":1}]}");
    assert_string_equal(err.message, "field x in Point: required");
    assert_string_equal(err.pointer, "/points/1");
    assert_int_equal(err.line, 2);
    assert_int_equal(err.column, 26);
    assert_refused(&figure_type, "{\"radius\":1}", "field kind in Figure: required");
    assert_refused(&pair_type, "[\"a\"]", "item 1 in Pair: required");
}

static void wrong_types_say_where_what_and_what_came(void **state) {
    (void)state;
    static const struct {
        const char *json;
        const char *message;
    } bad[] = {
        {"{\"map\":{\"region\":5}}",
         "/map/region: expected a string, got a number (line 1, column 18)"},
        {"{\"map\":{\"a/b~c\":{}}}",
         "/map/a~1b~0c: expected a string, got an object (line 1, column 17)"},
        {"{\"flag\":\"true\"}", "/flag: expected a boolean, got a string (line 1, column 9)"},
        {"{\"i\":1.5}", "/i: expected an integer of 64 bits, got 1.5 (line 1, column 6)"},
        {"{\"i\":9223372036854775808}",
         "/i: expected an integer of 64 bits, got 9223372036854775808 (line 1, column 6)"},
        {"{\"i\":\"1\"}", "/i: expected an integer, got a string (line 1, column 6)"},
        {"{\"d\":1e999}", "/d: a number is out of range, got 1e999 (line 1, column 6)"},
        {"{\"d\":true}", "/d: expected a number, got a boolean (line 1, column 6)"},
        {"{\"color\":\"green\"}",
         "/color: expected \"red\" or \"blue\", got \"green\" (line 1, column 10)"},
        {"{\"color\":\"\"}", "/color: expected \"red\" or \"blue\", got \"\" (line 1, column 10)"},
        {"{\"level\":3}", "/level: expected -1 or 10, got 3 (line 1, column 10)"},
        {"{\"points\":{}}", "/points: expected an array, got an object (line 1, column 11)"},
        {"{\"point\":[]}", "/point: expected an object, got an array (line 1, column 10)"},
        {"{\"grid\":[[],[1,\"2\"]]}",
         "/grid/1/1: expected an integer, got a string (line 1, column 16)"},
        {"{\n\t\"where\":{\"a\":\n{\"x\":true}}}",
         "/where/a/x: expected an integer, got a boolean (line 3, column 6)"},
        {"{\"time\":\"yesterday\"}",
         "/time: expected an RFC 3339 time, such as 2006-01-02T15:04:05Z, got \"yesterday\" (line "
         "1, column 9)"},
        {"{\"span\":\"5\"}", "/span: expected a duration, such as 1h30m, 1.5s or 250ms, got \"5\" "
                             "(line 1, column 9)"},
        {"{\"bytes\":\"A\"}", "/bytes: expected base64, got \"A\" (line 1, column 10)"},
        {"{\"loose\":{}}",
         "/loose: expected one of the types of Loose, got an object (line 1, column 10)"},
        {"{\"figures\":[{\"kind\":\"star\"}]}", "/figures/0/kind: expected the name of a variant, "
                                                "got \"star\" (line 1, column 21)"},
        {"{\"figures\":[{\"kind\":1}]}",
         "/figures/0/kind: expected a string, got a number (line 1, column 21)"},
        {"{\"pair\":[1]}", "/pair/0: expected a string, got a number (line 1, column 10)"},
        {"[]", "expected an object, got an array (line 1, column 1)"},
        {"", "expected an object, got the end of the text (line 1, column 1)"},
        {"7", "expected an object, got a number (line 1, column 1)"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_refused(&all_type, bad[i].json, bad[i].message);
    }
}

static void errors_point_at_the_place(void **state) {
    (void)state;
    nex_error err = refuse(&all_type, "{\n \"map\": {\"a\": 1}}");
    assert_string_equal(err.pointer, "/map/a");
    assert_int_equal(err.offset, 16);
    assert_int_equal(err.line, 2);
    assert_int_equal(err.column, 15);
}

static void long_values_and_pointers_are_cut_in_errors(void **state) {
    (void)state;
    char json[2000];
    char filler[1200];
    memset(filler, 'k', sizeof filler);
    snprintf(json, sizeof json, "{\"color\":\"%.*s\"}", 1000, filler);
    nex_error err = refuse(&all_type, json);
    assert_non_null(strstr(err.message, "kkk... (line 1, column 10)"));
    snprintf(json, sizeof json, "{\"map\":{\"%.*s\":1}}", 1100, filler);
    err = refuse(&all_type, json);
    size_t len = strlen(err.pointer);
    assert_in_range(len, 250, 255);
    assert_memory_equal(err.pointer, "/map/kkk", 8);
    assert_string_equal(err.pointer + len - 3, "...");
}

static void secrets_never_stand_in_an_error(void **state) {
    (void)state;
    static const nex_enum_value values[] = {{.text = "a", .value = 1}};
    static const nex_type mode = {.kind = NEX_KIND_ENUM,
                                  .size = sizeof(int),
                                  .name = "Mode",
                                  .enums = values,
                                  .enum_count = 1,
                                  .rest_offset = NEX_NO_OFFSET};
    static const nex_field field = {.name = "m",
                                    .name_len = 1,
                                    .type = &mode,
                                    .has_offset = NEX_NO_OFFSET,
                                    .flags = NEX_FIELD_SECRET};
    static const nex_type holder = {.kind = NEX_KIND_STRUCT,
                                    .size = sizeof(int),
                                    .name = "Holder",
                                    .fields = &field,
                                    .field_count = 1,
                                    .rest_offset = NEX_NO_OFFSET};
    assert_refused(&holder, "{\"m\":\"hunter2\"}", "/m: expected \"a\" (line 1, column 6)");
}

static void text_that_is_not_json_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "{",
        "{\"x\"",
        "{\"x\":",
        "{\"x\":1",
        "{\"x\":1,",
        "{\"x\":1,}",
        "{\"x\":1,\"y\":2}}",
        "{\"x\":1,\"y\":2} x",
        "{\"x\":1,\"y\":2},",
        "{\"x\" 1}",
        "{x:1}",
        "{'x':1}",
        "{\"x\":01}",
        "{\"x\":+1}",
        "{\"x\":-}",
        "{\"x\":1.}",
        "{\"x\":.5}",
        "{\"x\":1e}",
        "{\"x\":1e+}",
        "{\"x\":0x10}",
        "{\"x\":NaN}",
        "{\"u\":tru}",
        "{\"u\":nul",
        "{\"u\":[1,]}",
        "{\"u\":[1 2]}",
        "{\"u\":[1}}",
        "{\"u\":{\"a\":1]}",
        "{\"u\":{\"a\"}}",
        "{\"u\":{,}}",
        "{\"u\":01}",
        "{\"u\":-}",
        "{\"u\":\"\\x\"}",
        "{\"u\":\"\\u12\"}",
        "{\"u\":\"\\u12G4\"}",
        "{\"u\":\"\\",
        "{\"u\":\"open",
        "{\"u\":\"tab\there\"}",
        "{\"u\":\"\n\"}",
        "{\"label\":\"tab\there, and further on than sixteen bytes\"}",
        "{\"label\":\"open",
        "{\"label\":\"open, and long enough for whole chunks of sixteen",
        "\xEF\xBB\xBF{\"x\":1,\"y\":2}",
        "{\"x\":1,\"y\":2}\f",
        "// no\n{\"x\":1,\"y\":2}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        nex_error err = refuse(&point_type, bad[i]);
        assert_int_equal(err.code, NEX_EINVAL);
        assert_in_range(err.offset, 0, strlen(bad[i]));
        refuse(&nex_type_json, bad[i]);
        refuse(&nex_type_raw, bad[i]);
    }
}

static void every_beginning_of_a_message_is_refused(void **state) {
    (void)state;
    const char *json = "{\"any\":[{\"a\":-1.5e+3}],\"bytes\":\"AAEC\",\"color\":\"red\",\"i\":12,"
                       "\"maybe\":null,\"text\":\"caf\xC3\xA9 \\u00e9\\ud83d\\ude00 and so on, "
                       "longer\",\"zz\":[\"\\n\",{\"k\":false}]}";
    for (size_t len = 0; len < strlen(json); len++) {
        refuse_with(&all_type, json, len, NULL);
    }
    nex_message_free(decode(&all_type, json));
}

static void a_nul_byte_is_no_end(void **state) {
    (void)state;
    nex_error err = refuse_with(&point_type, "{\"x\":1,\"y\":2}\0", 14, NULL);
    assert_string_equal(err.message, "expected the end of the text, got byte 0x00 (line 1, column "
                                     "14)");
}

static void texts_that_c_cannot_hold_are_refused(void **state) {
    (void)state;
    nex_error err = refuse(&all_type, "{\"text\":\"a\\u0000b\"}");
    assert_string_equal(err.message, "/text: a string holds \\u0000, which a C text cannot (line "
                                     "1, column 11)");
    refuse(&all_type, "{\"any\":{\"a\\u0000\":1}}");
    refuse(&all_type, "{\"map\":{\"a\\u0000\":\"\"}}");
}

static void text_that_is_not_utf_8_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "\x80",         "\xC0\x80",         "\xC1\xBF",         "\xC3",          "\xE0\x80\x80",
        "\xE2\x82",     "\xED\xA0\x80",     "\xED\xBF\xBF",     "\xEF\xBF",      "\xF0\x80\x80\x80",
        "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",          "\xFE",
        "\\ud800",      "\\udc00",          "\\ud800x",         "\\ud800\\n",    "\\ud800\\ud800",
        "\\udbff\\u",   "\\uDEAD",          "\\ud83d\\u0041",   "\\ud83d\\ud83d"};
    static const char *const before[] = {"", "0123456789", "0123456789abcde", "0123456789abcdefgh"};
    static const char *const members[] = {"text", "any", "raw", "unlisted", "map"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        for (size_t j = 0; j < 4; j++) {
            for (size_t k = 0; k < 5; k++) {
                char json[128];
                snprintf(json, sizeof json,
                         k == 4 ? "{\"%s\":{\"k\":\"%s%s\"}}" : "{\"%s\":\"%s%s\"}", members[k],
                         before[j], bad[i]);
                nex_error err = refuse(&all_type, json);
                assert_int_equal(err.code, NEX_EINVAL);
            }
        }
    }
    static const char *const good[] = {"\xC2\x80",         "\xDF\xBF",        "\xE0\xA0\x80",
                                       "\xED\x9F\xBF",     "\xEE\x80\x80",    "\xEF\xBF\xBF",
                                       "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        char json[64];
        snprintf(json, sizeof json, "{\"maybe\":1,\"i\":1,\"text\":\"0123456789abcd%s\"}", good[i]);
        all *m = decode(&all_type, json);
        assert_string_equal(m->text + 14, good[i]);
        nex_message_free(m);
    }
}

static void strings_of_every_length_and_escape_place_come_whole(void **state) {
    (void)state;
    for (size_t len = 0; len < 70; len++) {
        for (size_t at = 0; at <= len; at++) {
            char plain[80];
            char json[160];
            memset(plain, 'x', len);
            plain[len] = '\0';
            if (at < len) {
                plain[at] = '"';
            }
            snprintf(json, sizeof json, "[\"%.*s%s%s\",\"z\"]", (int)at, plain,
                     at < len ? "\\\"" : "", at < len ? plain + at + 1 : "");
            nex_string_list *list = decode(&nex_type_string_list, json);
            assert_int_equal(list->count, 2);
            assert_string_equal(list->items[0], plain);
            assert_string_equal(list->items[1], "z");
            nex_message_free(list);
        }
    }
}

static void integers_may_be_written_as_numbers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {
        {"0", 0},
        {"-0", 0},
        {"1.0", 1},
        {"1e3", 1000},
        {"-1.5e1", -15},
        {"1200e-2", 12},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"9223372036854775807.000", INT64_MAX},
        {"0e99999999999", 0},
        {"0.0e-5", 0},
        {"100000000000000000000000e-10", 10000000000000},
        {"0.000000000000000000000001e24", 1},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        int64_t *value = decode(&nex_type_int, good[i].text);
        assert_true(*value == good[i].value);
        nex_message_free(value);
    }
    static const char *const bad[] = {"0.5",
                                      "1e-1",
                                      "9223372036854775808",
                                      "-9223372036854775809",
                                      "1e19",
                                      "1e99999999999999999999",
                                      "18446744073709551616",
                                      "1.00000000000000000000000001",
                                      "123456789012345678901234567890"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        refuse(&nex_type_int, bad[i]);
    }
}

static void depth_is_limited_and_never_recursed_into_blindly(void **state) {
    (void)state;
    enum { LEVELS = 100000 };
    char *json = malloc(2 * LEVELS + 64);
    assert_non_null(json);
    size_t n = (size_t)sprintf(json, "{\"unlisted\":");
    memset(json + n, '[', LEVELS);
    nex_error err = refuse_with(&point_type, json, n + LEVELS, NULL);
    assert_int_equal(err.code, NEX_ELIMIT);
    assert_non_null(strstr(err.message, "nested too deeply"));
    memset(json + n + LEVELS, ']', LEVELS);
    json[n + 2 * LEVELS] = '}';
    const nex_decode_options deep = {.max_depth = UINT32_MAX};
    err = refuse_with(&point_type, json, n + 2 * LEVELS + 1, &deep);
    assert_int_equal(err.code, NEX_ELIMIT);
    err = refuse_with(&nex_type_json, json + n, 2 * LEVELS, &deep);
    assert_int_equal(err.code, NEX_ELIMIT);

    /* Exactly as deep as allowed, by each of the ways down. */
    for (unsigned depth = 3; depth <= 5; depth++) {
        const nex_decode_options options = {.max_depth = depth};
        const char *four = "{\"maybe\":1,\"i\":1,\"text\":\"\",\"u\":[[[1]]]}";
        const char *typed = "{\"name\":\"\",\"branches\":[{\"name\":\"\",\"branches\":[]}]}";
        const char *any = "[[{\"a\":[]}]]";
        void *m = NULL;
        nex_status expected = depth >= 4 ? NEX_OK : NEX_ELIMIT;
        assert_int_equal(nex_message_decode(&all_type, four, strlen(four), &options, &m, NULL),
                         expected);
        nex_message_free(m);
        assert_int_equal(nex_message_decode(&tree_type, typed, strlen(typed), &options, &m, NULL),
                         expected);
        nex_message_free(m);
        assert_int_equal(nex_message_decode(&nex_type_json, any, strlen(any), &options, &m, NULL),
                         expected);
        nex_message_free(m);
    }
    free(json);
}

static void members_in_any_order_are_found(void **state) {
    (void)state;
    static const char *const names[] = {"bytes", "color", "i", "maybe", "span", "text", "time"};
    static const char *const values[] = {
        "\"AA==\"", "\"red\"", "5", "6", "\"2s\"", "\"t\"", "\"1970-01-01T00:00:01Z\""};
    unsigned seed = 1;
    for (int round = 0; round < 200; round++) {
        size_t order[7] = {0, 1, 2, 3, 4, 5, 6};
        char json[512] = "{";
        for (size_t i = 7; i > 0; i--) {
            seed = seed * 1103515245u + 12345u;
            size_t j = (seed >> 16) % i;
            size_t t = order[i - 1];
            order[i - 1] = order[j];
            order[j] = t;
            size_t len = strlen(json);
            snprintf(json + len, sizeof json - len, "%s\"%s\":%s", i == 7 ? "" : ",",
                     names[order[i - 1]], values[order[i - 1]]);
        }
        strcat(json, "}");
        all *m = decode(&all_type, json);
        assert_int_equal(m->bytes.len, 1);
        assert_int_equal(m->color, COLOR_RED);
        assert_int_equal(m->i, 5);
        assert_int_equal(m->maybe, 6);
        assert_int_equal(m->span, 2 * NEX_SECOND);
        assert_string_equal(m->text, "t");
        assert_int_equal(m->time.seconds, 1);
        assert_int_equal(m->rest.count, 0);
        nex_message_free(m);
    }
    /* An escaped name is the same name. */
    point *p = decode(&point_type, "{\"\\u0079\":2,\"x\":1}");
    assert_int_equal(p->y, 2);
    nex_message_free(p);
}

static void large_messages_come_whole(void **state) {
    (void)state;
    nex_buf json = NEX_BUF_INIT;
    assert_int_equal(nex_buf_append_str(&json, "{"), NEX_OK);
    for (int i = 0; i < 20000; i++) {
        assert_int_equal(
            nex_buf_printf(&json, "%s\"key-%05d\":\"value %d\"", i == 0 ? "" : ",", i ^ 5, i),
            NEX_OK);
    }
    assert_int_equal(nex_buf_append_str(&json, "}"), NEX_OK);
    nex_string_map *map = decode(&nex_type_string_map, json.data);
    assert_int_equal(map->count, 20000);
    assert_string_equal(map->items[19999].key, "key-19994");
    assert_string_equal(map->items[19999].value, "value 19999");
    nex_message_free(map);
    nex_buf_free(&json);
}

static void structs_of_more_than_64_fields_are_decoded(void **state) {
    (void)state;
    enum { FIELDS = 130 };
    static char names[FIELDS][8];
    static nex_field fields[FIELDS];
    nex_buf json = NEX_BUF_INIT;
    for (uint32_t i = 0; i < FIELDS; i++) {
        snprintf(names[i], sizeof names[i], "f%03u", i);
        fields[i] = (nex_field){.name = names[i],
                                .name_len = 4,
                                .type = &nex_type_int,
                                .offset = i * (uint32_t)sizeof(int64_t),
                                .has_offset = NEX_NO_OFFSET,
                                .flags = NEX_FIELD_REQUIRED};
        assert_int_equal(nex_buf_printf(&json, "%c\"%s\":%u", i == 0 ? '{' : ',', names[i], i),
                         NEX_OK);
    }
    nex_type wide = {.kind = NEX_KIND_STRUCT,
                     .size = FIELDS * sizeof(int64_t),
                     .name = "Wide",
                     .fields = fields,
                     .field_count = FIELDS,
                     .rest_offset = NEX_NO_OFFSET};
    size_t last = json.len - strlen(",\"f129\":129");
    assert_int_equal(nex_buf_append_str(&json, "}"), NEX_OK);
    int64_t *values = decode(&wide, json.data);
    assert_int_equal(values[129], 129);
    nex_message_free(values);
    json.data[last] = '}';
    json.data[last + 1] = '\0';
    assert_refused(&wide, json.data, "field f129 in Wide: required");
    nex_buf_free(&json);
}

static void messages_made_by_hand_own_what_they_are_given(void **state) {
    (void)state;
    all *m = nex_message_new(&all_type);
    assert_non_null(m);
    assert_null(m->text);
    m->text = nex_message_strdup(m, "text");
    m->point = nex_message_alloc(m, sizeof *m->point);
    assert_int_equal(m->point->x, 0);
    m->any = json_object();
    assert_int_equal(nex_message_own_json(m, m->any), NEX_OK);
    assert_null(nex_message_strdup(m, NULL));
    char *large = nex_message_alloc(m, 100000);
    memset(large, 1, 100000);
    assert_string_equal(m->text, "text");
    nex_message_free(m);
    nex_message_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_decoded),
        cmocka_unit_test(absent_members_are_absent),
        cmocka_unit_test(null_is_the_zero_value_for_a_tolerant_reader),
        cmocka_unit_test(a_bare_null_is_a_zero_message_with_its_required_texts),
        cmocka_unit_test(strict_readers_take_null_only_where_it_is_allowed),
        cmocka_unit_test(of_members_given_twice_the_last_counts),
        cmocka_unit_test(unknown_members_are_ignored_or_refused_by_name),
        cmocka_unit_test(missing_members_are_named_in_the_references_words),
        cmocka_unit_test(wrong_types_say_where_what_and_what_came),
        cmocka_unit_test(errors_point_at_the_place),
        cmocka_unit_test(long_values_and_pointers_are_cut_in_errors),
        cmocka_unit_test(secrets_never_stand_in_an_error),
        cmocka_unit_test(text_that_is_not_json_is_refused),
        cmocka_unit_test(every_beginning_of_a_message_is_refused),
        cmocka_unit_test(a_nul_byte_is_no_end),
        cmocka_unit_test(texts_that_c_cannot_hold_are_refused),
        cmocka_unit_test(text_that_is_not_utf_8_is_refused),
        cmocka_unit_test(strings_of_every_length_and_escape_place_come_whole),
        cmocka_unit_test(integers_may_be_written_as_numbers),
        cmocka_unit_test(depth_is_limited_and_never_recursed_into_blindly),
        cmocka_unit_test(members_in_any_order_are_found),
        cmocka_unit_test(large_messages_come_whole),
        cmocka_unit_test(structs_of_more_than_64_fields_are_decoded),
        cmocka_unit_test(messages_made_by_hand_own_what_they_are_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
