#include "schema/keyword.h"
#include "json/decimal.h"

#include <string.h>

const nex_keyword_info nex_keywords[NEX_KW_COUNT] = {
    [NEX_KW_NONE] = {"", 0, 0, NEX_SHAPE_ANY},
    [NEX_KW_SCHEMA] = {"$schema", NEX_IN_ALL, NEX_VOCAB_CORE, NEX_SHAPE_URI},
    [NEX_KW_ID] = {"$id", NEX_IN_ALL, NEX_VOCAB_CORE, NEX_SHAPE_ID},
    [NEX_KW_ANCHOR] = {"$anchor", NEX_SINCE_2019, NEX_VOCAB_CORE, NEX_SHAPE_ANCHOR},
    [NEX_KW_DYNAMIC_ANCHOR] = {"$dynamicAnchor", NEX_IN_2020, NEX_VOCAB_CORE, NEX_SHAPE_ANCHOR},
    [NEX_KW_REF] = {"$ref", NEX_IN_ALL, NEX_VOCAB_CORE, NEX_SHAPE_URI},
    [NEX_KW_DYNAMIC_REF] = {"$dynamicRef", NEX_IN_2020, NEX_VOCAB_CORE, NEX_SHAPE_URI},
    [NEX_KW_VOCABULARY] = {"$vocabulary", NEX_SINCE_2019, NEX_VOCAB_CORE, NEX_SHAPE_VOCABULARY},
    [NEX_KW_COMMENT] = {"$comment", NEX_IN_ALL, NEX_VOCAB_CORE, NEX_SHAPE_STRING},
    [NEX_KW_DEFS] = {"$defs", NEX_SINCE_2019, NEX_VOCAB_CORE, NEX_SHAPE_SCHEMA_MAP},
    [NEX_KW_DEFINITIONS] = {"definitions", NEX_IN_ALL, NEX_VOCAB_CORE, NEX_SHAPE_SCHEMA_MAP},
    [NEX_KW_RECURSIVE_ANCHOR] = {"$recursiveAnchor", NEX_IN_2020, NEX_VOCAB_CORE, NEX_SHAPE_ANCHOR},
    [NEX_KW_RECURSIVE_REF] = {"$recursiveRef", NEX_SINCE_2019, NEX_VOCAB_CORE, NEX_SHAPE_URI},
    [NEX_KW_ALL_OF] = {"allOf", NEX_IN_ALL, NEX_VOCAB_APPLICATOR, NEX_SHAPE_SCHEMAS},
    [NEX_KW_ANY_OF] = {"anyOf", NEX_IN_ALL, NEX_VOCAB_APPLICATOR, NEX_SHAPE_SCHEMAS},
    [NEX_KW_ONE_OF] = {"oneOf", NEX_IN_ALL, NEX_VOCAB_APPLICATOR, NEX_SHAPE_SCHEMAS},
    [NEX_KW_NOT] = {"not", NEX_IN_ALL, NEX_VOCAB_APPLICATOR, NEX_SHAPE_SCHEMA},
    [NEX_KW_IF] = {"if", NEX_IN_ALL, NEX_VOCAB_APPLICATOR, NEX_SHAPE_SCHEMA},
    [NEX_KW_THEN] = {"then", NEX_IN_ALL, NEX_VOCAB_APPLICATOR, NEX_SHAPE_SCHEMA},
    [NEX_KW_ELSE] = {"else", NEX_IN_ALL, NEX_VOCAB_APPLICATOR, NEX_SHAPE_SCHEMA},
    [NEX_KW_PREFIX_ITEMS] = {"prefixItems", NEX_IN_2020, NEX_VOCAB_APPLICATOR, NEX_SHAPE_SCHEMAS},
    [NEX_KW_ITEMS] = {"items", NEX_IN_ALL, NEX_VOCAB_APPLICATOR, NEX_SHAPE_ITEMS},
    [NEX_KW_ADDITIONAL_ITEMS] = {"additionalItems", NEX_TILL_2019, NEX_VOCAB_APPLICATOR,
                                 NEX_SHAPE_SCHEMA},
    [NEX_KW_CONTAINS] = {"contains", NEX_IN_ALL, NEX_VOCAB_APPLICATOR, NEX_SHAPE_SCHEMA},
    [NEX_KW_PROPERTIES] = {"properties", NEX_IN_ALL, NEX_VOCAB_APPLICATOR, NEX_SHAPE_SCHEMA_MAP},
    [NEX_KW_PATTERN_PROPERTIES] = {"patternProperties", NEX_IN_ALL, NEX_VOCAB_APPLICATOR,
                                   NEX_SHAPE_PATTERN_MAP},
    [NEX_KW_ADDITIONAL_PROPERTIES] = {"additionalProperties", NEX_IN_ALL, NEX_VOCAB_APPLICATOR,
                                      NEX_SHAPE_SCHEMA},
    [NEX_KW_PROPERTY_NAMES] = {"propertyNames", NEX_IN_ALL, NEX_VOCAB_APPLICATOR, NEX_SHAPE_SCHEMA},
    [NEX_KW_DEPENDENT_SCHEMAS] = {"dependentSchemas", NEX_SINCE_2019, NEX_VOCAB_APPLICATOR,
                                  NEX_SHAPE_SCHEMA_MAP},
    [NEX_KW_DEPENDENCIES] = {"dependencies", NEX_IN_ALL, NEX_VOCAB_APPLICATOR,
                             NEX_SHAPE_DEPENDENCIES},
    [NEX_KW_UNEVALUATED_ITEMS] = {"unevaluatedItems", NEX_SINCE_2019, NEX_VOCAB_UNEVALUATED,
                                  NEX_SHAPE_SCHEMA},
    [NEX_KW_UNEVALUATED_PROPERTIES] = {"unevaluatedProperties", NEX_SINCE_2019,
                                       NEX_VOCAB_UNEVALUATED, NEX_SHAPE_SCHEMA},
    [NEX_KW_TYPE] = {"type", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_TYPE},
    [NEX_KW_ENUM] = {"enum", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_ARRAY},
    [NEX_KW_CONST] = {"const", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_ANY},
    [NEX_KW_MULTIPLE_OF] = {"multipleOf", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_POSITIVE},
    [NEX_KW_MAXIMUM] = {"maximum", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_NUMBER},
    [NEX_KW_EXCLUSIVE_MAXIMUM] = {"exclusiveMaximum", NEX_IN_ALL, NEX_VOCAB_VALIDATION,
                                  NEX_SHAPE_NUMBER},
    [NEX_KW_MINIMUM] = {"minimum", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_NUMBER},
    [NEX_KW_EXCLUSIVE_MINIMUM] = {"exclusiveMinimum", NEX_IN_ALL, NEX_VOCAB_VALIDATION,
                                  NEX_SHAPE_NUMBER},
    [NEX_KW_MAX_LENGTH] = {"maxLength", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_COUNT},
    [NEX_KW_MIN_LENGTH] = {"minLength", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_COUNT},
    [NEX_KW_PATTERN] = {"pattern", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_PATTERN},
    [NEX_KW_MAX_ITEMS] = {"maxItems", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_COUNT},
    [NEX_KW_MIN_ITEMS] = {"minItems", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_COUNT},
    [NEX_KW_UNIQUE_ITEMS] = {"uniqueItems", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_BOOLEAN},
    [NEX_KW_MAX_CONTAINS] = {"maxContains", NEX_SINCE_2019, NEX_VOCAB_VALIDATION, NEX_SHAPE_COUNT},
    [NEX_KW_MIN_CONTAINS] = {"minContains", NEX_SINCE_2019, NEX_VOCAB_VALIDATION, NEX_SHAPE_COUNT},
    [NEX_KW_MAX_PROPERTIES] = {"maxProperties", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_COUNT},
    [NEX_KW_MIN_PROPERTIES] = {"minProperties", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_COUNT},
    [NEX_KW_REQUIRED] = {"required", NEX_IN_ALL, NEX_VOCAB_VALIDATION, NEX_SHAPE_NAMES},
    [NEX_KW_DEPENDENT_REQUIRED] = {"dependentRequired", NEX_SINCE_2019, NEX_VOCAB_VALIDATION,
                                   NEX_SHAPE_NAMES_MAP},
    [NEX_KW_FORMAT] = {"format", NEX_IN_ALL, NEX_VOCAB_FORMAT, NEX_SHAPE_STRING},
    [NEX_KW_CONTENT_ENCODING] = {"contentEncoding", NEX_IN_ALL, NEX_VOCAB_CONTENT,
                                 NEX_SHAPE_STRING},
    [NEX_KW_CONTENT_MEDIA_TYPE] = {"contentMediaType", NEX_IN_ALL, NEX_VOCAB_CONTENT,
                                   NEX_SHAPE_STRING},
    [NEX_KW_CONTENT_SCHEMA] = {"contentSchema", NEX_SINCE_2019, NEX_VOCAB_CONTENT,
                               NEX_SHAPE_SCHEMA},
    [NEX_KW_TITLE] = {"title", NEX_IN_ALL, NEX_VOCAB_META_DATA, NEX_SHAPE_STRING},
    [NEX_KW_DESCRIPTION] = {"description", NEX_IN_ALL, NEX_VOCAB_META_DATA, NEX_SHAPE_STRING},
    [NEX_KW_DEFAULT] = {"default", NEX_IN_ALL, NEX_VOCAB_META_DATA, NEX_SHAPE_ANY},
    [NEX_KW_DEPRECATED] = {"deprecated", NEX_SINCE_2019, NEX_VOCAB_META_DATA, NEX_SHAPE_BOOLEAN},
    [NEX_KW_READ_ONLY] = {"readOnly", NEX_IN_ALL, NEX_VOCAB_META_DATA, NEX_SHAPE_BOOLEAN},
    [NEX_KW_WRITE_ONLY] = {"writeOnly", NEX_IN_ALL, NEX_VOCAB_META_DATA, NEX_SHAPE_BOOLEAN},
    [NEX_KW_EXAMPLES] = {"examples", NEX_IN_ALL, NEX_VOCAB_META_DATA, NEX_SHAPE_ARRAY},
};

