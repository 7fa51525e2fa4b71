#include "json/yaml_scalar.h"

static bool one_of(const char *text, size_t len, const char *const *words) {
    for (; *words; words++)
        if (strlen(*words) == len && memcmp(*words, text, len) == 0)
            return true;
    return false;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_hex(char c) {
    return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* 0o17 and 0x1F; the base, or 0. */
static int other_base(const char *s, size_t len) {
    if (len < 3 || s[0] != '0' || (s[1] != 'o' && s[1] != 'x'))
        return 0;
    for (size_t i = 2; i < len; i++)
        if (s[1] == 'o' ? s[i] < '0' || s[i] > '7' : !is_hex(s[i]))
            return 0;
    return s[1] == 'o' ? 8 : 16;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool is_decimal(const char *s, size_t len) {
    size_t i = 0, digits = 0;
    if (i < len && (s[i] == '-' || s[i] == '+'))
        i++;
    for (; i < len && is_digit(s[i]); i++)
        digits++;
    if (i < len && s[i] == '.') {
        i++;
        for (; i < len && is_digit(s[i]); i++)
            digits++;
        if (digits == 0)
            return false;
    }
    if (digits == 0)
        return false;
    if (i < len && (s[i] | 32) == 'e') {
        i++;
        if (i < len && (s[i] == '-' || s[i] == '+'))
            i++;
        size_t start = i;
        while (i < len && is_digit(s[i]))
            i++;
        if (i == start)
            return false;
    }
    return i == len;
}

/* The same in JSON's narrower grammar. */
static bool is_json(const char *s, size_t len) {
    size_t i = len > 0 && s[0] == '-' ? 1 : 0;
    if (i == len || !is_digit(s[i]) || (s[i] == '0' && i + 1 < len && is_digit(s[i + 1])))
        return false;
    while (i < len && is_digit(s[i]))
        i++;
    return !(i < len && s[i] == '.' && (i + 1 == len || !is_digit(s[i + 1])));
}

static const char *plain(const char *text, size_t len, nex_json_type *type) {
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const trues[] = {"true", "True", "TRUE", NULL};
    static const char *const falses[] = {"false", "False", "FALSE", NULL};
    static const char *const beyond[] = {".inf",  ".Inf",  ".INF",  "+.inf", "+.Inf",
                                         "+.INF", "-.inf", "-.Inf", "-.INF", ".nan",
                                         ".NaN",  ".NAN",  NULL};
    *type = NEX_JSON_TYPE_STRING;
    if (one_of(text, len, nulls))
        *type = NEX_JSON_TYPE_NULL;
    else if (one_of(text, len, trues))
        *type = NEX_JSON_TYPE_TRUE;
    else if (one_of(text, len, falses))
        *type = NEX_JSON_TYPE_FALSE;
    else if (one_of(text, len, beyond))
        return "infinities and NaN have no form in JSON";
    else if (is_decimal(text, len) || other_base(text, len))
        *type = NEX_JSON_TYPE_INT;
    return NULL;
}

const char *nex_yaml_resolve(const yaml_event_t *event, nex_json_type *type) {
    static const struct {
        const char *tag;
        unsigned types;
        const char *wrong;
    } tags[] = {
        {YAML_NULL_TAG, 1u << NEX_JSON_TYPE_NULL, "expected null after !!null"},
        {YAML_BOOL_TAG, 1u << NEX_JSON_TYPE_TRUE | 1u << NEX_JSON_TYPE_FALSE,
         "expected true or false after !!bool"},
        {YAML_INT_TAG, 1u << NEX_JSON_TYPE_INT, "expected a number after !!int"},
        {YAML_FLOAT_TAG, 1u << NEX_JSON_TYPE_INT, "expected a number after !!float"},
    };
    const char *tag = (const char *)event->data.scalar.tag;
    const char *text = (const char *)event->data.scalar.value;
    size_t len = event->data.scalar.length;
    *type = NEX_JSON_TYPE_STRING;
    if (!tag)
        return event->data.scalar.plain_implicit ? plain(text, len, type) : NULL;
    if (strcmp(tag, YAML_STR_TAG) == 0 || strcmp(tag, "!") == 0)
        return NULL;
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        if (strcmp(tag, tags[i].tag) != 0)
            continue;
        const char *wrong = plain(text, len, type);
        return wrong || (tags[i].types >> *type & 1) ? wrong : tags[i].wrong;
    }
    return "a tag that is not known";
}

bool nex_yaml_number(nex_json *doc, nex_node *node, const char *text, size_t len) {
    int base = other_base(text, len);
    uint64_t value = 0;
    if (base == 0) {
        if (is_json(text, len))
            node->flags = NEX_NODE_PLAIN_NUMBER;
        return nex_json_number(doc, node, len) == NEX_OK;
    }
    for (size_t i = 2; i < len; i++) {
        int digit = is_digit(text[i]) ? text[i] - '0' : (text[i] | 32) - 'a' + 10;
        if (value > ((uint64_t)INT64_MAX - (uint64_t)digit) / (uint64_t)base)
            return false;
        value = value * (uint64_t)base + (uint64_t)digit;
    }
    node->as.integer = (int64_t)value;
    return true;
}
