/* JSON text to documents: what is taken, what is refused and where, and what comes out again. */
#include "json/doc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static nex_json *parse(const char *text) {
    nex_json *doc = NULL;
    nex_error err;
    nex_status status = nex_json_parse(&doc, text, strlen(text), &err);
    if (status != NEX_OK)
        fail_msg("%s: %s", text, err.message);
    return doc;
}

static void assert_same(const char *text, const char *wanted) {
    nex_json *doc = parse(text);
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_json_write(doc, "", &out), NEX_OK);
    assert_string_equal(out.data, wanted);
    nex_buf_free(&out);
    nex_json_free(doc);
}

static void assert_refused(const char *text, size_t len, size_t offset, const char *wanted) {
    nex_json *doc = (nex_json *)(uintptr_t)1;
    nex_error err;
    if (nex_json_parse(&doc, text, len, &err) != NEX_EINVAL)
        fail_msg("%s was taken", text);
    assert_null(doc);
    if (!strstr(err.message, wanted))
        fail_msg("%s: expected \"%s\" in \"%s\"", text, wanted, err.message);
    assert_int_equal(err.offset, offset);
}

static void values_come_out_as_they_went_in(void **state) {
    (void)state;
    assert_same(" null ", "null");
    assert_same("[true,false,[],{}]", "[true,false,[],{}]");
    assert_same("{\"a\" : {\"b\":[1, 2.50,-0,1e400]}}", "{\"a\":{\"b\":[1,2.50,-0,1e400]}}");
    assert_same("123456789012345678901234567890", "123456789012345678901234567890");
    assert_same("\"\\u0041\\n\\ud83d\\ude00 \xC3\xA9\\/\"", "\"A\\n\xF0\x9F\x98\x80 \xC3\xA9/\"");
    assert_same("\"a\\u0000b\"", "\"a\\u0000b\"");
    assert_same("{\"\\u0000\":1,\"\":2}", "{\"\\u0000\":1,\"\":2}");
    assert_same("\xEF\xBB\xBF[1]", "[1]");
}

static void strings_of_every_length_and_place_are_scanned_right(void **state) {
    (void)state;
    for (size_t len = 0; len < 40; len++)
        for (size_t at = 0; at <= len; at++) {
            char text[64], wanted[64];
            memset(text, 'x', sizeof text);
            text[0] = '"';
            memcpy(text + 1 + at, "\\t", 2);
            text[len + 3] = '"';
            text[len + 4] = '\0';
            memcpy(wanted, text, sizeof text);
            assert_same(text, wanted);
            text[1 + at] = '\x1f';
            assert_refused(text, strlen(text), 1 + at, "byte 0x1F");
            text[1 + at] = '\xff';
            assert_refused(text, strlen(text), 1 + at, "UTF-8");
        }
}

