/* YAML to documents: the core schema, places, aliases, and what is refused. */
#include "json/doc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_json(const char *yaml, const char *wanted) {
    nex_json *doc = NULL;
    nex_error err;
    nex_buf out = NEX_BUF_INIT;
    if (nex_yaml_parse(&doc, yaml, strlen(yaml), &err) != NEX_OK)
        fail_msg("%s: %s", yaml, err.message);
    assert_int_equal(nex_json_write(doc, "", &out), NEX_OK);
    assert_string_equal(out.data, wanted);
    nex_buf_free(&out);
    nex_json_free(doc);
}

static void assert_refused(const char *yaml, size_t len, nex_status status, unsigned line,
                           const char *wanted) {
    nex_json *doc = (nex_json *)(uintptr_t)1;
    nex_error err;
    if (nex_yaml_parse(&doc, yaml, len, &err) != status)
        fail_msg("%s: %s", yaml, nex_status_name(err.code));
    assert_null(doc);
    if (!strstr(err.message, wanted))
        fail_msg("%s: expected \"%s\" in \"%s\"", yaml, wanted, err.message);
    assert_int_equal(err.line, line);
}

static void scalars_follow_the_core_schema(void **state) {
    (void)state;
    assert_json("a: [null, ~, Null, nULL]\nb:\n", "{\"a\":[null,null,null,\"nULL\"],\"b\":null}");
    assert_json("[true, False, yes, on, 'true']", "[true,false,\"yes\",\"on\",\"true\"]");
    assert_json("[1, -7, +3, 0x1F, 0o17, 007, 1_000]", "[1,-7,3,31,15,7,\"1_000\"]");
    assert_json("[1.5, 2., 1e3, 1.0]", "[1.5,2,1e3,1.0]");
    assert_json("[.5, +2.5]", "[0.5,0.25e1]");
    assert_json("[1.2.3, -, '', \"a\\tb\", 12e]", "[\"1.2.3\",\"-\",\"\",\"a\\tb\",\"12e\"]");
    assert_json("[!!str 5, !!int 5, !!float 1, !!null ~, !!bool true, ! 5]",
                "[\"5\",5,1,null,true,\"5\"]");
    assert_json("", "null");
    assert_json("123456789012345678901234567890", "123456789012345678901234567890");
}

static void collections_and_blocks_become_json(void **state) {
    (void)state;
    assert_json("a: 1\nb:\n  - x\n  - {c: d}\n1: true\n",
                "{\"a\":1,\"b\":[\"x\",{\"c\":\"d\"}],\"1\":true}");
    assert_json("t: |\n  one\n  two\nf: >\n  one\n  two\n",
                "{\"t\":\"one\\ntwo\\n\",\"f\":\"one two\\n\"}");
    assert_json("---\n{}\n...\n", "{}");
}

static void a_byte_order_mark_is_passed_over(void **state) {
    const char *text = "\xEF\xBB\xBF- \xC3\xA9\n- 12.5\n";
    nex_json *doc = NULL;
    nex_error err;
    unsigned line, column;
    size_t offset;
    (void)state;
    assert_json("\xEF\xBB\xBF"
                "1",
                "1");
    assert_json("\xEF\xBB\xBF"
                "a: 12\nb:\n  - 0x10\n",
                "{\"a\":12,\"b\":[16]}");
    assert_json("\xEF\xBB\xBF", "null");
    assert_json(text, "[\"\xC3\xA9\",12.5]");
    assert_int_equal(nex_yaml_parse(&doc, text, strlen(text), &err), NEX_OK);
    assert_true(nex_json_locate(doc, "/1", &offset, &line, &column));
    assert_int_equal(offset, strlen(text) - strlen("12.5\n"));
    assert_int_equal(line, 2);
    assert_int_equal(column, 3);
    nex_json_free(doc);
}

static void aliases_are_copied(void **state) {
    (void)state;
    assert_json("a: &x {k: [1, two]}\nb: *x\nc: &n 0x10\nd: *n\ne: [*x, *n]\n",
                "{\"a\":{\"k\":[1,\"two\"]},\"b\":{\"k\":[1,\"two\"]},\"c\":16,\"d\":16,"
                "\"e\":[{\"k\":[1,\"two\"]},16]}");
    assert_json("a: &x 1.50\nb: *x\n", "{\"a\":1.50,\"b\":1.50}");
}

