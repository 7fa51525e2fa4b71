/* Struct to bytes, without a tree. */
#include <stdlib.h>
#include <string.h>

#include "codec/layout.h"
#include "codec/order.h"
#include "codec/reader.h"
#include "codec/writer.h"
#include "core/base64.h"

static bool write_value(nex_writer *w, const nex_type *type, const void *value, unsigned depth);

static bool write_text(nex_writer *w, const char *text) {
    return nex_write_string(w, text, strlen(text));
}

static bool write_enum(nex_writer *w, const nex_type *type, int value) {
    for (uint32_t i = 0; i < type->enum_count && value != 0; i++) {
        const nex_enum_value *known = &type->enums[i];
        if (known->value == value) {
            return type->kind == NEX_KIND_ENUM ? write_text(w, known->text)
                                               : nex_write_int(w, known->number);
        }
    }
    return nex_writer_fail(w, NEX_EINVAL);
}

static bool write_bytes(nex_writer *w, const nex_bytes *bytes) {
    if (bytes->len > PTRDIFF_MAX / 4) {
        return nex_writer_fail(w, NEX_ENOMEM);
    }
    size_t size = nex_base64_encoded_size(bytes->len);
    if (!nex_writer_reserve(w, size + 2)) {
        return false;
    }
    *w->at++ = '"';
    nex_base64_write(bytes->data, bytes->len, w->at);
    w->at += size;
    *w->at++ = '"';
    return true;
}

static bool write_time(nex_writer *w, nex_time time) {
    char text[NEX_TIME_TEXT_SIZE];
    size_t len = nex_time_format(time, text);
    return len > 0 ? nex_write_string(w, text, len) : nex_writer_fail(w, NEX_EINVAL);
}

static bool write_duration(nex_writer *w, nex_duration duration) {
    char text[NEX_DURATION_TEXT_SIZE];
    return nex_write_string(w, text, nex_duration_format(duration, text));
}

static bool write_iso_duration(nex_writer *w, nex_iso_duration iso) {
    char text[NEX_ISO_DURATION_TEXT_SIZE];
    size_t len = nex_iso_duration_format(iso, text);
    return len > 0 ? nex_write_string(w, text, len) : nex_writer_fail(w, NEX_EINVAL);
}

/* The text as it stood; it must be one JSON value, or it would break what it stands in. */
static bool write_raw(nex_writer *w, const char *text) {
    nex_reader r;
    r.p = r.begin = text;
    r.end = text + strlen(text);
    r.depth = NEX_MAX_DEPTH;
    nex_skip_space(&r);
    if (!nex_skip_value(&r)) {
        return nex_writer_fail(w, NEX_EINVAL);
    }
    nex_skip_space(&r);
    if (r.p != r.end) {
        return nex_writer_fail(w, NEX_EINVAL);
    }
    return nex_write_plain(w, text, (size_t)(r.end - text));
}

static bool write_items(nex_writer *w, const nex_type *item, const nex_sequence *sequence,
                        unsigned depth) {
    for (size_t i = 0; i < sequence->count; i++) {
        if ((i > 0 && !nex_write_char(w, ',')) ||
            !write_value(w, item, nex_at(sequence->items, i * (size_t)item->size), depth)) {
            return false;
        }
    }
    return true;
}

static bool write_array(nex_writer *w, const nex_type *type, const nex_sequence *sequence,
                        unsigned depth) {
    return nex_write_char(w, '[') && write_items(w, type->item, sequence, depth) &&
           nex_write_char(w, ']');
}

/* ---- Objects ------------------------------------------------------------------------------- */

/* The entries of a map by key: in order already, or sorted beside it. */
typedef struct entries {
    const nex_type *map;
    const nex_sequence *sequence;
    nex_ordered_key *sorted; /* NULL: the map is in order */
    size_t next;
} entries;

static bool entries_begin(nex_writer *w, entries *e, const nex_type *map,
                          const nex_sequence *sequence) {
    *e = (entries){map, sequence, NULL, 0};
    for (size_t i = 0; i < sequence->count; i++) {
        if (nex_entry_key(map, sequence, i) == NULL) {
            return nex_writer_fail(w, NEX_EINVAL);
        }
    }
    if (nex_keys_ascend(map, sequence)) {
        return true;
    }
    if (sequence->count < SIZE_MAX / sizeof *e->sorted) {
        e->sorted = malloc(sequence->count * sizeof *e->sorted);
    }
    if (e->sorted == NULL) {
        return nex_writer_fail(w, NEX_ENOMEM);
    }
    nex_order_keys(map, sequence, e->sorted);
    return true;
}

/* The key of the next entry, NULL after the last. Of a key given twice, only the last counts. */
static const char *entries_key(entries *e) {
    if (e->sorted == NULL) {
        return e->next < e->sequence->count ? nex_entry_key(e->map, e->sequence, e->next) : NULL;
    }
    while (e->next + 1 < e->sequence->count &&
           strcmp(e->sorted[e->next].key, e->sorted[e->next + 1].key) == 0) {
        e->next++;
    }
    return e->next < e->sequence->count ? e->sorted[e->next].key : NULL;
}

