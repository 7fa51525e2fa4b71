#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "shapes.h"

#define LIMITED(base, limits_)                                                                     \
    (nex_type) {                                                                                   \
        .kind = (base).kind, .size = (base).size, .name = "Limited", .item = (base).item,          \
        .value_offset = (base).value_offset, .fields = (base).fields,                              \
        .field_count = (base).field_count, .limits = (limits_), .pointer = "/$defs/limited",       \
        .rest_offset = NEX_NO_OFFSET                                                               \
    }

/* Decodes a text, validates it, and compares the message: NULL when it must be valid. */
static void check(const nex_type *type, const char *json, const char *message) {
    void *m = NULL;
    nex_error err;
    if (nex_message_decode(type, json, strlen(json), NULL, &m, &err) != NEX_OK) {
        fail_msg("%s: %s", json, err.message);
    }
    nex_error_clear(&err);
    nex_status status = nex_message_validate(type, m, &err);
    assert_int_equal(nex_message_validate(type, m, NULL), status);
    if (message == NULL) {
        if (status != NEX_OK) {
            fail_msg("%s: %s", json, err.message);
        }
    } else {
        assert_int_equal(status, NEX_EINVAL);
        assert_int_equal(err.code, NEX_EINVAL);
        assert_string_equal(err.message, message);
    }
    nex_message_free(m);
}

static void integers_have_limits(void **state) {
    (void)state;
    const nex_limits limits = {.has = NEX_LIMIT_MIN | NEX_LIMIT_MAX | NEX_LIMIT_MULTIPLE_OF,
                               .int_min = -4,
                               .int_max = INT64_MAX - 1,
                               .multiple_of = 2};
    nex_type type = LIMITED(nex_type_int, &limits);
    check(&type, "-4", NULL);
    check(&type, "9223372036854775806", NULL);
    check(&type, "-5", "expected at least -4, got -5");
    check(&type, "9223372036854775807",
          "expected at most 9223372036854775806, got 9223372036854775807");
    check(&type, "3", "expected a multiple of 2, got 3");
    const nex_limits open = {.has = NEX_LIMIT_MIN | NEX_LIMIT_MAX | NEX_LIMIT_EXCLUSIVE_MIN |
                                    NEX_LIMIT_EXCLUSIVE_MAX,
                             .int_min = 1,
                             .int_max = 3};
    type = LIMITED(nex_type_int, &open);
    check(&type, "2", NULL);
    check(&type, "1", "expected more than 1, got 1");
    check(&type, "3", "expected less than 3, got 3");
}

static void doubles_have_limits(void **state) {
    (void)state;
    const nex_limits limits = {.has = NEX_LIMIT_MIN | NEX_LIMIT_MAX | NEX_LIMIT_MULTIPLE_OF,
                               .min = 0,
                               .max = 1,
                               .multiple_of = 0.1};
    nex_type type = LIMITED(nex_type_double, &limits);
    check(&type, "0", NULL);
    check(&type, "0.3", NULL);
    check(&type, "0.7", NULL);
    check(&type, "-0.1", "expected at least 0, got -0.1");
    check(&type, "1.1", "expected at most 1, got 1.1");
    check(&type, "0.35", "expected a multiple of 0.1, got 0.35");
    const nex_limits open = {.has = NEX_LIMIT_MIN | NEX_LIMIT_MAX | NEX_LIMIT_EXCLUSIVE_MIN |
                                    NEX_LIMIT_EXCLUSIVE_MAX,
                             .min = 0,
                             .max = 1};
    type = LIMITED(nex_type_double, &open);
    check(&type, "0.5", NULL);
    check(&type, "0", "expected more than 0, got 0");
    check(&type, "1", "expected less than 1, got 1");
    double not_a_number = NAN;
    nex_error err;
    assert_int_equal(nex_message_validate(&nex_type_double, &not_a_number, &err), NEX_EINVAL);
    assert_string_equal(err.message, "expected a finite number");
}

static void texts_have_limits_in_characters(void **state) {
    (void)state;
    const nex_limits limits = {
        .has = NEX_LIMIT_MIN_LENGTH | NEX_LIMIT_MAX_LENGTH, .min_length = 1, .max_length = 3};
    nex_type type = LIMITED(nex_type_string, &limits);
    check(&type, "\"\xC3\xA9\xC3\xA9\xF0\x9F\x9F\xA2\"", NULL);
    check(&type, "\"\"", "expected at least 1 character, got 0");
    check(&type, "\"abcd\"", "expected at most 3 characters, got 4");
}

