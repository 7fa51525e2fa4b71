/* Nexfiles and start requests: what they say, and errors that name line, column and pointer. */
#include "nexfile.h"

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

typedef struct fixture {
    settings settings;
    document nexfile;
} fixture;

static const cli_command *start_command(void) {
    return options_find_command(options_find_command(&cli_root, "workload"), "start");
}

static nex_status apply(fixture *f, const char *text, nex_error *err) {
    memset(f, 0, sizeof *f);
    assert_int_equal(settings_add(&f->settings, start_command(), err), NEX_OK);
    nex_status status = document_parse(&f->nexfile, "Nexfile", text, strlen(text), err);
    return status == NEX_OK ? nexfile_apply(&f->nexfile, &f->settings, err) : status;
}

static void drop(fixture *f) {
    settings_free(&f->settings);
    document_free(&f->nexfile);
}

static const char yaml[] = "name: hello-exec\n"
                           "type: native\n"
                           "lifecycle: job\n"
                           "description:\n"
                           "tags:\n"
                           "  region: lab\n"
                           "start_request:\n"
                           "  uri: file:///bin/hello\n"
                           "  argv: [\"--listen=:8080\"]\n"
                           "  expose_ports: [8080]\n";

static void test_yaml(void **state) {
    (void)state;
    fixture f;
    nex_error err;
    if (apply(&f, yaml, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    assert_string_equal(settings_text(&f.settings, "workload.start.name"), "hello-exec");
    assert_string_equal(settings_text(&f.settings, "workload.start.lifecycle"), "job");
    assert_null(settings_text(&f.settings, "workload.start.description"));
    start_request r;
    assert_int_equal(start_request_make(&r, &f.settings, &f.nexfile, &err), NEX_OK);
    assert_string_equal(r.text.data, "{\"uri\":\"file:///bin/hello\",\"argv\":[\"--listen=:8080\"],"
                                     "\"expose_ports\":[8080]}");
    start_request_free(&r);
    drop(&f);
}

static void test_json(void **state) {
    (void)state;
    fixture f;
    nex_error err;
    assert_int_equal(apply(&f,
                           "{\"name\":\"x\",\"tags\":{\"a\":\"b\"},\"start_request\":"
                           "{\"big\":12345678901234567}}",
                           &err),
                     NEX_OK);
    start_request r;
    assert_int_equal(start_request_make(&r, &f.settings, &f.nexfile, &err), NEX_OK);
    assert_string_equal(r.text.data, "{\"big\":12345678901234567}");
    start_request_free(&r);
    drop(&f);
}

static void test_flags_override(void **state) {
    (void)state;
    fixture f = {0};
    nex_error err;
    assert_int_equal(settings_add(&f.settings, start_command(), &err), NEX_OK);
    assert_int_equal(setting_set_text(settings_find(&f.settings, "workload.start.name"), FROM_FLAG,
                                      "--name", "mine", &err),
                     NEX_OK);
    assert_int_equal(setting_set_text(settings_find(&f.settings, "workload.start.start_request"),
                                      FROM_FLAG, "--start-request", "{\"uri\":\"y\"}", &err),
                     NEX_OK);
    assert_int_equal(document_parse(&f.nexfile, "Nexfile", yaml, strlen(yaml), &err), NEX_OK);
    assert_int_equal(nexfile_apply(&f.nexfile, &f.settings, &err), NEX_OK);
    assert_string_equal(settings_text(&f.settings, "workload.start.name"), "mine");
    assert_string_equal(settings_text(&f.settings, "workload.start.lifecycle"), "job");
    start_request r;
    assert_int_equal(start_request_make(&r, &f.settings, &f.nexfile, &err), NEX_OK);
    assert_string_equal(r.text.data, "{\"uri\":\"y\"}");
    start_request_free(&r);
    drop(&f);
}

static void refused(const char *text, const char *place, const char *wanted) {
    fixture f;
    nex_error err;
    nex_status status = apply(&f, text, &err);
    drop(&f);
    assert_int_equal(status, NEX_EINVAL);
    if (strncmp(err.message, place, strlen(place)) != 0 || !strstr(err.message, wanted)) {
        fail_msg("wanted %s and \"%s\" in \"%s\"", place, wanted, err.message);
    }
}

static void test_errors_have_places(void **state) {
    (void)state;
    refused("name: x\nlifecycel: job\n", "Nexfile:2:", "did you mean \"lifecycle\"?");
    refused("name: x\nlifecycle: forever\n", "Nexfile:2:12: /lifecycle:", "one of service");
    refused("name: 5\n", "Nexfile:1:7: /name:", "wanted a text");
    refused("{\n  \"name\": \"x\",\n  \"tags\": {\"a\": 1}\n}", "Nexfile:3:11: /tags:", "\"a\"");
    refused("start_request: hello\n", "Nexfile:1:16: /start_request:", "wanted an object");
    refused("{\"name\": \"x\",}", "Nexfile:1:", "");
    refused("name: [x\n", "Nexfile:", "");
    refused("- a\n- b\n", "Nexfile:1:1:", "must be an object");
    refused("", "Nexfile:", "");
}

static const char schema[] = "{\"type\":\"object\",\"required\":[\"uri\"],\"properties\":{"
                             "\"uri\":{\"type\":\"string\"},\"argv\":{\"type\":\"array\","
                             "\"items\":{\"type\":\"string\"}}},\"additionalProperties\":false}";

static void test_violations_have_places(void **state) {
    (void)state;
    fixture f;
    nex_error err;
    assert_int_equal(apply(&f,
                           "name: x\n"
                           "start_request:\n"
                           "  uri: file:///x\n"
                           "  argv:\n"
                           "    - good\n"
                           "    - 7\n",
                           &err),
                     NEX_OK);
    start_request r;
    problems found = {NULL, 0};
    assert_int_equal(start_request_make(&r, &f.settings, &f.nexfile, &err), NEX_OK);
    assert_int_equal(start_request_validate(&r, schema, &found, &err), NEX_EINVAL);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.items[0].pointer, "/start_request/argv/1");
    assert_string_equal(found.items[0].file, "Nexfile");
    assert_int_equal(found.items[0].line, 6);
    assert_int_equal(found.items[0].column, 7);
    problems_free(&found);
    start_request_free(&r);
    drop(&f);
}

static void test_start_request_that_fits(void **state) {
    (void)state;
    fixture f;
    nex_error err;
    assert_int_equal(apply(&f, "{\"start_request\":{\"uri\":\"x\"}}", &err), NEX_OK);
    start_request r;
    problems found = {NULL, 0};
    assert_int_equal(start_request_make(&r, &f.settings, &f.nexfile, &err), NEX_OK);
    assert_int_equal(start_request_validate(&r, schema, &found, &err), NEX_OK);
    assert_int_equal(found.count, 0);
    assert_int_equal(start_request_validate(&r, "{\"type\":7}", &found, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "schema"));
    start_request_free(&r);
    drop(&f);
}

static void test_nothing_to_start(void **state) {
    (void)state;
    fixture f;
    nex_error err;
    assert_int_equal(apply(&f, "name: x\n", &err), NEX_OK);
    start_request r;
    assert_int_equal(start_request_make(&r, &f.settings, &f.nexfile, &err), NEX_ENOTFOUND);
    assert_non_null(strstr(err.message, "--start-request"));
    drop(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_yaml),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_flags_override),
        cmocka_unit_test(test_errors_have_places),
        cmocka_unit_test(test_violations_have_places),
        cmocka_unit_test(test_start_request_that_fits),
        cmocka_unit_test(test_nothing_to_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