/* The keywords of each length of name. */
static const uint8_t by_length[][9] = {
    [2] = {NEX_KW_IF},
    [3] = {NEX_KW_ID, NEX_KW_NOT},
    [4] = {NEX_KW_REF, NEX_KW_THEN, NEX_KW_ELSE, NEX_KW_TYPE, NEX_KW_ENUM},
    [5] = {NEX_KW_DEFS, NEX_KW_ALL_OF, NEX_KW_ANY_OF, NEX_KW_ONE_OF, NEX_KW_ITEMS, NEX_KW_CONST,
           NEX_KW_TITLE},
    [6] = {NEX_KW_FORMAT},
    [7] = {NEX_KW_SCHEMA, NEX_KW_ANCHOR, NEX_KW_MAXIMUM, NEX_KW_MINIMUM, NEX_KW_PATTERN,
           NEX_KW_DEFAULT},
    [8] = {NEX_KW_COMMENT, NEX_KW_CONTAINS, NEX_KW_MAX_ITEMS, NEX_KW_MIN_ITEMS, NEX_KW_REQUIRED,
           NEX_KW_READ_ONLY, NEX_KW_EXAMPLES},
    [9] = {NEX_KW_MAX_LENGTH, NEX_KW_MIN_LENGTH, NEX_KW_WRITE_ONLY},
    [10] = {NEX_KW_PROPERTIES, NEX_KW_MULTIPLE_OF, NEX_KW_DEPRECATED},
    [11] = {NEX_KW_DYNAMIC_REF, NEX_KW_VOCABULARY, NEX_KW_DEFINITIONS, NEX_KW_PREFIX_ITEMS,
            NEX_KW_UNIQUE_ITEMS, NEX_KW_MAX_CONTAINS, NEX_KW_MIN_CONTAINS, NEX_KW_DESCRIPTION},
    [12] = {NEX_KW_DEPENDENCIES},
    [13] = {NEX_KW_RECURSIVE_REF, NEX_KW_PROPERTY_NAMES, NEX_KW_MAX_PROPERTIES,
            NEX_KW_MIN_PROPERTIES, NEX_KW_CONTENT_SCHEMA},
    [14] = {NEX_KW_DYNAMIC_ANCHOR},
    [15] = {NEX_KW_ADDITIONAL_ITEMS, NEX_KW_CONTENT_ENCODING},
    [16] = {NEX_KW_RECURSIVE_ANCHOR, NEX_KW_DEPENDENT_SCHEMAS, NEX_KW_UNEVALUATED_ITEMS,
            NEX_KW_EXCLUSIVE_MAXIMUM, NEX_KW_EXCLUSIVE_MINIMUM, NEX_KW_CONTENT_MEDIA_TYPE},
    [17] = {NEX_KW_PATTERN_PROPERTIES, NEX_KW_DEPENDENT_REQUIRED},
    [20] = {NEX_KW_ADDITIONAL_PROPERTIES},
    [21] = {NEX_KW_UNEVALUATED_PROPERTIES},
};

