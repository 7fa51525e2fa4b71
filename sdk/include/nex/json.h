/*
 * nex/json.h - JSON and YAML documents with the place of every value and exact numbers.
 * examples/json_locate.c is a program that uses it.
 */
#ifndef NEX_JSON_H
#define NEX_JSON_H

#include <jansson.h>
#include <nex/core.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A parsed document: one block of memory, never changed. */
typedef struct nex_json nex_json;

/** How to parse; zero-initialised: the defaults. */
typedef struct nex_json_options {
    size_t max_depth; /**< arrays and objects within each other; 0: 512 */
} nex_json_options;

/**
 * Parses JSON (RFC 8259, UTF-8). Numbers are kept exactly, whatever their size. Errors carry
 * offset, line and column. Refused are what has no one meaning: a member given twice in an
 * object, half a surrogate pair, bytes that are not UTF-8. Nesting beyond a depth is NEX_ELIMIT.
 */
NEX_API nex_status nex_json_parse_with(nex_json **out, const char *text, size_t len,
                                       const nex_json_options *options, nex_error *err);
/** The same with the defaults. */
NEX_API nex_status nex_json_parse(nex_json **out, const char *text, size_t len, nex_error *err);
/** Parses one YAML document (1.2 core schema) into the same form, places kept. */
NEX_API nex_status nex_yaml_parse(nex_json **out, const char *text, size_t len, nex_error *err);
NEX_API void nex_json_free(nex_json *doc);
/** The document as a jansson value (a new reference). Integers beyond int64: NEX_EINVAL. */
NEX_API nex_status nex_json_to_jansson(const nex_json *doc, json_t **out, nex_error *err);
/** Line and column (from 1) of the value at a JSON pointer; false when there is none. */
NEX_API bool nex_json_locate(const nex_json *doc, const char *pointer, size_t *offset,
                             unsigned *line, unsigned *column);
/** Appends the value at a JSON pointer as compact JSON text. */
NEX_API nex_status nex_json_write(const nex_json *doc, const char *pointer, nex_buf *out);

#ifdef __cplusplus
}
#endif

#endif
