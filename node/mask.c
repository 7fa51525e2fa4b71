#include "node/internal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define MASK "***"

enum { DEPTH_MAX = 64 };

/* All texts of a value become the mask; what they stand in stays. */
static bool mask_value(json_t *parent, const char *key, size_t index, json_t *value, int depth) {
    json_t *masked = NULL;
    const char *name;
    json_t *item;
    if (depth < DEPTH_MAX && json_is_object(value)) {
        void *next;
        json_object_foreach_safe(value, next, name, item) {
            if (!mask_value(value, name, 0, item, depth + 1)) {
                return false;
            }
        }
        return true;
    }
    if (depth < DEPTH_MAX && json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (!mask_value(value, NULL, i, json_array_get(value, i), depth + 1)) {
                return false;
            }
        }
        return true;
    }
    masked = json_string(MASK);
    return (key != NULL ? json_object_set_new(parent, key, masked)
                        : json_array_set_new(parent, index, masked)) == 0;
}

/* A sealed environment has no names to show. */
static bool mask_environment(json_t *request) {
    json_t *environment = json_object_get(request, "environment");
    if (environment == NULL || json_is_null(environment)) {
        return true;
    }
    if (!json_is_object(environment) || json_object_get(environment, "encrypted_by") != NULL) {
        return json_object_set_new(request, "environment", json_string(MASK)) == 0;
    }
    return mask_value(request, "environment", 0, environment, 0);
}

/* Whatever the schema marks writeOnly, down through its properties. */
static bool mask_marked(json_t *value, const json_t *schema, int depth) {
    const json_t *properties = json_object_get(schema, "properties");
    const char *key;
    json_t *item;
    void *next;
    if (depth >= DEPTH_MAX || !json_is_object(value) || !json_is_object(properties)) {
        return true;
    }
    json_object_foreach_safe(value, next, key, item) {
        const json_t *property = json_object_get(properties, key);
        bool ok = json_is_true(json_object_get(property, "writeOnly"))
                      ? mask_value(value, key, 0, item, 0)
                      : mask_marked(item, property, depth + 1);
        if (!ok) {
            return false;
        }
    }
    return true;
}

/* scheme://user:password@host: without what stands before the @. */
static bool mask_url(json_t *text) {
    const char *url = json_string_value(text);
    const char *begin = strstr(url, "://");
    if (begin == NULL) {
        return true;
    }
    begin += 3;
    size_t authority = strcspn(begin, "/?#");
    const char *at = memrchr(begin, '@', authority);
    if (at == NULL) {
        return true;
    }
    nex_buf masked = NEX_BUF_INIT;
    bool ok = nex_buf_printf(&masked, "%.*s" MASK "%s", (int)(begin - url), url, at) == NEX_OK &&
              json_string_set(text, masked.data) == 0;
    nex_buf_free(&masked);
    return ok;
}

static bool mask_urls(json_t *value, int depth) {
    const char *key;
    json_t *item;
    bool ok = true;
    if (json_is_string(value)) {
        return mask_url(value);
    }
    if (depth >= DEPTH_MAX) {
        return true;
    }
    json_object_foreach(value, key, item) {
        ok = ok && mask_urls(item, depth + 1);
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        ok = ok && mask_urls(json_array_get(value, i), depth + 1);
    }
    return ok;
}

nex_status node_mask_run_request(const char *run_request, const char *schema, nex_buf *out) {
    json_t *request = json_loads(run_request, 0, NULL);
    json_t *marks = schema != NULL ? json_loads(schema, 0, NULL) : NULL;
    nex_status status = NEX_EINVAL;
    if (json_is_object(request)) {
        status = NEX_ENOMEM;
        if (mask_environment(request) && mask_marked(request, marks, 0) && mask_urls(request, 0)) {
            char *text = json_dumps(request, JSON_COMPACT | JSON_PRESERVE_ORDER);
            status = text != NULL ? nex_buf_append_str(out, text) : NEX_ENOMEM;
            free(text);
        }
    }
    json_decref(request);
    json_decref(marks);
    return status;
}
