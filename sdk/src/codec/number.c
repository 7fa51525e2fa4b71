#include "codec/number.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "codec/pow10.h"

enum {
    KEPT_DIGITS = 19, /* what a uint64_t surely holds */
    EXPONENT_CAP = 1000000
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Takes in digits at p; those in a fraction lower the exponent, those not kept raise it. */
static const char *take_digits(const char *p, const char *end, nex_number *n, unsigned *kept,
                               int fraction) {
    for (; p < end && is_digit(*p); p++) {
        unsigned digit = (unsigned)(*p - '0');
        if (*kept == KEPT_DIGITS) {
            n->inexact = n->inexact || digit != 0;
            n->exponent += 1 - fraction;
            continue;
        }
        n->digits = n->digits * 10 + digit;
        n->exponent -= fraction;
        *kept += n->digits != 0;
    }
    return p;
}

bool nex_number_scan(const char *p, const char *end, nex_number *number) {
    nex_number n = {.begin = p};
    unsigned kept = 0;
    if (p < end && *p == '-') {
        n.negative = true;
        p++;
    }
    if (p == end || !is_digit(*p)) {
        number->end = p;
        return false;
    }
    if (*p == '0') {
        p++;
    } else {
        p = take_digits(p, end, &n, &kept, 0);
    }
    if (p < end && *p == '.') {
        const char *begin = ++p;
        p = take_digits(p, end, &n, &kept, 1);
        if (p == begin) {
            number->end = p;
            return false;
        }
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        bool negative = p < end && *p == '-';
        if (p < end && (*p == '-' || *p == '+')) {
            p++;
        }
        const char *begin = p;
        int64_t exponent = 0;
        for (; p < end && is_digit(*p); p++) {
            exponent = exponent < EXPONENT_CAP ? exponent * 10 + (*p - '0') : exponent;
        }
        if (p == begin) {
            number->end = p;
            return false;
        }
        n.exponent += negative ? -exponent : exponent;
    }
    n.end = p;
    *number = n;
    return true;
}

bool nex_number_to_int(const nex_number *number, int64_t *out) {
    uint64_t digits = number->digits;
    int64_t exponent = number->exponent;
    uint64_t limit = (uint64_t)INT64_MAX + number->negative;
    if (digits == 0) {
        exponent = 0;
    }
    while (exponent < 0 && digits % 10 == 0) {
        digits /= 10;
        exponent++;
    }
    if (exponent < 0 || number->inexact) {
        return false;
    }
    for (; exponent > 0; exponent--) {
        if (digits > limit / 10) {
            return false;
        }
        digits *= 10;
    }
    if (digits > limit) {
        return false;
    }
    *out = number->negative ? (int64_t)(0 - digits) : (int64_t)digits;
    return true;
}

/* strtod in the "C" locale, whatever the program's: its decimal sign may be a comma. */
static double to_double_c(const char *text) {
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (c == (locale_t)0) {
        return strtod(text, NULL);
    }
    double value = strtod_l(text, NULL, c);
    freelocale(c);
    return value;
}

bool nex_number_to_double(const nex_number *number, double *out, bool *no_memory) {
    static const double exact_powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                          1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                          1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    *no_memory = false;
    /* Both operands are exact doubles, so one operation rounds once, correctly (Clinger). */
    if (number->digits <= (uint64_t)1 << 53 && !number->inexact && number->exponent >= -22 &&
        number->exponent <= 22) {
        double value = (double)number->digits;
        if (number->exponent < 0) {
            value /= exact_powers[-number->exponent];
        } else {
            value *= exact_powers[number->exponent];
        }
        *out = number->negative ? -value : value;
        return true;
    }
    char fixed[128];
    size_t len = (size_t)(number->end - number->begin);
    char *text = len < sizeof fixed ? fixed : malloc(len + 1);
    if (text == NULL) {
        *no_memory = true;
        return false;
    }
    memcpy(text, number->begin, len);
    text[len] = '\0';
    double value = to_double_c(text);
    if (text != fixed) {
        free(text);
    }
    *out = value;
    return value <= 1.7976931348623157e308 && value >= -1.7976931348623157e308;
}

/* ---- Shortest doubles: Giulietti, "The Schubfach way to render doubles" --------------------- */

typedef struct decimal {
    uint64_t digits;
    int exponent;
} decimal;

__extension__ typedef unsigned __int128 uint128;

/* The product's top bits, the lowest of them set when any below is: enough to compare by. */
static uint64_t round_to_odd(nex_pow10 g, uint64_t factor) {
    uint128 low = (uint128)g.low * factor;
    uint128 high = (uint128)g.high * factor + (uint64_t)(low >> 64);
    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

static int floor_log2_pow10(int k) {
    return (k * 1741647) >> 19;
}

static decimal shortest(uint64_t fraction, int biased) {
    uint64_t c = fraction;
    int q = 1 - 1075;
    if (biased != 0) {
        c |= (uint64_t)1 << 52;
        q = biased - 1075;
        if (q <= 0 && q > -53 && (c & (((uint64_t)1 << -q) - 1)) == 0) {
            return (decimal){c >> -q, 0};
        }
    }
    /* Of a power of two, the next double below is nearer than the next above. */
    bool closer = fraction == 0 && biased > 1;
    bool odd = (c & 1) != 0;
    int k = (q * 1262611 - (closer ? 524031 : 0)) >> 22;
    int h = q + floor_log2_pow10(-k) + 1;
    nex_pow10 g = nex_pow10_table[-k - NEX_POW10_MIN];
    uint64_t lower = round_to_odd(g, (4 * c - 2 + closer) << h) + odd;
    uint64_t value = round_to_odd(g, (4 * c) << h);
    uint64_t upper = round_to_odd(g, (4 * c + 2) << h) - odd;
    uint64_t s = value / 4;
    if (s >= 10) {
        uint64_t tens = s / 10;
        bool below = lower <= 40 * tens;
        bool above = 40 * tens + 40 <= upper;
        if (below != above) {
            return (decimal){tens + above, k + 1};
        }
    }
    bool below = lower <= 4 * s;
    bool above = 4 * s + 4 <= upper;
    if (below != above) {
        return (decimal){s + above, k};
    }
    uint64_t middle = 4 * s + 2;
    bool up = value > middle || (value == middle && (s & 1) != 0);
    return (decimal){s + up, k};
}

static unsigned digit_count(uint64_t value) {
    unsigned count = 1;
    while (value >= 10) {
        value /= 10;
        count++;
    }
    return count;
}

static void put_digits(char *out, uint64_t value, unsigned count) {
    for (unsigned i = count; i > 0; i--) {
        out[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
}

/* d.ddde-7: one digit, the others, the exponent without leading zeros. */
static char *put_scientific(char *at, uint64_t digits, unsigned count, int exponent) {
    put_digits(at + 1, digits, count);
    at[0] = at[1];
    at++;
    if (count > 1) {
        *at = '.';
        at += count;
    }
    *at++ = 'e';
    *at++ = exponent < 0 ? '-' : '+';
    unsigned magnitude = (unsigned)(exponent < 0 ? -exponent : exponent);
    unsigned width = digit_count(magnitude);
    put_digits(at, magnitude, width);
    return at + width;
}

static char *put_plain(char *at, uint64_t digits, unsigned count, int exponent) {
    if (exponent < 0) {
        memcpy(at, "0.000000", 8);
        at += 1 - exponent;
        put_digits(at, digits, count);
        return at + count;
    }
    unsigned whole = (unsigned)exponent + 1;
    if (whole >= count) {
        put_digits(at, digits, count);
        memset(at + count, '0', whole - count);
        return at + whole;
    }
    put_digits(at + 1, digits, count);
    memmove(at, at + 1, whole);
    at[whole] = '.';
    return at + count + 1;
}

size_t nex_double_write(double value, char out[NEX_DOUBLE_TEXT_SIZE]) {
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    int biased = (int)(bits >> 52 & 0x7FF);
    char *at = out;
    if (bits >> 63 != 0) {
        *at++ = '-';
    }
    if (fraction == 0 && biased == 0) {
        *at++ = '0';
        return (size_t)(at - out);
    }
    decimal d = shortest(fraction, biased);
    while (d.digits % 10 == 0) {
        d.digits /= 10;
        d.exponent++;
    }
    unsigned count = digit_count(d.digits);
    int exponent = d.exponent + (int)count - 1; /* of the first digit */
    if (exponent < -6 || exponent >= 21) {
        at = put_scientific(at, d.digits, count, exponent);
    } else {
        at = put_plain(at, d.digits, count, exponent);
    }
    return (size_t)(at - out);
}

size_t nex_int_write(int64_t value, char out[NEX_INT_TEXT_SIZE]) {
    char *at = out;
    uint64_t magnitude = (uint64_t)value;
    if (value < 0) {
        *at++ = '-';
        magnitude = 0 - magnitude;
    }
    unsigned count = digit_count(magnitude);
    put_digits(at, magnitude, count);
    return (size_t)(at - out) + count;
}
