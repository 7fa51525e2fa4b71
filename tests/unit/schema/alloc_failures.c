/*
 * Fails each allocation in turn: every call then says so, or does without, and nothing leaks
 * (which the sanitizers watch). The linker hands the library's allocations to the functions here.
 */
#include <nex/schema.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static long until_failure = -1; /* allocations that still succeed; negative: all */
static bool failed;

static bool refused(void) {
    if (until_failure < 0)
        return false;
    if (until_failure > 0) {
        until_failure--;
        return false;
    }
    failed = true;
    return true;
}

void *__wrap_malloc(size_t size) {
    return refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    return refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size) {
    return refused() ? NULL : __real_realloc(old, size);
}

static const char schema_text[] =
    "{\"$id\":\"https://a.example/"
    "s\",\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":"
    "{\"$ref\":\"#/$defs/n\"},\"b\":{\"pattern\":\"^(x|y)+$\",\"format\":\"date\"},\"c\":{\"enum\":"
    "[1,2,3,4,5,6,7,8,9,\"x\"]}},\"patternProperties\":{\"^p\":{\"uniqueItems\":true}},"
    "\"anyOf\":[{\"required\":[\"a\"]},{\"$ref\":\"t\"}],\"unevaluatedProperties\":false,\"$defs\":"
    "{\"n\":"
    "{\"$dynamicAnchor\":\"d\",\"minimum\":1.5},\"t\":{\"$id\":\"t\",\"$dynamicRef\":\"#d\",\"$"
    "defs\":"
    "{\"d\":{\"$dynamicAnchor\":\"d\",\"type\":\"null\"}}}}}";
static const char valid[] = "{\"a\":2,\"c\":\"x\",\"p\":[1,2,3,4,5,6,7,8,9,10]}";
static const char invalid[] =
    "{\"a\":\"\\u0041\",\"b\":\"zz\",\"c\":11,\"p1\":[1,1],\"zz\":{},\"d\":1,\"e\":2,\"f\":3,\"g\":"
    "4,"
    "\"h\":5,\"i\":6,\"j\":7,\"k\":8,\"l\":9,\"m\":10,\"n\":11,\"o\":12,\"q\":13}";
static const char yaml[] = "a: &x [1, two]\nb: *x\nc: {d: 0x10}\n";

static nex_status use_schema(void) {
    nex_schema *schema = NULL;
    nex_report report = {.valid = false};
    nex_buf out = NEX_BUF_INIT;
    nex_error err;
    nex_status status =
        nex_schema_compile(&schema, schema_text, sizeof schema_text - 1, NULL, &err);
    if (status == NEX_OK)
        status = nex_schema_validate_text(schema, valid, sizeof valid - 1, NULL, &err);
    if (status == NEX_OK)
        status = nex_schema_validate_text(schema, invalid, sizeof invalid - 1, &report, &err);
    if (status == NEX_EINVAL) {
        if (report.count == 0)
            fail_msg("no report: %s", err.message);
        status = nex_report_write_basic(&report, &out);
    }
    nex_buf_free(&out);
    nex_report_free(&report);
    nex_schema_free(schema);
    return status;
}

static nex_status use_cache(void) {
    nex_schema_cache *cache = NULL;
    const nex_schema *schema;
    nex_error err;
    nex_status status = nex_schema_cache_new(&cache, 1);
    for (int i = 0; i < 2 && status == NEX_OK; i++) {
        status = nex_schema_cache_get(cache, schema_text, sizeof schema_text - 1, &schema, &err);
        if (status == NEX_OK)
            status = nex_schema_cache_get(cache, "true", 4, &schema, &err);
    }
    nex_schema_cache_free(cache);
    return status;
}

static nex_status use_yaml(void) {
    nex_json *doc = NULL;
    nex_buf out = NEX_BUF_INIT;
    nex_error err;
    nex_status status = nex_yaml_parse(&doc, yaml, sizeof yaml - 1, &err);
    if (status == NEX_OK)
        status = nex_json_write(doc, "", &out);
    nex_buf_free(&out);
    nex_json_free(doc);
    return status;
}

static void each_allocation_may_fail(void **state) {
    static nex_status (*const uses[])(void) = {use_schema, use_cache, use_yaml};
    (void)state;
    for (size_t u = 0; u < sizeof uses / sizeof uses[0]; u++) {
        long n = 0, told = 0;
        for (failed = true; failed; n++) {
            failed = false;
            until_failure = n;
            nex_status status = uses[u]();
            until_failure = -1;
            if (!failed)
                assert_int_equal(status, NEX_OK);
            else if (status != NEX_OK && status != NEX_ENOMEM)
                fail_msg("use %zu, allocation %ld: %s", u, n, nex_status_name(status));
            told += status == NEX_ENOMEM;
            assert_true(n < 100000);
        }
        assert_true(told > 5);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation_may_fail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
