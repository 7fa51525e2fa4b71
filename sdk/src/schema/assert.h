/*
 * What a schema asserts of text: ECMA-262 regular expressions and formats. Shared with the
 * codec, which enforces the same keywords from descriptors.
 */
#ifndef SCHEMA_ASSERT_H
#define SCHEMA_ASSERT_H

#include <nex/core.h>

/* ---- Regular expressions ------------------------------------------------------------------ */

/** A compiled ECMA-262 regular expression (flag u). Many threads may match with one. */
typedef struct nex_regex nex_regex;

/**
 * Compiles a pattern. What ECMA-262 does not know is NEX_EINVAL; what it knows and PCRE2 cannot do,
 * a lookbehind whose length varies, is NEX_EUNSUPPORTED.
 */
nex_status nex_regex_compile(nex_regex **out, const char *pattern, size_t len, nex_error *err);
void nex_regex_free(nex_regex *regex);
/** Bytes the compiled expression takes. */
size_t nex_regex_size(const nex_regex *regex);

/**
 * Whether the expression matches anywhere in a text: NEX_OK yes, NEX_ENOTFOUND no, NEX_ELIMIT
 * when the search was given up, NEX_ENOMEM, NEX_EINVAL when the text is not UTF-8.
 */
nex_status nex_regex_match(const nex_regex *regex, const char *text, size_t len);

/**
 * The same for text known to be UTF-8, paid from a budget of steps (about 10 ns each); what is
 * left stands in *steps. NEX_ELIMIT when it does not suffice.
 */
nex_status nex_regex_match_within(const nex_regex *regex, const char *text, size_t len,
                                  uint64_t *steps);

/** Translates an ECMA-262 pattern to PCRE2's syntax; NEX_EINVAL with the place in err. */
nex_status nex_regex_translate(const char *pattern, size_t len, nex_buf *out, nex_error *err);

/* ---- Formats ------------------------------------------------------------------------------ */

typedef enum nex_format_result {
    NEX_FORMAT_UNKNOWN = 0, /**< no such format: nothing is asserted */
    NEX_FORMAT_VALID,
    NEX_FORMAT_INVALID
} nex_format_result;

/** A format's test; the text is UTF-8 and need not end in NUL. */
typedef bool (*nex_format_fn)(const char *text, size_t len);

/** The test of a format by name, NULL when it is not known. */
nex_format_fn nex_format_find(const char *name, size_t len);

/** What a test costs: steps (about 10 ns) for each eight bytes of text. */
uint32_t nex_format_weight(nex_format_fn test);

/** Tests a text against a format given by name. Text that is not UTF-8 is invalid. */
nex_format_result nex_format_check(const char *format, const char *text, size_t len);

#endif
