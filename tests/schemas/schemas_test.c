/* What must hold of the files in schemas/ for all that is generated from them to be true. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support.h"

static int load(void **state) {
    static documents docs;
    documents_load(&docs);
    *state = &docs;
    return 0;
}

static int unload(void **state) {
    documents_free(*state);
    return 0;
}

static void test_examples_are_valid(void **state) {
    const documents *docs = *state;
    size_t checked = 0;
    for (size_t i = 0; i < docs->count; i++) {
        const document *doc = &docs->items[i];
        nex_schema *schema = compile(docs, doc);
        size_t k;
        const json_t *example;
        json_array_foreach(json_object_get(doc->json, "examples"), k, example) {
            nex_error err;
            if (!valid(schema, example, &err)) {
                fail_msg("%s, example %zu%s: %s", doc->path, k, err.pointer, err.message);
            }
            checked++;
        }
        if (json_array_size(json_object_get(doc->json, "examples")) == 0) {
            fail_msg("%s has no examples", doc->path);
        }
        nex_schema_free(schema);
    }
    assert_true(checked > 50);
}

/* The tolerant reader's view: null stands for an empty list or map. */
static json_t *without_null(const json_t *value, const json_t *schema) {
    const char *type = json_string_value(json_object_get(schema, "type"));
    if (json_is_null(value)) {
        return type != NULL && strcmp(type, "array") == 0 ? json_array() : json_object();
    }
    if (json_is_array(value)) {
        json_t *copy = json_array();
        size_t i;
        const json_t *item;
        json_array_foreach(value, i, item) {
            json_array_append_new(copy, without_null(item, NULL));
        }
        return copy;
    }
    if (json_is_object(value)) {
        const json_t *properties = json_object_get(schema, "properties");
        json_t *copy = json_object();
        const char *key;
        json_t *member;
        json_object_foreach((json_t *)value, key, member) {
            json_object_set_new(copy, key, without_null(member, json_object_get(properties, key)));
        }
        return copy;
    }
    return json_deep_copy(value);
}

static const char *title_of(const char *kind) {
    if (strstr(kind, "(=StartWorkloadRequest)") != NULL) {
        return "StartWorkloadRequest";
    }
    return strcmp(kind, "PlacementTags") == 0 ? "TagMap" : kind;
}

static void test_captures_are_valid(void **state) {
    const documents *docs = *state;
    json_t *captures = load_json(NEX_TEST_DATA "/wire/messages.json");
    size_t checked = 0;
    const char *kind;
    json_t *list;
    json_object_foreach(captures, kind, list) {
        const document *doc = documents_find(docs, title_of(kind));
        if (doc == NULL) {
            continue; /* raw bytes, error replies and $SRV have no schema */
        }
        nex_schema *schema = compile(docs, doc);
        size_t i;
        const json_t *capture;
        json_array_foreach(list, i, capture) {
            const char *subject = json_string_value(json_object_get(capture, "subject"));
            const json_t *payload = json_object_get(capture, "payload");
            /* One event was captured among the requests to LAMEDUCK. */
            const bool stray =
                strcmp(kind, "LameduckRequest") == 0 && strstr(subject, ".NODELAMEDUCKSET") != NULL;
            if (payload == NULL || stray) {
                continue;
            }
            json_t *read = without_null(payload, doc->json);
            nex_error err;
            if (!valid(schema, read, &err)) {
                fail_msg("%s, %s%s: %s", kind, json_string_value(json_object_get(capture, "from")),
                         err.pointer, err.message);
            }
            json_decref(read);
            checked++;
        }
        nex_schema_free(schema);
    }
    json_decref(captures);
    assert_true(checked > 60);
}

static void kebab(const char *title, char *out, size_t size) {
    size_t len = 0;
    for (const char *p = title; *p != '\0'; p++) {
        if (p != title && isupper((unsigned char)*p)) {
            assert_true(len + 2 < size);
            out[len++] = '-';
        }
        assert_true(len + 1 < size);
        out[len++] = (char)tolower((unsigned char)*p);
    }
    out[len] = '\0';
}

