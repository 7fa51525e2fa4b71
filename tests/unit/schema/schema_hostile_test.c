/*
 * Schemas and instances made to hurt: each ends in an answer or an error, and the work it may
 * cost is bounded by counters, which is what is checked here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "schema_support.h"
#include "json/doc.h"

static nex_status validate(const nex_schema *schema, const char *instance, nex_error *err) {
    return nex_schema_validate_text(schema, instance, strlen(instance), NULL, err);
}

static char *nested(const char *open, const char *close, size_t depth) {
    nex_buf text = NEX_BUF_INIT;
    for (size_t i = 0; i < depth; i++)
        assert_int_equal(nex_buf_append_str(&text, open), NEX_OK);
    assert_int_equal(nex_buf_append_str(&text, "1"), NEX_OK);
    for (size_t i = 0; i < depth; i++)
        assert_int_equal(nex_buf_append_str(&text, close), NEX_OK);
    return nex_buf_take(&text);
}

static void deep_instances_and_schemas_end(void **state) {
    nex_schema *schema =
        schema_of("{\"items\":{\"$ref\":\"#\"},\"additionalProperties\":{\"$ref\":\"#\"},"
                  "\"type\":[\"array\",\"object\"]}");
    char *deep = nested("[", "]", 100 * 1000), *allowed = nested("[", "]", 500);
    nex_error err;
    (void)state;
    assert_int_equal(validate(schema, deep, &err), NEX_ELIMIT);
    assert_non_null(strstr(err.message, "512 deep"));
    assert_int_equal(validate(schema, allowed, &err), NEX_EINVAL);
    nex_schema_free(schema);
    free(deep);
    free(allowed);
    deep = nested("{\"not\":", "}", 100 * 1000);
    assert_broken(deep, NEX_ELIMIT, "512 deep");
    free(deep);
    deep = nested("{\"properties\":{\"a\":", "}}", 250);
    assert_broken(deep, NEX_EINVAL, "expected a schema");
    free(deep);
}

static void the_deepest_document_is_explained_too(void **state) {
    nex_schema *schema =
        schema_of("{\"anyOf\":[{\"allOf\":[{\"$ref\":\"#/$defs/l\"}]}],\"$defs\":{\"l\":"
                  "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}}}");
    char *deep = nested("[", "]", 512);
    nex_report report;
    nex_error err;
    (void)state;
    assert_int_equal(nex_schema_validate_text(schema, deep, strlen(deep), &report, &err),
                     NEX_EINVAL);
    assert_true(report.count > 0);
    nex_report_free(&report);
    nex_schema_free(schema);
    free(deep);
}

static void reference_cycles_are_given_up(void **state) {
    static const char *const schemas[] = {
        "{\"$ref\":\"#\"}",
        "{\"allOf\":[{\"$ref\":\"#\"}]}",
        "{\"not\":{\"$ref\":\"#\"}}",
        "{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}",
        "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/"
        "b\"},\"b\":{\"$ref\":\"#\"}}}",
        "{\"if\":{\"$ref\":\"#\"},\"then\":true}",
        "{\"$dynamicAnchor\":\"a\",\"$dynamicRef\":\"#a\"}",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"$ref\":\"#\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof schemas / sizeof schemas[0]; i++) {
        nex_schema *schema = schema_of(schemas[i]);
        nex_error err;
        assert_int_equal(validate(schema, "[1]", &err), NEX_ELIMIT);
        assert_non_null(strstr(err.message, "without end"));
        nex_schema_free(schema);
    }
}

/* 2^n evaluations from n definitions, by each way to apply a schema in place. */
static void exponential_schemas_are_given_up(void **state) {
    static const char *const forms[] = {
        "{\"allOf\":[{\"$ref\":\"#/$defs/%d\"},{\"$ref\":\"#/$defs/%d\"}]}",
        "{\"oneOf\":[{\"$ref\":\"#/$defs/%d\"},{\"not\":{\"$ref\":\"#/$defs/%d\"}}]}",
        "{\"not\":{\"anyOf\":[{\"not\":{\"$ref\":\"#/$defs/%d\"}},{\"not\":{\"$ref\":\"#/$defs/"
        "%d\"}}]}}",
        "{\"unevaluatedItems\":false,\"anyOf\":[{\"$ref\":\"#/$defs/%d\"},{\"$ref\":\"#/$defs/"
        "%d\"}]}",
    };
    (void)state;
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        nex_buf text = NEX_BUF_INIT;
        nex_error err;
        assert_int_equal(nex_buf_append_str(&text, "{\"$ref\":\"#/$defs/0\",\"$defs\":{"), NEX_OK);
        for (int i = 0; i < 60; i++) {
            char one[300];
            snprintf(one, sizeof one, forms[f], i + 1, i + 1);
            assert_int_equal(nex_buf_printf(&text, "\"%d\":%s,", i, one), NEX_OK);
        }
        assert_int_equal(nex_buf_append_str(&text, "\"60\":{\"items\":{\"minimum\":0}}}}"), NEX_OK);
        nex_schema *schema = schema_of(text.data);
        assert_int_equal(validate(schema, "[1,2]", &err), NEX_ELIMIT);
        nex_schema_free(schema);
        nex_buf_free(&text);
    }
}