static bool write_entry(nex_writer *w, entries *e, const char *key, bool first, unsigned depth) {
    size_t index = e->sorted != NULL ? e->sorted[e->next].index : e->next;
    const char *entry = nex_at(e->sequence->items, index * nex_stride(e->map));
    e->next++;
    return (first || nex_write_char(w, ',')) && write_text(w, key) && nex_write_char(w, ':') &&
           write_value(w, e->map->item, entry + e->map->value_offset, depth);
}

static bool write_map(nex_writer *w, const nex_type *type, const nex_sequence *sequence,
                      unsigned depth) {
    entries e;
    if (!nex_write_char(w, '{') || !entries_begin(w, &e, type, sequence)) {
        return false;
    }
    bool done = true;
    bool first = true;
    for (const char *key = NULL; done && (key = entries_key(&e)) != NULL; first = false) {
        done = write_entry(w, &e, key, first, depth);
    }
    free(e.sorted);
    return done && nex_write_char(w, '}');
}

/* A member that is absent from the struct but required in JSON. */
static bool write_missing(nex_writer *w, const nex_field *field) {
    if ((field->flags & NEX_FIELD_NULLABLE) != 0) {
        return nex_write_plain(w, "null", 4);
    }
    switch (field->type->kind) {
    case NEX_KIND_STRING:
        return nex_write_plain(w, "\"\"", 2);
    case NEX_KIND_JSON:
    case NEX_KIND_RAW:
        return nex_write_plain(w, "null", 4);
    default:
        return nex_writer_fail(w, NEX_EINVAL);
    }
}

/* The comma, where one is due, the member's name and the colon. */
static bool write_name(nex_writer *w, const char *name, size_t len, bool first) {
    if (!first && !nex_write_char(w, ',')) {
        return false;
    }
    return nex_write_string(w, name, len) && nex_write_char(w, ':');
}

static bool write_field(nex_writer *w, const nex_field *field, const void *message, bool *first,
                        unsigned depth) {
    bool present = nex_field_present(field, message);
    if (!present && (field->flags & NEX_FIELD_REQUIRED) == 0 && !nex_field_null(field, message)) {
        return true;
    }
    if (!write_name(w, field->name, field->name_len, *first)) {
        return false;
    }
    *first = false;
    if (!present) {
        return write_missing(w, field);
    }
    return write_value(w, field->type, nex_field_value(field, message), depth);
}

/* The tag of a union's variant, which the variant's struct need not hold. */
typedef struct tag_member {
    const char *name; /* NULL: none, or written already */
    const char *text;
} tag_member;

static bool write_tag(nex_writer *w, tag_member *tag, bool *first) {
    bool done = write_name(w, tag->name, strlen(tag->name), *first) && write_text(w, tag->text);
    tag->name = NULL;
    *first = false;
    return done;
}

/* Fields, tag and unlisted members, merged in the order of their names. */
static bool write_members(nex_writer *w, const nex_type *type, const void *message, tag_member *tag,
                          entries *rest, unsigned depth) {
    bool first = true;
    for (uint32_t i = 0; i <= type->field_count; i++) {
        const nex_field *field = i < type->field_count ? &type->fields[i] : NULL;
        const char *key = NULL;
        while ((key = rest->map != NULL ? entries_key(rest) : NULL) != NULL) {
            int order = field != NULL ? strcmp(key, field->name) : -1;
            if (order > 0) {
                break;
            }
            if (tag->name != NULL && strcmp(tag->name, key) < 0 && !write_tag(w, tag, &first)) {
                return false;
            }
            if (order == 0 || (tag->name != NULL && strcmp(tag->name, key) == 0)) {
                rest->next++; /* the named member counts, not one of the rest */
                continue;
            }
            if (!write_entry(w, rest, key, first, depth)) {
                return false;
            }
            first = false;
        }
        if (tag->name != NULL && (field == NULL || strcmp(tag->name, field->name) <= 0)) {
            bool same = field != NULL && strcmp(tag->name, field->name) == 0;
            if (!write_tag(w, tag, &first)) {
                return false;
            }
            if (same) {
                continue;
            }
        }
        if (field != NULL && !write_field(w, field, message, &first, depth)) {
            return false;
        }
    }
    return true;
}

static bool write_struct(nex_writer *w, const nex_type *type, const void *message,
                         const char *tag_name, const char *tag_text, unsigned depth) {
    if (!nex_write_char(w, '{')) {
        return false;
    }
    bool done = true;
    const nex_sequence *unlisted =
        type->rest_offset != NEX_NO_OFFSET ? nex_at(message, type->rest_offset) : NULL;
    if (tag_name == NULL && (unlisted == NULL || unlisted->count == 0)) {
        bool first = true;
        for (uint32_t i = 0; i < type->field_count && done; i++) {
            done = write_field(w, &type->fields[i], message, &first, depth);
        }
    } else {
        tag_member tag = {tag_name, tag_text};
        entries rest = {NULL, NULL, NULL, 0};
        done = unlisted == NULL || entries_begin(w, &rest, type->rest, unlisted);
        done = done && write_members(w, type, message, &tag, &rest, depth);
        free(rest.sorted);
    }
    return done && nex_write_char(w, '}');
}