nex_keyword nex_keyword_find(const char *name, size_t len) {
    if (len >= sizeof by_length / sizeof by_length[0])
        return NEX_KW_NONE;
    for (const uint8_t *kw = by_length[len]; *kw != NEX_KW_NONE; kw++)
        if (memcmp(nex_keywords[*kw].name, name, len) == 0)
            return (nex_keyword)*kw;
    return NEX_KW_NONE;
}

unsigned nex_type_mask(const char *name, size_t len) {
    static const struct {
        const char *name;
        unsigned mask;
    } types[] = {
        {"string", 1u << NEX_JSON_TYPE_STRING},
        {"object", 1u << NEX_JSON_TYPE_OBJECT},
        {"array", 1u << NEX_JSON_TYPE_ARRAY},
        {"integer", 1u << NEX_JSON_TYPE_INT},
        {"number", 1u << NEX_JSON_TYPE_INT | 1u << NEX_JSON_TYPE_NUMBER},
        {"boolean", 1u << NEX_JSON_TYPE_TRUE | 1u << NEX_JSON_TYPE_FALSE},
        {"null", 1u << NEX_JSON_TYPE_NULL},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strlen(types[i].name) == len && memcmp(types[i].name, name, len) == 0)
            return types[i].mask;
    return 0;
}