static void a_long_chain_of_references_costs_no_stack_to_compile(void **state) {
    nex_buf text = NEX_BUF_INIT;
    nex_error err;
    (void)state;
    assert_int_equal(nex_buf_append_str(&text, "{\"$ref\":\"#/$defs/0\",\"$defs\":{"), NEX_OK);
    for (int i = 0; i < 2000; i++)
        assert_int_equal(
            nex_buf_printf(&text, "\"%d\":{\"title\":\"x\",\"$ref\":\"#/$defs/%d\"},", i, i + 1),
            NEX_OK);
    assert_int_equal(nex_buf_append_str(&text, "\"2000\":{\"type\":\"null\"}}}"), NEX_OK);
    nex_schema *schema = schema_of(text.data);
    assert_int_equal(validate(schema, "null", &err), NEX_OK);
    nex_schema_free(schema);
    nex_buf_free(&text);
}

static void patterns_that_explode_are_given_up(void **state) {
    nex_schema *schema =
        schema_of("{\"patternProperties\":{\"^(a+)+$\":true},\"items\":{\"pattern\":"
                  "\"^(a+)+$\"}}");
    nex_buf text = NEX_BUF_INIT;
    nex_error err;
    (void)state;
    assert_int_equal(nex_buf_append_str(&text, "["), NEX_OK);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(
            nex_buf_append_str(&text, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\","), NEX_OK);
    assert_int_equal(nex_buf_append_str(&text, "0]"), NEX_OK);
    assert_int_equal(validate(schema, text.data, &err), NEX_ELIMIT);
    assert_int_equal(
        validate(schema, "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\":1}", &err),
        NEX_ELIMIT);
    nex_schema_free(schema);
    nex_buf_free(&text);
}

static void huge_enums_and_arrays_are_looked_up(void **state) {
    nex_buf schema_text = NEX_BUF_INIT, text = NEX_BUF_INIT;
    nex_error err;
    (void)state;
    assert_int_equal(
        nex_buf_append_str(&schema_text, "{\"uniqueItems\":true,\"items\":{\"enum\":[0"), NEX_OK);
    assert_int_equal(nex_buf_append_str(&text, "[0"), NEX_OK);
    for (int i = 1; i < 50000; i++) {
        assert_int_equal(nex_buf_printf(&schema_text, ",\"v%d\"", i), NEX_OK);
        assert_int_equal(nex_buf_printf(&text, ",\"v%d\"", 50000 - i), NEX_OK);
    }
    assert_int_equal(nex_buf_append_str(&schema_text, "]}}"), NEX_OK);
    nex_schema *schema = schema_of(schema_text.data);
    size_t len = text.len;
    /* one by one this would be 2.5e9 comparisons, far beyond the budget of steps */
    assert_int_equal(nex_buf_append_str(&text, "]"), NEX_OK);
    assert_int_equal(validate(schema, text.data, &err), NEX_OK);
    text.len = len;
    assert_int_equal(nex_buf_append_str(&text, ",\"v7\"]"), NEX_OK);
    assert_int_equal(validate(schema, text.data, &err), NEX_EINVAL);
    nex_schema_free(schema);
    nex_buf_free(&schema_text);
    nex_buf_free(&text);
}

