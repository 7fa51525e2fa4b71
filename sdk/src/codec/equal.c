#include <stdlib.h>
#include <string.h>

#include "codec/order.h"

static bool same_value(const nex_type *type, const void *a, const void *b);

static bool same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_time(const nex_time *a, const nex_time *b) {
    return a->seconds == b->seconds && a->nanoseconds == b->nanoseconds &&
           a->offset_minutes == b->offset_minutes;
}

static bool same_iso_duration(const nex_iso_duration *a, const nex_iso_duration *b) {
    return a->months == b->months && a->days == b->days && a->seconds == b->seconds;
}

static bool same_bytes(const nex_bytes *a, const nex_bytes *b) {
    return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static bool same_items(const nex_type *type, const nex_sequence *a, const nex_sequence *b) {
    size_t stride = nex_stride(type);
    if (a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (!same_value(type->item, nex_at(a->items, i * stride), nex_at(b->items, i * stride))) {
            return false;
        }
    }
    return true;
}

static bool same_entry(const nex_type *map, const nex_sequence *a, size_t i, const nex_sequence *b,
                       size_t j) {
    size_t stride = nex_stride(map);
    return same_text(nex_entry_key(map, a, i), nex_entry_key(map, b, j)) &&
           same_value(map->item, nex_at(a->items, i * stride + map->value_offset),
                      nex_at(b->items, j * stride + map->value_offset));
}

/* Entries of the same keys in the same places, or in any others: a map has no order. */
static bool same_map(const nex_type *map, const nex_sequence *a, const nex_sequence *b) {
    if (a->count != b->count) {
        return false;
    }
    size_t i = 0;
    while (i < a->count && same_entry(map, a, i, b, i)) {
        i++;
    }
    if (i == a->count) {
        return true;
    }
    nex_ordered_key *keys = NULL;
    if (a->count < SIZE_MAX / sizeof *keys / 2) {
        keys = malloc(2 * a->count * sizeof *keys);
    }
    bool same = true;
    if (keys != NULL) {
        nex_ordered_key *others = keys + a->count;
        nex_order_keys(map, a, keys);
        nex_order_keys(map, b, others);
        for (i = 0; i < a->count && same; i++) {
            same = same_entry(map, a, keys[i].index, b, others[i].index);
        }
        free(keys);
        return same;
    }
    /* Without memory it takes longer, but the answer is the same. */
    for (; i < a->count && same; i++) {
        size_t j = 0;
        while (j < b->count && !same_entry(map, a, i, b, j)) {
            j++;
        }
        same = j < b->count;
    }
    return same;
}

static bool same_fields(const nex_type *type, const void *a, const void *b) {
    for (uint32_t i = 0; i < type->field_count; i++) {
        const nex_field *field = &type->fields[i];
        bool present = nex_field_present(field, a);
        if (present != nex_field_present(field, b) ||
            (!present && nex_field_null(field, a) != nex_field_null(field, b))) {
            return false;
        }
        if (present &&
            !same_value(field->type, nex_field_value(field, a), nex_field_value(field, b))) {
            return false;
        }
    }
    return type->rest_offset == NEX_NO_OFFSET ||
           same_value(type->rest, nex_at(a, type->rest_offset), nex_at(b, type->rest_offset));
}

static bool same_union(const nex_type *type, const void *a, const void *b) {
    const nex_variant *variant = nex_union_variant(type, a);
    if (variant != nex_union_variant(type, b)) {
        return false;
    }
    if (variant == NULL || variant->type == NULL) {
        return true;
    }
    const void *x = nex_variant_value(type, variant, a);
    const void *y = nex_variant_value(type, variant, b);
    return x == NULL || y == NULL ? x == y : same_value(variant->type, x, y);
}

static bool same_value(const nex_type *type, const void *a, const void *b) {
    switch (type->kind) {
    case NEX_KIND_BOOL:
        return *(const bool *)a == *(const bool *)b;
    case NEX_KIND_INT:
    case NEX_KIND_DURATION:
        return *(const int64_t *)a == *(const int64_t *)b;
    case NEX_KIND_DOUBLE:
        return *(const double *)a == *(const double *)b;
    case NEX_KIND_ENUM:
    case NEX_KIND_INT_ENUM:
        return *(const int *)a == *(const int *)b;
    case NEX_KIND_STRING:
    case NEX_KIND_RAW:
        return same_text(nex_text_at(a), nex_text_at(b));
    case NEX_KIND_TIME:
        return same_time(a, b);
    case NEX_KIND_ISO_DURATION:
        return same_iso_duration(a, b);
    case NEX_KIND_BYTES:
        return same_bytes(a, b);
    case NEX_KIND_ARRAY:
        return same_items(type, a, b);
    case NEX_KIND_MAP:
        return same_map(type, a, b);
    case NEX_KIND_STRUCT:
    case NEX_KIND_TUPLE:
        return same_fields(type, a, b);
    case NEX_KIND_UNION:
        return same_union(type, a, b);
    case NEX_KIND_JSON: {
        const json_t *x = nex_pointer_at(a);
        const json_t *y = nex_pointer_at(b);
        return x == y || (x != NULL && y != NULL && json_equal(x, y) != 0);
    }
    }
    return false;
}

bool nex_message_equal(const nex_type *type, const void *a, const void *b) {
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return same_value(type, a, b);
}
