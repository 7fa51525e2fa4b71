/*
 * Reading JSON text: white space, strings, values that are passed over, and the account of what
 * was wrong where. Functions that can fail return false after nex_reader_fail.
 */
#ifndef NEX_CODEC_READER_H
#define NEX_CODEC_READER_H

#include "codec/path.h"
#include "codec/pool.h"

typedef struct nex_reader {
    const char *p;
    const char *end;
    /*
     * Where decoded texts go. A text with its NUL is never longer than it was with its quotes,
     * so room for the whole input (and a chunk of slack) is room for all its texts.
     */
    char *text;
    nex_pool *pool;
    unsigned depth; /* how many more levels may open */
    bool strict;
    nex_unknown unknown;
    bool places; /* the caller knows the text, so that line and column mean something */
    const char *begin;
    /* What was wrong, once something was. */
    nex_status code;
    const char *wrong_at;
    bool bare; /* the message stands alone, without pointer and place */
    bool hide; /* the value must not be shown */
    char wrong[320];
    char shown[96]; /* the value, as it stood */
    nex_path path;
} nex_reader;

enum { NEX_TEXT_SLACK = 32 };

bool nex_reader_fail(nex_reader *r, nex_status code, const char *at, const char *fmt, ...)
    NEX_PRINTF(4, 5);
bool nex_reader_no_memory(nex_reader *r);
/* "expected <wanted>, got a number", of the value at r->p. */
bool nex_reader_expected(nex_reader *r, const char *wanted);
/* "<what>, got <the value's text>", of the value from `at` to r->p. */
bool nex_reader_refuse_value(nex_reader *r, const char *at, const char *what);
/* Fills err from what was noted, and returns the code. */
nex_status nex_reader_report(const nex_reader *r, nex_error *err);

static inline void nex_skip_space(nex_reader *r) {
    while (r->p < r->end && (unsigned char)*r->p <= ' ' &&
           (*r->p == ' ' || *r->p == '\n' || *r->p == '\r' || *r->p == '\t')) {
        r->p++;
    }
}

/* The next byte, NUL at the end: no JSON has one. */
static inline char nex_peek(const nex_reader *r) {
    return r->p < r->end ? *r->p : '\0';
}

static inline bool nex_enter(nex_reader *r) {
    if (r->depth == 0) {
        return nex_reader_fail(r, NEX_ELIMIT, r->p, "nested too deeply");
    }
    r->depth--;
    r->p++;
    return true;
}

static inline void nex_leave(nex_reader *r) {
    r->depth++;
    r->p++;
}

/* Passes the colon after a member's name, with the white space around it. */
static inline bool nex_read_colon(nex_reader *r) {
    nex_skip_space(r);
    if (nex_peek(r) != ':') {
        return nex_reader_expected(r, "':' after the member's name");
    }
    r->p++;
    nex_skip_space(r);
    return true;
}

/* After an item: a comma (*more), or the closing bracket, which is left unread. */
static inline bool nex_read_separator(nex_reader *r, char close, bool *more) {
    nex_skip_space(r);
    *more = nex_peek(r) == ',';
    if (*more) {
        r->p++;
        nex_skip_space(r);
        return true;
    }
    return nex_peek(r) == close ||
           nex_reader_expected(r, close == '}' ? "',' or '}'" : "',' or ']'");
}

/* r->p is at the quote. The text is decoded to r->text and ends there in a NUL. */
bool nex_read_string(nex_reader *r, char **out, size_t *len);
bool nex_read_literal(nex_reader *r, const char *word);
/* Passes over any value, checking that it is JSON; never recursive. */
bool nex_skip_value(nex_reader *r);

/* Decodes any value to jansson's form; the caller owns *out. */
bool nex_read_json(nex_reader *r, json_t **out);

#endif
