/*
 * The keywords of both dialects as data: where they apply, and what their values must be.
 */
#ifndef SCHEMA_KEYWORD_H
#define SCHEMA_KEYWORD_H

#include "json/doc.h"

typedef enum nex_keyword {
    NEX_KW_NONE = 0,
    NEX_KW_SCHEMA,
    NEX_KW_ID,
    NEX_KW_ANCHOR,
    NEX_KW_DYNAMIC_ANCHOR,
    NEX_KW_REF,
    NEX_KW_DYNAMIC_REF,
    NEX_KW_VOCABULARY,
    NEX_KW_COMMENT,
    NEX_KW_DEFS,
    NEX_KW_DEFINITIONS,
    NEX_KW_RECURSIVE_ANCHOR,
    NEX_KW_RECURSIVE_REF,
    NEX_KW_ALL_OF,
    NEX_KW_ANY_OF,
    NEX_KW_ONE_OF,
    NEX_KW_NOT,
    NEX_KW_IF,
    NEX_KW_THEN,
    NEX_KW_ELSE,
    NEX_KW_PREFIX_ITEMS,
    NEX_KW_ITEMS,
    NEX_KW_ADDITIONAL_ITEMS,
    NEX_KW_CONTAINS,
    NEX_KW_PROPERTIES,
    NEX_KW_PATTERN_PROPERTIES,
    NEX_KW_ADDITIONAL_PROPERTIES,
    NEX_KW_PROPERTY_NAMES,
    NEX_KW_DEPENDENT_SCHEMAS,
    NEX_KW_DEPENDENCIES,
    NEX_KW_UNEVALUATED_ITEMS,
    NEX_KW_UNEVALUATED_PROPERTIES,
    NEX_KW_TYPE,
    NEX_KW_ENUM,
    NEX_KW_CONST,
    NEX_KW_MULTIPLE_OF,
    NEX_KW_MAXIMUM,
    NEX_KW_EXCLUSIVE_MAXIMUM,
    NEX_KW_MINIMUM,
    NEX_KW_EXCLUSIVE_MINIMUM,
    NEX_KW_MAX_LENGTH,
    NEX_KW_MIN_LENGTH,
    NEX_KW_PATTERN,
    NEX_KW_MAX_ITEMS,
    NEX_KW_MIN_ITEMS,
    NEX_KW_UNIQUE_ITEMS,
    NEX_KW_MAX_CONTAINS,
    NEX_KW_MIN_CONTAINS,
    NEX_KW_MAX_PROPERTIES,
    NEX_KW_MIN_PROPERTIES,
    NEX_KW_REQUIRED,
    NEX_KW_DEPENDENT_REQUIRED,
    NEX_KW_FORMAT,
    NEX_KW_CONTENT_ENCODING,
    NEX_KW_CONTENT_MEDIA_TYPE,
    NEX_KW_CONTENT_SCHEMA,
    NEX_KW_TITLE,
    NEX_KW_DESCRIPTION,
    NEX_KW_DEFAULT,
    NEX_KW_DEPRECATED,
    NEX_KW_READ_ONLY,
    NEX_KW_WRITE_ONLY,
    NEX_KW_EXAMPLES,
    NEX_KW_COUNT
} nex_keyword;

/** What a keyword's value must be. */
typedef enum nex_shape {
    NEX_SHAPE_ANY = 0,
    NEX_SHAPE_SCHEMA,
    NEX_SHAPE_SCHEMAS,      /**< a non-empty array of schemas */
    NEX_SHAPE_SCHEMA_MAP,   /**< an object of schemas */
    NEX_SHAPE_PATTERN_MAP,  /**< the same, its names regular expressions */
    NEX_SHAPE_ITEMS,        /**< a schema; in draft-07 also an array of them */
    NEX_SHAPE_DEPENDENCIES, /**< an object of schemas or arrays of names */
    NEX_SHAPE_NAMES,        /**< an array of different strings */
    NEX_SHAPE_NAMES_MAP,    /**< an object of such */
    NEX_SHAPE_TYPE,
    NEX_SHAPE_ARRAY,
    NEX_SHAPE_BOOLEAN,
    NEX_SHAPE_STRING,
    NEX_SHAPE_PATTERN,
    NEX_SHAPE_URI,
    NEX_SHAPE_ID, /**< a URI reference; in 2020-12 without a fragment */
    NEX_SHAPE_ANCHOR,
    NEX_SHAPE_NUMBER,
    NEX_SHAPE_POSITIVE,
    NEX_SHAPE_COUNT, /**< an integer of 0 or more */
    NEX_SHAPE_VOCABULARY
} nex_shape;

/** 2019-09 only of documents that references lead to. */
enum {
    NEX_IN_07 = 1,
    NEX_IN_2019 = 2,
    NEX_IN_2020 = 4,
    NEX_TILL_2019 = NEX_IN_07 | NEX_IN_2019,
    NEX_SINCE_2019 = NEX_IN_2019 | NEX_IN_2020,
    NEX_IN_ALL = NEX_IN_07 | NEX_SINCE_2019
};

/** 2020-12's vocabularies; the other dialects have all of them. */
enum {
    NEX_VOCAB_CORE = 1,
    NEX_VOCAB_APPLICATOR = 2,
    NEX_VOCAB_UNEVALUATED = 4,
    NEX_VOCAB_VALIDATION = 8,
    NEX_VOCAB_META_DATA = 16,
    NEX_VOCAB_FORMAT = 32,
    NEX_VOCAB_CONTENT = 64,
    NEX_VOCAB_FORMAT_ASSERTION = 128,
    NEX_VOCAB_ALL = 127
};

typedef struct nex_keyword_info {
    const char *name;
    uint8_t dialects, vocabulary, shape;
} nex_keyword_info;

extern const nex_keyword_info nex_keywords[NEX_KW_COUNT];

/** The keyword of a name; NEX_KW_NONE for all others. */
nex_keyword nex_keyword_find(const char *name, size_t len);

/**
 * Checks a keyword's value, but not the schemas within it. On NEX_EINVAL, *at is the value that
 * is wrong and wanted says what it should be.
 */
nex_status nex_keyword_check(nex_keyword keyword, unsigned dialect, const nex_json *doc,
                             const nex_node *value, const nex_node **at, nex_buf *wanted);

/** The bit mask (by nex_json_type) of a type's name; 0 when it is none. */
unsigned nex_type_mask(const char *name, size_t len);

#endif
