/*
 * Any bytes as any type: what decodes must encode, decode again to the same, and be written the
 * same; and what is JSON at all, jansson must say so too.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "protocol_types.h"
#include "shapes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static _Noreturn void fail(const nex_type *type, const char *what, const nex_buf *text) {
    fprintf(stderr, "%s: %s: %s\n", type->name, what, text != NULL ? text->data : "");
    abort();
}

static void check_message(const nex_type *type, const char *json, size_t len,
                          const nex_decode_options *options) {
    void *first = NULL;
    void *second = NULL;
    void *clone = NULL;
    nex_error err;
    nex_buf text = NEX_BUF_INIT;
    nex_buf again = NEX_BUF_INIT;
    if (nex_message_decode(type, json, len, options, &first, &err) != NEX_OK) {
        if (err.offset > len || err.message[0] == '\0' || first != NULL) {
            fail(type, "an error without place or message", NULL);
        }
        return;
    }
    nex_status valid = nex_message_validate(type, first, &err);
    nex_status status = nex_message_encode(type, first, &text);
    if (status != NEX_OK && valid == NEX_OK) {
        fail(type, "valid but not to be written", NULL);
    }
    if (nex_message_clone(type, first, &clone) != NEX_OK ||
        !nex_message_equal(type, first, clone)) {
        fail(type, "the clone differs", NULL);
    }
    if (status == NEX_OK) {
        if (nex_message_decode(type, text.data, text.len, NULL, &second, &err) != NEX_OK) {
            fail(type, err.message, &text);
        }
        if (!nex_message_equal(type, first, second)) {
            fail(type, "came back different", &text);
        }
        if (nex_message_encode(type, second, &again) != NEX_OK || text.len != again.len ||
            memcmp(text.data, again.data, text.len) != 0) {
            fail(type, "is written otherwise the second time", &text);
        }
    }
    nex_message_free(first);
    nex_message_free(second);
    nex_message_free(clone);
    nex_buf_free(&text);
    nex_buf_free(&again);
}

/* Whether we and jansson agree on what is JSON, but for integers that only we can hold. */
static void check_grammar(const char *json, size_t len) {
    void *message = NULL;
    json_error_t their_error;
    nex_error err;
    if (memchr(json, '\0', len) != NULL) {
        return; /* jansson passes over some NUL bytes */
    }
    nex_status status = nex_message_decode(&nex_type_json, json, len, NULL, &message, &err);
    json_t *theirs = json_loadb(json, len, JSON_DECODE_ANY, &their_error);
    bool overflow = theirs == NULL && json_error_code(&their_error) == json_error_numeric_overflow;
    if (status != NEX_ELIMIT && !overflow && (status == NEX_OK) != (theirs != NULL)) {
        fprintf(stderr, "jansson: %s; ours: %s\n", theirs != NULL ? "accepted" : their_error.text,
                status == NEX_OK ? "accepted" : err.message);
        abort();
    }
    json_decref(theirs);
    nex_message_free(message);
}

/* The first line names the type; without such a line its first byte chooses one. */
static const nex_type *choose(const char **json, size_t *len) {
    static const protocol_type hand_made[] = {
        {"all", &all_type},
        {"tree", &tree_type},
        {"json", &nex_type_json},
        {"raw", &nex_type_raw},
    };
    const char *end = memchr(*json, '\n', *len < 80 ? *len : 80);
    size_t line = end != NULL ? (size_t)(end - *json) : 0;
    const nex_type *type = NULL;
    for (size_t i = 0; i < PROTOCOL_TYPE_COUNT + 4 && end != NULL; i++) {
        const protocol_type *known = i < 4 ? &hand_made[i] : &protocol_types[i - 4];
        if (strlen(known->name) == line && memcmp(known->name, *json, line) == 0) {
            type = known->type;
        }
    }
    if (type == NULL) {
        type = protocol_types[(unsigned char)**json % PROTOCOL_TYPE_COUNT].type;
        line = 0;
    }
    *json += line + 1;
    *len -= line + 1;
    return type;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    if (size == 0) {
        return 0;
    }
    const char *json = (const char *)data;
    const nex_type *type = choose(&json, &size);
    check_message(type, json, size, NULL);
    check_message(type, json, size, &strict);
    check_grammar(json, size);
    return 0;
}
