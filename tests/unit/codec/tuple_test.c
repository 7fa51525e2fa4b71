/* ISO 8601 durations as values, and tuples with further items. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <nex/codec.h>

typedef struct double_list {
    double *items;
    size_t count;
} double_list;

/* ["P1D", 1?, number...] */
typedef struct row {
    nex_iso_duration item0;
    int64_t item1; /* optional */
    bool has_item1;
    double_list rest;
} row;

static const nex_limits positive = {.has = NEX_LIMIT_MIN, .min = 0};
static const nex_type positive_type = {.kind = NEX_KIND_DOUBLE,
                                       .size = sizeof(double),
                                       .name = "positive",
                                       .limits = &positive,
                                       .rest_offset = NEX_NO_OFFSET};
static const nex_type rest_type = {.kind = NEX_KIND_ARRAY,
                                   .size = sizeof(double_list),
                                   .name = "rest",
                                   .item = &positive_type,
                                   .rest_offset = NEX_NO_OFFSET};
static const nex_field fields[] = {
    {.name = "0",
     .name_len = 1,
     .type = &nex_type_iso_duration,
     .offset = offsetof(row, item0),
     .has_offset = NEX_NO_OFFSET,
     .flags = NEX_FIELD_REQUIRED},
    {.name = "1",
     .name_len = 1,
     .type = &nex_type_int,
     .offset = offsetof(row, item1),
     .has_offset = offsetof(row, has_item1)},
};
static const nex_limits counts = {
    .has = NEX_LIMIT_MIN_LENGTH | NEX_LIMIT_MAX_LENGTH, .min_length = 1, .max_length = 4};
static const nex_type row_type = {.kind = NEX_KIND_TUPLE,
                                  .size = sizeof(row),
                                  .name = "Row",
                                  .limits = &counts,
                                  .fields = fields,
                                  .field_count = 2,
                                  .rest_offset = offsetof(row, rest),
                                  .rest = &rest_type};

static row *decode(const char *json) {
    void *message = NULL;
    nex_error err;
    if (nex_message_decode(&row_type, json, strlen(json), NULL, &message, &err) != NEX_OK) {
        fail_msg("%s\nin %s", err.message, json);
    }
    return message;
}

static void assert_encodes(const row *message, const char *json) {
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_message_encode(&row_type, message, &out), NEX_OK);
    assert_string_equal(out.data, json);
    nex_buf_free(&out);
}

static void assert_refused(const char *json, const char *pointer, const char *what) {
    void *message = NULL;
    nex_error err;
    assert_int_equal(nex_message_decode(&row_type, json, strlen(json), NULL, &message, &err),
                     NEX_EINVAL);
    assert_null(message);
    assert_string_equal(err.pointer, pointer);
    assert_non_null(strstr(err.message, what));
}

static void assert_invalid(const char *json, const char *pointer, const char *keyword) {
    row *m = decode(json);
    nex_error err;
    assert_int_equal(nex_message_validate(&row_type, m, &err), NEX_EINVAL);
    assert_string_equal(err.pointer, pointer);
    assert_string_equal(err.schema_pointer, keyword);
    nex_message_free(m);
}

static void further_items_are_a_counted_array(void **state) {
    (void)state;
    row *m = decode("[\"P1W\", 2, 0.5, 3]");
    assert_int_equal(m->item0.days, 7);
    assert_true(m->has_item1);
    assert_int_equal(m->item1, 2);
    assert_int_equal(m->rest.count, 2);
    assert_true(m->rest.items[0] == 0.5 && m->rest.items[1] == 3);
    assert_int_equal(nex_message_validate(&row_type, m, NULL), NEX_OK);
    assert_encodes(m, "[\"P7D\",2,0.5,3]");

    void *copy = NULL;
    assert_int_equal(nex_message_clone(&row_type, m, &copy), NEX_OK);
    assert_true(((row *)copy)->rest.items != m->rest.items);
    assert_true(nex_message_equal(&row_type, m, copy));
    ((row *)copy)->rest.items[1] = 4;
    assert_false(nex_message_equal(&row_type, m, copy));
    ((row *)copy)->rest.items[1] = 3;
    ((row *)copy)->item0.seconds = 1;
    assert_false(nex_message_equal(&row_type, m, copy));
    nex_message_free(copy);
    nex_message_free(m);
}

static void without_further_items_the_array_is_empty(void **state) {
    (void)state;
    row *m = decode("[\"PT0S\"]");
    assert_int_equal(m->rest.count, 0);
    assert_false(m->has_item1);
    assert_encodes(m, "[\"PT0S\"]");
    nex_message_free(m);
}

static void further_items_leave_no_gap_before_them(void **state) {
    (void)state;
    double one = 1;
    row m = {.rest = {&one, 1}};
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_message_encode(&row_type, &m, &out), NEX_EINVAL);
    nex_buf_free(&out);
    m.has_item1 = true;
    assert_encodes(&m, "[\"PT0S\",0,1]");
}

static void errors_name_the_item(void **state) {
    (void)state;
    assert_refused("[\"P1D\",1,2,\"x\"]", "/3", "expected a number");
    assert_refused("[\"1 day\"]", "/0", "expected an ISO 8601 duration, such as P1DT12H or P2W");
    assert_refused("[\"P9223372036854775808D\"]", "/0", "numbers have 64 bits");
    assert_refused("[7]", "/0", "expected a duration in a string");
    assert_refused("[]", "", "item 0 in Row: required");
    assert_invalid("[\"P1D\",1,2,-1]", "/3", "/minimum");
    assert_invalid("[\"P1D\",1,2,3,4]", "", "/maxItems");
}

static void a_negative_duration_has_no_text(void **state) {
    (void)state;
    row m = {.item0 = {.days = -1}};
    nex_error err;
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(nex_message_encode(&row_type, &m, &out), NEX_EINVAL);
    nex_buf_free(&out);
    assert_int_equal(nex_message_validate(&row_type, &m, &err), NEX_EINVAL);
    assert_string_equal(err.pointer, "/0");
    assert_non_null(strstr(err.message, "not negative"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(further_items_are_a_counted_array),
        cmocka_unit_test(without_further_items_the_array_is_empty),
        cmocka_unit_test(further_items_leave_no_gap_before_them),
        cmocka_unit_test(errors_name_the_item),
        cmocka_unit_test(a_negative_duration_has_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
