/*
 * nex/schema.h - JSON Schema at run time: draft-07 and 2020-12, compiled once, never fetching.
 * examples/schema_validate.c is a program that uses it; docs/schema.md says what is supported.
 */
#ifndef NEX_SCHEMA_H
#define NEX_SCHEMA_H

#include <jansson.h>
#include <nex/core.h>
#include <nex/json.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_schema nex_schema;

typedef enum nex_dialect { NEX_DIALECT_2020_12 = 0, NEX_DIALECT_DRAFT_07 } nex_dialect;

/** A document that "$ref" may find by its URI. */
typedef struct nex_schema_resource {
    const char *uri;
    const char *text;
    size_t len;
} nex_schema_resource;

typedef struct nex_schema_options {
    nex_dialect dialect;  /**< of schemas without "$schema" */
    bool annotate_format; /**< "format" is no assertion (default: it is one) */
    const nex_schema_resource *resources;
    size_t resource_count;
} nex_schema_options;

/** Compiles a schema. Unknown dialects, dangling references and broken keywords are errors. */
NEX_API nex_status nex_schema_compile(nex_schema **out, const char *text, size_t len,
                                      const nex_schema_options *options, nex_error *err);
NEX_API void nex_schema_free(nex_schema *schema);

/** One violation. Texts belong to the report. */
typedef struct nex_violation {
    const char *pointer;        /**< JSON pointer in the instance, "" the root */
    const char *schema_pointer; /**< JSON pointer in the schema */
    const char *keyword;
    const char *message;           /**< wanted and got, ready for a person */
    size_t offset;                 /**< byte offset in the instance's text */
    unsigned line, column;         /**< from 1; 0 when the instance had no text */
    const char *wanted, *got;      /**< the two halves of the message; may be "" */
    const char *suggestion;        /**< what may have been meant, as JSON; or "" */
    const char *keyword_location;  /**< the way evaluation took to the keyword, through "$ref"s */
    const char *absolute_location; /**< the keyword's place: its resource's URI, #, a pointer */
} nex_violation;

typedef struct nex_report {
    bool valid;
    nex_violation *violations;
    size_t count;
    bool truncated; /**< there were more than the cap, 100 */
    void *memory;   /**< the report's own */
} nex_report;

NEX_API void nex_report_free(nex_report *report);

/** Appends a line for each violation: "name:line:column: /pointer: message". name may be NULL. */
NEX_API nex_status nex_report_write_text(const nex_report *report, const char *name, nex_buf *out);
/**
 * Appends the report as one JSON object in JSON Schema's "basic" output format; each error has
 * line and column besides where they are known.
 */
NEX_API nex_status nex_report_write_basic(const nex_report *report, nex_buf *out);

/**
 * Validates a parsed document. Returns NEX_OK when valid, NEX_EINVAL when not (err then holds
 * the first violation; report, if given, all up to a cap), others when it could not be told
 * (a limit, memory). A schema may be used by many threads at once.
 */
NEX_API nex_status nex_schema_validate(const nex_schema *schema, const nex_json *instance,
                                       nex_report *report, nex_error *err);
/** Parses JSON text, then validates it. */
NEX_API nex_status nex_schema_validate_text(const nex_schema *schema, const char *text, size_t len,
                                            nex_report *report, nex_error *err);
/**
 * What nex_schema_validate_jsonl found in a line (from 1): the status, report and error that
 * nex_schema_validate_text gives, lines counted from the text's begin. They last for the call.
 * Any status but NEX_OK ends the reading.
 */
typedef nex_status (*nex_schema_line_fn)(void *arg, unsigned line, nex_status status,
                                         const nex_report *report, const nex_error *err);
/** Validates a text of one instance a line; empty lines are left out. */
NEX_API nex_status nex_schema_validate_jsonl(const nex_schema *schema, const char *text, size_t len,
                                             nex_schema_line_fn each, void *arg);
/** The same for a jansson value (no places). */
NEX_API nex_status nex_schema_validate_json(const nex_schema *schema, const json_t *instance,
                                            nex_report *report, nex_error *err);

/** Compiled schemas by content, at most so many; the least used goes first. One thread. */
typedef struct nex_schema_cache nex_schema_cache;
NEX_API nex_status nex_schema_cache_new(nex_schema_cache **out, size_t max);
NEX_API void nex_schema_cache_free(nex_schema_cache *cache);
/** Compiles or finds; the schema belongs to the cache and lives until the next call. */
NEX_API nex_status nex_schema_cache_get(nex_schema_cache *cache, const char *text, size_t len,
                                        const nex_schema **out, nex_error *err);

#ifdef __cplusplus
}
#endif

#endif
