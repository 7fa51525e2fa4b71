/* Durations as ISO 8601 writes them, by the grammar of RFC 3339, appendix A. */
#include <nex/core.h>

#include <stdio.h>
#include <string.h>

enum { MONTHS_OF_YEAR = 12, DAYS_OF_WEEK = 7, SECONDS_OF_MINUTE = 60, SECONDS_OF_HOUR = 3600 };

/* A unit, and which of the three counts it adds to, times what. */
typedef struct unit {
    char name;
    size_t offset;
    int64_t times;
} unit;

static const unit date_units[] = {
    {'Y', offsetof(nex_iso_duration, months), MONTHS_OF_YEAR},
    {'M', offsetof(nex_iso_duration, months), 1},
    {'D', offsetof(nex_iso_duration, days), 1},
};
static const unit time_units[] = {
    {'H', offsetof(nex_iso_duration, seconds), SECONDS_OF_HOUR},
    {'M', offsetof(nex_iso_duration, seconds), SECONDS_OF_MINUTE},
    {'S', offsetof(nex_iso_duration, seconds), 1},
};
static const unit week_unit[] = {{'W', offsetof(nex_iso_duration, days), DAYS_OF_WEEK}};

typedef struct scan {
    const char *p;
    const char *end;
    nex_iso_duration value;
    bool too_long;
} scan;

static bool is_digit(const scan *s) {
    return s->p < s->end && *s->p >= '0' && *s->p <= '9';
}

/* Digits; those beyond 64 bits are passed over, since the text may still be no duration at all. */
static int64_t read_digits(scan *s) {
    int64_t value = 0;
    for (; is_digit(s); s->p++) {
        s->too_long = s->too_long || __builtin_mul_overflow(value, 10, &value) ||
                      __builtin_add_overflow(value, *s->p - '0', &value);
    }
    return value;
}

/*
 * Numbers with their units, largest first. By the grammar a unit is followed by the next smaller
 * one only, so that none is left out between two.
 */
static bool read_units(scan *s, const unit *units, size_t count) {
    size_t next = 0;
    bool any = false;
    while (is_digit(s)) {
        int64_t number = read_digits(s);
        size_t found = next;
        while (found < count && (s->p == s->end || units[found].name != *s->p)) {
            found++;
        }
        if (found == count || (any && found != next)) {
            return false;
        }
        int64_t *sum = (int64_t *)(void *)((char *)&s->value + units[found].offset);
        s->too_long = s->too_long || __builtin_mul_overflow(number, units[found].times, &number) ||
                      __builtin_add_overflow(*sum, number, sum);
        next = found + 1;
        any = true;
        s->p++;
    }
    return any;
}

static bool read_duration(scan *s) {
    if (s->p == s->end || *s->p++ != 'P') {
        return false;
    }
    if (s->end > s->p && s->end[-1] == 'W') {
        return read_units(s, week_unit, 1) && s->p == s->end;
    }
    bool date = is_digit(s);
    if (date && !read_units(s, date_units, 3)) {
        return false;
    }
    if (s->p == s->end || *s->p != 'T') {
        return date && s->p == s->end;
    }
    s->p++;
    return read_units(s, time_units, 3) && s->p == s->end;
}

nex_status nex_iso_duration_parse(const char *text, size_t len, nex_iso_duration *out,
                                  nex_error *err) {
    scan s = {.p = text, .end = text + len};
    int shown = len < 64 ? (int)len : 64;
    if (!read_duration(&s)) {
        return nex_error_set(
            err, NEX_EINVAL,
            "ISO 8601 duration \"%.*s\": expected a form such as P1Y2M3D, PT1H30M0S "
            "or P2W, without fractions and without a gap between units",
            shown, text);
    }
    if (s.too_long) {
        return nex_error_set(err, NEX_ELIMIT,
                             "ISO 8601 duration \"%.*s\": a number has more than 64 bits", shown,
                             text);
    }
    *out = s.value;
    return NEX_OK;
}

typedef struct print {
    char *text;
    size_t len;
} print;

static void put(print *p, int64_t number, char name) {
    int n = snprintf(p->text + p->len, NEX_ISO_DURATION_TEXT_SIZE - p->len, "%lld%c",
                     (long long)number, name);
    p->len += n > 0 ? (size_t)n : 0;
}

size_t nex_iso_duration_format(nex_iso_duration iso, char out[NEX_ISO_DURATION_TEXT_SIZE]) {
    print p = {out, 0};
    out[0] = '\0';
    if (iso.months < 0 || iso.days < 0 || iso.seconds < 0) {
        return 0;
    }
    out[p.len++] = 'P';
    int64_t years = iso.months / MONTHS_OF_YEAR;
    int64_t months = iso.months % MONTHS_OF_YEAR;
    if (years > 0) {
        put(&p, years, 'Y');
    }
    if (months > 0 || (years > 0 && iso.days > 0)) {
        put(&p, months, 'M');
    }
    if (iso.days > 0) {
        put(&p, iso.days, 'D');
    }
    if (iso.seconds > 0 || p.len == 1) {
        int64_t hours = iso.seconds / SECONDS_OF_HOUR;
        int64_t minutes = iso.seconds % SECONDS_OF_HOUR / SECONDS_OF_MINUTE;
        int64_t seconds = iso.seconds % SECONDS_OF_MINUTE;
        out[p.len++] = 'T';
        if (hours > 0) {
            put(&p, hours, 'H');
        }
        if (minutes > 0 || (hours > 0 && seconds > 0)) {
            put(&p, minutes, 'M');
        }
        if (seconds > 0 || iso.seconds == 0) {
            put(&p, seconds, 'S');
        }
    }
    return p.len;
}

nex_status nex_iso_duration_span(nex_iso_duration iso, nex_duration *out, nex_error *err) {
    nex_duration days = 0;
    nex_duration seconds = 0;
    if (iso.months != 0) {
        return nex_error_set(
            err, NEX_EINVAL,
            "a duration of %lld months has no fixed length: expected days and less",
            (long long)iso.months);
    }
    if (__builtin_mul_overflow(iso.days, 24 * NEX_HOUR, &days) ||
        __builtin_mul_overflow(iso.seconds, NEX_SECOND, &seconds) ||
        __builtin_add_overflow(days, seconds, &seconds)) {
        return nex_error_set(err, NEX_ELIMIT,
                             "a duration of %lld days and %lld seconds is longer than 292 years of "
                             "nanoseconds can say",
                             (long long)iso.days, (long long)iso.seconds);
    }
    *out = seconds;
    return NEX_OK;
}
