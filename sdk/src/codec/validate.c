/* Checks a message against what its schema asks beyond types: limits, patterns, formats. */
#include <math.h>
#include <nex/schema.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/layout.h"
#include "codec/number.h"
#include "codec/path.h"
#include "codec/tojson.h"
#include "core/base64.h"
#include "schema/assert.h"
#include "json/utf8.h"

typedef struct validator {
    nex_error *err;
    nex_status code;
    nex_path path;
    unsigned depth;
    bool secret; /* within a value that must not be shown */
} validator;

static bool check_value(validator *v, const nex_type *type, const void *value);

/* ---- Errors -------------------------------------------------------------------------------- */

static bool fail(validator *v, nex_status code, const nex_type *type, const char *keyword,
                 const char *fmt, ...) NEX_PRINTF(5, 6);

static bool fail(validator *v, nex_status code, const nex_type *type, const char *keyword,
                 const char *fmt, ...) {
    v->code = code;
    if (v->err == NULL) {
        return false;
    }
    char message[NEX_ERROR_MESSAGE_SIZE];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    nex_error_set(v->err, code, "%s", message);
    snprintf(v->err->schema_pointer, sizeof v->err->schema_pointer, "%s%s%s",
             type->pointer != NULL ? type->pointer : "", keyword[0] != '\0' ? "/" : "", keyword);
    return false;
}

static bool fail_memory(validator *v, const nex_type *type) {
    return fail(v, NEX_ENOMEM, type, "", "out of memory validating %s", type->name);
}

/* ", got <the value>", unless it is a secret. */
static const char *got(const validator *v, char out[96], const char *fmt, ...) NEX_PRINTF(3, 4);

static const char *got(const validator *v, char out[96], const char *fmt, ...) {
    out[0] = '\0';
    if (v->secret) {
        return out;
    }
    va_list args;
    va_start(args, fmt);
    memcpy(out, ", got ", 6);
    int n = vsnprintf(out + 6, 80, fmt, args);
    va_end(args);
    if (n >= 80) {
        size_t end = 6 + nex_utf8_prefix(out + 6, 79, 76);
        memcpy(out + end, "...", 4);
    }
    return out;
}

/* ---- Limits -------------------------------------------------------------------------------- */

static bool is_multiple(double value, double of) {
    double quotient = value / of;
    double nearest = nearbyint(quotient);
    /* 0.3 is three times 0.1, though their doubles are not quite. */
    return fabs(quotient - nearest) <= 4 * 2.220446049250313e-16 * fabs(quotient);
}

/* A number that breaks a limit: "expected <relation> <limit>", both as text. */
static bool fail_limit(validator *v, const nex_type *type, const char *keyword,
                       const char *relation, const char *limit, const char *value) {
    char shown[96];
    return fail(v, NEX_EINVAL, type, keyword, "expected %s %s%s", relation, limit,
                got(v, shown, "%s", value));
}

static bool fail_int(validator *v, const nex_type *type, const char *keyword, const char *relation,
                     int64_t limit, int64_t value) {
    char limit_text[32];
    char text[32];
    snprintf(limit_text, sizeof limit_text, "%lld", (long long)limit);
    snprintf(text, sizeof text, "%lld", (long long)value);
    return fail_limit(v, type, keyword, relation, limit_text, text);
}

static bool fail_double(validator *v, const nex_type *type, const char *keyword,
                        const char *relation, double limit, double value) {
    char limit_text[NEX_DOUBLE_TEXT_SIZE + 1];
    char text[NEX_DOUBLE_TEXT_SIZE + 1];
    limit_text[nex_double_write(limit, limit_text)] = '\0';
    text[nex_double_write(value, text)] = '\0';
    return fail_limit(v, type, keyword, relation, limit_text, text);
}

static bool int_is_multiple(int64_t value, double of) {
    bool whole = of >= 1 && of < 9e18 && of == nearbyint(of);
    return whole ? value % (int64_t)of == 0 : is_multiple((double)value, of);
}

