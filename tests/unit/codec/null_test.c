/* Optional members that may be null: null is told from absence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <nex/codec.h>

typedef struct thing {
    int64_t count;
    bool has_count;
    bool null_count;
    char *text;
    bool null_text;
} thing;

static const nex_field fields[] = {
    {.name = "count",
     .name_len = 5,
     .type = &nex_type_int,
     .offset = offsetof(thing, count),
     .has_offset = offsetof(thing, has_count),
     .null_offset = offsetof(thing, null_count),
     .flags = NEX_FIELD_NULLABLE | NEX_FIELD_NULL_FLAG},
    {.name = "text",
     .name_len = 4,
     .type = &nex_type_string,
     .offset = offsetof(thing, text),
     .has_offset = NEX_NO_OFFSET,
     .null_offset = offsetof(thing, null_text),
     .flags = NEX_FIELD_NULLABLE | NEX_FIELD_NULL_FLAG},
};
static const nex_limits two = {.has = NEX_LIMIT_MIN_LENGTH, .min_length = 2};
static const nex_type thing_type = {.kind = NEX_KIND_STRUCT,
                                    .size = sizeof(thing),
                                    .name = "Thing",
                                    .limits = &two,
                                    .fields = fields,
                                    .field_count = 2,
                                    .rest_offset = NEX_NO_OFFSET};

static thing *decode(const char *json, bool strict) {
    nex_decode_options options = {.strict = strict};
    void *message = NULL;
    nex_error err;
    if (nex_message_decode(&thing_type, json, strlen(json), &options, &message, &err) != NEX_OK) {
        fail_msg("%s\nin %s", err.message, json);
    }
    return message;
}

static void assert_encodes(const thing *message, const char *json) {
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_message_encode(&thing_type, message, &out), NEX_OK);
    assert_string_equal(out.data, json);
    nex_buf_free(&out);
}

static void null_comes_back_as_null(void **state) {
    (void)state;
    static const char *const texts[] = {"{}", "{\"count\":null}", "{\"text\":null}",
                                        "{\"count\":null,\"text\":null}",
                                        "{\"count\":1,\"text\":\"\"}"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        thing *m = decode(texts[i], true);
        assert_encodes(m, texts[i]);
        void *copy = NULL;
        assert_int_equal(nex_message_clone(&thing_type, m, &copy), NEX_OK);
        assert_encodes(copy, texts[i]);
        for (size_t j = 0; j < sizeof texts / sizeof texts[0]; j++) {
            thing *other = decode(texts[j], false);
            assert_int_equal(nex_message_equal(&thing_type, m, other), i == j);
            nex_message_free(other);
        }
        nex_message_free(copy);
        nex_message_free(m);
    }
}

static void a_value_counts_for_more_than_the_flag(void **state) {
    (void)state;
    char text[] = "x";
    thing m = {.count = 3, .has_count = true, .null_count = true, .text = text, .null_text = true};
    assert_encodes(&m, "{\"count\":3,\"text\":\"x\"}");
}

static void of_members_given_twice_the_last_counts(void **state) {
    (void)state;
    thing *m = decode("{\"text\":null,\"count\":2,\"text\":\"a\",\"count\":null}", false);
    assert_encodes(m, "{\"count\":null,\"text\":\"a\"}");
    assert_false(m->null_text);
    assert_false(m->has_count);
    nex_message_free(m);
}

static void null_is_a_member(void **state) {
    (void)state;
    thing *m = decode("{\"count\":null,\"text\":null}", true);
    assert_int_equal(nex_message_validate(&thing_type, m, NULL), NEX_OK);
    m->null_text = false;
    nex_error err;
    assert_int_equal(nex_message_validate(&thing_type, m, &err), NEX_EINVAL);
    assert_string_equal(err.schema_pointer, "/minProperties");
    nex_message_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_comes_back_as_null),
        cmocka_unit_test(a_value_counts_for_more_than_the_flag),
        cmocka_unit_test(of_members_given_twice_the_last_counts),
        cmocka_unit_test(null_is_a_member),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
