/*
 *
 * Written by nexgen 0.1.0 from start_request.json (sha256 339457a2c2078128); do not edit.
 *
 * Runs vectors.json: valid instances survive encoding, invalid ones are refused where they are
 * wrong.
 */
#include <start_request.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_SCHEMA};

static nex_status accept(const char *text, void **out, nex_error *err) {
    nex_error_clear(err);
    nex_status status =
        nex_message_decode(&noop_start_request_type, text, strlen(text), &strict, out, err);
    return status == NEX_OK ? nex_message_validate(&noop_start_request_type, *out, err) : status;
}

static void check_valid(const char *text) {
    void *first = NULL, *second = NULL;
    nex_error err;
    if (accept(text, &first, &err) != NEX_OK) {
        fail_msg("%s refused: %s", text, err.message);
    }
    nex_buf once = NEX_BUF_INIT, twice = NEX_BUF_INIT;
    assert_int_equal(nex_message_encode(&noop_start_request_type, first, &once), NEX_OK);
    assert_int_equal(accept(once.data, &second, &err), NEX_OK);
    assert_int_equal(nex_message_encode(&noop_start_request_type, second, &twice), NEX_OK);
    assert_string_equal(once.data, twice.data);
    assert_true(nex_message_equal(&noop_start_request_type, first, second));
    nex_message_free(first);
    nex_message_free(second);
    nex_buf_free(&once);
    nex_buf_free(&twice);
}

static void check_invalid(const char *text, const char *pointer, const char *breaks) {
    void *message = NULL;
    nex_error err;
    if (accept(text, &message, &err) == NEX_OK) {
        fail_msg("%s accepted, although it breaks %s at \"%s\"", text, breaks, pointer);
    }
    assert_string_equal(err.pointer, pointer);
    nex_message_free(message);
}

static void test_vectors(void **state) {
    (void)state;
    json_t *vectors = json_load_file(VECTORS, 0, NULL);
    assert_non_null(vectors);
    size_t i;
    json_t *vector;
    json_array_foreach(vectors, i, vector) {
        json_t *value = json_object_get(vector, "value");
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
        assert_non_null(text);
        const char *pointer = json_string_value(json_object_get(vector, "pointer"));
        if (pointer == NULL) {
            check_valid(text);
        } else {
            check_invalid(text, pointer, json_string_value(json_object_get(vector, "breaks")));
        }
        free(text);
    }
    json_decref(vectors);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_vectors)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