static void odd_text_and_numbers_get_an_answer(void **state) {
    static const struct {
        const char *schema, *instance;
        bool valid;
    } cases[] = {
        {"{\"type\":\"integer\"}", "1.0", true},
        {"{\"type\":\"integer\"}", "1e400", true},
        {"{\"type\":\"integer\"}", "1.5e0", false},
        {"{\"maximum\":10}", "50.0", false},
        {"{\"maximum\":1e400}", "1e399", true},
        {"{\"maximum\":18446744073709551615}", "18446744073709551616", false},
        {"{\"exclusiveMaximum\":972783798187987123879878123.18878137}",
         "972783798187987123879878123.188781371", false},
        {"{\"minimum\":9007199254740993}", "9007199254740992", false},
        {"{\"minimum\":9007199254740993}", "9007199254740992.5", false},
        {"{\"multipleOf\":0.01}", "0.07", true},
        {"{\"multipleOf\":0.0001}", "0.00751", false},
        {"{\"multipleOf\":0.123456789}", "1e308", false},
        {"{\"multipleOf\":2}", "18446744073709551616", true},
        {"{\"const\":1}", "1.0", true},
        {"{\"enum\":[1e2]}", "100", true},
        {"{\"const\":18446744073709551616}", "18446744073709551616.0", true},
        {"{\"uniqueItems\":true}", "[1,1.0]", false},
        {"{\"const\":\"a\\u0000b\"}", "\"a\\u0000c\"", false},
        {"{\"properties\":{\"a\\u0000\":false}}", "{\"a\":1}", true},
        {"{\"properties\":{\"a\\u0000\":false}}", "{\"a\\u0000\":1}", false},
        {"{\"maxLength\":1}", "\"\\ud83d\\ude00\"", true},
        {"{\"minItems\":1e400}", "[1]", false},
        {"{\"maxItems\":1e400,\"maxLength\":18446744073709551616}", "[1]", true},
        {"{\"minLength\":2.0}", "\"a\"", false},
    };
    nex_schema *schema = schema_of("true");
    nex_error err;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_valid(cases[i].schema, cases[i].instance, cases[i].valid);
    assert_int_equal(validate(schema, "\"\\ud800\"", &err), NEX_EINVAL);
    assert_int_equal(validate(schema, "\"\xFF\"", &err), NEX_EINVAL);
    nex_schema_free(schema);
}

static void divisors_of_many_digits_are_paid_for(void **state) {
    nex_schema *schema = schema_of("{\"multipleOf\":123456789012345678901234567890.5}");
    nex_buf text = NEX_BUF_INIT;
    nex_error err;
    (void)state;
    /* the zeros of an exponent cost nothing */
    assert_int_equal(validate(schema, "1e9000000", &err), NEX_EINVAL);
    assert_int_equal(validate(schema, "1234567890123456789012345678905e9000000", &err), NEX_OK);
    assert_int_equal(validate(schema, "246913578024691357802469135781", &err), NEX_OK);
    nex_schema_free(schema);
    schema = schema_of("{\"multipleOf\":1267650600228229401496703205376e-3}"); /* 2^100 / 1000 */
    assert_int_equal(validate(schema, "1e96", &err), NEX_EINVAL);
    assert_int_equal(validate(schema, "1e97", &err), NEX_OK);
    assert_int_equal(validate(schema, "1e8000000", &err), NEX_OK);
    nex_schema_free(schema);
    assert_int_equal(nex_buf_append_str(&text, "{\"multipleOf\":1"), NEX_OK);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(nex_buf_append_str(&text, "7"), NEX_OK);
    assert_int_equal(nex_buf_append_str(&text, "}"), NEX_OK);
    schema = schema_of(text.data);
    assert_int_equal(validate(schema, "3e20000", &err), NEX_ELIMIT);
    nex_schema_free(schema);
    nex_buf_free(&text);
}

