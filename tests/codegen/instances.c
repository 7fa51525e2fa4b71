#include "instances.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_SCHEMA};

static nex_status accept(const nex_type *type, const char *text, void **out, nex_error *err) {
    nex_error_clear(err);
    nex_status status = nex_message_decode(type, text, strlen(text), &strict, out, err);
    if (status == NEX_OK) {
        status = nex_message_validate(type, *out, err);
    }
    return status;
}

/* `written` is what comes back: durations and times have several texts and one that is written. */
static void check_valid(const nex_type *type, const char *text, const json_t *value,
                        const json_t *written) {
    void *first = NULL;
    nex_error err;
    if (accept(type, text, &first, &err) != NEX_OK) {
        fail_msg("%s refused at \"%s\": %s", text, err.pointer, err.message);
    }
    nex_buf once = NEX_BUF_INIT;
    nex_buf twice = NEX_BUF_INIT;
    assert_int_equal(nex_message_encode(type, first, &once), NEX_OK);
    void *second = NULL;
    if (accept(type, once.data, &second, &err) != NEX_OK) {
        fail_msg("%s became %s, refused at \"%s\": %s", text, once.data, err.pointer, err.message);
    }
    assert_int_equal(nex_message_encode(type, second, &twice), NEX_OK);
    assert_string_equal(once.data, twice.data);
    assert_true(nex_message_equal(type, first, second));

    json_t *back = NULL;
    assert_int_equal(nex_message_to_json(type, first, &back), NEX_OK);
    if (!json_equal(back, written != NULL ? written : value)) {
        fail_msg("%s became %s", text, once.data);
    }
    void *third = NULL;
    assert_int_equal(nex_message_from_json(type, value, &strict, &third, &err), NEX_OK);
    assert_true(nex_message_equal(type, first, third));
    void *copy = NULL;
    assert_int_equal(nex_message_clone(type, first, &copy), NEX_OK);
    assert_true(nex_message_equal(type, first, copy));

    json_decref(back);
    nex_message_free(first);
    nex_message_free(second);
    nex_message_free(third);
    nex_message_free(copy);
    nex_buf_free(&once);
    nex_buf_free(&twice);
}

static void check_invalid(const nex_type *type, const char *text, const char *pointer) {
    void *message = NULL;
    nex_error err;
    if (accept(type, text, &message, &err) == NEX_OK) {
        fail_msg("%s accepted, wanted an error at \"%s\"", text, pointer);
    }
    if (strcmp(err.pointer, pointer) != 0) {
        fail_msg("%s refused at \"%s\" (%s), wanted at \"%s\"", text, err.pointer, err.message,
                 pointer);
    }
    assert_true(err.message[0] != '\0');
    nex_message_free(message);
}

void check_instances(const nex_type *type, const char *file, bool may_be_empty) {
    json_error_t where;
    json_t *instances = json_load_file(file, 0, &where);
    if (instances == NULL) {
        fail_msg("%s:%d: %s", file, where.line, where.text);
    }
    assert_true(may_be_empty || json_array_size(instances) > 0);
    size_t i;
    json_t *instance;
    json_array_foreach(instances, i, instance) {
        json_t *value = json_object_get(instance, "value");
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
        assert_non_null(text);
        const char *pointer = json_string_value(json_object_get(instance, "pointer"));
        if (pointer == NULL) {
            check_valid(type, text, value, json_object_get(instance, "written"));
        } else {
            check_invalid(type, text, pointer);
        }
        free(text);
    }
    json_decref(instances);
}