static bool check_int(validator *v, const nex_type *type, int64_t value) {
    const nex_limits *l = type->limits;
    bool open_min = (l->has & NEX_LIMIT_EXCLUSIVE_MIN) != 0;
    bool open_max = (l->has & NEX_LIMIT_EXCLUSIVE_MAX) != 0;
    if ((l->has & NEX_LIMIT_MIN) != 0 &&
        (value < l->int_min || (open_min && value == l->int_min))) {
        return open_min ? fail_int(v, type, "exclusiveMinimum", "more than", l->int_min, value)
                        : fail_int(v, type, "minimum", "at least", l->int_min, value);
    }
    if ((l->has & NEX_LIMIT_MAX) != 0 &&
        (value > l->int_max || (open_max && value == l->int_max))) {
        return open_max ? fail_int(v, type, "exclusiveMaximum", "less than", l->int_max, value)
                        : fail_int(v, type, "maximum", "at most", l->int_max, value);
    }
    return (l->has & NEX_LIMIT_MULTIPLE_OF) == 0 || int_is_multiple(value, l->multiple_of) ||
           fail_double(v, type, "multipleOf", "a multiple of", l->multiple_of, (double)value);
}

static bool check_double(validator *v, const nex_type *type, double value) {
    const nex_limits *l = type->limits;
    if (!isfinite(value)) {
        return fail(v, NEX_EINVAL, type, "type", "expected a finite number");
    }
    if (l == NULL) {
        return true;
    }
    bool open_min = (l->has & NEX_LIMIT_EXCLUSIVE_MIN) != 0;
    bool open_max = (l->has & NEX_LIMIT_EXCLUSIVE_MAX) != 0;
    if ((l->has & NEX_LIMIT_MIN) != 0 && (value < l->min || (open_min && value <= l->min))) {
        return open_min ? fail_double(v, type, "exclusiveMinimum", "more than", l->min, value)
                        : fail_double(v, type, "minimum", "at least", l->min, value);
    }
    if ((l->has & NEX_LIMIT_MAX) != 0 && (value > l->max || (open_max && value >= l->max))) {
        return open_max ? fail_double(v, type, "exclusiveMaximum", "less than", l->max, value)
                        : fail_double(v, type, "maximum", "at most", l->max, value);
    }
    return (l->has & NEX_LIMIT_MULTIPLE_OF) == 0 || is_multiple(value, l->multiple_of) ||
           fail_double(v, type, "multipleOf", "a multiple of", l->multiple_of, value);
}

/* Number of characters, items or members; `plural` names them and the keyword. */
static bool check_count(validator *v, const nex_type *type, uint64_t count, const char *what,
                        const char *min_keyword, const char *max_keyword) {
    const nex_limits *l = type->limits;
    if ((l->has & NEX_LIMIT_MIN_LENGTH) != 0 && count < l->min_length) {
        return fail(v, NEX_EINVAL, type, min_keyword, "expected at least %llu %s%s, got %llu",
                    (unsigned long long)l->min_length, what, l->min_length == 1 ? "" : "s",
                    (unsigned long long)count);
    }
    if ((l->has & NEX_LIMIT_MAX_LENGTH) != 0 && count > l->max_length) {
        return fail(v, NEX_EINVAL, type, max_keyword, "expected at most %llu %s%s, got %llu",
                    (unsigned long long)l->max_length, what, l->max_length == 1 ? "" : "s",
                    (unsigned long long)count);
    }
    return true;
}

static bool check_pattern(validator *v, const nex_type *type, const char *text, size_t len) {
    const char *pattern = type->limits->pattern;
    nex_regex *regex = NULL;
    nex_error why;
    nex_status status = nex_regex_compile(&regex, pattern, strlen(pattern), &why);
    if (status != NEX_OK) {
        return fail(v, status, type, "pattern", "pattern of %s: %s", type->name, why.message);
    }
    status = nex_regex_match(regex, text, len);
    nex_regex_free(regex);
    if (status == NEX_OK) {
        return true;
    }
    if (status != NEX_ENOTFOUND) {
        return fail(v, status, type, "pattern", "cannot match %s with %s: %s", type->name, pattern,
                    nex_status_name(status));
    }
    char shown[96];
    return fail(v, NEX_EINVAL, type, "pattern", "expected a text that matches %s%s", pattern,
                got(v, shown, "\"%.*s\"", (int)nex_utf8_prefix(text, len, 72), text));
}

static bool matches_format(const char *format, const char *text, size_t len) {
    if (strcmp(format, "go-duration") == 0) {
        nex_duration ignored = 0;
        return nex_duration_parse(text, len, &ignored, NULL) == NEX_OK;
    }
    return nex_format_check(format, text, len) != NEX_FORMAT_INVALID;
}

