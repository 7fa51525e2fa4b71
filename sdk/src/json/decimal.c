#include "json/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* Beyond it, all exponents are alike. */
#define MAX_EXPONENT (INT64_C(100000000) * 1000000000)

static int64_t within(int64_t exponent) {
    return exponent > MAX_EXPONENT    ? MAX_EXPONENT
           : exponent < -MAX_EXPONENT ? -MAX_EXPONENT
                                      : exponent;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool nex_decimal_parse(nex_decimal *out, const char *text, size_t len) {
    size_t i = 0, first = 0, last = 0, digits = 0, run = 0;
    int64_t point = 0, exponent = 0;
    bool seen = false, dot = false, any = false;
    *out = (nex_decimal){.negative = len > 0 && text[0] == '-'};
    if (i < len && (text[i] == '-' || text[i] == '+'))
        i++;
    for (; i < len && (is_digit(text[i]) || (text[i] == '.' && !dot)); i++) {
        if (text[i] == '.') {
            dot = true;
            continue;
        }
        any = true;
        if (text[i] != '0') {
            if (!seen)
                first = i;
            seen = true;
            run++;
            digits = run;
            last = i + 1;
        } else if (seen) {
            run++;
        }
        if (!dot && seen)
            point++;
        else if (dot && !seen)
            point--;
    }
    if (!any)
        return false;
    if (i < len && (text[i] == 'e' || text[i] == 'E')) {
        bool negative = ++i < len && text[i] == '-';
        if (i < len && (text[i] == '-' || text[i] == '+'))
            i++;
        if (i == len)
            return false;
        for (; i < len && is_digit(text[i]); i++)
            if (exponent < MAX_EXPONENT)
                exponent = exponent * 10 + (text[i] - '0');
        if (negative)
            exponent = -exponent;
    }
    if (i != len)
        return false;
    if (!seen) {
        out->negative = false;
        out->text = "";
        return true;
    }
    out->text = text + first;
    out->len = last - first;
    out->digits = digits;
    out->point = within(point + exponent);
    return true;
}

nex_decimal nex_decimal_of(int64_t value, char buf[24]) {
    nex_decimal d;
    int n = snprintf(buf, 24, "%lld", (long long)value);
    nex_decimal_parse(&d, buf, (size_t)n);
    return d;
}

bool nex_decimal_is_integer(const nex_decimal *d) {
    return d->digits == 0 || d->point >= (int64_t)d->digits;
}

bool nex_decimal_int64(const nex_decimal *d, int64_t *out) {
    uint64_t value = 0, limit = (uint64_t)INT64_MAX + (d->negative ? 1 : 0);
    int64_t left = d->point;
    if (!nex_decimal_is_integer(d) || left > 19)
        return false;
    for (size_t i = 0; i < d->len; i++) {
        if (d->text[i] == '.')
            continue;
        uint64_t digit = (uint64_t)(d->text[i] - '0');
        if (value > (limit - digit) / 10)
            return false;
        value = value * 10 + digit;
        left--;
    }
    for (; d->digits > 0 && left > 0; left--) {
        if (value > limit / 10)
            return false;
        value *= 10;
    }
    *out = d->negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

double nex_decimal_double(const nex_decimal *d) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int64_t exponent = d->point - (int64_t)d->digits;
    double value = 0;
    if (d->digits == 0)
        return 0;
    if (d->point > 310)
        return d->negative ? -HUGE_VAL : HUGE_VAL;
    if (d->point < -330)
        return d->negative ? -0.0 : 0.0;
    if (d->digits <= 15 && exponent >= -22 && exponent <= 22) {
        /* both factors are exact, so one rounding gives the nearest */
        for (size_t i = 0; i < d->len; i++)
            if (d->text[i] != '.')
                value = value * 10 + (d->text[i] - '0');
        value = exponent < 0 ? value / powers[-exponent] : value * powers[exponent];
        return d->negative ? -value : value;
    }
    /* Digits and exponent without a point, which strtod reads alike in every locale. More than
       800 digits cannot change the nearest double, except that something follows: a last 1. */
    char text[840];
    size_t n = 0;
    for (size_t i = 0; i < d->len && n < 800; i++)
        if (d->text[i] != '.')
            text[n++] = d->text[i];
    exponent = d->point - (int64_t)n;
    if (d->digits > n) {
        text[n++] = '1';
        exponent--;
    }
    snprintf(text + n, sizeof text - n, "e%lld", (long long)exponent);
    value = strtod(text, NULL);
    return d->negative ? -value : value;
}

/* The digits one after the other, zeros behind the last. */
typedef struct reader {
    const char *at, *end;
} reader;

static int next_digit(reader *r) {
    if (r->at < r->end && *r->at == '.')
        r->at++;
    return r->at < r->end ? *r->at++ - '0' : -1;
}

int nex_decimal_compare(const nex_decimal *a, const nex_decimal *b) {
    if (a->digits == 0 || b->digits == 0) {
        if (a->digits == b->digits)
            return 0;
        return a->digits == 0 ? (b->negative ? 1 : -1) : (a->negative ? -1 : 1);
    }
    if (a->negative != b->negative)
        return a->negative ? -1 : 1;
    int sign = a->negative ? -1 : 1;
    if (a->point != b->point)
        return a->point < b->point ? -sign : sign;
    reader x = {a->text, a->text + a->len}, y = {b->text, b->text + b->len};
    for (;;) {
        int p = next_digit(&x), q = next_digit(&y);
        if (p != q)
            return p < q ? -sign : sign;
        if (p < 0)
            return 0;
    }
}

/* The remainder of a's digits times 10^zeros, divided by what a 64-bit word holds. */
static uint64_t remainder_64(const nex_decimal *a, uint64_t zeros, uint64_t divisor) {
    reader r = {a->text, a->text + a->len};
    wide rest = 0, power = 10 % divisor, factor = 1 % divisor;
    for (int d = next_digit(&r); d >= 0; d = next_digit(&r))
        rest = (rest * 10 + (unsigned)d) % divisor;
    for (; zeros > 0; zeros >>= 1) {
        if (zeros & 1)
            factor = factor * power % divisor;
        power = power * power % divisor;
    }
    return (uint64_t)(rest * factor % divisor);
}

/* The same by long division, one digit a step, for divisors beyond 64 bits. */
static int remainder_long(const nex_decimal *a, uint64_t zeros, const nex_decimal *b,
                          uint64_t *steps) {
    size_t n = b->digits + 1;
    uint64_t cost = (a->digits + zeros) * n / 2;
    if (cost > *steps) {
        *steps = 0;
        return -1;
    }
    *steps -= cost;
    signed char *divisor = calloc(2, n), *rest = divisor ? divisor + n : NULL;
    if (!divisor)
        return -1;
    reader r = {b->text, b->text + b->len};
    for (size_t i = 1; i < n; i++)
        divisor[i] = (signed char)next_digit(&r);
    r = (reader){a->text, a->text + a->len};
    for (uint64_t i = 0; i < a->digits + zeros; i++) {
        int d = i < a->digits ? next_digit(&r) : 0;
        memmove(rest, rest + 1, n - 1);
        rest[n - 1] = (signed char)d;
        while (memcmp(rest, divisor, n) >= 0) {
            int borrow = 0;
            for (size_t k = n; k-- > 0;) {
                int v = rest[k] - divisor[k] - borrow;
                borrow = v < 0;
                rest[k] = (signed char)(v + 10 * borrow);
            }
        }
    }
    int multiple = 1;
    for (size_t i = 0; i < n; i++)
        multiple &= rest[i] == 0;
    free(divisor);
    return multiple;
}

int nex_decimal_multiple(const nex_decimal *a, const nex_decimal *b, uint64_t *steps) {
    if (a->digits == 0)
        return 1;
    int64_t low_a = a->point - (int64_t)a->digits, low_b = b->point - (int64_t)b->digits;
    /* a's last digit is not 0: were b's last digit of higher place, it would have to be */
    if (low_b > low_a)
        return 0;
    nex_decimal whole = *b;
    whole.point = (int64_t)b->digits;
    whole.negative = false;
    int64_t divisor;
    if (nex_decimal_int64(&whole, &divisor))
        return remainder_64(a, (uint64_t)(low_a - low_b), (uint64_t)divisor) == 0;
    /* zeros bring twos and fives only, and of each b has fewer than four a digit */
    uint64_t zeros = (uint64_t)(low_a - low_b), enough = 4 * (uint64_t)b->digits;
    return remainder_long(a, zeros < enough ? zeros : enough, b, steps);
}

uint64_t nex_decimal_hash(const nex_decimal *d) {
    uint64_t h = (uint64_t)d->point * 2 + d->negative;
    reader r = {d->text, d->text + d->len};
    for (int c = next_digit(&r); c >= 0; c = next_digit(&r))
        h = (h ^ (uint64_t)c) * UINT64_C(0x100000001B3);
    return h;
}