static void what_is_not_json_is_refused_where_it_is(void **state) {
    static const struct {
        const char *text;
        size_t offset;
        const char *wanted;
    } cases[] = {
        {"", 0, "end of the text"},
        {"nul", 3, "end of the text"},
        {"[1,]", 3, "']'"},
        {"[1 2]", 3, "','"},
        {"{\"a\":1,}", 7, "'}'"},
        {"{\"a\" 1}", 5, "':'"},
        {"{a:1}", 1, "'a'"},
        {"01", 1, "nothing after"},
        {"1.", 2, "a digit after the point"},
        {".5", 0, "'.'"},
        {"+1", 0, "'+'"},
        {"1e", 2, "exponent"},
        {"-", 1, "a digit"},
        {"\"abc", 4, "a string's end"},
        {"\"\\x\"", 2, "escape"},
        {"\"\\u12g4\"", 1, "hexadecimal"},
        {"\"\\ud800\"", 1, "surrogate"},
        {"\"\\udc00\\ud800\"", 1, "surrogate"},
        {"\"\xC0\xAF\"", 1, "UTF-8"},
        {"\"\xED\xA0\x80\"", 1, "UTF-8"},
        {"\"\xF4\x90\x80\x80\"", 1, "UTF-8"},
        {"[1]x", 3, "nothing after"},
        {"NaN", 0, "'N'"},
        {"// a\n1", 0, "'/'"},
        {"{\"a\":1,\"b\":2,\"a\":3}", 17, "\"a\" is there twice"},
        {"{\"\\u0061\":1,\"a\":3}", 16, "\"a\" is there twice"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_refused(cases[i].text, strlen(cases[i].text), cases[i].offset, cases[i].wanted);
    assert_refused("[1\0]", 4, 2, "byte 0x00");
}

static void a_duplicate_is_found_among_many_members(void **state) {
    nex_buf text = NEX_BUF_INIT;
    nex_json *doc = NULL;
    nex_error err;
    (void)state;
    assert_int_equal(nex_buf_append_str(&text, "{"), NEX_OK);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(nex_buf_printf(&text, "\"key%d\":%d,", i, i), NEX_OK);
    size_t len = text.len;
    assert_int_equal(nex_buf_append_str(&text, "\"last\":0}"), NEX_OK);
    assert_int_equal(nex_json_parse(&doc, text.data, text.len, &err), NEX_OK);
    nex_json_free(doc);
    text.len = len;
    assert_int_equal(nex_buf_append_str(&text, "\"key4321\":0}"), NEX_OK);
    assert_int_equal(nex_json_parse(&doc, text.data, text.len, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "\"key4321\" is there twice"));
    nex_buf_free(&text);
}

static void depth_is_limited_without_recursion(void **state) {
    size_t deep = 100 * 1000;
    char *text = malloc(2 * deep);
    nex_json *doc = NULL;
    nex_error err;
    (void)state;
    memset(text, '[', deep);
    memset(text + deep, ']', deep);
    assert_int_equal(nex_json_parse(&doc, text, 2 * deep, &err), NEX_ELIMIT);
    assert_non_null(strstr(err.message, "512 deep"));
    assert_int_equal(nex_json_parse(&doc, text, deep, &err), NEX_ELIMIT);
    assert_int_equal(
        nex_json_parse_with(&doc, text, 2 * deep, &(nex_json_options){.max_depth = deep}, &err),
        NEX_OK);
    nex_json_free(doc);
    assert_int_equal(
        nex_json_parse_with(&doc, text, 2 * deep, &(nex_json_options){.max_depth = deep - 1}, &err),
        NEX_ELIMIT);
    free(text);
}

static void places_are_told_by_pointer(void **state) {
    nex_json *doc = parse("{\n  \"a/b\": [1,\n    {\"c~\": true}]\n}");
    size_t offset;
    unsigned line, column;
    nex_buf out = NEX_BUF_INIT;
    (void)state;
    assert_true(nex_json_locate(doc, "/a~1b/1/c~0", &offset, &line, &column));
    assert_int_equal(offset, 26);
    assert_int_equal(line, 3);
    assert_int_equal(column, 12);
    assert_true(nex_json_locate(doc, "", NULL, NULL, NULL));
    assert_false(nex_json_locate(doc, "/a~1b/2", NULL, NULL, NULL));
    assert_false(nex_json_locate(doc, "/a~1b/01", NULL, NULL, NULL));
    assert_false(nex_json_locate(doc, "a", NULL, NULL, NULL));
    assert_int_equal(nex_json_write(doc, "/a~1b/1", &out), NEX_OK);
    assert_string_equal(out.data, "{\"c~\":true}");
    assert_int_equal(nex_json_write(doc, "/x", &out), NEX_ENOTFOUND);
    nex_buf_free(&out);
    nex_json_free(doc);
}

static void jansson_gets_and_gives_the_same_value(void **state) {
    nex_json *doc = parse("{\"a\":[1,2.5,\"x\\u0000y\",null,true,false,{}],\"b\":-7,\"f\":1e300}");
    nex_json *back = NULL;
    json_t *value = NULL, *huge = NULL;
    uint64_t steps = 1000;
    nex_error err;
    (void)state;
    assert_int_equal(nex_json_to_jansson(doc, &value, &err), NEX_OK);
    assert_int_equal(json_string_length(json_array_get(json_object_get(value, "a"), 2)), 3);
    assert_int_equal(nex_json_from_jansson(&back, value, &err), NEX_OK);
    assert_true(nex_node_equal(doc, doc->nodes, back, back->nodes, &steps));
    json_decref(value);
    nex_json_free(back);
    nex_json_free(doc);
    doc = parse("[18446744073709551616]");
    assert_int_equal(nex_json_to_jansson(doc, &huge, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "18446744073709551616"));
    nex_json_free(doc);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_out_as_they_went_in),
        cmocka_unit_test(strings_of_every_length_and_place_are_scanned_right),
        cmocka_unit_test(what_is_not_json_is_refused_where_it_is),
        cmocka_unit_test(a_duplicate_is_found_among_many_members),
        cmocka_unit_test(depth_is_limited_without_recursion),
        cmocka_unit_test(places_are_told_by_pointer),
        cmocka_unit_test(jansson_gets_and_gives_the_same_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