static bool check_text(validator *v, const nex_type *type, const char *text) {
    const nex_limits *l = type->limits;
    size_t len = strlen(text);
    if ((l->has & (NEX_LIMIT_MIN_LENGTH | NEX_LIMIT_MAX_LENGTH)) != 0 &&
        !check_count(v, type, nex_utf8_count(text, len), "character", "minLength", "maxLength")) {
        return false;
    }
    if (l->pattern != NULL && !check_pattern(v, type, text, len)) {
        return false;
    }
    if (l->format != NULL && !matches_format(l->format, text, len)) {
        char shown[96];
        return fail(v, NEX_EINVAL, type, "format", "expected the format %s%s", l->format,
                    got(v, shown, "\"%.*s\"", (int)nex_utf8_prefix(text, len, 72), text));
    }
    return true;
}

/* ---- Wholes -------------------------------------------------------------------------------- */

typedef struct encoded_item {
    size_t begin;
    size_t len;
    const char *text; /* of all items */
} encoded_item;

static int compare_items(const void *a, const void *b) {
    const encoded_item *x = a;
    const encoded_item *y = b;
    int order = memcmp(x->text + x->begin, y->text + y->begin, x->len < y->len ? x->len : y->len);
    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* Equal values have equal texts, since an encoded object has its members in order. */
static bool check_unique(validator *v, const nex_type *type, const nex_sequence *sequence) {
    if (sequence->count < 2) {
        return true;
    }
    nex_buf text = NEX_BUF_INIT;
    nex_status status = NEX_ENOMEM;
    encoded_item *items = NULL;
    if (sequence->count < SIZE_MAX / sizeof *items) {
        items = malloc(sequence->count * sizeof *items);
    }
    for (size_t i = 0; items != NULL && i < sequence->count; i++) {
        items[i].begin = text.len;
        status =
            nex_message_encode(type->item, nex_at(sequence->items, i * nex_stride(type)), &text);
        items[i].len = text.len - items[i].begin;
        if (status != NEX_OK) {
            break;
        }
    }
    bool unique = true;
    if (status == NEX_OK) {
        for (size_t i = 0; i < sequence->count; i++) {
            items[i].text = text.data;
        }
        qsort(items, sequence->count, sizeof *items, compare_items);
        for (size_t i = 1; i < sequence->count && unique; i++) {
            unique = compare_items(&items[i - 1], &items[i]) != 0;
        }
    }
    free(items);
    nex_buf_free(&text);
    if (status != NEX_OK) {
        return fail(v, status, type, "uniqueItems", "cannot compare the items of %s: %s",
                    type->name, nex_status_name(status));
    }
    return unique || fail(v, NEX_EINVAL, type, "uniqueItems", "expected no item twice");
}

static bool check_const(validator *v, const nex_type *type, const nex_buf *text) {
    const char *wanted = type->limits->const_json;
    size_t wanted_len = strlen(wanted);
    if (text->len == wanted_len && memcmp(text->data, wanted, wanted_len) == 0) {
        return true;
    }
    json_t *a = NULL;
    json_t *b = NULL;
    nex_status status = nex_text_to_json(text->data, text->len, &a, NULL);
    if (status == NEX_OK) {
        status = nex_text_to_json(wanted, wanted_len, &b, NULL);
    }
    bool same = status == NEX_OK && json_equal(a, b) != 0;
    json_decref(a);
    json_decref(b);
    if (status == NEX_ENOMEM) {
        return fail_memory(v, type);
    }
    char shown[96];
    return same ||
           fail(v, NEX_EINVAL, type, "const", "expected %s%s", wanted,
                got(v, shown, "%.*s", (int)nex_utf8_prefix(text->data, text->len, 76), text->data));
}

static bool check_schema(validator *v, const nex_type *type, const nex_buf *text) {
    nex_schema *schema = NULL;
    nex_error why;
    nex_status status = nex_schema_compile(&schema, type->schema, strlen(type->schema), NULL, &why);
    if (status != NEX_OK) {
        return fail(v, status, type, "", "schema of %s: %s", type->name, why.message);
    }
    nex_report report = {.valid = true};
    status = nex_schema_validate_text(schema, text->data, text->len, &report, &why);
    if (status == NEX_EINVAL && report.count > 0) {
        const nex_violation *first = &report.violations[0];
        fail(v, status, type, "", "%s",
             v->secret ? "it is not as its schema asks" : first->message);
        if (v->err != NULL) {
            snprintf(v->err->schema_pointer, sizeof v->err->schema_pointer, "%s",
                     first->schema_pointer);
        }
        v->path.len = strnlen(first->pointer, sizeof v->path.text);
        memcpy(v->path.text, first->pointer, v->path.len);
    } else if (status != NEX_OK) {
        fail(v, status, type, "", "%s: %s", type->name, why.message);
    }
    nex_report_free(&report);
    nex_schema_free(schema);
    return status == NEX_OK;
}

/* What is asked of a value in its JSON form. */
static bool check_encoded(validator *v, const nex_type *type, const void *value) {
    nex_buf text = NEX_BUF_INIT;
    nex_status status = nex_message_encode(type, value, &text);
    bool good = false;
    if (status != NEX_OK) {
        fail(v, status, type, "", "cannot encode %s: %s", type->name, nex_status_name(status));
    } else {
        good = (type->limits == NULL || type->limits->const_json == NULL ||
                check_const(v, type, &text)) &&
               (type->schema == NULL || check_schema(v, type, &text));
    }
    nex_buf_free(&text);
    return good;
}

/* ---- Structure ----------------------------------------------------------------------------- */

/* Whether any value of the type will do: most fields, which need no further look. */
static bool is_free(const nex_type *type) {
    static const uint32_t free_kinds = 1u << NEX_KIND_BOOL | 1u << NEX_KIND_INT |
                                       1u << NEX_KIND_STRING | 1u << NEX_KIND_DURATION |
                                       1u << NEX_KIND_JSON | 1u << NEX_KIND_RAW;
    return type->limits == NULL && type->schema == NULL && (free_kinds >> type->kind & 1) != 0;
}

/* `first` is the index of an array's first item: not 0 for the further items of a tuple. */
static bool check_sequence(validator *v, const nex_type *type, const nex_sequence *sequence,
                           size_t first) {
    bool map = type->kind == NEX_KIND_MAP;
    if (type->limits != NULL &&
        !(map ? check_count(v, type, sequence->count, "member", "minProperties", "maxProperties")
              : check_count(v, type, sequence->count, "item", "minItems", "maxItems"))) {
        return false;
    }
    size_t stride = nex_stride(type);
    bool free_items = is_free(type->item);
    for (size_t i = 0; i < sequence->count && (map || !free_items); i++) {
        const char *item = nex_at(sequence->items, i * stride);
        const char *key = map ? nex_text_at(item) : NULL;
        if (map && key == NULL) {
            return fail(v, NEX_EINVAL, type, "", "a member of %s has no name", type->name);
        }
        if (!free_items && !check_value(v, type->item, map ? item + type->value_offset : item)) {
            if (map) {
                nex_path_prepend_key(&v->path, key, strlen(key));
            } else {
                nex_path_prepend_index(&v->path, first + i);
            }
            return false;
        }
    }
    return type->limits == NULL || (type->limits->has & NEX_LIMIT_UNIQUE) == 0 ||
           check_unique(v, type, sequence);
}

static bool check_field(validator *v, const nex_type *type, uint32_t index, const void *message) {
    const nex_field *field = &type->fields[index];
    if (!nex_field_present(field, message)) {
        uint32_t needed = NEX_FIELD_REQUIRED | NEX_FIELD_NULLABLE;
        if ((field->flags & needed) != NEX_FIELD_REQUIRED || field->type->kind == NEX_KIND_JSON ||
            field->type->kind == NEX_KIND_RAW) {
            return true;
        }
        return fail(v, NEX_EINVAL, type, "required", "field %s in %s: required", field->name,
                    type->name);
    }
    if (is_free(field->type)) {
        return true;
    }
    bool outer = v->secret;
    v->secret = outer || (field->flags & NEX_FIELD_SECRET) != 0;
    bool good = check_value(v, field->type, nex_field_value(field, message));
    v->secret = outer;
    if (!good && type->kind == NEX_KIND_TUPLE) {
        nex_path_prepend_index(&v->path, index);
    } else if (!good) {
        nex_path_prepend_key(&v->path, field->name, field->name_len);
    }
    return good;
}

static bool check_fields(validator *v, const nex_type *type, const void *message) {
    uint64_t count = 0;
    bool tuple = type->kind == NEX_KIND_TUPLE;
    bool counted = type->limits != NULL &&
                   (type->limits->has & (NEX_LIMIT_MIN_LENGTH | NEX_LIMIT_MAX_LENGTH)) != 0;
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (!check_field(v, type, i, message)) {
            return false;
        }
        count += counted && ((type->fields[i].flags & NEX_FIELD_REQUIRED) != 0 ||
                             nex_field_present(&type->fields[i], message) ||
                             nex_field_null(&type->fields[i], message));
    }
    if (type->rest_offset != NEX_NO_OFFSET) {
        const nex_sequence *rest = nex_at(message, type->rest_offset);
        count += rest->count;
        if (!check_sequence(v, type->rest, rest, tuple ? type->field_count : 0)) {
            return false;
        }
    }
    return !counted ||
           (tuple ? check_count(v, type, count, "item", "minItems", "maxItems")
                  : check_count(v, type, count, "member", "minProperties", "maxProperties"));
}

