/*
 * Numbers as their decimal text, so that nothing is lost to rounding.
 */
#ifndef JSON_DECIMAL_H
#define JSON_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** sign * 0.digits * 10^point, without leading or trailing zeros; 0 has no digits. */
typedef struct nex_decimal {
    const char *text; /**< first digit */
    size_t len;       /**< of the text up to the last digit; it may hold the point */
    size_t digits;
    int64_t point;
    bool negative;
} nex_decimal;

/** Reads a number's text (JSON's grammar, and YAML's +1, .5 and 1.); false when it is none. */
bool nex_decimal_parse(nex_decimal *out, const char *text, size_t len);
/** A decimal of an integer, whose digits stand in buf. */
nex_decimal nex_decimal_of(int64_t value, char buf[24]);
bool nex_decimal_is_integer(const nex_decimal *d);
/** The value when it is an integer that fits. */
bool nex_decimal_int64(const nex_decimal *d, int64_t *out);
/** The nearest double; infinite beyond its range. */
double nex_decimal_double(const nex_decimal *d);
int nex_decimal_compare(const nex_decimal *a, const nex_decimal *b);
/**
 * Whether a is a multiple of b (not zero). 1 yes, 0 no, -1 when it would cost more than *steps,
 * which is paid from.
 */
int nex_decimal_multiple(const nex_decimal *a, const nex_decimal *b, uint64_t *steps);
uint64_t nex_decimal_hash(const nex_decimal *d);

#endif
