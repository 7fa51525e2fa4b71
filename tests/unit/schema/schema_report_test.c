/* What a person is told about a value that is not valid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "schema_support.h"

static nex_report report_of(const char *schema_text, const char *instance) {
    nex_schema *schema = schema_of(schema_text);
    nex_report report;
    nex_error err;
    assert_int_equal(nex_schema_validate_text(schema, instance, strlen(instance), &report, &err),
                     NEX_EINVAL);
    assert_false(report.valid);
    assert_true(report.count > 0);
    nex_schema_free(schema);
    return report;
}

static void messages_say_what_was_wanted_and_what_was_there(void **state) {
    static const struct {
        const char *schema, *instance, *pointer, *schema_pointer, *keyword, *message;
    } cases[] = {
        {"{\"type\":[\"string\",\"null\"]}", "5", "", "/type", "type",
         "expected a string or null, got 5"},
        {"{\"items\":{\"type\":\"number\"}}", "[1,{}]", "/1", "/items/type", "type",
         "expected a number, got an object of 0 members"},
        {"{\"properties\":{\"a\":{\"maximum\":10}}}", "{\"a\":50.0}", "/a", "/properties/a/maximum",
         "maximum", "expected at most 10, got 50.0"},
        {"{\"multipleOf\":0.01}", "0.075", "", "/multipleOf", "multipleOf",
         "expected a multiple of 0.01, got 0.075"},
        {"{\"minLength\":3}", "\"\xC3\xA9\"", "", "/minLength", "minLength",
         "expected at least 3 characters, got 1 in \"\xC3\xA9\""},
        {"{\"pattern\":\"^a$\"}", "\"b\"", "", "/pattern", "pattern",
         "expected text that matches ^a$, got \"b\""},
        {"{\"format\":\"ipv4\"}", "\"x\"", "", "/format", "format",
         "expected the format ipv4, got \"x\""},
        {"{\"required\":[\"name\"]}", "{}", "", "/required", "required",
         "the member \"name\" is missing"},
        {"{\"required\":[\"name\"]}", "{\"nmae\":1}", "", "/required", "required",
         "the member \"name\" is missing (\"nmae\" is there); did you mean \"name\"?"},
        {"{\"properties\":{\"replicas\":{},\"name\":{}},\"additionalProperties\":false}",
         "{\"replica\":1}", "/replica", "/additionalProperties", "additionalProperties",
         "unknown member \"replica\"; did you mean \"replicas\"?"},
        {"{\"properties\":{\"a\":{},\"b\":{}},\"unevaluatedProperties\":false}", "{\"zzz\":1}",
         "/zzz", "/unevaluatedProperties", "unevaluatedProperties",
         "unknown member \"zzz\"; known here: \"a\", \"b\""},
        {"{\"enum\":[\"service\",\"job\",\"function\"]}", "\"servise\"", "", "/enum", "enum",
         "expected one of \"service\", \"job\", \"function\", got \"servise\"; did you mean "
         "\"service\"?"},
        {"{\"allOf\":[{\"$ref\":\"#/$defs/a\"}],\"$defs\":{\"a\":{\"allOf\":[{\"minimum\":3}]}}}",
         "2", "", "/$defs/a/allOf/0/minimum", "minimum", "expected at least 3, got 2"},
        {"{\"allOf\":[{\"$dynamicRef\":\"#a\"}],\"$defs\":{\"a\":{\"$anchor\":\"a\",\"minimum\":3}}"
         "}",
         "2", "", "/$defs/a/minimum", "minimum", "expected at least 3, got 2"},
        {"{\"allOf\":[false]}", "2", "", "/allOf/0", "", "no value is allowed here"},
        {"{\"const\":{\"a\":[1.50]}}", "{\"a\":[2]}", "", "/const", "const",
         "expected {\"a\":[1.50]}, got an object of 1 member"},
        {"{\"const\":[1,2,3,4,5,6,7,8,9,10,11,12]}", "[]", "", "/const", "const",
         "expected an array of 12 items, got an array of 0 items"},
        {"{\"const\":1}", "2", "", "/const", "const", "expected 1, got 2"},
        {"{\"uniqueItems\":true}", "[1,2,1.0]", "", "/uniqueItems", "uniqueItems",
         "expected items that are all different, got the same item at 0 and 2"},
        {"{\"maxItems\":1}", "[1,2]", "", "/maxItems", "maxItems",
         "expected at most 1 item, got 2"},
        {"{\"contains\":{\"type\":\"null\"}}", "[1]", "", "/contains", "contains",
         "expected at least 1 item that matches \"contains\", got none"},
        {"{\"prefixItems\":[true],\"items\":false}", "[1,2]", "/1", "/items", "items",
         "one item too many"},
        {"{\"dependentRequired\":{\"a\":[\"b\"]}}", "{\"a\":1}", "", "/dependentRequired/a", "a",
         "the member \"b\" is missing, which \"a\" needs beside it"},
        {"{\"propertyNames\":{\"maxLength\":2}}", "{\"abc\":1}", "/abc", "/propertyNames/maxLength",
         "maxLength", "expected a name that is at most 2 characters, got 3 in \"abc\""},
        {"{\"not\":{\"type\":\"null\"}}", "null", "", "/not", "not",
         "expected a value that the schema under \"not\" refuses, got null"},
        {"{\"oneOf\":[{},{\"type\":\"null\"},true]}", "null", "", "/oneOf", "oneOf",
         "expected exactly one of 3 alternatives to fit, got 1 and 2, which both do"},
        {"{\"properties\":{\"a\":false}}", "{\"a\":1}", "/a", "/properties/a", "a",
         "no value is allowed here"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nex_report r = report_of(cases[i].schema, cases[i].instance);
        assert_string_equal(r.violations[0].message, cases[i].message);
        assert_string_equal(r.violations[0].pointer, cases[i].pointer);
        assert_string_equal(r.violations[0].schema_pointer, cases[i].schema_pointer);
        assert_string_equal(r.violations[0].keyword, cases[i].keyword);
        nex_report_free(&r);
    }
}

static void every_violation_is_told_with_its_place(void **state) {
    nex_report r = report_of("{\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"minimum\":3}},"
                             "\"required\":[\"c\"],\"additionalProperties\":false}",
                             "{\n  \"a\": 1,\n  \"b\": 2,\n  \"d\": 3\n}");
    nex_buf text = NEX_BUF_INIT;
    (void)state;
    assert_int_equal(r.count, 4);
    assert_false(r.truncated);
    assert_int_equal(r.violations[1].line, 2);
    assert_int_equal(r.violations[1].column, 8);
    assert_int_equal(r.violations[1].offset, 9);
    assert_int_equal(nex_report_write_text(&r, "f.json", &text), NEX_OK);
    assert_string_equal(text.data,
                        "f.json:1:1: the member \"c\" is missing\n"
                        "f.json:2:8: /a: expected a string, got 1\n"
                        "f.json:3:8: /b: expected at least 3, got 2\n"
                        "f.json:4:8: /d: unknown member \"d\"; known here: \"a\", \"b\"\n");
    nex_buf_free(&text);
    nex_report_free(&r);
}

static void the_number_of_violations_is_capped(void **state) {
    nex_buf text = NEX_BUF_INIT;
    (void)state;
    assert_int_equal(nex_buf_append_str(&text, "[0"), NEX_OK);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(nex_buf_append_str(&text, ",0"), NEX_OK);
    assert_int_equal(nex_buf_append_str(&text, "]"), NEX_OK);
    nex_report r = report_of("{\"items\":{\"type\":\"string\"}}", text.data);
    assert_int_equal(r.count, 100);
    assert_true(r.truncated);
    nex_report_free(&r);
    nex_buf_free(&text);
}

static void the_closest_branch_is_explained(void **state) {
    const char *schema = "{\"oneOf\":[{\"type\":\"string\"},"
                         "{\"properties\":{\"kind\":{\"const\":\"file\"},\"path\":{\"type\":"
                         "\"string\"}},\"required\":"
                         "[\"kind\",\"path\"]},"
                         "{\"properties\":{\"kind\":{\"const\":\"oci\"},\"image\":{\"type\":"
                         "\"string\"}},\"required\":"
                         "[\"kind\",\"image\"]}]}";
    (void)state;
    nex_report r = report_of(schema, "{\"kind\":\"oci\",\"image\":5}");
    assert_int_equal(r.count, 2);
    assert_string_equal(r.violations[0].message,
                        "none of the 3 alternatives fits; the closest is number 3");
    assert_string_equal(r.violations[1].pointer, "/image");
    assert_string_equal(r.violations[1].schema_pointer, "/oneOf/2/properties/image/type");
    nex_report_free(&r);
}

static void secrets_are_not_shown(void **state) {
    static const struct {
        const char *schema, *instance;
    } cases[] = {
        {"{\"properties\":{\"password\":{\"pattern\":\"^x$\"}}}", "{\"password\":\"hunter2\"}"},
        {"{\"properties\":{\"nats_user_seed\":{\"maxLength\":2}}}",
         "{\"nats_user_seed\":\"hunter2\"}"},
        {"{\"properties\":{\"apiKey\":{\"enum\":[\"hunter3\"]}}}", "{\"apiKey\":\"hunter2\"}"},
        {"{\"properties\":{\"a\":{\"writeOnly\":true,\"type\":\"object\"}}}",
         "{\"a\":\"hunter2\"}"},
        {"{\"properties\":{\"a\":{\"allOf\":[{\"writeOnly\":true},{\"format\":\"ipv4\"}]}}}",
         "{\"a\":\"hunter2\"}"},
        {"{\"properties\":{\"secrets\":{\"items\":{\"properties\":{\"v\":{\"type\":\"null\"}}}}}}",
         "{\"secrets\":[{\"v\":\"hunter2\"}]}"},
        {"{\"additionalProperties\":{\"type\":\"null\"}}", "{\"DB_TOKEN\":\"hunter2\"}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nex_report r = report_of(cases[i].schema, cases[i].instance);
        nex_buf text = NEX_BUF_INIT;
        assert_int_equal(nex_report_write_basic(&r, &text), NEX_OK);
        assert_null(strstr(text.data, "hunter2"));
        assert_null(strstr(r.violations[0].suggestion, "hunter3"));
        nex_buf_free(&text);
        nex_report_free(&r);
    }
}

static void basic_output_names_both_ways(void **state) {
    nex_report r = report_of("{\"$id\":\"https://a.example/s\",\"properties\":{\"x\":{\"$ref\":"
                             "\"#/$defs/n\"}},\"$defs\":{\"n\":{\"type\":\"null\"}}}",
                             "{\"x\":1}");
    nex_buf text = NEX_BUF_INIT;
    (void)state;
    assert_int_equal(nex_report_write_basic(&r, &text), NEX_OK);
    assert_string_equal(
        text.data, "{\"valid\":false,\"errors\":[{\"valid\":false,\"keywordLocation\":"
                   "\"/properties/x/$ref/type\",\"absoluteKeywordLocation\":"
                   "\"https://a.example/s#/$defs/n/type\",\"instanceLocation\":\"/x\",\"error\":"
                   "\"expected null, got 1\",\"line\":1,\"column\":6}]}");
    nex_buf_clear(&text);
    nex_report_free(&r);
    r = (nex_report){.valid = true};
    assert_int_equal(nex_report_write_basic(&r, &text), NEX_OK);
    assert_string_equal(text.data, "{\"valid\":true}");
    nex_buf_free(&text);
}

static void yaml_and_jansson_are_told_of_too(void **state) {
    nex_schema *schema = schema_of("{\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":3}}}");
    const char *yaml = "m: 1\nn: 3.5\n";
    nex_json *doc = NULL;
    nex_report report;
    nex_error err;
    (void)state;
    assert_int_equal(nex_yaml_parse(&doc, yaml, strlen(yaml), &err), NEX_OK);
    assert_int_equal(nex_schema_validate(schema, doc, &report, &err), NEX_EINVAL);
    assert_string_equal(err.message, "/n: expected an integer, got 3.5");
    assert_string_equal(err.pointer, "/n");
    assert_int_equal(err.line, 2);
    assert_int_equal(err.column, 4);
    nex_report_free(&report);
    nex_json_free(doc);
    json_t *value = json_pack("{s:i}", "n", 4);
    assert_int_equal(nex_schema_validate_json(schema, value, &report, &err), NEX_EINVAL);
    assert_string_equal(err.message, "/n: expected at most 3, got 4");
    assert_int_equal(report.violations[0].line, 0);
    nex_report_free(&report);
    json_decref(value);
    value = json_pack("{s:f}", "n", 2.0);
    assert_int_equal(nex_schema_validate_json(schema, value, &report, &err), NEX_OK);
    assert_true(report.valid);
    nex_report_free(&report);
    json_decref(value);
    nex_schema_free(schema);
}

static nex_status count_lines(void *arg, unsigned line, nex_status status, const nex_report *report,
                              const nex_error *err) {
    nex_buf *out = arg;
    (void)err;
    return nex_buf_printf(out, "%u:%s:%zu ", line, nex_status_name(status), report->count);
}

static void lines_are_validated_one_by_one(void **state) {
    nex_schema *schema = schema_of("{\"type\":\"integer\"}");
    const char *text = "1\n\n\"x\"\r\n{\n2";
    nex_buf out = NEX_BUF_INIT;
    (void)state;
    assert_int_equal(nex_schema_validate_jsonl(schema, text, strlen(text), count_lines, &out),
                     NEX_OK);
    assert_string_equal(out.data, "1:ok:0 3:invalid:1 4:invalid:0 5:ok:0 ");
    nex_buf_free(&out);
    nex_schema_free(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_say_what_was_wanted_and_what_was_there),
        cmocka_unit_test(every_violation_is_told_with_its_place),
        cmocka_unit_test(the_number_of_violations_is_capped),
        cmocka_unit_test(the_closest_branch_is_explained),
        cmocka_unit_test(secrets_are_not_shown),
        cmocka_unit_test(basic_output_names_both_ways),
        cmocka_unit_test(yaml_and_jansson_are_told_of_too),
        cmocka_unit_test(lines_are_validated_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
