#include "node_agents.h"
#include "nexfile.h"

#include <stdlib.h>
#include <string.h>

static nex_status load(const setting *item, json_t **out, nex_error *err) {
    const char *text = json_string_value(item->value);
    if (!text) {
        *out = json_incref(item->value);
        return NEX_OK;
    }
    document d;
    nex_status status = *text == '@' || strcmp(text, "-") == 0
                            ? document_read(&d, *text == '@' ? text + 1 : text, err)
                            : document_parse(&d, item->place, text, strlen(text), err);
    if (status == NEX_OK) {
        status = nex_json_to_jansson(d.doc, out, err);
        document_free(&d);
    }
    return status;
}

static nex_status take_argv(node_agents *a, size_t i, const json_t *argv, const char *place,
                            nex_error *err) {
    for (size_t j = 0; j < json_array_size(argv); j++) {
        const char *text = json_string_value(json_array_get(argv, j));
        if (!text) {
            return nex_error_set(err, NEX_EINVAL, "%s: argument %zu of agent %zu must be a text",
                                 place, j + 1, i + 1);
        }
        if (nex_string_list_add(&a->argv[i], text) != NEX_OK) {
            return nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    return NEX_OK;
}

static nex_status take_env(node_agents *a, size_t i, const json_t *env, const char *place,
                           nex_error *err) {
    const char *name;
    const json_t *value;
    json_object_foreach((json_t *)(uintptr_t)env, name, value) {
        if (!json_is_string(value)) {
            return nex_error_set(err, NEX_EINVAL, "%s: variable \"%s\" of agent %zu must be a text",
                                 place, name, i + 1);
        }
        if (nex_string_map_set(&a->env[i], name, json_string_value(value)) != NEX_OK) {
            return nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    return NEX_OK;
}

static nex_status take_agent(node_agents *a, size_t i, const json_t *json, const char *place,
                             nex_error *err) {
    static const char *const known[] = {"uri", "argv", "env", NULL};
    const char *name;
    const json_t *value;
    json_object_foreach((json_t *)(uintptr_t)json, name, value) {
        size_t k = 0;
        while (known[k] && strcmp(known[k], name) != 0) {
            k++;
        }
        if (!known[k]) {
            return nex_error_set(err, NEX_EINVAL,
                                 "%s: agent %zu has no \"%s\": wanted uri, argv, env", place, i + 1,
                                 name);
        }
    }
    const char *uri = json_string_value(json_object_get(json, "uri"));
    const json_t *argv = json_object_get(json, "argv");
    const json_t *env = json_object_get(json, "env");
    if (!uri || !*uri) {
        return nex_error_set(err, NEX_EINVAL, "%s: agent %zu needs a uri", place, i + 1);
    }
    if ((argv && !json_is_array(argv)) || (env && !json_is_object(env))) {
        return nex_error_set(err, NEX_EINVAL,
                             "%s: agent %zu: argv must be an array and env an object", place,
                             i + 1);
    }
    nex_status status = take_argv(a, i, argv, place, err);
    if (status == NEX_OK) {
        status = take_env(a, i, env, place, err);
    }
    a->items[i] = (nex_node_agent){
        .uri = uri,
        .argv = (const char *const *)a->argv[i].items,
        .argc = a->argv[i].count,
        .env = &a->env[i],
    };
    return status;
}

nex_status node_agents_make(node_agents *out, const settings *s, nex_error *err) {
    memset(out, 0, sizeof *out);
    const setting *item = settings_find(s, "node.up.agents");
    if (!item || !item->value) {
        return NEX_OK;
    }
    nex_status status = load(item, &out->json, err);
    if (status != NEX_OK) {
        return status;
    }
    size_t count = json_array_size(out->json);
    out->items = calloc(count + 1, sizeof *out->items);
    out->argv = calloc(count + 1, sizeof *out->argv);
    out->env = calloc(count + 1, sizeof *out->env);
    if (!out->items || !out->argv || !out->env) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    } else if (!json_is_array(out->json)) {
        status = nex_error_set(err, NEX_EINVAL, "%s: agents must be an array", item->place);
    }
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        out->count++;
        status = take_agent(out, i, json_array_get(out->json, i), item->place, err);
    }
    if (status != NEX_OK) {
        node_agents_free(out);
    }
    return status;
}

void node_agents_free(node_agents *agents) {
    for (size_t i = 0; i < agents->count; i++) {
        nex_string_list_free(&agents->argv[i]);
        nex_string_map_free(&agents->env[i]);
    }
    free(agents->items);
    free(agents->argv);
    free(agents->env);
    json_decref(agents->json);
    memset(agents, 0, sizeof *agents);
}