static bool write_tuple(nex_writer *w, const nex_type *type, const void *message, unsigned depth) {
    uint32_t count = type->field_count;
    const nex_sequence *rest =
        type->rest_offset != NEX_NO_OFFSET ? nex_at(message, type->rest_offset) : NULL;
    bool further = rest != NULL && rest->count > 0;
    while (count > 0 && !further && (type->fields[count - 1].flags & NEX_FIELD_REQUIRED) == 0 &&
           !nex_field_present(&type->fields[count - 1], message) &&
           !nex_field_null(&type->fields[count - 1], message)) {
        count--;
    }
    if (!nex_write_char(w, '[')) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        const nex_field *field = &type->fields[i];
        if (i > 0 && !nex_write_char(w, ',')) {
            return false;
        }
        bool present = nex_field_present(field, message);
        if (!present && (field->flags & (NEX_FIELD_REQUIRED | NEX_FIELD_NULLABLE)) == 0) {
            return nex_writer_fail(w, NEX_EINVAL); /* a later item is there, and no gap can be */
        }
        if (!(present ? write_value(w, field->type, nex_field_value(field, message), depth)
                      : write_missing(w, field))) {
            return false;
        }
    }
    if (further && ((count > 0 && !nex_write_char(w, ',')) ||
                    !write_items(w, type->rest->item, rest, depth))) {
        return false;
    }
    return nex_write_char(w, ']');
}

static bool write_union(nex_writer *w, const nex_type *type, const void *value, unsigned depth) {
    const nex_variant *variant = nex_union_variant(type, value);
    if (variant == NULL) {
        return nex_writer_fail(w, NEX_EINVAL);
    }
    if (variant->type == NULL) {
        return nex_write_plain(w, "null", 4);
    }
    const void *held = nex_variant_value(type, variant, value);
    if (held == NULL || !nex_value_present(variant->type, held)) {
        return nex_writer_fail(w, NEX_EINVAL);
    }
    if (variant->type->kind == NEX_KIND_STRUCT && variant->tag_text != NULL) {
        return depth > 0
                   ? write_struct(w, variant->type, held, type->tag, variant->tag_text, depth - 1)
                   : nex_writer_fail(w, NEX_ELIMIT);
    }
    return write_value(w, variant->type, held, depth);
}

static bool write_value(nex_writer *w, const nex_type *type, const void *value, unsigned depth) {
    switch (type->kind) {
    case NEX_KIND_BOOL:
        return *(const bool *)value ? nex_write_plain(w, "true", 4)
                                    : nex_write_plain(w, "false", 5);
    case NEX_KIND_INT:
        return nex_write_int(w, *(const int64_t *)value);
    case NEX_KIND_DOUBLE:
        return nex_write_double(w, *(const double *)value);
    case NEX_KIND_STRING: {
        const char *text = nex_text_at(value);
        return text != NULL ? write_text(w, text) : nex_write_plain(w, "\"\"", 2);
    }
    case NEX_KIND_ENUM:
    case NEX_KIND_INT_ENUM:
        return write_enum(w, type, *(const int *)value);
    case NEX_KIND_TIME:
        return write_time(w, *(const nex_time *)value);
    case NEX_KIND_DURATION:
        return write_duration(w, *(const nex_duration *)value);
    case NEX_KIND_ISO_DURATION:
        return write_iso_duration(w, *(const nex_iso_duration *)value);
    case NEX_KIND_BYTES:
        return write_bytes(w, value);
    case NEX_KIND_JSON:
        return nex_write_json(w, nex_pointer_at(value), depth);
    case NEX_KIND_RAW:
        return nex_pointer_at(value) != NULL ? write_raw(w, nex_pointer_at(value))
                                             : nex_write_plain(w, "null", 4);
    default:
        break;
    }
    if (depth == 0) {
        return nex_writer_fail(w, NEX_ELIMIT);
    }
    switch (type->kind) {
    case NEX_KIND_ARRAY:
        return write_array(w, type, value, depth - 1);
    case NEX_KIND_MAP:
        return write_map(w, type, value, depth - 1);
    case NEX_KIND_STRUCT:
        return write_struct(w, type, value, NULL, NULL, depth - 1);
    case NEX_KIND_TUPLE:
        return write_tuple(w, type, value, depth - 1);
    case NEX_KIND_UNION:
        return write_union(w, type, value, depth);
    default:
        return nex_writer_fail(w, NEX_EINTERNAL);
    }
}

nex_status nex_message_encode(const nex_type *type, const void *message, nex_buf *out) {
    nex_writer w;
    nex_writer_begin(&w, out);
    write_value(&w, type, message, NEX_MAX_DEPTH);
    return nex_writer_end(&w);
}
