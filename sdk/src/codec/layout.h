/* How values lie in the structs that descriptors describe. */
#ifndef NEX_CODEC_LAYOUT_H
#define NEX_CODEC_LAYOUT_H

#include <nex/codec.h>
#include <string.h>

enum {
    NEX_DEFAULT_DEPTH = 64,
    NEX_MAX_DEPTH = 512 /* what the stack surely bears */
};

/* Any array or map: they differ in the type of their items only. */
typedef struct nex_sequence {
    void *items;
    size_t count;
} nex_sequence;

static inline const void *nex_at(const void *base, size_t offset) {
    return (const char *)base + offset;
}

static inline void *nex_at_mut(void *base, size_t offset) {
    return (char *)base + offset;
}

static inline void *nex_pointer_at(const void *place) {
    void *pointer = NULL;
    memcpy(&pointer, place, sizeof pointer);
    return pointer;
}

static inline const char *nex_text_at(const void *place) {
    return *(const char *const *)place;
}

/* Bytes from one item of an array or map to the next. */
static inline size_t nex_stride(const nex_type *type) {
    if (type->kind == NEX_KIND_MAP) {
        return (type->value_offset + (size_t)type->item->size + 7) & ~(size_t)7;
    }
    return type->item->size;
}

static inline const char *nex_entry_key(const nex_type *map, const nex_sequence *sequence,
                                        size_t index) {
    return nex_text_at(nex_at(sequence->items, index * nex_stride(map)));
}

/* Where a field's value lies: in the struct, or where its pointer says (NULL: nowhere). */
static inline const void *nex_field_value(const nex_field *field, const void *message) {
    const void *place = nex_at(message, field->offset);
    return (field->flags & NEX_FIELD_POINTER) != 0 ? nex_pointer_at(place) : place;
}

/* The value at `place`, of the given type, if it is there at all; no field's has_ is asked. */
static inline bool nex_value_present(const nex_type *type, const void *value) {
    switch (type->kind) {
    case NEX_KIND_STRING:
    case NEX_KIND_RAW:
    case NEX_KIND_JSON:
        return nex_pointer_at(value) != NULL;
    case NEX_KIND_ENUM:
    case NEX_KIND_INT_ENUM:
    case NEX_KIND_UNION:
        return *(const int *)value != 0;
    default:
        return true;
    }
}

/* Whether a member is to be written. */
static inline bool nex_field_present(const nex_field *field, const void *message) {
    const void *value = nex_field_value(field, message);
    if (value == NULL || !nex_value_present(field->type, value)) {
        return false;
    }
    bool list = field->type->kind == NEX_KIND_ARRAY || field->type->kind == NEX_KIND_MAP;
    if (list && ((const nex_sequence *)value)->count > 0) {
        return true;
    }
    if (field->has_offset != NEX_NO_OFFSET) {
        return *(const bool *)nex_at(message, field->has_offset);
    }
    return !list || (field->flags & NEX_FIELD_REQUIRED) != 0;
}

/* Whether a member that has no value is null rather than absent. */
static inline bool nex_field_null(const nex_field *field, const void *message) {
    return (field->flags & NEX_FIELD_NULL_FLAG) != 0 &&
           *(const bool *)nex_at(message, field->null_offset);
}

/* The variant a union holds; NULL when it holds none. */
static inline const nex_variant *nex_union_variant(const nex_type *type, const void *value) {
    int kind = *(const int *)value;
    for (uint32_t i = 0; i < type->variant_count; i++) {
        if (type->variants[i].value == kind) {
            return &type->variants[i];
        }
    }
    return NULL;
}

/* The value of a union's variant; NULL when its pointer is. */
static inline const void *nex_variant_value(const nex_type *type, const nex_variant *variant,
                                            const void *value) {
    const void *place = nex_at(value, type->value_offset);
    return (variant->flags & NEX_FIELD_POINTER) != 0 ? nex_pointer_at(place) : place;
}

#endif
