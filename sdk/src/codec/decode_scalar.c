/* Decoding of values that hold no others, and of null. */
#include <string.h>

#include "codec/decode.h"
#include "codec/layout.h"
#include "codec/number.h"
#include "core/base64.h"

static const int64_t go_zero_time = -62135596800; /* 0001-01-01T00:00:00Z */

static const char *wanted_name(const nex_type *type) {
    switch (type->kind) {
    case NEX_KIND_BOOL:
        return "a boolean";
    case NEX_KIND_INT:
    case NEX_KIND_INT_ENUM:
        return "an integer";
    case NEX_KIND_DOUBLE:
        return "a number";
    case NEX_KIND_STRING:
    case NEX_KIND_ENUM:
        return "a string";
    case NEX_KIND_TIME:
        return "an RFC 3339 time in a string";
    case NEX_KIND_DURATION:
    case NEX_KIND_ISO_DURATION:
        return "a duration in a string";
    case NEX_KIND_BYTES:
        return "base64 in a string";
    case NEX_KIND_ARRAY:
    case NEX_KIND_TUPLE:
        return "an array";
    case NEX_KIND_MAP:
    case NEX_KIND_STRUCT:
        return "an object";
    default:
        return "a value";
    }
}

/* ---- null ---------------------------------------------------------------------------------- */

/* Whether null is a value of the type itself. */
bool nex_takes_null(const nex_type *type) {
    if (type->kind == NEX_KIND_UNION) {
        for (uint32_t i = 0; i < type->variant_count; i++) {
            if ((type->variants[i].json_types & NEX_JSON_NULL) != 0) {
                return true;
            }
        }
    }
    return type->kind == NEX_KIND_JSON || type->kind == NEX_KIND_RAW;
}

/*
 * Gives zeroed memory the zero value of its type, in which required texts are "" and required
 * objects are there: whoever asked for a member to be required need not look for NULL.
 */
static bool fill_zero(nex_reader *r, const nex_type *type, char *place) {
    switch (type->kind) {
    case NEX_KIND_STRING:
        *(char **)(void *)place = r->pool->empty;
        return true;
    case NEX_KIND_TIME:
        ((nex_time *)(void *)place)->seconds = go_zero_time;
        return true;
    case NEX_KIND_STRUCT:
    case NEX_KIND_TUPLE:
        break;
    default:
        return true;
    }
    if (r->depth == 0) {
        return nex_reader_fail(r, NEX_ELIMIT, r->p, "nested too deeply");
    }
    r->depth--;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const nex_field *field = &type->fields[i];
        char *value = place + field->offset;
        if ((field->flags & NEX_FIELD_REQUIRED) == 0 || (field->flags & NEX_FIELD_NULLABLE) != 0) {
            continue;
        }
        if ((field->flags & NEX_FIELD_POINTER) != 0) {
            void *target = nex_pool_zalloc(r->pool, field->type->size);
            if (target == NULL) {
                return nex_reader_no_memory(r);
            }
            *(void **)(void *)value = target;
            value = target;
        }
        if (!fill_zero(r, field->type, value)) {
            return false;
        }
    }
    r->depth++;
    return true;
}

/* A null where the type has none: the zero value for a tolerant reader. */
bool nex_decode_null(nex_reader *r, const nex_type *type, char *place) {
    if (r->strict) {
        return nex_reader_expected(r, wanted_name(type));
    }
    return nex_read_literal(r, "null") && fill_zero(r, type, place);
}

/* ---- Scalars ------------------------------------------------------------------------------- */

static bool decode_bool(nex_reader *r, char *place) {
    char c = nex_peek(r);
    if (c != 't' && c != 'f') {
        return nex_reader_expected(r, "a boolean");
    }
    *(bool *)place = c == 't';
    return nex_read_literal(r, c == 't' ? "true" : "false");
}

/* Takes a number apart and passes it. */
static bool scan_number(nex_reader *r, const char *wanted, nex_number *number) {
    char c = nex_peek(r);
    if (c != '-' && (c < '0' || c > '9')) {
        return nex_reader_expected(r, wanted);
    }
    if (!nex_number_scan(r->p, r->end, number)) {
        return nex_reader_fail(r, NEX_EINVAL, r->p, "a number is not complete");
    }
    r->p = number->end;
    return true;
}

static bool decode_int(nex_reader *r, int64_t *out) {
    nex_number number;
    return scan_number(r, "an integer", &number) &&
           (nex_number_to_int(&number, out) ||
            nex_reader_refuse_value(r, number.begin, "expected an integer of 64 bits"));
}

static bool decode_double(nex_reader *r, char *place) {
    nex_number number;
    double value = 0;
    bool no_memory = false;
    if (!scan_number(r, "a number", &number)) {
        return false;
    }
    if (!nex_number_to_double(&number, &value, &no_memory)) {
        return no_memory ? nex_reader_no_memory(r)
                         : nex_reader_refuse_value(r, number.begin, "a number is out of range");
    }
    *(double *)(void *)place = value;
    return true;
}

