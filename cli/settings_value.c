/* Texts and JSON values to values of settings, each checked against its table entry. */
#include "settings.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static nex_status bad(const setting *item, const char *place, const char *wanted, const char *got,
                      nex_error *err) {
    bool secret = item->flag->flags & CLI_SECRET;
    return nex_error_set(err, NEX_EINVAL, "%s: wanted %s%s%s%s", place, wanted,
                         secret || !got ? "" : ", got \"", secret || !got ? "" : got,
                         secret || !got ? "" : "\"");
}

static nex_status bad_choice(const setting *item, const char *place, const char *got,
                             nex_error *err) {
    nex_buf text = NEX_BUF_INIT;
    nex_status status = NEX_OK;
    for (const char *const *choice = item->flag->choices; *choice && status == NEX_OK; choice++) {
        status = nex_buf_printf(&text, "%s%s", choice == item->flag->choices ? "one of " : ", ",
                                **choice ? *choice : "\"\"");
    }
    status = bad(item, place, text.data ? text.data : "another value", got, err);
    nex_buf_free(&text);
    return status;
}

static bool is_choice(const setting *item, const char *text) {
    const char *const *choice = item->flag->choices;
    while (choice && *choice && strcmp(*choice, text) != 0) {
        choice++;
    }
    return !choice || *choice;
}

static nex_status check_duration(const setting *item, const char *place, const char *text,
                                 nex_error *err) {
    nex_duration value;
    if (nex_duration_parse(text, strlen(text), &value, NULL) != NEX_OK) {
        return bad(item, place, "a duration such as 10s, 1m30s or 250ms", text, err);
    }
    return value < 0 ? bad(item, place, "a duration that is not negative", text, err) : NEX_OK;
}

static nex_status check_int(const setting *item, const char *place, int64_t number,
                            nex_error *err) {
    if (!item->flag->has_minimum || number >= item->flag->minimum) {
        return NEX_OK;
    }
    char wanted[64], got[32];
    snprintf(wanted, sizeof wanted, "a number of at least %" PRId64, item->flag->minimum);
    snprintf(got, sizeof got, "%" PRId64, number);
    return bad(item, place, wanted, got, err);
}

static nex_status check_size(const setting *item, const char *place, size_t size, nex_error *err) {
    if (item->flag->max_items == 0 || size <= item->flag->max_items) {
        return NEX_OK;
    }
    return nex_error_set(err, NEX_EINVAL, "%s: wanted at most %zu, got %zu", place,
                         item->flag->max_items, size);
}

static nex_status int_of_text(const setting *item, const char *place, const char *text,
                              json_t **out, nex_error *err) {
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (errno || end == text || *end) {
        return bad(item, place, "a whole number", text, err);
    }
    *out = json_integer(number);
    return check_int(item, place, number, err);
}

static nex_status bool_of_text(const setting *item, const char *place, const char *text,
                               json_t **out, nex_error *err) {
    static const char *const yes[] = {"true", "1", "yes", "on", "t"};
    static const char *const no[] = {"false", "0", "no", "off", "f"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (strcmp(text, yes[i]) == 0) {
            *out = json_true();
            return NEX_OK;
        }
        if (strcmp(text, no[i]) == 0) {
            *out = json_false();
            return NEX_OK;
        }
    }
    return bad(item, place, "true or false", text, err);
}

/* What a flag said before, to add to, or something new. */
static json_t *base(const setting *item, source from, json_t *fresh) {
    if (item->from == FROM_FLAG && from == FROM_FLAG && item->value) {
        json_decref(fresh);
        return json_copy(item->value);
    }
    return fresh;
}

static nex_status list_of_text(const setting *item, source from, const char *place,
                               const char *text, json_t **out, nex_error *err) {
    *out = base(item, from, json_array());
    /* An argument of a program may hold commas; a list of names does not. */
    while (*text) {
        size_t len = strcspn(text, ",");
        if (len > 0) {
            json_t *entry = json_stringn(text, len);
            if (!entry) {
                return bad(item, place, "UTF-8 text", NULL, err);
            }
            if (!is_choice(item, json_string_value(entry))) {
                nex_status status = bad_choice(item, place, json_string_value(entry), err);
                json_decref(entry);
                return status;
            }
            if (json_array_append_new(*out, entry) != 0) {
                return nex_error_set(err, NEX_ENOMEM, "out of memory");
            }
        }
        text += len + (text[len] == ',');
    }
    return check_size(item, place, json_array_size(*out), err);
}

