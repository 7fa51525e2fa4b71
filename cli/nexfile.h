/*
 * nexfile.h - Nexfiles and start requests, with the place of everything in them.
 */
#ifndef CLI_NEXFILE_H
#define CLI_NEXFILE_H

#include "cli.h"

#include <nex/schema.h>

/** The members a Nexfile may have, from schemas/nexfile.json; ends with NULL. */
extern const char *const nexfile_members[];

enum { DOCUMENT_MAX = 4 << 20 };

/** Reads JSON (when it begins as JSON does) or YAML; errors carry line and column. */
nex_status text_parse(const char *text, size_t len, nex_json **out, nex_error *err);
/** The same; errors name file, line and column. */
nex_status document_parse(document *d, const char *file, const char *text, size_t len,
                          nex_error *err);
nex_status document_read(document *d, const char *file, nex_error *err);
void document_free(document *d);

/**
 * Takes the values of a Nexfile into the settings of workload start. Unknown members and wrong
 * values are errors that name file, line, column and JSON pointer.
 */
nex_status nexfile_apply(const document *d, settings *s, nex_error *err);

/** What to run: a part of a document. */
typedef struct start_request {
    document own;         /**< unless it stands in the Nexfile */
    const document *from; /**< the one it stands in */
    const char *pointer;  /**< of the start request in the document: "" or "/start_request" */
    nex_buf text;         /**< as compact JSON */
} start_request;

/** Finds what the settings say; NEX_ENOTFOUND when they say nothing. Borrows the Nexfile. */
nex_status start_request_make(start_request *r, const settings *s, const document *nexfile,
                              nex_error *err);
void start_request_free(start_request *r);
/** Compiles a schema that came with a bid. */
nex_status nexlet_schema(const char *text, nex_schema **out, nex_error *err);
/** Compiles a schema file, JSON or YAML; what is wrong with it is told with its line and column. */
nex_status schema_read(const char *path, nex_schema **out, nex_error *err);

/**
 * Checks it against a schema. Violations have their places in the file; their pointers begin at
 * the start request. The caller frees the report.
 */
nex_status start_request_report(const start_request *r, const nex_schema *schema,
                                nex_report *report, nex_error *err);
/** Adds a report's violations to the problems of the file. */
nex_status start_request_problems(const start_request *r, const nex_report *report, problems *out,
                                  nex_error *err);
/** Both, with a bid's schema; NEX_EINVAL with the faults in `out` when it does not fit. */
nex_status start_request_validate(const start_request *r, const char *schema, problems *out,
                                  nex_error *err);

#endif