static void check_described(const char *path, const json_t *node) {
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)json_object_get(node, "properties"), key, member) {
        if (json_string_length(json_object_get(member, "description")) == 0) {
            fail_msg("%s: property %s has no description", path, key);
        }
        check_described(path, member);
        check_described(path, json_object_get(member, "items"));
    }
}

static void test_names_and_descriptions(void **state) {
    const documents *docs = *state;
    for (size_t i = 0; i < docs->count; i++) {
        const document *doc = &docs->items[i];
        const char *title = json_string_value(json_object_get(doc->json, "title"));
        assert_non_null(title);
        assert_true(json_string_length(json_object_get(doc->json, "description")) > 0);
        check_described(doc->path, doc->json);
        if (strncmp(doc->path, "schemas/protocol/", 17) == 0) {
            char name[128];
            char want[160];
            kebab(title, name, sizeof(name));
            snprintf(want, sizeof(want), "schemas/protocol/%s.json", name);
            assert_string_equal(doc->path, want);
        }
    }
}

static void test_native_start_request(void **state) {
    static const char *const good[] = {
        /* what the reference's schema takes */
        "{\"uri\":\"file:///bin/sh\",\"argv\":[\"-c\",\"echo\"],\"environment\":{\"A\":\"b\"},"
        "\"description\":\"d\",\"expose_ports\":[8080],\"anything\":{\"else\":1}}",
        "{\"uri\":\"\"}",
        /* a sealed environment */
        "{\"uri\":\"x\",\"environment\":{\"encrypted_by\":\"XA\",\"base64_encrypted_env\":\"eA==\"}"
        "}",
        "{\"uri\":\"x\",\"limits\":{\"memory\":5.0,\"cpu\":0.5},\"stop\":{\"grace\":\"1m30s\"}}",
        "{\"uri\":\"x\",\"health\":{\"liveness\":{\"exec\":[\"/bin/true\"],\"interval\":\"5s\"}}}",
    };
    static const char *const bad[][2] = {
        {"{}", ""},
        {"{\"uri\":1}", "/uri"},
        {"{\"uri\":\"x\",\"environment\":{\"A\":1}}", "/environment/A"},
        {"{\"uri\":\"x\",\"sha256\":\"ABC\"}", "/sha256"},
        {"{\"uri\":\"x\",\"stop\":{\"grace\":\"soon\"}}", "/stop/grace"},
        {"{\"uri\":\"x\",\"stop\":{\"signal\":\"STOP\"}}", "/stop/signal"},
        {"{\"uri\":\"x\",\"limits\":{\"cpu\":0}}", "/limits/cpu"},
        {"{\"uri\":\"x\",\"artifacts\":[{\"path\":\"p\"}]}", "/artifacts/0"},
    };
    const documents *docs = *state;
    const document *doc = documents_find(docs, "NativeStartRequest");
    assert_non_null(doc);
    nex_schema *schema = compile(docs, doc);
    nex_error err;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        json_t *instance = json_loads(good[i], 0, NULL);
        if (!valid(schema, instance, &err)) {
            fail_msg("%s: %s", good[i], err.message);
        }
        json_decref(instance);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        json_t *instance = json_loads(bad[i][0], 0, NULL);
        if (valid(schema, instance, &err)) {
            fail_msg("%s should not be valid", bad[i][0]);
        }
        assert_string_equal(err.pointer, bad[i][1]);
        json_decref(instance);
    }
    nex_schema_free(schema);
}

/* Every $ref below a node of asyncapi.json leads somewhere. */
static void check_refs(const json_t *root, const json_t *node) {
    if (json_is_array(node)) {
        size_t i;
        const json_t *item;
        json_array_foreach(node, i, item) {
            check_refs(root, item);
        }
        return;
    }
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)node, key, member) {
        if (strcmp(key, "$ref") != 0) {
            check_refs(root, member);
            continue;
        }
        const char *ref = json_string_value(member);
        assert_non_null(ref);
        char path[512];
        snprintf(path, sizeof(path), "%s/schemas/protocol/%s", NEX_SOURCE_DIR, ref);
        if (ref[0] == '#' ? at_pointer(root, ref + 1) == NULL : access(path, R_OK) != 0) {
            fail_msg("asyncapi.json: %s leads nowhere", ref);
        }
    }
}

