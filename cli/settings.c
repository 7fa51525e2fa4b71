#include "settings.h"

#include <nex/keys.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static nex_status out_of_memory(nex_error *err) {
    return nex_error_set(err, NEX_ENOMEM, "out of memory");
}

nex_status settings_add(settings *s, const cli_command *command, nex_error *err) {
    setting *grown = realloc(s->items, (s->count + command->flag_count + 1) * sizeof *grown);
    if (!grown) {
        return out_of_memory(err);
    }
    s->items = grown;
    for (size_t i = 0; i < command->flag_count; i++) {
        const cli_flag *flag = &command->flags[i];
        if (flag->flags & CLI_NO_KEY) {
            continue;
        }
        setting *item = &grown[s->count++];
        *item = (setting){.flag = flag};
        if (flag->default_json) {
            item->value = json_loads(flag->default_json, JSON_DECODE_ANY, NULL);
            item->from = FROM_DEFAULT;
            if (!item->value) {
                return out_of_memory(err);
            }
        }
    }
    return NEX_OK;
}

static void wipe(json_t *value) {
    if (json_is_string(value)) {
        nex_wipe((char *)(uintptr_t)json_string_value(value), json_string_length(value));
    }
    const char *key;
    json_t *member;
    json_object_foreach(value, key, member) {
        wipe(member);
    }
}

static void drop(setting *item) {
    if (item->flag->flags & CLI_SECRET) {
        wipe(item->value);
    }
    json_decref(item->value);
    free(item->place);
    item->value = NULL;
    item->place = NULL;
}

void settings_free(settings *s) {
    for (size_t i = 0; i < s->count; i++) {
        drop(&s->items[i]);
    }
    free(s->items);
    *s = (settings){NULL, 0};
}

setting *settings_find(const settings *s, const char *key) {
    for (size_t i = 0; i < s->count; i++) {
        if (strcmp(s->items[i].flag->key, key) == 0) {
            return &s->items[i];
        }
    }
    return NULL;
}

nex_status setting_set(setting *item, source from, const char *place, json_t *value,
                       nex_error *err) {
    if (!value) {
        return out_of_memory(err);
    }
    if (item->from > from) {
        json_decref(value);
        return NEX_OK;
    }
    char *copy = strdup(place ? place : "");
    if (!copy) {
        json_decref(value);
        return out_of_memory(err);
    }
    drop(item);
    item->from = from;
    item->place = copy;
    item->value = value;
    return NEX_OK;
}

nex_status settings_read_environment(settings *s, nex_error *err) {
    nex_status status = NEX_OK;
    for (size_t i = 0; i < s->count && status == NEX_OK; i++) {
        const char *name = s->items[i].flag->env;
        const char *text = name ? getenv(name) : NULL;
        if (text && *text) {
            status = setting_set_text(&s->items[i], FROM_ENVIRONMENT, name, text, err);
        }
    }
    return status;
}

const json_t *settings_json(const settings *s, const char *key) {
    const setting *item = settings_find(s, key);
    return item ? item->value : NULL;
}

const char *settings_text(const settings *s, const char *key) {
    const char *text = json_string_value(settings_json(s, key));
    return text && *text ? text : NULL;
}

bool settings_bool(const settings *s, const char *key) {
    return json_is_true(settings_json(s, key));
}

int64_t settings_int(const settings *s, const char *key) {
    return json_integer_value(settings_json(s, key));
}

nex_duration settings_duration(const settings *s, const char *key) {
    const char *text = settings_text(s, key);
    nex_duration value = 0;
    if (text) {
        (void)nex_duration_parse(text, strlen(text), &value, NULL); /* checked when it was set */
    }
    return value;
}

nex_status settings_map(const settings *s, const char *key, nex_string_map *out) {
    nex_string_map_free(out);
    const char *name;
    const json_t *value;
    json_t *map = (json_t *)(uintptr_t)settings_json(s, key);
    nex_status status = NEX_OK;
    json_object_foreach(map, name, value) {
        if (status == NEX_OK) {
            status = nex_string_map_set(out, name, json_string_value(value));
        }
    }
    return status;
}

nex_status settings_list(const settings *s, const char *key, nex_string_list *out) {
    nex_string_list_free(out);
    const json_t *list = settings_json(s, key);
    nex_status status = NEX_OK;
    for (size_t i = 0; i < json_array_size(list) && status == NEX_OK; i++) {
        status = nex_string_list_add(out, json_string_value(json_array_get(list, i)));
    }
    return status;
}

bool settings_given(const settings *s, const char *key) {
    const setting *item = settings_find(s, key);
    return item && item->from > FROM_DEFAULT;
}

const char *source_name(source from) {
    static const char *const names[] = {"not set", "default",     "configuration file",
                                        "Nexfile", "environment", "flag"};
    return names[from];
}
