/* Deep copies: the struct is copied whole, then each pointer in it is turned to a copy. */
#include <string.h>

#include "codec/layout.h"
#include "codec/pool.h"

static nex_status own_value(nex_pool *pool, const nex_type *type, void *place, unsigned depth);

static void *copy_memory(nex_pool *pool, const void *from, size_t size) {
    void *copy = nex_pool_alloc(pool, size);
    if (copy != NULL) {
        memcpy(copy, from, size);
    }
    return copy;
}

static nex_status own_text(nex_pool *pool, void *place) {
    char **text = place;
    if (*text != NULL) {
        *text = nex_pool_copy(pool, *text, strlen(*text));
        return *text != NULL ? NEX_OK : NEX_ENOMEM;
    }
    return NEX_OK;
}

static nex_status own_json(nex_pool *pool, void *place) {
    json_t **json = place;
    if (*json == NULL) {
        return NEX_OK;
    }
    json_t *copy = json_deep_copy(*json);
    *json = copy;
    return copy != NULL ? nex_pool_own_json(pool, copy) : NEX_ENOMEM;
}

static nex_status own_bytes(nex_pool *pool, nex_bytes *bytes) {
    if (bytes->len == 0) {
        bytes->data = NULL;
        return NEX_OK;
    }
    bytes->data = copy_memory(pool, bytes->data, bytes->len);
    return bytes->data != NULL ? NEX_OK : NEX_ENOMEM;
}

static nex_status own_items(nex_pool *pool, const nex_type *type, nex_sequence *sequence,
                            unsigned depth) {
    size_t stride = nex_stride(type);
    if (sequence->count == 0) {
        sequence->items = NULL;
        return NEX_OK;
    }
    if (sequence->count > PTRDIFF_MAX / 2 / stride) {
        return NEX_ENOMEM;
    }
    sequence->items = copy_memory(pool, sequence->items, sequence->count * stride);
    nex_status status = sequence->items != NULL ? NEX_OK : NEX_ENOMEM;
    for (size_t i = 0; i < sequence->count && status == NEX_OK; i++) {
        char *item = (char *)sequence->items + i * stride;
        if (type->kind == NEX_KIND_MAP) {
            status = own_text(pool, item);
            item += type->value_offset;
        }
        if (status == NEX_OK) {
            status = own_value(pool, type->item, item, depth);
        }
    }
    return status;
}

/* A value that may lie behind a pointer, as fields and variants do. */
static nex_status own_place(nex_pool *pool, const nex_type *type, uint32_t flags, char *place,
                            unsigned depth) {
    if ((flags & NEX_FIELD_SECRET) != 0) {
        pool->secret = true;
    }
    if ((flags & NEX_FIELD_POINTER) == 0) {
        return own_value(pool, type, place, depth);
    }
    void *target = nex_pointer_at(place);
    if (target == NULL) {
        return NEX_OK;
    }
    target = copy_memory(pool, target, type->size);
    *(void **)(void *)place = target;
    return target != NULL ? own_value(pool, type, target, depth) : NEX_ENOMEM;
}

static nex_status own_fields(nex_pool *pool, const nex_type *type, char *message, unsigned depth) {
    nex_status status = NEX_OK;
    for (uint32_t i = 0; i < type->field_count && status == NEX_OK; i++) {
        const nex_field *field = &type->fields[i];
        status = own_place(pool, field->type, field->flags, message + field->offset, depth);
    }
    if (status == NEX_OK && type->rest_offset != NEX_NO_OFFSET) {
        status = own_value(pool, type->rest, message + type->rest_offset, depth);
    }
    return status;
}

static nex_status own_value(nex_pool *pool, const nex_type *type, void *place, unsigned depth) {
    const nex_variant *variant = NULL;
    if (depth == 0) {
        return NEX_ELIMIT;
    }
    switch (type->kind) {
    case NEX_KIND_STRING:
    case NEX_KIND_RAW:
        return own_text(pool, place);
    case NEX_KIND_JSON:
        return own_json(pool, place);
    case NEX_KIND_BYTES:
        return own_bytes(pool, place);
    case NEX_KIND_ARRAY:
    case NEX_KIND_MAP:
        return own_items(pool, type, place, depth - 1);
    case NEX_KIND_STRUCT:
    case NEX_KIND_TUPLE:
        return own_fields(pool, type, place, depth - 1);
    case NEX_KIND_UNION:
        variant = nex_union_variant(type, place);
        if (variant == NULL || variant->type == NULL) {
            return NEX_OK;
        }
        return own_place(pool, variant->type, variant->flags, (char *)place + type->value_offset,
                         depth - 1);
    default:
        return NEX_OK;
    }
}

nex_status nex_message_clone(const nex_type *type, const void *message, void **out) {
    *out = NULL;
    nex_pool *pool = nex_pool_new(type->size, 512, 0, NULL);
    if (pool == NULL) {
        return NEX_ENOMEM;
    }
    void *copy = nex_pool_message(pool);
    memcpy(copy, message, type->size);
    nex_status status = own_value(pool, type, copy, NEX_MAX_DEPTH);
    if (status != NEX_OK) {
        nex_pool_free(pool);
        return status;
    }
    *out = copy;
    return NEX_OK;
}
