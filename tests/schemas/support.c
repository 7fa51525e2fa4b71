#include "support.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

json_t *load_json(const char *path) {
    json_error_t err;
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &err);
    if (json == NULL) {
        fail_msg("%s:%d: %s", path, err.line, err.text);
    }
    return json;
}

static void add(documents *docs, const char *path) {
    json_t *json = load_json(path);
    if (json_object_get(json, "asyncapi") != NULL) {
        json_decref(json);
        return;
    }
    docs->items = realloc(docs->items, (docs->count + 1) * sizeof(*docs->items));
    docs->resources = realloc(docs->resources, (docs->count + 1) * sizeof(*docs->resources));
    assert_non_null(docs->items);
    assert_non_null(docs->resources);
    document *doc = &docs->items[docs->count];
    doc->path = strdup(path + strlen(NEX_SOURCE_DIR) + 1);
    doc->text = json_dumps(json, JSON_COMPACT);
    doc->json = json;
    assert_non_null(doc->path);
    assert_non_null(doc->text);
    const char *id = json_string_value(json_object_get(json, "$id"));
    if (id == NULL) {
        fail_msg("%s has no $id", path);
    }
    docs->resources[docs->count] =
        (nex_schema_resource){.uri = id, .text = doc->text, .len = strlen(doc->text)};
    docs->count++;
}

void documents_load(documents *out) {
    static const char *const patterns[] = {
        NEX_SOURCE_DIR "/schemas/*.json",
        NEX_SOURCE_DIR "/schemas/protocol/*.json",
        NEX_SOURCE_DIR "/nexlets/native/start_request.json",
    };
    *out = (documents){0};
    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
        glob_t found;
        assert_int_equal(glob(patterns[i], 0, NULL, &found), 0);
        for (size_t k = 0; k < found.gl_pathc; k++) {
            add(out, found.gl_pathv[k]);
        }
        globfree(&found);
    }
}

void documents_free(documents *docs) {
    for (size_t i = 0; i < docs->count; i++) {
        free(docs->items[i].path);
        free(docs->items[i].text);
        json_decref(docs->items[i].json);
    }
    free(docs->items);
    free(docs->resources);
}

const document *documents_find(const documents *docs, const char *title) {
    for (size_t i = 0; i < docs->count; i++) {
        const char *have = json_string_value(json_object_get(docs->items[i].json, "title"));
        if (have != NULL && strcmp(have, title) == 0) {
            return &docs->items[i];
        }
    }
    return NULL;
}

nex_schema *compile(const documents *docs, const document *doc) {
    nex_schema *schema = NULL;
    nex_error err;
    nex_error_clear(&err);
    const nex_schema_options options = {.resources = docs->resources,
                                        .resource_count = docs->count};
    if (nex_schema_compile(&schema, doc->text, strlen(doc->text), &options, &err) != NEX_OK) {
        fail_msg("%s does not compile: %s", doc->path, err.message);
    }
    return schema;
}

bool valid(const nex_schema *schema, const json_t *instance, nex_error *err) {
    nex_error_clear(err);
    const nex_status status = nex_schema_validate_json(schema, instance, NULL, err);
    if (status != NEX_OK && status != NEX_EINVAL) {
        fail_msg("validation could not be done: %s", err->message);
    }
    return status == NEX_OK;
}

const json_t *at_pointer(const json_t *root, const char *pointer) {
    const json_t *value = root;
    while (value != NULL && *pointer == '/') {
        char key[128];
        const size_t len = strcspn(pointer + 1, "/");
        assert_true(len < sizeof(key));
        memcpy(key, pointer + 1, len);
        key[len] = '\0';
        value = json_object_get(value, key);
        pointer += 1 + len;
    }
    return value;
}
