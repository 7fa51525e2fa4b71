/*
 * Powers of ten to 128 bits: entry k - NEX_POW10_MIN is 10^k scaled by a power of two into
 * [2^127, 2^128), rounded up where it is not exact (Giulietti, "The Schubfach way to render
 * doubles", section 9.9). tests/unit/codec/number_test.c computes entries anew.
 */
#ifndef NEX_CODEC_POW10_H
#define NEX_CODEC_POW10_H

#include <stdint.h>

typedef struct nex_pow10 {
    uint64_t high;
    uint64_t low;
} nex_pow10;

enum {
    NEX_POW10_MIN = -292,
    NEX_POW10_MAX = 324,
    NEX_POW10_COUNT = NEX_POW10_MAX - NEX_POW10_MIN + 1
};

extern const nex_pow10 nex_pow10_table[NEX_POW10_COUNT];

#endif