static bool check_union(validator *v, const nex_type *type, const void *value) {
    const nex_variant *variant = nex_union_variant(type, value);
    if (variant == NULL) {
        return fail(v, NEX_EINVAL, type, "", "%s holds none of its variants", type->name);
    }
    if (variant->type == NULL) {
        return true;
    }
    const void *held = nex_variant_value(type, variant, value);
    if (held == NULL || !nex_value_present(variant->type, held)) {
        return fail(v, NEX_EINVAL, type, "", "variant %s of %s has no value", variant->name,
                    type->name);
    }
    return check_value(v, variant->type, held);
}

static bool check_enum(validator *v, const nex_type *type, int value) {
    for (uint32_t i = 0; i < type->enum_count && value != 0; i++) {
        if (type->enums[i].value == value) {
            return true;
        }
    }
    return fail(v, NEX_EINVAL, type, "enum", "expected a value of %s, got none", type->name);
}

static bool check_time(validator *v, const nex_type *type, const nex_time *time) {
    char text[NEX_TIME_TEXT_SIZE];
    return nex_time_format(*time, text) > 0 ||
           fail(v, NEX_EINVAL, type, "format", "expected a time of the years 0000 to 9999");
}

static bool check_iso_duration(validator *v, const nex_type *type, const nex_iso_duration *iso) {
    return (iso->months >= 0 && iso->days >= 0 && iso->seconds >= 0) ||
           fail(v, NEX_EINVAL, type, "format", "expected a duration that is not negative");
}