typedef struct check {
    const nex_json *doc;
    const nex_node **at;
    nex_buf *wanted;
} check;

static nex_status wrong(const check *c, const nex_node *at, const char *wanted) {
    *c->at = at;
    nex_status status = nex_buf_append_str(c->wanted, wanted);
    return status == NEX_OK ? NEX_EINVAL : status;
}

static bool is_schema(const nex_node *node) {
    return node->type == NEX_JSON_TYPE_OBJECT || node->type == NEX_JSON_TYPE_TRUE ||
           node->type == NEX_JSON_TYPE_FALSE;
}

static bool is_number(const nex_node *node) {
    return node->type == NEX_JSON_TYPE_INT || node->type == NEX_JSON_TYPE_NUMBER;
}

/* $anchor in 2020-12: ^[A-Za-z_][-A-Za-z0-9._]*$ */
static nex_status anchor(const check *c, const nex_node *value) {
    static const char wanted[] = "a name that begins with a letter or _ and goes on with letters, "
                                 "digits, '-', '_' or '.'";
    if (value->type != NEX_JSON_TYPE_STRING || value->size == 0)
        return wrong(c, value, wanted);
    const char *s = nex_node_string(c->doc, value);
    for (uint32_t i = 0; i < value->size; i++) {
        bool letter = (s[i] >= 'a' && s[i] <= 'z') || (s[i] >= 'A' && s[i] <= 'Z') || s[i] == '_';
        if (!letter && (i == 0 || !((s[i] >= '0' && s[i] <= '9') || s[i] == '-' || s[i] == '.')))
            return wrong(c, value, wanted);
    }
    return NEX_OK;
}

