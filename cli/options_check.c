#include "options.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>

static bool is_secret(const setting *item) {
    /* Environments of agents are as secret as those of workloads. */
    return (item->flag->flags & CLI_SECRET) || strcmp(item->flag->key, "node.up.agents") == 0 ||
           strcmp(item->flag->key, "workload.start.start_request") == 0;
}

static bool is_empty(const json_t *value) {
    return !value || (json_is_string(value) && json_string_length(value) == 0);
}

/* URLs may hold a user and a password: what stands before the @ is not shown. */
static json_t *without_userinfo(const json_t *list) {
    json_t *out = json_array();
    for (size_t i = 0; out && i < json_array_size(list); i++) {
        const char *url = json_string_value(json_array_get(list, i));
        const char *at = url ? strrchr(url, '@') : NULL;
        const char *host = url ? strstr(url, "://") : NULL;
        size_t scheme = host ? (size_t)(host - url) + 3 : 0;
        json_t *entry =
            at ? json_sprintf("%.*s***@%s", (int)scheme, url, at + 1) : json_string(url ? url : "");
        if (json_array_append_new(out, entry) != 0) {
            json_decref(out);
            return NULL;
        }
    }
    return out;
}

/* What may be shown of a value that is no secret; a new reference, NULL when out of memory. */
static json_t *public_value(const setting *item) {
    if (strcmp(item->flag->key, "nats.servers") == 0 && json_is_array(item->value)) {
        return without_userinfo(item->value);
    }
    return json_incref(item->value);
}

/* The value as text for people; "set" or "unset" for a secret. free() it. */
static char *shown(const setting *item) {
    if (is_secret(item)) {
        return strdup(is_empty(item->value) ? "unset" : "set");
    }
    if (!item->value) {
        return strdup(item->flag->default_text ? item->flag->default_text : "");
    }
    if (json_is_string(item->value)) {
        return strdup(json_string_value(item->value));
    }
    json_t *value = public_value(item);
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
    json_decref(value);
    return text;
}

static json_t *as_json(const setting *item) {
    json_t *value;
    if (is_secret(item)) {
        value = json_string(is_empty(item->value) ? "unset" : "set");
    } else {
        value = item->value ? public_value(item) : json_null();
    }
    json_t *entry = json_pack("{s:s, s:s, s:o}", "key", item->flag->key, "source",
                              source_name(item->from), "value", value);
    if (entry && item->place && *item->place) {
        json_object_set_new(entry, "place", json_string(item->place));
    }
    return entry;
}

static nex_status print_json(const options *o, nex_buf *out) {
    json_t *list = json_array();
    nex_status status = list ? NEX_OK : NEX_ENOMEM;
    for (size_t i = 0; i < o->settings.count && status == NEX_OK; i++) {
        if (json_array_append_new(list, as_json(&o->settings.items[i])) != 0) {
            status = NEX_ENOMEM;
        }
    }
    char *text = status == NEX_OK ? json_dumps(list, JSON_COMPACT) : NULL;
    status = text ? nex_buf_printf(out, "%s\n", text) : NEX_ENOMEM;
    free(text);
    json_decref(list);
    return status;
}

static nex_status add_row(table *t, const setting *item) {
    char *text = shown(item);
    nex_buf from = NEX_BUF_INIT;
    nex_status status = text ? nex_buf_append_str(&from, source_name(item->from)) : NEX_ENOMEM;
    if (status == NEX_OK && item->place && *item->place) {
        status = nex_buf_printf(&from, " %s", item->place);
    }
    if (status == NEX_OK) {
        status = table_cell(t, item->flag->key);
    }
    if (status == NEX_OK) {
        status = table_cell(t, text);
    }
    if (status == NEX_OK) {
        status = table_cell(t, from.data);
    }
    nex_buf_free(&from);
    free(text);
    return status;
}

nex_status options_check(const options *o, bool json, nex_buf *out) {
    if (json) {
        return print_json(o, out);
    }
    table *t = table_new(NULL);
    nex_status status = t ? table_column(t, "Setting", false) : NEX_ENOMEM;
    if (status == NEX_OK) {
        status = table_column(t, "Value", false);
    }
    if (status == NEX_OK) {
        status = table_column(t, "From", false);
    }
    for (size_t i = 0; i < o->settings.count && status == NEX_OK; i++) {
        status = add_row(t, &o->settings.items[i]);
    }
    if (status == NEX_OK) {
        status = table_render(t, out);
    }
    table_free(t);
    return status;
}