static nex_status map_of_text(const setting *item, source from, const char *place, const char *text,
                              json_t **out, nex_error *err) {
    *out = base(item, from, json_object());
    while (*text) {
        size_t len = strcspn(text, ";");
        const char *equals = memchr(text, '=', len);
        if (len > 0 && (!equals || equals == text)) {
            return bad(item, place, "NAME=VALUE", text, err);
        }
        if (len > 0) {
            char *name = strndup(text, (size_t)(equals - text));
            json_t *value = json_stringn(equals + 1, len - (size_t)(equals - text) - 1);
            int failed = !name || !value || json_object_set(*out, name, value) != 0;
            free(name);
            json_decref(value);
            if (failed) {
                return bad(item, place, "NAME=VALUE in UTF-8", NULL, err);
            }
        }
        text += len + (text[len] == ';');
    }
    return check_size(item, place, json_object_size(*out), err);
}

static nex_status text_of_text(const setting *item, const char *place, const char *text,
                               json_t **out, nex_error *err) {
    *out = json_string(text);
    if (!*out) {
        return bad(item, place, "UTF-8 text", NULL, err);
    }
    if (!is_choice(item, text)) {
        return bad_choice(item, place, text, err);
    }
    return item->flag->kind == CLI_DURATION ? check_duration(item, place, text, err) : NEX_OK;
}

static nex_status json_of_text(const char *place, const char *text, json_t **out, nex_error *err) {
    /* The text is kept as it stood, for its numbers and the places of its values. */
    nex_json *doc;
    nex_status status = nex_json_parse(&doc, text, strlen(text), err);
    if (status != NEX_OK) {
        return nex_error_prefix(err, status, "%s", place);
    }
    nex_json_free(doc);
    *out = json_string(text);
    return NEX_OK;
}

nex_status setting_set_text(setting *item, source from, const char *place, const char *text,
                            nex_error *err) {
    json_t *value = NULL;
    nex_status status = NEX_EINTERNAL;
    switch (item->flag->kind) {
    case CLI_BOOL:
        status = bool_of_text(item, place, text, &value, err);
        break;
    case CLI_INT:
        status = int_of_text(item, place, text, &value, err);
        break;
    case CLI_TEXT:
    case CLI_DURATION:
        status = text_of_text(item, place, text, &value, err);
        break;
    case CLI_LIST:
        status = list_of_text(item, from, place, text, &value, err);
        break;
    case CLI_MAP:
        status = map_of_text(item, from, place, text, &value, err);
        break;
    case CLI_JSON:
        status = json_of_text(place, text, &value, err);
        break;
    }
    if (status != NEX_OK) {
        json_decref(value);
        return status;
    }
    return setting_set(item, from, place, value, err);
}

static nex_status check_texts(const setting *item, const char *place, const json_t *value,
                              nex_error *err) {
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *text = json_string_value(json_array_get(value, i));
        if (!text) {
            return bad(item, place, "an array of texts", NULL, err);
        }
        if (!is_choice(item, text)) {
            return bad_choice(item, place, text, err);
        }
    }
    return check_size(item, place, json_array_size(value), err);
}

static nex_status check_members(const setting *item, const char *place, const json_t *value,
                                nex_error *err) {
    const char *key;
    const json_t *member;
    json_object_foreach((json_t *)(uintptr_t)value, key, member) {
        if (!json_is_string(member)) {
            return nex_error_set(err, NEX_EINVAL, "%s: the value of \"%s\" must be a text", place,
                                 key);
        }
    }
    return check_size(item, place, json_object_size(value), err);
}

static nex_status check_json(const setting *item, const char *place, const json_t *value,
                             nex_error *err) {
    const char *text = json_string_value(value);
    switch (item->flag->kind) {
    case CLI_BOOL:
        return json_is_boolean(value) ? NEX_OK : bad(item, place, "true or false", text, err);
    case CLI_INT:
        return json_is_integer(value) ? check_int(item, place, json_integer_value(value), err)
                                      : bad(item, place, "a whole number", text, err);
    case CLI_TEXT:
    case CLI_DURATION:
        if (!text) {
            return bad(item, place, "a text", NULL, err);
        }
        if (!is_choice(item, text)) {
            return bad_choice(item, place, text, err);
        }
        return item->flag->kind == CLI_DURATION ? check_duration(item, place, text, err) : NEX_OK;
    case CLI_LIST:
        return json_is_array(value) ? check_texts(item, place, value, err)
                                    : bad(item, place, "an array of texts", text, err);
    case CLI_MAP:
        return json_is_object(value) ? check_members(item, place, value, err)
                                     : bad(item, place, "an object of texts", text, err);
    case CLI_JSON:
        break;
    }
    return NEX_OK;
}

nex_status setting_set_json(setting *item, source from, const char *place, const json_t *value,
                            nex_error *err) {
    if (item->flag->kind == CLI_LIST && json_is_string(value)) {
        return setting_set_text(item, from, place, json_string_value(value), err);
    }
    nex_status status = check_json(item, place, value, err);
    if (status != NEX_OK) {
        return status;
    }
    return setting_set(item, from, place, json_incref((json_t *)(uintptr_t)value), err);
}