static nex_status names(const check *c, const nex_node *value) {
    if (value->type != NEX_JSON_TYPE_ARRAY)
        return wrong(c, value, "an array of strings");
    uint64_t steps = UINT64_C(1) << 32;
    const nex_node *node = value + 1;
    for (uint32_t i = 0; i < value->size; i++, node = nex_node_next(c->doc, node))
        if (node->type != NEX_JSON_TYPE_STRING)
            return wrong(c, node, "a string");
    const nex_node *again = nex_node_duplicate_item(c->doc, value, &steps);
    return again ? wrong(c, again, "strings that are all different") : NEX_OK;
}

static nex_status type(const check *c, const nex_node *value) {
    static const char wanted[] = "a type name (string, number, integer, boolean, object, array, "
                                 "null)";
    unsigned seen[16], count = 0;
    if (value->type == NEX_JSON_TYPE_STRING)
        return nex_type_mask(nex_node_string(c->doc, value), value->size) ? NEX_OK
                                                                          : wrong(c, value, wanted);
    if (value->type != NEX_JSON_TYPE_ARRAY)
        return wrong(c, value, "a type name or an array of them");
    if (value->size == 0)
        return wrong(c, value, "at least one type name");
    const nex_node *node = value + 1;
    for (uint32_t i = 0; i < value->size; i++, node = nex_node_next(c->doc, node)) {
        unsigned mask = node->type == NEX_JSON_TYPE_STRING
                            ? nex_type_mask(nex_node_string(c->doc, node), node->size)
                            : 0;
        if (!mask)
            return wrong(c, node, wanted);
        for (unsigned k = 0; k < count; k++)
            if (seen[k] == mask)
                return wrong(c, node, "type names that are all different");
        seen[count++] = mask; /* at most seven can differ */
    }
    return NEX_OK;
}

static nex_status members(const check *c, const nex_node *value, nex_shape shape) {
    const nex_node *node = value + 1;
    if (value->type != NEX_JSON_TYPE_OBJECT)
        return wrong(c, value, "an object");
    for (uint32_t i = 0; i < value->size; i++, node = nex_node_next(c->doc, node)) {
        nex_status status = NEX_OK;
        if (shape == NEX_SHAPE_NAMES_MAP ||
            (shape == NEX_SHAPE_DEPENDENCIES && node->type == NEX_JSON_TYPE_ARRAY))
            status = names(c, node);
        else if (shape == NEX_SHAPE_VOCABULARY && node->type != NEX_JSON_TYPE_TRUE &&
                 node->type != NEX_JSON_TYPE_FALSE)
            status = wrong(c, node, "true or false");
        else if (shape != NEX_SHAPE_VOCABULARY && !is_schema(node))
            status = wrong(c, node, "a schema (an object, true or false)");
        if (status != NEX_OK)
            return status;
    }
    return NEX_OK;
}

static nex_status schemas(const check *c, const nex_node *value) {
    const nex_node *node = value + 1;
    if (value->type != NEX_JSON_TYPE_ARRAY || value->size == 0)
        return wrong(c, value, "an array of at least one schema");
    for (uint32_t i = 0; i < value->size; i++, node = nex_node_next(c->doc, node))
        if (!is_schema(node))
            return wrong(c, node, "a schema (an object, true or false)");
    return NEX_OK;
}

