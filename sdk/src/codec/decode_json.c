/* Values without a C shape: decoded to jansson's form. */
#include "codec/number.h"
#include "codec/reader.h"

#include <string.h>

static bool hand_out(nex_reader *r, json_t *json, json_t **out) {
    if (json == NULL) {
        return nex_reader_no_memory(r);
    }
    *out = json;
    return true;
}

static bool read_text(nex_reader *r, json_t **out) {
    char *mark = r->text;
    char *text = NULL;
    size_t len = 0;
    if (!nex_read_string(r, &text, &len)) {
        return false;
    }
    r->text = mark; /* jansson keeps a copy of its own */
    return hand_out(r, json_stringn_nocheck(text, len), out);
}

/* What is an integer in value is one in form, however it was written. */
static bool read_number(nex_reader *r, json_t **out) {
    nex_number number;
    if (!nex_number_scan(r->p, r->end, &number)) {
        if (number.end == r->p) {
            return nex_reader_expected(r, "a value");
        }
        return nex_reader_fail(r, NEX_EINVAL, r->p, "a number is not complete");
    }
    int64_t integer = 0;
    double real = 0;
    bool no_memory = false;
    const char *at = r->p;
    r->p = number.end;
    if (nex_number_to_int(&number, &integer)) {
        return hand_out(r, json_integer(integer), out);
    }
    if (nex_number_to_double(&number, &real, &no_memory)) {
        /* Rounding, too, may have made an integer of it. */
        bool whole = real >= -0x1p63 && real < 0x1p63 && (double)(int64_t)real == real;
        return hand_out(r, whole ? json_integer((int64_t)real) : json_real(real), out);
    }
    return no_memory ? nex_reader_no_memory(r)
                     : nex_reader_refuse_value(r, at, "a number is out of range");
}

static bool read_array(nex_reader *r, json_t *array) {
    bool more = true;
    if (!nex_enter(r)) {
        return false;
    }
    nex_skip_space(r);
    if (nex_peek(r) == ']') {
        more = false;
    }
    while (more) {
        json_t *item = NULL;
        if (!nex_read_json(r, &item)) {
            nex_path_prepend_index(&r->path, json_array_size(array));
            return false;
        }
        if (json_array_append_new(array, item) != 0) {
            return nex_reader_no_memory(r);
        }
        if (!nex_read_separator(r, ']', &more)) {
            return false;
        }
    }
    nex_leave(r);
    return true;
}

static bool read_member(nex_reader *r, json_t *object) {
    if (nex_peek(r) != '"') {
        return nex_reader_expected(r, "a member's name in quotes");
    }
    const char *at = r->p;
    char *mark = r->text;
    char *name = NULL;
    size_t len = 0;
    if (!nex_read_string(r, &name, &len)) {
        return false;
    }
    if (r->strict && json_object_get(object, name) != NULL) {
        return nex_reader_refuse_value(r, at, "a member is given twice");
    }
    json_t *value = NULL;
    if (!nex_read_colon(r) || !nex_read_json(r, &value)) {
        nex_path_prepend_key(&r->path, name, len);
        return false;
    }
    int failed = json_object_set_new_nocheck(object, name, value);
    r->text = mark;
    return failed == 0 || nex_reader_no_memory(r);
}

static bool read_object(nex_reader *r, json_t *object) {
    bool more = true;
    if (!nex_enter(r)) {
        return false;
    }
    nex_skip_space(r);
    if (nex_peek(r) == '}') {
        more = false;
    }
    while (more) {
        if (!read_member(r, object) || !nex_read_separator(r, '}', &more)) {
            return false;
        }
    }
    nex_leave(r);
    return true;
}

bool nex_read_json(nex_reader *r, json_t **out) {
    char c = nex_peek(r);
    switch (c) {
    case '"':
        return read_text(r, out);
    case 't':
        return nex_read_literal(r, "true") && hand_out(r, json_true(), out);
    case 'f':
        return nex_read_literal(r, "false") && hand_out(r, json_false(), out);
    case 'n':
        return nex_read_literal(r, "null") && hand_out(r, json_null(), out);
    case '{':
    case '[':
        break;
    default:
        return read_number(r, out);
    }
    json_t *container = c == '{' ? json_object() : json_array();
    if (container == NULL) {
        return nex_reader_no_memory(r);
    }
    if (!(c == '{' ? read_object(r, container) : read_array(r, container))) {
        json_decref(container);
        return false;
    }
    *out = container;
    return true;
}
