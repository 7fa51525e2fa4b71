/* Schemas that are refused, and where; schemas as they are found in the wild. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "schema_support.h"

#define SCHEMA_07 "\"$schema\":\"http://json-schema.org/draft-07/schema#\""

static void nonsense_is_refused_with_what_was_wanted(void **state) {
    static const struct {
        const char *text;
        nex_status status;
        const char *wanted;
    } cases[] = {
        {"5", NEX_EINVAL, "expected a schema (an object, true or false), got 5"},
        {"{\"type\":5}", NEX_EINVAL, "schema /type: expected a type name"},
        {"{\"type\":\"text\"}", NEX_EINVAL, "got \"text\""},
        {"{\"type\":[\"null\",\"null\"]}", NEX_EINVAL, "/type/1: expected type names that are all"},
        {"{\"properties\":{\"a\":{\"minimum\":\"1\"}}}", NEX_EINVAL,
         "/properties/a/minimum: expected a number, got \"1\""},
        {"{\"multipleOf\":0}", NEX_EINVAL, "above 0"},
        {"{\"multipleOf\":-1e-400}", NEX_EINVAL, "above 0"},
        {"{\"minLength\":-1}", NEX_EINVAL, "not negative"},
        {"{\"minLength\":1.5}", NEX_EINVAL, "not negative"},
        {"{\"required\":[\"a\",\"a\"]}", NEX_EINVAL, "/required/1: expected strings that are all"},
        {"{\"allOf\":[]}", NEX_EINVAL, "at least one schema"},
        {"{\"anyOf\":[true,7]}", NEX_EINVAL, "/anyOf/1: expected a schema"},
        {"{\"pattern\":\"(\"}", NEX_EINVAL, "/pattern: pattern \"(\": ( is not closed"},
        {"{\"pattern\":\"(?<=a+)b\"}", NEX_EUNSUPPORTED, "lookbehind assertion is not fixed"},
        {"{\"patternProperties\":{\"[\":true}}", NEX_EINVAL, "[ is not closed"},
        {"{\"$ref\":\"#/nowhere\"}", NEX_EINVAL, "/$ref: the reference leads to \"/nowhere\""},
        {"{\"$ref\":\"#gone\"}", NEX_EINVAL, "anchor \"gone\""},
        {"{\"$ref\":\"https://example.com/x\"}", NEX_EINVAL, "nothing is fetched"},
        {"{\"$id\":\"x#y\"}", NEX_EINVAL, "without a fragment"},
        {"{" SCHEMA_07 ",\"definitions\":{\"a\":{\"examples\":5}}}", NEX_EINVAL,
         "/definitions/a/examples: expected an array"},
        {"{\"$anchor\":\"1a\"}", NEX_EINVAL, "a name that begins with a letter"},
        {"{\"$defs\":{\"a\":{\"$anchor\":\"n\"},\"b\":{\"$anchor\":\"n\"}}}", NEX_EINVAL,
         "\"#n\" names two schemas"},
        {"{\"$schema\":\"https://json-schema.org/draft/2019-09/schema\"}", NEX_EUNSUPPORTED,
         "unknown dialect \"https://json-schema.org/draft/2019-09/schema\""},
        {"{\"items\":[true]}", NEX_EINVAL, "/items: expected a schema"},
        {"{" SCHEMA_07 ",\"$defs\":{\"a\":{\"type\":5}},\"$ref\":\"#/$defs/a\"}", NEX_EINVAL,
         "/$defs/a/type"},
        {"{\"type\":\"object\",}", NEX_EINVAL, "schema: JSON"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_broken(cases[i].text, cases[i].status, cases[i].wanted);
}

static void the_place_of_a_broken_keyword_is_told(void **state) {
    const char *text = "{\n  \"properties\": {\n    \"a\": {\"type\": 5}\n  }\n}";
    nex_schema *schema;
    nex_error err;
    (void)state;
    assert_int_equal(nex_schema_compile(&schema, text, strlen(text), NULL, &err), NEX_EINVAL);
    assert_string_equal(err.pointer, "/properties/a/type");
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 19);
}

static void schemas_of_the_wild_work(void **state) {
    (void)state;
    assert_valid(
        "{\"$schema\":\"http://json-schema.org/draft-07/schema\",\"x-unknown\":{\"type\":5},"
        "\"$defs\":{\"a\":{\"type\":\"null\"}},\"items\":{\"$ref\":\"#/$defs/a\"}}",
        "[1]", false);
    assert_valid("{" SCHEMA_07 ",\"$id\":\"schemas/root.json\",\"definitions\":{\"a\":{\"$id\":"
                 "\"item.json\",\"type\":\"null\"}},\"items\":{\"$ref\":\"item.json\"}}",
                 "[null]", true);
    assert_valid("{" SCHEMA_07 ",\"$defs\":{\"a\":{\"$id\":\"item.json\",\"type\":\"null\"}},"
                 "\"items\":{\"$ref\":\"item.json\"}}",
                 "[1]", false);
    assert_valid("{" SCHEMA_07 ",\"definitions\":{\"My Type\":{\"type\":\"null\"}},"
                 "\"items\":{\"$ref\":\"#/definitions/My Type\"}}",
                 "[1]", false);
    assert_valid("{" SCHEMA_07 ",\"$ref\":\"#/definitions/a\",\"type\":\"string\",\"definitions\":"
                 "{\"a\":{\"type\":\"null\"}}}",
                 "null", true);
    assert_valid("{" SCHEMA_07 ",\"$defs\":{\"a\":{\"type\":5}}}", "1", true);
    assert_valid("{" SCHEMA_07 ",\"$defs\":{\"a\":{\"type\":\"null\",\"examples\":5}},"
                 "\"items\":{\"$ref\":\"#/$defs/a\"}}",
                 "[1]", false);
    assert_valid("{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}", "{\"type\":5}",
                 false);
    assert_valid("{\"$ref\":\"http://json-schema.org/draft-07/schema#\"}", "{\"type\":5}", false);
    assert_valid("{\"pattern\":\"^[\\\\w\\\\-]+\\\\-\\\\_$\"}", "\"a--_\"", true);
}

static void resources_are_found_by_uri_and_id(void **state) {
    const nex_schema_resource resources[] = {
        {"https://a.example/one.json", "{\"$id\":\"https://b.example/two.json\",\"type\":\"null\"}",
         50},
        {"https://a.example/broken.json", "{", 1},
    };
    const nex_schema_options options = {.resources = resources, .resource_count = 2};
    static const struct {
        const char *ref;
        nex_status status;
    } cases[] = {{"https://a.example/one.json", NEX_OK},
                 {"https://a.example/one.json#", NEX_OK},
                 {"https://b.example/two.json", NEX_OK},
                 {"https://a.example/broken.json", NEX_EINVAL},
                 {"https://a.example/none.json", NEX_EINVAL}};
    (void)state;
    assert_int_equal(resources[0].len, strlen(resources[0].text));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nex_buf text = NEX_BUF_INIT;
        nex_schema *schema = NULL;
        nex_error err;
        assert_int_equal(nex_buf_printf(&text, "{\"$ref\":\"%s\"}", cases[i].ref), NEX_OK);
        assert_int_equal(nex_schema_compile(&schema, text.data, text.len, &options, &err),
                         cases[i].status);
        if (schema)
            assert_int_equal(nex_schema_validate_text(schema, "1", 1, NULL, &err), NEX_EINVAL);
        nex_schema_free(schema);
        nex_buf_free(&text);
    }
}

#define SCHEMA_2019 "\"$schema\":\"https://json-schema.org/draft/2019-09/schema\""

static void a_reference_may_lead_to_2019_09(void **state) {
    static const char lists[] = "{" SCHEMA_2019 ",\"items\":[{\"type\":\"null\"}],"
                                "\"additionalItems\":{\"type\":\"string\"},"
                                "\"prefixItems\":[{\"type\":\"boolean\"}],"
                                "\"dependentRequired\":{\"a\":[\"b\"]}}";
    static const char recursive[] = "{" SCHEMA_2019 ",\"items\":{\"$recursiveRef\":\"#\"}}";
    const nex_schema_resource resources[] = {{"x:lists", lists, sizeof lists - 1},
                                             {"x:recursive", recursive, sizeof recursive - 1}};
    const nex_schema_options options = {.resources = resources, .resource_count = 2};
    static const struct {
        const char *instance;
        nex_status status;
    } cases[] = {{"[null,\"a\"]", NEX_OK},
                 {"[true]", NEX_EINVAL},
                 {"[null,1]", NEX_EINVAL},
                 {"{\"a\":1}", NEX_EINVAL},
                 {"{\"a\":1,\"b\":1}", NEX_OK}};
    nex_schema *schema = NULL;
    nex_error err;
    (void)state;
    assert_int_equal(nex_schema_compile(&schema, "{\"$ref\":\"x:lists\"}", 18, &options, &err),
                     NEX_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(nex_schema_validate_text(schema, cases[i].instance,
                                                  strlen(cases[i].instance), NULL, &err),
                         cases[i].status);
    nex_schema_free(schema);
    assert_int_equal(nex_schema_compile(&schema, "{\"$ref\":\"x:recursive\"}", 22, &options, &err),
                     NEX_EUNSUPPORTED);
    assert_non_null(strstr(err.message, "$recursiveRef"));
}

static void a_meta_schema_of_ones_own_is_obeyed(void **state) {
    static const char meta[] =
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":\"x:meta\","
        "\"$vocabulary\":{\"https://json-schema.org/draft/2020-12/vocab/core\":true,"
        "\"https://json-schema.org/draft/2020-12/vocab/applicator\":true},"
        "\"$dynamicAnchor\":\"meta\",\"required\":[\"title\"]}";
    static const char strange[] =
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":\"x:strange\","
        "\"$vocabulary\":{\"x:vocabulary\":true}}";
    const nex_schema_resource resources[] = {{"x:meta", meta, sizeof meta - 1},
                                             {"x:strange", strange, sizeof strange - 1}};
    const nex_schema_options options = {.resources = resources, .resource_count = 2};
    const char *good = "{\"$schema\":\"x:meta\",\"title\":\"t\",\"type\":\"null\"}";
    const char *untitled = "{\"$schema\":\"x:meta\"}", *other = "{\"$schema\":\"x:strange\"}";
    nex_schema *schema;
    nex_error err;
    (void)state;
    assert_int_equal(nex_schema_compile(&schema, good, strlen(good), &options, &err), NEX_OK);
    /* the vocabulary of "type" is not in use, so it asserts nothing */
    assert_int_equal(nex_schema_validate_text(schema, "1", 1, NULL, &err), NEX_OK);
    nex_schema_free(schema);
    assert_int_equal(nex_schema_compile(&schema, untitled, strlen(untitled), &options, &err),
                     NEX_EINVAL);
    assert_non_null(strstr(err.message, "\"title\" is missing"));
    assert_int_equal(nex_schema_compile(&schema, other, strlen(other), &options, &err),
                     NEX_EUNSUPPORTED);
    assert_non_null(strstr(err.message, "x:vocabulary"));
}