static bool check_bytes(validator *v, const nex_type *type, const nex_bytes *bytes) {
    return type->limits == NULL || check_count(v, type, nex_base64_encoded_size(bytes->len),
                                               "character", "minLength", "maxLength");
}

static bool check_kind(validator *v, const nex_type *type, const void *value) {
    switch (type->kind) {
    case NEX_KIND_STRING:
        return type->limits == NULL || nex_text_at(value) == NULL ||
               check_text(v, type, nex_text_at(value));
    case NEX_KIND_INT:
        return type->limits == NULL || check_int(v, type, *(const int64_t *)value);
    case NEX_KIND_DOUBLE:
        return check_double(v, type, *(const double *)value);
    case NEX_KIND_ENUM:
    case NEX_KIND_INT_ENUM:
        return check_enum(v, type, *(const int *)value);
    case NEX_KIND_TIME:
        return check_time(v, type, value);
    case NEX_KIND_ISO_DURATION:
        return check_iso_duration(v, type, value);
    case NEX_KIND_BYTES:
        return check_bytes(v, type, value);
    case NEX_KIND_ARRAY:
    case NEX_KIND_MAP:
        return check_sequence(v, type, value, 0);
    case NEX_KIND_STRUCT:
    case NEX_KIND_TUPLE:
        return check_fields(v, type, value);
    case NEX_KIND_UNION:
        return check_union(v, type, value);
    default:
        return true;
    }
}

static bool check_value(validator *v, const nex_type *type, const void *value) {
    if (v->depth == 0) {
        return fail(v, NEX_ELIMIT, type, "", "nested too deeply");
    }
    v->depth--;
    bool good = check_kind(v, type, value);
    v->depth++;
    bool encoded =
        type->schema != NULL || (type->limits != NULL && type->limits->const_json != NULL);
    return good && (!encoded || check_encoded(v, type, value));
}

nex_status nex_message_validate(const nex_type *type, const void *message, nex_error *err) {
    validator v;
    v.err = err;
    v.code = NEX_OK;
    v.path.len = 0;
    v.depth = NEX_MAX_DEPTH;
    v.secret = false;
    if (!check_value(&v, type, message)) {
        nex_path_to_error(&v.path, err);
        return v.code;
    }
    return NEX_OK;
}