/* Lists an enum's values behind "expected one of". */
static bool refuse_enum(nex_reader *r, const nex_type *type, const char *at) {
    char what[256];
    nex_buf list = NEX_BUF_INIT;
    nex_status status = nex_buf_append_str(&list, "expected ");
    for (uint32_t i = 0; i < type->enum_count && status == NEX_OK; i++) {
        const nex_enum_value *value = &type->enums[i];
        const char *comma = i == 0 ? "" : i + 1 < type->enum_count ? ", " : " or ";
        status = value->text != NULL
                     ? nex_buf_printf(&list, "%s\"%s\"", comma, value->text)
                     : nex_buf_printf(&list, "%s%lld", comma, (long long)value->number);
    }
    if (status != NEX_OK) {
        nex_buf_free(&list);
        return nex_reader_no_memory(r);
    }
    size_t len = nex_utf8_prefix(list.data, list.len, sizeof what - 4);
    memcpy(what, list.data, len);
    memcpy(what + len, len < list.len ? "..." : "", len < list.len ? 4 : 1);
    nex_buf_free(&list);
    return nex_reader_refuse_value(r, at, what);
}

static bool decode_int_enum(nex_reader *r, const nex_type *type, char *place) {
    int64_t number = 0;
    const char *at = r->p;
    if (!decode_int(r, &number)) {
        return false;
    }
    for (uint32_t i = 0; i < type->enum_count; i++) {
        if (type->enums[i].number == number) {
            *(int *)(void *)place = type->enums[i].value;
            return true;
        }
    }
    return refuse_enum(r, type, at);
}

static bool decode_text(nex_reader *r, const nex_type *type, char **out, size_t *len) {
    if (nex_peek(r) != '"') {
        return nex_reader_expected(r, wanted_name(type));
    }
    return nex_read_string(r, out, len);
}

static bool decode_iso_duration(nex_reader *r, const char *at, const char *text, size_t len,
                                nex_iso_duration *out) {
    nex_status status = nex_iso_duration_parse(text, len, out, NULL);
    return status == NEX_OK ||
           nex_reader_refuse_value(r, at,
                                   status == NEX_ELIMIT
                                       ? "expected a duration whose numbers have 64 bits"
                                       : "expected an ISO 8601 duration, such as P1DT12H or P2W");
}

/* Texts that are read for their meaning; only bytes stay where the text was. */
static bool decode_meaning(nex_reader *r, const nex_type *type, char *place) {
    const char *at = r->p;
    char *mark = r->text;
    char *text = NULL;
    size_t len = 0;
    if (!decode_text(r, type, &text, &len)) {
        return false;
    }
    r->text = mark;
    switch (type->kind) {
    case NEX_KIND_ENUM: {
        int value = nex_enum_value_of(type, text);
        *(int *)(void *)place = value;
        return value != 0 || refuse_enum(r, type, at);
    }
    case NEX_KIND_TIME:
        return nex_time_parse(text, len, (nex_time *)(void *)place, NULL) == NEX_OK ||
               nex_reader_refuse_value(r, at,
                                       "expected an RFC 3339 time, such as 2006-01-02T15:04:05Z");
    case NEX_KIND_DURATION:
        return nex_duration_parse(text, len, (nex_duration *)(void *)place, NULL) == NEX_OK ||
               nex_reader_refuse_value(r, at, "expected a duration, such as 1h30m, 1.5s or 250ms");
    case NEX_KIND_ISO_DURATION:
        return decode_iso_duration(r, at, text, len, (nex_iso_duration *)(void *)place);
    default: {
        nex_bytes *bytes = (nex_bytes *)(void *)place;
        size_t bad = 0;
        bytes->data = (uint8_t *)text;
        if (!nex_base64_read(text, len, bytes->data, &bytes->len, &bad)) {
            return nex_reader_refuse_value(r, at, "expected base64");
        }
        r->text = text + bytes->len;
        return true;
    }
    }
}

static bool decode_json(nex_reader *r, char *place) {
    json_t *json = NULL;
    if (!nex_read_json(r, &json)) {
        return false;
    }
    if (nex_pool_own_json(r->pool, json) != NEX_OK) {
        return nex_reader_no_memory(r);
    }
    *(json_t **)(void *)place = json;
    return true;
}

static bool decode_raw(nex_reader *r, char *place) {
    const char *begin = r->p;
    if (!nex_skip_value(r)) {
        return false;
    }
    size_t len = (size_t)(r->p - begin);
    char *text = nex_pool_copy(r->pool, begin, len);
    if (text == NULL) {
        return nex_reader_no_memory(r);
    }
    *(char **)(void *)place = text;
    return true;
}

bool nex_decode_scalar(nex_reader *r, const nex_type *type, char *place) {
    switch (type->kind) {
    case NEX_KIND_BOOL:
        return decode_bool(r, place);
    case NEX_KIND_INT:
        return decode_int(r, (int64_t *)(void *)place);
    case NEX_KIND_DOUBLE:
        return decode_double(r, place);
    case NEX_KIND_INT_ENUM:
        return decode_int_enum(r, type, place);
    case NEX_KIND_ENUM:
    case NEX_KIND_TIME:
    case NEX_KIND_DURATION:
    case NEX_KIND_ISO_DURATION:
    case NEX_KIND_BYTES:
        return decode_meaning(r, type, place);
    case NEX_KIND_JSON:
        return decode_json(r, place);
    case NEX_KIND_RAW:
        return decode_raw(r, place);
    default:
        return nex_reader_fail(r, NEX_EINTERNAL, r->p, "a descriptor of unknown kind");
    }
}