static void marks_of_huge_values_are_paid_for(void **state) {
    nex_buf text = NEX_BUF_INIT;
    nex_error err;
    (void)state;
    nex_schema *schema = schema_of("{\"unevaluatedItems\":false,\"allOf\":[{\"$ref\":\"#/$defs/"
                                   "a\"}],\"$defs\":{\"a\":{\"anyOf\":"
                                   "[{\"$ref\":\"#/$defs/a\"},{\"$ref\":\"#/$defs/a\"}]}}}");
    assert_int_equal(nex_buf_append_str(&text, "[0"), NEX_OK);
    for (int i = 0; i < 200000; i++)
        assert_int_equal(nex_buf_append_str(&text, ",0"), NEX_OK);
    assert_int_equal(nex_buf_append_str(&text, "]"), NEX_OK);
    assert_int_equal(validate(schema, text.data, &err), NEX_ELIMIT);
    nex_schema_free(schema);
    nex_buf_free(&text);
}

/* Many patterns on many names: once the budget is gone, no further name is looked at. */
static void patterns_times_names_are_paid_for(void **state) {
    nex_buf schema_text = NEX_BUF_INIT, text = NEX_BUF_INIT;
    nex_error err;
    (void)state;
    assert_int_equal(nex_buf_append_str(&schema_text, "{\"patternProperties\":{"), NEX_OK);
    for (int i = 0; i < 300; i++)
        assert_int_equal(nex_buf_printf(&schema_text, "%s\"^(k|%d)+x$\":true", i > 0 ? "," : "", i),
                         NEX_OK);
    assert_int_equal(nex_buf_append_str(&schema_text, "}}"), NEX_OK);
    assert_int_equal(nex_buf_append_str(&text, "{\"0\":0"), NEX_OK);
    for (int i = 0; i < 60000; i++)
        assert_int_equal(nex_buf_printf(&text, ",\"key%d\":0", i), NEX_OK);
    assert_int_equal(nex_buf_append_str(&text, "}"), NEX_OK);
    nex_schema *schema = schema_of(schema_text.data);
    assert_int_equal(validate(schema, text.data, &err), NEX_ELIMIT);
    nex_schema_free(schema);
    nex_buf_free(&schema_text);
    nex_buf_free(&text);
}

/* Names alike at both ends must not share a hash: the table of a schema's names would refuse. */
static void names_alike_at_both_ends_do_not_collide(void **state) {
    nex_buf schema_text = NEX_BUF_INIT;
    nex_error err;
    (void)state;
    assert_int_equal(nex_buf_append_str(&schema_text, "{\"properties\":{\"0\":true"), NEX_OK);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(nex_buf_printf(&schema_text, ",\"workload%06dmetadata\":false", i),
                         NEX_OK);
    assert_int_equal(nex_buf_append_str(&schema_text, "}}"), NEX_OK);
    nex_schema *schema = schema_of(schema_text.data);
    assert_int_equal(validate(schema, "{\"workload004999metadata\":1}", &err), NEX_EINVAL);
    assert_int_equal(validate(schema, "{\"workload005000metadata\":1}", &err), NEX_OK);
    nex_schema_free(schema);
    nex_buf_free(&schema_text);
}