static void names_of_every_length_are_told_apart(void **state) {
    char schema[300], instance[200], name[34];
    (void)state;
    for (int len = 0; len <= 33; len++) {
        memset(name, 'n', sizeof name);
        snprintf(schema, sizeof schema,
                 "{\"properties\":{\"%.*s\":{\"type\":\"null\"}},\"required\":[\"%.*s\"],"
                 "\"additionalProperties\":{\"type\":\"string\"}}",
                 len, name, len, name);
        snprintf(instance, sizeof instance, "{\"%.*s\":null,\"\":\"\"}", len, name);
        if (len > 0)
            assert_valid(schema, instance, true);
        snprintf(instance, sizeof instance, "{\"%.*s\":\"\"}", len, name);
        assert_valid(schema, instance, false);
        for (int i = 0; i < len; i++) { /* alike but for one byte */
            memset(name, 'n', sizeof name);
            name[i] = 'm';
            snprintf(instance, sizeof instance, "{\"%.*s\":\"\"}", len, name);
            assert_valid(schema, instance, false);
            snprintf(instance, sizeof instance, "{\"%.*s\":\"\",\"%.*s\":null}", len, name, len,
                     "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn");
            assert_valid(schema, instance, true);
        }
    }
}

static void the_cache_keeps_the_most_used(void **state) {
    nex_schema_cache *cache = NULL;
    const nex_schema *a, *b, *again;
    nex_error err;
    (void)state;
    assert_int_equal(nex_schema_cache_new(&cache, 0), NEX_EINVAL);
    assert_int_equal(nex_schema_cache_new(&cache, 2), NEX_OK);
    assert_int_equal(nex_schema_cache_get(cache, "true", 4, &a, &err), NEX_OK);
    assert_int_equal(nex_schema_cache_get(cache, "false", 5, &b, &err), NEX_OK);
    assert_ptr_not_equal(a, b);
    assert_int_equal(nex_schema_cache_get(cache, "true", 4, &again, &err), NEX_OK);
    assert_ptr_equal(a, again);
    assert_int_equal(nex_schema_cache_get(cache, "{}", 2, &b, &err), NEX_OK); /* drops "false" */
    assert_int_equal(nex_schema_cache_get(cache, "true", 4, &again, &err), NEX_OK);
    assert_ptr_equal(a, again);
    assert_int_equal(nex_schema_cache_get(cache, "{\"type\":5}", 10, &b, &err), NEX_EINVAL);
    assert_null(b);
    assert_int_equal(nex_schema_cache_get(cache, "true", 4, &again, &err), NEX_OK);
    assert_ptr_equal(a, again);
    nex_schema_cache_free(cache);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nonsense_is_refused_with_what_was_wanted),
        cmocka_unit_test(the_place_of_a_broken_keyword_is_told),
        cmocka_unit_test(schemas_of_the_wild_work),
        cmocka_unit_test(resources_are_found_by_uri_and_id),
        cmocka_unit_test(a_reference_may_lead_to_2019_09),
        cmocka_unit_test(a_meta_schema_of_ones_own_is_obeyed),
        cmocka_unit_test(names_of_every_length_are_told_apart),
        cmocka_unit_test(the_cache_keeps_the_most_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