static void check_address(const char *name, const json_t *channel) {
    const char *address = json_string_value(json_object_get(channel, "address"));
    const json_t *parameters = json_object_get(channel, "parameters");
    size_t count = 0;
    for (const char *p = address; p != NULL && (p = strchr(p, '{')) != NULL; p++) {
        char parameter[64];
        const size_t len = strcspn(p + 1, "}");
        assert_true(len < sizeof(parameter));
        memcpy(parameter, p + 1, len);
        parameter[len] = '\0';
        if (json_object_get(parameters, parameter) == NULL) {
            fail_msg("channel %s does not describe its parameter %s", name, parameter);
        }
        count++;
    }
    assert_int_equal(count, json_object_size(parameters));
}

static void test_asyncapi_holds_together(void **state) {
    (void)state;
    json_t *root = load_json(NEX_SOURCE_DIR "/schemas/protocol/asyncapi.json");
    check_refs(root, root);
    const char *name;
    json_t *channel;
    json_object_foreach(json_object_get(root, "channels"), name, channel) {
        check_address(name, channel);
    }
    size_t endpoints = 0;
    json_t *operation;
    json_object_foreach(json_object_get(root, "operations"), name, operation) {
        assert_true(json_is_string(json_object_get(operation, "x-nex-service")));
        assert_true(json_is_string(json_object_get(operation, "x-nex-body")));
        const char *action = json_string_value(json_object_get(operation, "action"));
        if (strcmp(action, "receive") != 0) {
            continue;
        }
        endpoints++;
        assert_true(json_is_string(json_object_get(operation, "x-nex-endpoint")));
        const char *ref = json_string_value(at_pointer(operation, "/channel/$ref"));
        const json_t *parameters = json_object_get(at_pointer(root, ref + 1), "parameters");
        size_t i;
        const json_t *bound;
        json_array_foreach(json_object_get(operation, "x-nex-bound"), i, bound) {
            assert_non_null(json_object_get(parameters, json_string_value(bound)));
        }
    }
    assert_int_equal(endpoints, 16 + 10); /* the node's and the agents' */
    json_decref(root);
}

/* Every setting below a node of config.json names its flag after its key, and once a command. */
static void check_settings(const json_t *node, json_t *taken) {
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)json_object_get(node, "properties"), key, member) {
        const json_t *flag = json_object_get(member, "x-flag");
        if (flag == NULL) {
            assert_non_null(json_object_get(member, "properties"));
            const bool command = json_object_get(member, "x-command") != NULL;
            json_t *below = command ? json_deep_copy(taken) : json_incref(taken);
            check_settings(member, below);
            json_decref(below);
            continue;
        }
        const char *flag_name = json_string_value(json_object_get(flag, "name"));
        const char *last = strrchr(flag_name, '.');
        char want[64];
        snprintf(want, sizeof(want), "%s", last == NULL ? flag_name : last + 1);
        for (char *p = want; *p != '\0'; p++) {
            *p = *p == '-' ? '_' : *p;
        }
        assert_string_equal(key, want);
        const char *given[] = {flag_name, json_string_value(json_object_get(flag, "short"))};
        for (size_t i = 0; i < 2; i++) {
            if (given[i] != NULL && json_object_get(taken, given[i]) != NULL) {
                fail_msg("two flags are called %s", given[i]);
            }
            if (given[i] != NULL) {
                json_object_set_new(taken, given[i], json_true());
            }
        }
    }
}

static void test_flags_are_named_once(void **state) {
    const documents *docs = *state;
    const document *doc = documents_find(docs, "NexConfig");
    assert_non_null(doc);
    json_t *taken = json_object();
    size_t i;
    const json_t *flag;
    json_array_foreach(json_object_get(doc->json, "x-flags"), i, flag) {
        json_object_set_new(taken, json_string_value(json_object_get(flag, "name")), json_true());
    }
    check_settings(doc->json, taken);
    assert_non_null(json_object_get(taken, "nats.servers"));
    json_decref(taken);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples_are_valid),      cmocka_unit_test(test_captures_are_valid),
        cmocka_unit_test(test_names_and_descriptions),  cmocka_unit_test(test_native_start_request),
        cmocka_unit_test(test_asyncapi_holds_together), cmocka_unit_test(test_flags_are_named_once),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