static void laughs_are_not_multiplied_without_bound(void **state) {
    nex_buf text = NEX_BUF_INIT;
    (void)state;
    assert_int_equal(nex_buf_append_str(&text, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"), NEX_OK);
    for (int i = 1; i < 12; i++) {
        assert_int_equal(nex_buf_printf(&text, "a%d: &a%d [", i, i), NEX_OK);
        for (int k = 0; k < 10; k++)
            assert_int_equal(nex_buf_printf(&text, "*a%d,", i - 1), NEX_OK);
        assert_int_equal(nex_buf_append_str(&text, "]\n"), NEX_OK);
    }
    assert_refused(text.data, text.len, NEX_ELIMIT, 5, "aliases repeat more than");
    nex_buf_free(&text);
}

static void places_are_bytes_of_the_text(void **state) {
    const char *yaml = "# \xC3\xA9\nname: \xE2\x82\xAC\nargs:\n  - one\n  - &k two\n  - *k\n";
    nex_json *doc = NULL;
    nex_error err;
    size_t offset;
    unsigned line, column;
    (void)state;
    assert_int_equal(nex_yaml_parse(&doc, yaml, strlen(yaml), &err), NEX_OK);
    assert_true(nex_json_locate(doc, "/name", &offset, &line, &column));
    assert_int_equal(offset, 11);
    assert_int_equal(line, 2);
    assert_int_equal(column, 7);
    assert_true(nex_json_locate(doc, "/args/0", &offset, &line, &column));
    assert_int_equal(line, 4);
    assert_int_equal(column, 5);
    assert_true(nex_json_locate(doc, "/args/2", &offset, &line, &column));
    assert_int_equal(line, 6);
    nex_json_free(doc);
}

static void what_json_cannot_say_is_refused(void **state) {
    static const struct {
        const char *yaml;
        nex_status status;
        unsigned line;
        const char *wanted;
    } cases[] = {
        {"a: 1\nb: 2\na: 3\n", NEX_EINVAL, 3, "\"a\" is there twice"},
        {"a: .inf", NEX_EINVAL, 1, "infinities"},
        {"\na: *x", NEX_EINVAL, 2, "*x has no anchor"},
        {"a: &x [*x]", NEX_EINVAL, 1, "within what it repeats"},
        {"? [a]\n: b", NEX_EINVAL, 1, "expected text as a key"},
        {"a: !foo b", NEX_EINVAL, 1, "a tag"},
        {"a: !foo [b]", NEX_EUNSUPPORTED, 1, "!foo"},
        {"a: !!int x", NEX_EINVAL, 1, "!!int"},
        {"a: 1\n---\nb: 2\n", NEX_EINVAL, 2, "second"},
        {"a: [1, 2", NEX_EINVAL, 1, "YAML"},
        {"a: b: c", NEX_EINVAL, 1, "YAML"},
        {"\ta: b", NEX_EINVAL, 1, "YAML"},
        {"a: 0xFFFFFFFFFFFFFFFFFF", NEX_EINVAL, 1, "0xFFFFFFFFFFFFFFFFFF"},
    };
    (void)state;
    assert_refused("a:\n\tb: 1\n", 8, NEX_EINVAL, 2, "a tab where only spaces may indent");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_refused(cases[i].yaml, strlen(cases[i].yaml), cases[i].status, cases[i].line,
                       cases[i].wanted);
    assert_refused("a: \xFF", 4, NEX_EINVAL, 0, "UTF-8");
}

static void depth_is_limited(void **state) {
    size_t deep = 100 * 1000;
    char *text = malloc(deep);
    (void)state;
    memset(text, '[', deep);
    assert_refused(text, deep, NEX_ELIMIT, 1, "512 deep");
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_follow_the_core_schema),
        cmocka_unit_test(collections_and_blocks_become_json),
        cmocka_unit_test(a_byte_order_mark_is_passed_over),
        cmocka_unit_test(aliases_are_copied),
        cmocka_unit_test(laughs_are_not_multiplied_without_bound),
        cmocka_unit_test(places_are_bytes_of_the_text),
        cmocka_unit_test(what_json_cannot_say_is_refused),
        cmocka_unit_test(depth_is_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