static uint64_t mix(uint64_t h) {
    h = (h ^ (h >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    h = (h ^ (h >> 27)) * UINT64_C(0x94D049BB133111EB);
    return h ^ (h >> 31);
}

/* Sixteen bytes, different for each call, that share one hash: the second half undoes the first. */
static void next_colliding(char out[17], uint64_t *state) {
    static const unsigned char letters[] = "0123456789abcdefghijklmnopqrstuv";
    for (bool plain = false; !plain;) {
        uint64_t first = 0, second;
        *state += UINT64_C(0x9E3779B97F4A7C15);
        for (int i = 0; i < 8; i++)
            first |= (uint64_t)letters[mix(*state) >> (8 * i) & 31] << (8 * i);
        second = mix(16 ^ first) ^ UINT64_C(0x5151515151515151);
        memcpy(out, &first, 8);
        memcpy(out + 8, &second, 8);
        plain = true;
        for (int i = 8; i < 16; i++)
            plain = plain && out[i] >= '0' && out[i] <= 'z' && out[i] != '\\';
    }
    out[16] = '\0';
}

static void texts_made_to_share_a_hash_are_paid_for(void **state) {
    nex_buf list = NEX_BUF_INIT, schema_text = NEX_BUF_INIT;
    nex_json *doc;
    nex_schema *schema;
    nex_error err;
    char text[17];
    uint64_t seed = 1;
    (void)state;
    for (int i = 0; i < 3000; i++) {
        next_colliding(text, &seed);
        assert_int_equal(nex_buf_printf(&list, "%c\"%s\"", i ? ',' : '[', text), NEX_OK);
    }
    assert_int_equal(nex_buf_append_str(&list, "]"), NEX_OK);
    assert_int_equal(nex_json_parse(&doc, list.data, list.len, &err), NEX_OK);
    /* or the test proves nothing */
    assert_true(nex_node_hash(doc, &doc->nodes[1]) == nex_node_hash(doc, &doc->nodes[2999]));
    nex_json_free(doc);
    schema = schema_of("{\"uniqueItems\":true}");
    assert_int_equal(validate(schema, list.data, &err), NEX_ELIMIT);
    nex_schema_free(schema);
    assert_int_equal(nex_buf_printf(&schema_text, "{\"enum\":%s}", list.data), NEX_OK);
    assert_int_equal(nex_schema_compile(&schema, schema_text.data, schema_text.len, NULL, &err),
                     NEX_ELIMIT);
    assert_non_null(strstr(err.message, "too many of the values here have one hash"));
    nex_buf_free(&schema_text);
    nex_buf_free(&list);
}

/* What an enum gives a thousand times is no attack. */
static void values_given_often_are_one_value(void **state) {
    nex_buf text = NEX_BUF_INIT;
    nex_error err;
    (void)state;
    assert_int_equal(nex_buf_append_str(&text, "{\"enum\":[7"), NEX_OK);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(nex_buf_append_str(&text, ",\"a\",{\"b\":[1]},1.0,1"), NEX_OK);
    assert_int_equal(nex_buf_append_str(&text, "]}"), NEX_OK);
    nex_schema *schema = schema_of(text.data);
    assert_int_equal(validate(schema, "{\"b\":[1.0]}", &err), NEX_OK);
    assert_int_equal(validate(schema, "1e0", &err), NEX_OK);
    assert_int_equal(validate(schema, "\"b\"", &err), NEX_EINVAL);
    nex_schema_free(schema);
    nex_buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deep_instances_and_schemas_end),
        cmocka_unit_test(the_deepest_document_is_explained_too),
        cmocka_unit_test(reference_cycles_are_given_up),
        cmocka_unit_test(exponential_schemas_are_given_up),
        cmocka_unit_test(a_long_chain_of_references_costs_no_stack_to_compile),
        cmocka_unit_test(patterns_that_explode_are_given_up),
        cmocka_unit_test(huge_enums_and_arrays_are_looked_up),
        cmocka_unit_test(odd_text_and_numbers_get_an_answer),
        cmocka_unit_test(divisors_of_many_digits_are_paid_for),
        cmocka_unit_test(marks_of_huge_values_are_paid_for),
        cmocka_unit_test(patterns_times_names_are_paid_for),
        cmocka_unit_test(names_alike_at_both_ends_do_not_collide),
        cmocka_unit_test(texts_made_to_share_a_hash_are_paid_for),
        cmocka_unit_test(values_given_often_are_one_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
