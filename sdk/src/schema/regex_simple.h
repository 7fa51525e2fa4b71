/*
 * The patterns that schemas have most, ^[a-z0-9-]+$ and their like, without a regex engine: a
 * row of ASCII classes, each taken so many times, where what comes next never fits what may
 * still be taken, so that reading once from left to right is all there is to matching.
 */
#ifndef SCHEMA_REGEX_SIMPLE_H
#define SCHEMA_REGEX_SIMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NEX_SIMPLE_ATOMS = 8 };

typedef struct nex_regex_simple {
    uint32_t count;
    bool to_end; /**< the pattern ends in $ */
    uint32_t min[NEX_SIMPLE_ATOMS], max[NEX_SIMPLE_ATOMS];
    uint8_t sets[128]; /**< by ASCII character: a bit for each atom whose class has it */
} nex_regex_simple;

/** Reads an ECMA-262 pattern (valid UTF-8); false when it is not of this kind. */
bool nex_regex_simple_read(nex_regex_simple *out, const char *pattern, size_t len);
bool nex_regex_simple_match(const nex_regex_simple *simple, const char *text, size_t len);

#endif
