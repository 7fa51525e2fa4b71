/* --agents.uri begins an agent; --agents.argv and --agents.env belong to the one begun last. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

static nex_status add_env(json_t *agent, const char *text, nex_error *err) {
    const char *equals = strchr(text, '=');
    if (!equals || equals == text) {
        return nex_error_set(err, NEX_EINVAL, "--agents.env: wanted NAME=VALUE");
    }
    json_t *env = json_object_get(agent, "env");
    if (!env) {
        env = json_object();
        if (json_object_set_new(agent, "env", env) != 0) {
            return nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    char *name = strndup(text, (size_t)(equals - text));
    bool failed = !name || json_object_set_new(env, name, json_string(equals + 1)) != 0;
    free(name);
    return failed ? nex_error_set(err, NEX_EINVAL, "--agents.env: wanted NAME=VALUE in UTF-8")
                  : NEX_OK;
}

static nex_status add_arg(json_t *agent, const char *text, nex_error *err) {
    json_t *argv = json_object_get(agent, "argv");
    if (!argv) {
        argv = json_array();
        if (json_object_set_new(agent, "argv", argv) != 0) {
            return nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    return json_array_append_new(argv, json_string(text)) == 0
               ? NEX_OK
               : nex_error_set(err, NEX_EINVAL, "--agents.argv: wanted UTF-8 text");
}

nex_status agents_add(settings *s, const char *member, const char *text, nex_error *err) {
    setting *item = settings_find(s, "node.up.agents");
    if (!item) {
        return nex_error_set(err, NEX_EINVAL, "--agents.%s belongs to nex node up", member);
    }
    if (item->from == FROM_FLAG && !json_is_array(item->value)) {
        return nex_error_set(err, NEX_EINVAL, "--agents and --agents.%s exclude each other",
                             member);
    }
    json_t *list = item->from == FROM_FLAG ? json_deep_copy(item->value) : json_array();
    if (!list) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    nex_status status = NEX_OK;
    size_t count = json_array_size(list);
    json_t *agent = count ? json_array_get(list, count - 1) : NULL;
    if (strcmp(member, "uri") == 0) {
        if (json_array_append_new(list, json_pack("{s:s}", "uri", text)) != 0) {
            status = nex_error_set(err, NEX_EINVAL, "--agents.uri: wanted UTF-8 text");
        }
    } else if (!json_is_object(agent)) {
        status = nex_error_set(
            err, NEX_EINVAL, "--agents.%s comes after the --agents.uri that it belongs to", member);
    } else {
        status = strcmp(member, "env") == 0 ? add_env(agent, text, err) : add_arg(agent, text, err);
    }
    if (status != NEX_OK) {
        json_decref(list);
        return status;
    }
    return setting_set(item, FROM_FLAG, "--agents", list, err);
}
