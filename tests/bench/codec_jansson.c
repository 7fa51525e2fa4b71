#include "codec_jansson.h"

#include <stdlib.h>
#include <string.h>

#include "codec/layout.h"

static bool copy_value(const nex_type *type, const json_t *json, void *place);
static json_t *build_value(const nex_type *type, const void *value);

/* ---- Decoding ------------------------------------------------------------------------------ */

static bool copy_scalar(const nex_type *type, const json_t *json, void *place) {
    if (type->kind == NEX_KIND_JSON) {
        *(json_t **)place = json_incref((json_t *)(uintptr_t)json);
        return true;
    }
    if (type->kind == NEX_KIND_BOOL) {
        *(bool *)place = json_is_true(json);
        return json_is_boolean(json);
    }
    if (type->kind == NEX_KIND_INT) {
        *(int64_t *)place = json_integer_value(json);
        return json_is_integer(json);
    }
    if (type->kind == NEX_KIND_DOUBLE) {
        *(double *)place = json_number_value(json);
        return json_is_number(json);
    }
    const char *text = json_string_value(json);
    if (text == NULL) {
        return false;
    }
    switch (type->kind) {
    case NEX_KIND_STRING:
        *(char **)place = strdup(text);
        return *(char **)place != NULL;
    case NEX_KIND_ENUM:
        *(int *)place = nex_enum_value_of(type, text);
        return *(int *)place != 0;
    case NEX_KIND_TIME:
        return nex_time_parse(text, strlen(text), place, NULL) == NEX_OK;
    case NEX_KIND_DURATION:
        return nex_duration_parse(text, strlen(text), place, NULL) == NEX_OK;
    case NEX_KIND_BYTES: {
        nex_buf buf = NEX_BUF_INIT;
        bool good = nex_base64_decode(text, strlen(text), &buf, NULL) == NEX_OK;
        nex_bytes *bytes = place;
        bytes->len = buf.len;
        bytes->data = (uint8_t *)nex_buf_take(&buf);
        return good;
    }
    default:
        return false;
    }
}

static bool copy_sequence(const nex_type *type, const json_t *json, nex_sequence *out) {
    size_t stride = nex_stride(type);
    if (json_is_null(json)) {
        return true;
    }
    if (type->kind == NEX_KIND_ARRAY) {
        if (!json_is_array(json)) {
            return false;
        }
        out->items = calloc(json_array_size(json) + 1, stride);
        for (size_t i = 0; out->items != NULL && i < json_array_size(json); i++) {
            if (!copy_value(type->item, json_array_get(json, i),
                            nex_at_mut(out->items, out->count++ * stride))) {
                return false;
            }
        }
        return out->items != NULL;
    }
    if (!json_is_object(json)) {
        return false;
    }
    out->items = calloc(json_object_size(json) + 1, stride);
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)(uintptr_t)json, key, value) {
        char *entry = nex_at_mut(out->items, out->count++ * stride);
        *(char **)(void *)entry = strdup(key);
        if (!copy_value(type->item, value, entry + type->value_offset)) {
            return false;
        }
    }
    return out->items != NULL;
}

static bool copy_struct(const nex_type *type, const json_t *json, char *message) {
    if (!json_is_object(json)) {
        return false;
    }
    for (uint32_t i = 0; i < type->field_count; i++) {
        const nex_field *field = &type->fields[i];
        const json_t *value = json_object_get(json, field->name);
        if (value == NULL) {
            if ((field->flags & NEX_FIELD_REQUIRED) != 0) {
                return false;
            }
            continue;
        }
        void *place = message + field->offset;
        if ((field->flags & NEX_FIELD_POINTER) != 0) {
            void *target = calloc(1, field->type->size);
            *(void **)place = target;
            place = target;
        }
        if (field->has_offset != NEX_NO_OFFSET) {
            *(bool *)(message + field->has_offset) = true;
        }
        if (place == NULL || !copy_value(field->type, value, place)) {
            return false;
        }
    }
    return true;
}

static bool copy_value(const nex_type *type, const json_t *json, void *place) {
    switch (type->kind) {
    case NEX_KIND_ARRAY:
    case NEX_KIND_MAP:
        return copy_sequence(type, json, place);
    case NEX_KIND_STRUCT:
        return copy_struct(type, json, place);
    default:
        return copy_scalar(type, json, place);
    }
}