static void patterns_and_formats_are_asserted(void **state) {
    (void)state;
    const nex_limits pattern = {.pattern = "^[a-z]+\\d$"};
    nex_type type = LIMITED(nex_type_string, &pattern);
    check(&type, "\"abc1\"", NULL);
    check(&type, "\"ABC\"", "expected a text that matches ^[a-z]+\\d$, got \"ABC\"");
    const nex_limits format = {.format = "ipv4"};
    type = LIMITED(nex_type_string, &format);
    check(&type, "\"127.0.0.1\"", NULL);
    check(&type, "\"127.0.0\"", "expected the format ipv4, got \"127.0.0\"");
    const nex_limits ours = {.format = "go-duration"};
    type = LIMITED(nex_type_string, &ours);
    check(&type, "\"1h5m\"", NULL);
    check(&type, "\"1 hour\"", "expected the format go-duration, got \"1 hour\"");
    const nex_limits unknown = {.format = "no-such-format"};
    type = LIMITED(nex_type_string, &unknown);
    check(&type, "\"anything\"", NULL);
    const nex_limits broken = {.pattern = "("};
    type = LIMITED(nex_type_string, &broken);
    const char *text = "x";
    nex_error err;
    assert_int_equal(nex_message_validate(&type, &text, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "pattern of Limited"));
}

static void lists_and_maps_have_limits(void **state) {
    (void)state;
    const nex_limits limits = {.has =
                                   NEX_LIMIT_MIN_LENGTH | NEX_LIMIT_MAX_LENGTH | NEX_LIMIT_UNIQUE,
                               .min_length = 1,
                               .max_length = 3};
    nex_type list = LIMITED(nex_type_string_list, &limits);
    check(&list, "[\"a\",\"b\"]", NULL);
    check(&list, "[]", "expected at least 1 item, got 0");
    check(&list, "[\"a\",\"b\",\"c\",\"d\"]", "expected at most 3 items, got 4");
    check(&list, "[\"a\",\"b\",\"a\"]", "expected no item twice");
    nex_type any = list;
    any.item = &nex_type_json;
    check(&any, "[{\"a\":1,\"b\":2},{\"a\":1,\"b\":3}]", NULL);
    check(&any, "[{\"a\":1,\"b\":2},{\"b\":2.0,\"a\":1}]", "expected no item twice");
    nex_type map = LIMITED(nex_type_string_map, &limits);
    check(&map, "{\"a\":\"\"}", NULL);
    check(&map, "{}", "expected at least 1 member, got 0");
    const nex_limits members = {
        .has = NEX_LIMIT_MIN_LENGTH | NEX_LIMIT_MAX_LENGTH, .min_length = 3, .max_length = 3};
    nex_type object = LIMITED(point_type, &members);
    check(&object, "{\"x\":1,\"y\":2,\"label\":\"\"}", NULL);
    check(&object, "{\"x\":1,\"y\":2}", "expected at least 3 members, got 2");
}

static void one_value_may_be_the_only_one(void **state) {
    (void)state;
    const nex_limits text = {.const_json = "\"caf\\u00e9\""};
    nex_type type = LIMITED(nex_type_string, &text);
    check(&type, "\"caf\xC3\xA9\"", NULL);
    check(&type, "\"tea\"", "expected \"caf\\u00e9\", got \"tea\"");
    const nex_limits number = {.const_json = "1.50"};
    type = LIMITED(nex_type_double, &number);
    check(&type, "1.5", NULL);
    check(&type, "2", "expected 1.50, got 2");
}

static void what_is_within_is_found_with_its_place(void **state) {
    (void)state;
    const nex_limits limits = {.has = NEX_LIMIT_MAX, .int_max = 5};
    const nex_type small = LIMITED(nex_type_int, &limits);
    const nex_type smalls = {.kind = NEX_KIND_ARRAY,
                             .size = sizeof(int_list),
                             .name = "Smalls",
                             .item = &small,
                             .rest_offset = NEX_NO_OFFSET};
    typedef struct smalls_entry {
        char *key;
        int_list value;
    } smalls_entry;
    const nex_type map = {.kind = NEX_KIND_MAP,
                          .size = sizeof(nex_string_map),
                          .name = "Map",
                          .item = &smalls,
                          .value_offset = offsetof(smalls_entry, value),
                          .rest_offset = NEX_NO_OFFSET};
    check(&map, "{\"a\":[1,5],\"b\":[]}", NULL);
    check(&map, "{\"a\":[],\"b/c\":[1,6]}", "/b~1c/1: expected at most 5, got 6");
    void *m = NULL;
    nex_error err;
    assert_int_equal(nex_message_decode(&map, "{\"a\":[9]}", 9, NULL, &m, NULL), NEX_OK);
    assert_int_equal(nex_message_validate(&map, m, &err), NEX_EINVAL);
    assert_string_equal(err.pointer, "/a/0");
    assert_string_equal(err.schema_pointer, "/$defs/limited/maximum");
    nex_message_free(m);
}

