/* Durations in the text form of Go's time.Duration, which the protocol carries. */
#include <nex/core.h>

#include <string.h>

typedef struct unit {
    const char *name;
    uint64_t ns;
} unit;

static const unit units[] = {
    {"ns", 1},         {"us", 1000},      {"\u00b5s", 1000}, /* micro sign */
    {"\u03bcs", 1000},                                       /* Greek mu */
    {"ms", 1000000},   {"s", 1000000000}, {"m", 60000000000}, {"h", 3600000000000},
};

static const uint64_t magnitude_limit = (uint64_t)1 << 63;

static const unit *find_unit(const char *name, size_t len) {
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strlen(units[i].name) == len && memcmp(units[i].name, name, len) == 0) {
            return &units[i];
        }
    }
    return NULL;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static nex_status refuse(nex_error *err, const char *text, size_t len, const char *why) {
    int shown = len < 64 ? (int)len : 64;
    return nex_error_set(err, NEX_EINVAL,
                         "duration \"%.*s\": %s (expected a form such as 1h30m, 1.5s or 250ms)",
                         shown, text, why);
}

/* Digits up to the first other character; false when they exceed the range of a duration. */
static bool read_whole(const char **p, const char *end, uint64_t *out) {
    uint64_t value = 0;
    for (; *p < end && is_digit(**p); (*p)++) {
        if (value > magnitude_limit / 10) {
            return false;
        }
        value = value * 10 + (uint64_t)(**p - '0');
        if (value > magnitude_limit) {
            return false;
        }
    }
    *out = value;
    return true;
}

/* Fraction digits as value / scale; those that no longer fit are dropped, as Go does. */
static void read_fraction(const char **p, const char *end, uint64_t *value, double *scale) {
    bool full = false;
    *value = 0;
    *scale = 1;
    for (; *p < end && is_digit(**p); (*p)++) {
        uint64_t digit = (uint64_t)(**p - '0');
        if (full || *value > (magnitude_limit - 1 - digit) / 10) {
            full = true;
            continue;
        }
        *value = *value * 10 + digit;
        *scale *= 10;
    }
}

nex_status nex_duration_parse(const char *text, size_t len, nex_duration *out, nex_error *err) {
    const char *p = text;
    const char *end = text + len;
    bool negative = false;
    if (p < end && (*p == '-' || *p == '+')) {
        negative = *p++ == '-';
    }
    if (p == end) {
        return refuse(err, text, len, "there is no number");
    }
    if (end - p == 1 && *p == '0') {
        *out = 0;
        return NEX_OK;
    }
    uint64_t total = 0;
    while (p < end) {
        uint64_t value = 0;
        uint64_t fraction = 0;
        double scale = 1;
        const char *start = p;
        if (!read_whole(&p, end, &value)) {
            return refuse(err, text, len, "it is too long");
        }
        size_t digits = (size_t)(p - start);
        if (p < end && *p == '.') {
            start = ++p;
            read_fraction(&p, end, &fraction, &scale);
            digits += (size_t)(p - start);
        }
        if (digits == 0) {
            return refuse(err, text, len, "a number is missing");
        }
        start = p;
        while (p < end && *p != '.' && !is_digit(*p)) {
            p++;
        }
        if (p == start) {
            return refuse(err, text, len, "a unit is missing");
        }
        const unit *u = find_unit(start, (size_t)(p - start));
        if (u == NULL) {
            return refuse(err, text, len, "a unit is none of ns, us, ms, s, m and h");
        }
        if (value > magnitude_limit / u->ns) {
            return refuse(err, text, len, "it is too long");
        }
        value *= u->ns;
        if (fraction > 0) {
            value += (uint64_t)((double)fraction * ((double)u->ns / scale));
        }
        total += value;
        if (value > magnitude_limit || total > magnitude_limit) {
            return refuse(err, text, len, "it is too long");
        }
    }
    if (!negative && total == magnitude_limit) {
        return refuse(err, text, len, "it is too long");
    }
    if (total == magnitude_limit) {
        *out = INT64_MIN;
    } else {
        *out = negative ? -(nex_duration)total : (nex_duration)total;
    }
    return NEX_OK;
}

/* Writes digits backwards, ending before `at`; returns where they begin. */
static char *put_number(char *at, uint64_t value) {
    do {
        *--at = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    return at;
}

/* Writes the last `digits` decimal digits as a fraction without trailing zeros. */
static char *put_fraction(char *at, uint64_t *value, int digits) {
    bool any = false;
    for (int i = 0; i < digits; i++) {
        unsigned digit = (unsigned)(*value % 10);
        any = any || digit != 0;
        if (any) {
            *--at = (char)('0' + digit);
        }
        *value /= 10;
    }
    if (any) {
        *--at = '.';
    }
    return at;
}

size_t nex_duration_format(nex_duration duration, char out[NEX_DURATION_TEXT_SIZE]) {
    char text[NEX_DURATION_TEXT_SIZE];
    char *end = text + sizeof text;
    char *at = end;
    bool negative = duration < 0;
    uint64_t left = negative ? 0 - (uint64_t)duration : (uint64_t)duration;

    *--at = 's';
    if (left == 0) {
        *--at = '0';
    } else if (left < (uint64_t)NEX_SECOND) {
        int digits = 6;
        if (left < (uint64_t)NEX_MICROSECOND) {
            digits = 0;
            *--at = 'n';
        } else if (left < (uint64_t)NEX_MILLISECOND) {
            digits = 3;
            at -= 2;
            memcpy(at, "\u00b5", 2);
        } else {
            *--at = 'm';
        }
        at = put_fraction(at, &left, digits);
        at = put_number(at, left);
    } else {
        at = put_fraction(at, &left, 9);
        at = put_number(at, left % 60);
        left /= 60;
        if (left > 0) {
            *--at = 'm';
            at = put_number(at, left % 60);
            left /= 60;
        }
        if (left > 0) {
            *--at = 'h';
            at = put_number(at, left);
        }
    }
    if (negative) {
        *--at = '-';
    }
    size_t len = (size_t)(end - at);
    memcpy(out, at, len);
    out[len] = '\0';
    return len;
}