void *jansson_decode(const nex_type *type, const char *json, size_t len) {
    json_error_t err;
    json_t *tree = json_loadb(json, len, JSON_DECODE_ANY, &err);
    void *message = calloc(1, type->size);
    if (tree == NULL || message == NULL || !copy_value(type, tree, message)) {
        if (message != NULL) {
            jansson_free(type, message);
        }
        message = NULL;
    }
    json_decref(tree);
    return message;
}

static void release_value(const nex_type *type, void *place) {
    switch (type->kind) {
    case NEX_KIND_STRING:
        free(*(char **)place);
        return;
    case NEX_KIND_BYTES:
        free(((nex_bytes *)place)->data);
        return;
    case NEX_KIND_JSON:
        json_decref(*(json_t **)place);
        return;
    case NEX_KIND_ARRAY:
    case NEX_KIND_MAP: {
        nex_sequence *sequence = place;
        for (size_t i = 0; i < sequence->count; i++) {
            char *item = nex_at_mut(sequence->items, i * nex_stride(type));
            if (type->kind == NEX_KIND_MAP) {
                free(*(char **)(void *)item);
                item += type->value_offset;
            }
            release_value(type->item, item);
        }
        free(sequence->items);
        return;
    }
    case NEX_KIND_STRUCT:
        for (uint32_t i = 0; i < type->field_count; i++) {
            const nex_field *field = &type->fields[i];
            void *value = (void *)(uintptr_t)nex_field_value(field, place);
            if (value == NULL) {
                continue;
            }
            release_value(field->type, value);
            if ((field->flags & NEX_FIELD_POINTER) != 0) {
                free(value);
            }
        }
        return;
    default:
        return;
    }
}

void jansson_free(const nex_type *type, void *message) {
    release_value(type, message);
    free(message);
}

/* ---- Encoding ------------------------------------------------------------------------------ */

static json_t *build_text(const nex_type *type, const void *value) {
    char text[NEX_TIME_TEXT_SIZE];
    switch (type->kind) {
    case NEX_KIND_ENUM:
        return json_string(nex_enum_text(type, *(const int *)value));
    case NEX_KIND_TIME:
        nex_time_format(*(const nex_time *)value, text);
        return json_string(text);
    case NEX_KIND_DURATION:
        nex_duration_format(*(const nex_duration *)value, text);
        return json_string(text);
    case NEX_KIND_BYTES: {
        const nex_bytes *bytes = value;
        nex_buf buf = NEX_BUF_INIT;
        json_t *json = nex_base64_encode(bytes->data, bytes->len, &buf) == NEX_OK
                           ? json_string(buf.data)
                           : NULL;
        nex_buf_free(&buf);
        return json;
    }
    default:
        return json_string(nex_text_at(value));
    }
}

static json_t *build_sequence(const nex_type *type, const nex_sequence *sequence) {
    bool map = type->kind == NEX_KIND_MAP;
    json_t *json = map ? json_object() : json_array();
    for (size_t i = 0; i < sequence->count; i++) {
        const char *item = nex_at(sequence->items, i * nex_stride(type));
        if (map) {
            json_object_set_new(json, nex_text_at(item),
                                build_value(type->item, item + type->value_offset));
        } else {
            json_array_append_new(json, build_value(type->item, item));
        }
    }
    return json;
}

static json_t *build_value(const nex_type *type, const void *value) {
    switch (type->kind) {
    case NEX_KIND_BOOL:
        return json_boolean(*(const bool *)value);
    case NEX_KIND_INT:
        return json_integer(*(const int64_t *)value);
    case NEX_KIND_DOUBLE:
        return json_real(*(const double *)value);
    case NEX_KIND_JSON:
        return json_incref(nex_pointer_at(value));
    case NEX_KIND_ARRAY:
    case NEX_KIND_MAP:
        return build_sequence(type, value);
    case NEX_KIND_STRUCT: {
        json_t *json = json_object();
        for (uint32_t i = 0; i < type->field_count; i++) {
            const nex_field *field = &type->fields[i];
            if (nex_field_present(field, value)) {
                json_object_set_new(json, field->name,
                                    build_value(field->type, nex_field_value(field, value)));
            }
        }
        return json;
    }
    default:
        return build_text(type, value);
    }
}

char *jansson_encode(const nex_type *type, const void *message) {
    json_t *tree = build_value(type, message);
    char *text = json_dumps(tree, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(tree);
    return text;
}