static void missing_members_are_found(void **state) {
    (void)state;
    nex_error err;
    all m = {.i = 1};
    assert_int_equal(nex_message_validate(&all_type, &m, &err), NEX_EINVAL);
    assert_string_equal(err.message, "field text in All: required");
    m.text = (char[]){""};
    assert_int_equal(nex_message_validate(&all_type, &m, &err), NEX_OK);
    m.color = (color)5;
    assert_int_equal(nex_message_validate(&all_type, &m, &err), NEX_EINVAL);
    assert_string_equal(err.message, "/color: expected a value of Color, got none");
    m.color = COLOR_UNSET;
    pair p = {.item1 = 1};
    m.pair = &p;
    assert_int_equal(nex_message_validate(&all_type, &m, &err), NEX_EINVAL);
    assert_string_equal(err.message, "/pair: field 0 in Pair: required");
    m.pair = NULL;
    figure f = {.kind = FIGURE_CIRCLE};
    m.figures = (figure_list){&f, 1};
    assert_int_equal(nex_message_validate(&all_type, &m, &err), NEX_EINVAL);
    assert_string_equal(err.message, "/figures/0: variant circle of Figure has no value");
    m.figures.count = 0;
    m.has_time = true;
    m.time.nanoseconds = -1;
    assert_int_equal(nex_message_validate(&all_type, &m, &err), NEX_EINVAL);
    assert_string_equal(err.message, "/time: expected a time of the years 0000 to 9999");
}

static void secrets_are_not_shown(void **state) {
    (void)state;
    const nex_limits limits = {.pattern = "^S"};
    const nex_type seed = LIMITED(nex_type_string, &limits);
    const nex_field field = {.name = "seed",
                             .name_len = 4,
                             .type = &seed,
                             .has_offset = NEX_NO_OFFSET,
                             .flags = NEX_FIELD_SECRET};
    const nex_type holder = {.kind = NEX_KIND_STRUCT,
                             .size = sizeof(char *),
                             .name = "Holder",
                             .fields = &field,
                             .field_count = 1,
                             .rest_offset = NEX_NO_OFFSET};
    check(&holder, "{\"seed\":\"S1\"}", NULL);
    check(&holder, "{\"seed\":\"hunter2\"}", "/seed: expected a text that matches ^S");
}

static void a_schema_says_what_a_descriptor_cannot(void **state) {
    (void)state;
    nex_type type = point_type;
    type.schema = "{\"if\":{\"properties\":{\"x\":{\"const\":0}}},\"then\":{\"properties\":{\"y\":"
                  "{\"maximum\":10}}}}";
    void *m = NULL;
    nex_error err;
    const nex_field field = {.name = "p",
                             .name_len = 1,
                             .type = &type,
                             .flags = NEX_FIELD_POINTER,
                             .has_offset = NEX_NO_OFFSET};
    const nex_type holder = {.kind = NEX_KIND_STRUCT,
                             .size = sizeof(void *),
                             .name = "Holder",
                             .fields = &field,
                             .field_count = 1,
                             .rest_offset = NEX_NO_OFFSET};
    check(&holder, "{\"p\":{\"x\":1,\"y\":11}}", NULL);
    check(&holder, "{\"p\":{\"x\":0,\"y\":10}}", NULL);
    const char *bad = "{\"p\":{\"x\":0,\"y\":11}}";
    assert_int_equal(nex_message_decode(&holder, bad, strlen(bad), NULL, &m, NULL), NEX_OK);
    assert_int_equal(nex_message_validate(&holder, m, &err), NEX_EINVAL);
    assert_string_equal(err.pointer, "/p/y");
    assert_non_null(strstr(err.message, "/p/y: "));
    assert_non_null(strstr(err.message, "10"));
    assert_non_null(strstr(err.schema_pointer, "/then/properties/y"));
    nex_message_free(m);
    type.schema = "{\"type\":7}";
    assert_int_equal(nex_message_decode(&holder, bad, strlen(bad), NULL, &m, NULL), NEX_OK);
    assert_int_equal(nex_message_validate(&holder, m, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "schema of Point"));
    nex_message_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_have_limits),
        cmocka_unit_test(doubles_have_limits),
        cmocka_unit_test(texts_have_limits_in_characters),
        cmocka_unit_test(patterns_and_formats_are_asserted),
        cmocka_unit_test(lists_and_maps_have_limits),
        cmocka_unit_test(one_value_may_be_the_only_one),
        cmocka_unit_test(what_is_within_is_found_with_its_place),
        cmocka_unit_test(missing_members_are_found),
        cmocka_unit_test(secrets_are_not_shown),
        cmocka_unit_test(a_schema_says_what_a_descriptor_cannot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
