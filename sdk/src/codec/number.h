/* JSON numbers: reading their text, and writing doubles in the shortest form that reads back. */
#ifndef NEX_CODEC_NUMBER_H
#define NEX_CODEC_NUMBER_H

#include <nex/core.h>

/* A number's text, taken apart while it was checked. */
typedef struct nex_number {
    const char *begin;
    const char *end;
    uint64_t digits;  /* the first 19 significant digits */
    int64_t exponent; /* of ten: the value is digits * 10^exponent */
    bool negative;
    bool inexact; /* further digits that are not all zero */
} nex_number;

/* Takes a number apart; false when there is none by JSON's grammar (number->end: the place). */
bool nex_number_scan(const char *p, const char *end, nex_number *number);
/* False when it has a fraction or is outside int64. 1.0 and 1e3 are integers. */
bool nex_number_to_int(const nex_number *number, int64_t *out);
/* False when it is beyond the range of a double or (*no_memory) memory ran out. */
bool nex_number_to_double(const nex_number *number, double *out, bool *no_memory);

enum { NEX_DOUBLE_TEXT_SIZE = 32, NEX_INT_TEXT_SIZE = 24 };

/* Writes a finite double as Go's encoding/json does; returns the length, no NUL. */
size_t nex_double_write(double value, char out[NEX_DOUBLE_TEXT_SIZE]);
size_t nex_int_write(int64_t value, char out[NEX_INT_TEXT_SIZE]);

#endif
