#include "nats_context.h"
#include "settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONFIG_MAX = 1 << 20, PATH_SIZE = 512, KEYS_MAX = 64 };

typedef struct reader {
    settings *settings;
    const cli_command *root;
    const char *path;
    const nex_json *doc;
} reader;

/* The flag of a key among all commands, or NULL. */
static const cli_flag *find_flag(const cli_command *command, const char *key) {
    for (size_t i = 0; i < command->flag_count; i++) {
        const cli_flag *flag = &command->flags[i];
        if (!(flag->flags & CLI_NO_KEY) && strcmp(flag->key, key) == 0) {
            return flag;
        }
    }
    for (size_t i = 0; i < command->command_count; i++) {
        const cli_flag *flag = find_flag(&command->commands[i], key);
        if (flag) {
            return flag;
        }
    }
    return NULL;
}

/* Whether a key is a family of settings or a command, so that its value is an object of them. */
static bool is_family(const cli_command *command, const char *key) {
    size_t len = strlen(key);
    for (size_t i = 0; i < command->flag_count; i++) {
        const char *other = command->flags[i].key;
        if (other && strncmp(other, key, len) == 0 && other[len] == '.') {
            return true;
        }
    }
    for (size_t i = 0; i < command->command_count; i++) {
        const cli_command *sub = &command->commands[i];
        const char *path = sub->path; /* "workload start" for the key "workload.start" */
        size_t j = 0;
        while (key[j] && (path[j] == key[j] || (path[j] == ' ' && key[j] == '.'))) {
            j++;
        }
        if ((!key[j] && !path[j]) || is_family(sub, key)) {
            return true;
        }
    }
    return false;
}

/* Collects the last parts of the keys right below a prefix ("" for the top). */
static void collect_keys(const cli_command *command, const char *prefix, const char **out,
                         size_t *count) {
    size_t len = strlen(prefix);
    for (size_t i = 0; i < command->flag_count && *count < KEYS_MAX; i++) {
        const char *key = command->flags[i].key;
        if (!(command->flags[i].flags & CLI_NO_KEY) && strncmp(key, prefix, len) == 0 &&
            !strchr(key + len, '.')) {
            out[(*count)++] = key + len;
        }
    }
    for (size_t i = 0; i < command->command_count; i++) {
        if (len == 0 && *count < KEYS_MAX) {
            out[(*count)++] = command->commands[i].name;
        } else {
            collect_keys(&command->commands[i], prefix, out, count);
        }
    }
}

static void locate(const reader *r, const char *pointer, char out[PATH_SIZE]) {
    unsigned line = 0, column = 0;
    if (nex_json_locate(r->doc, pointer, NULL, &line, &column)) {
        snprintf(out, PATH_SIZE, "%s:%u:%u", r->path, line, column);
    } else {
        snprintf(out, PATH_SIZE, "%s", r->path);
    }
}

static nex_status unknown_key(const reader *r, const char *prefix, const char *name,
                              const char *place, nex_error *err) {
    const char *known[KEYS_MAX + 4] = {0};
    size_t count = 0;
    if (!*prefix) {
        known[count++] = "logger";
        known[count++] = "nats";
    }
    collect_keys(r->root, prefix, known, &count);
    const char *near = suggest(name, known);
    return nex_error_set(err, NEX_EINVAL, "%s: unknown key \"%s%s\"%s%s%s", place, prefix, name,
                         near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

/* prefix: of keys, "node.up."; pointer: of the object. */
static nex_status read_object(const reader *r, const json_t *object, const char *prefix,
                              const char *pointer, nex_error *err) {
    const char *name;
    const json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, name, value) {
        char key[PATH_SIZE], at[PATH_SIZE], place[PATH_SIZE];
        int key_len = snprintf(key, sizeof key, "%s%s", prefix, name);
        int at_len = snprintf(at, sizeof at, "%s/%s", pointer, name);
        locate(r, at, place);
        if (!*prefix && strcmp(name, "$schema") == 0) {
            continue; /* for editors */
        }
        const cli_flag *flag = NULL;
        bool family = false;
        if (key_len < PATH_SIZE - 1 && at_len < PATH_SIZE && !strchr(name, '.')) {
            flag = find_flag(r->root, key);
            family = !flag && is_family(r->root, key);
        }
        nex_status status = NEX_OK;
        if (!flag && !family) {
            status = unknown_key(r, prefix, name, place, err);
        } else if (flag) {
            setting *item = settings_find(r->settings, key);
            setting unused = {.flag = flag};
            nex_error why;
            status = setting_set_json(item ? item : &unused, FROM_CONFIG, place, value, &why);
            if (status != NEX_OK) {
                const char *message = why.message;
                size_t skip = strlen(place);
                message += strncmp(message, place, skip) == 0 ? skip : 0;
                nex_error_set(err, status, "%s: %s%s", place, key, message);
            }
            json_decref(unused.value);
            free(unused.place);
        } else if (!json_is_object(value)) {
            status = nex_error_set(err, NEX_EINVAL, "%s: \"%s\" must be an object", place, key);
        } else {
            key[key_len] = '.';
            key[key_len + 1] = '\0';
            status = read_object(r, value, key, at, err);
        }
        if (status != NEX_OK) {
            return status;
        }
    }
    return NEX_OK;
}

nex_status config_file_read(settings *s, const cli_command *root, const char *path,
                            nex_error *err) {
    nex_buf text = NEX_BUF_INIT;
    nex_json *doc = NULL;
    json_t *json = NULL;
    nex_status status = file_read(path, CONFIG_MAX, &text, err);
    if (status == NEX_OK) {
        status = nex_json_parse(&doc, text.data ? text.data : "", text.len, err);
        if (status != NEX_OK) {
            nex_error_prefix(err, status, "%s:%u:%u", path, err->line, err->column);
        }
    }
    if (status == NEX_OK) {
        status = nex_json_to_jansson(doc, &json, err);
    }
    if (status == NEX_OK && !json_is_object(json)) {
        status = nex_error_set(err, NEX_EINVAL, "%s: a configuration file must be an object", path);
    }
    if (status == NEX_OK) {
        reader r = {s, root, path, doc};
        status = read_object(&r, json, "", "", err);
    }
    json_decref(json);
    nex_json_free(doc);
    nex_buf_free(&text);
    return status;
}

nex_status config_file_find(char **out, nex_error *err) {
    *out = NULL;
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *const places[] = {"./nex.json", "./config.json", "~/.config/nex/config.json",
                                  "/etc/nex/config.json"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        char *path;
        if (places[i][0] == '~' && config && *config) {
            size_t size = strlen(config) + sizeof "/nex/config.json";
            path = malloc(size);
            if (path) {
                snprintf(path, size, "%s/nex/config.json", config);
            }
        } else {
            path = path_expand(places[i]);
        }
        if (!path) {
            return nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
        if (access(path, F_OK) == 0) {
            *out = path;
            return NEX_OK;
        }
        free(path);
    }
    return NEX_OK;
}
