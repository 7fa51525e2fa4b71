/*
 * Findings in words.
 */
#ifndef SCHEMA_WORDS_H
#define SCHEMA_WORDS_H

#include "schema/explain.h"

typedef struct nex_words {
    nex_buf wanted, got, message, suggestion; /**< empty: there is nothing to say */
} nex_words;

nex_status nex_words_of(const nex_explainer *x, const nex_finding *f, bool secret, nex_words *out);
void nex_words_free(nex_words *words);

/** Whether a value under this name is one to keep to oneself (password, token, key, ...). */
bool nex_secret_name(const char *name, size_t len);

/** The edits (insert, delete, replace, swap) from a to b, or limit + 1 when there are more. */
unsigned nex_distance(const char *a, size_t a_len, const char *b, size_t b_len, unsigned limit);

#endif