static nex_status number(const check *c, const nex_node *value, nex_shape shape) {
    bool negative = value->type == NEX_JSON_TYPE_INT ? value->as.integer < 0 : value->as.real < 0;
    bool integer = value->type == NEX_JSON_TYPE_INT || (value->flags & NEX_NODE_INTEGER);
    if (shape == NEX_SHAPE_NUMBER)
        return is_number(value) ? NEX_OK : wrong(c, value, "a number");
    if (shape == NEX_SHAPE_COUNT)
        return is_number(value) && integer && !negative
                   ? NEX_OK
                   : wrong(c, value, "an integer that is not negative");
    if (!is_number(value) || negative ||
        (value->type == NEX_JSON_TYPE_INT && value->as.integer == 0))
        return wrong(c, value, "a number above 0");
    nex_decimal d; /* 1e-400 is above 0, though its double is not */
    if (value->type == NEX_JSON_TYPE_NUMBER &&
        nex_decimal_parse(&d, nex_node_number(c->doc, value), value->size) && d.negative)
        return wrong(c, value, "a number above 0");
    return NEX_OK;
}

nex_status nex_keyword_check(nex_keyword keyword, unsigned dialect, const nex_json *doc,
                             const nex_node *value, const nex_node **at, nex_buf *wanted) {
    check c = {doc, at, wanted};
    nex_shape shape = (nex_shape)nex_keywords[keyword].shape;
    switch (shape) {
    case NEX_SHAPE_ANY:
        return NEX_OK;
    case NEX_SHAPE_ITEMS:
        if ((dialect & NEX_TILL_2019) && value->type == NEX_JSON_TYPE_ARRAY)
            return schemas(&c, value);
        return is_schema(value) ? NEX_OK : wrong(&c, value, "a schema (an object, true or false)");
    case NEX_SHAPE_SCHEMA:
        return is_schema(value) ? NEX_OK : wrong(&c, value, "a schema (an object, true or false)");
    case NEX_SHAPE_SCHEMAS:
        return schemas(&c, value);
    case NEX_SHAPE_SCHEMA_MAP:
    case NEX_SHAPE_PATTERN_MAP:
    case NEX_SHAPE_DEPENDENCIES:
    case NEX_SHAPE_NAMES_MAP:
    case NEX_SHAPE_VOCABULARY:
        return members(&c, value, shape);
    case NEX_SHAPE_NAMES:
        return names(&c, value);
    case NEX_SHAPE_TYPE:
        return type(&c, value);
    case NEX_SHAPE_ARRAY:
        return value->type == NEX_JSON_TYPE_ARRAY ? NEX_OK : wrong(&c, value, "an array");
    case NEX_SHAPE_BOOLEAN:
        return value->type == NEX_JSON_TYPE_TRUE || value->type == NEX_JSON_TYPE_FALSE
                   ? NEX_OK
                   : wrong(&c, value, "true or false");
    case NEX_SHAPE_STRING:
    case NEX_SHAPE_URI:     /* schemas in the wild write "#/definitions/My Type" */
    case NEX_SHAPE_PATTERN: /* compiled, and so checked, by the compiler */
        return value->type == NEX_JSON_TYPE_STRING ? NEX_OK : wrong(&c, value, "a string");
    case NEX_SHAPE_ID: {
        if (value->type != NEX_JSON_TYPE_STRING)
            return wrong(&c, value, "a URI reference");
        if (dialect == NEX_IN_07)
            return NEX_OK;
        const char *hash = memchr(nex_node_string(doc, value), '#', value->size);
        return !hash || hash == nex_node_string(doc, value) + value->size - 1
                   ? NEX_OK
                   : wrong(&c, value, "a URI reference without a fragment");
    }
    case NEX_SHAPE_ANCHOR:
        return anchor(&c, value);
    default:
        return number(&c, value, shape);
    }
}
