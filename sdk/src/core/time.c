/* Points in time in the RFC 3339 form that Go reads and writes in JSON. */
#include <nex/core.h>

#include <string.h>

static const int64_t second_ns = 1000000000;
static const int64_t day_seconds = 86400;

/* Days since 1970-01-01 of a date of the proleptic Gregorian calendar; month from 1. */
static int64_t days_from_date(int64_t year, unsigned month, unsigned day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void date_from_days(int64_t days, int64_t *year, unsigned *month, unsigned *day) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    unsigned shifted = (unsigned)((5 * day_of_year + 2) / 153);
    *day = (unsigned)(day_of_year - (153 * (int64_t)shifted + 2) / 5 + 1);
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

static unsigned month_length(unsigned year, unsigned month) {
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : lengths[month - 1];
}

/* `count` digits at p, which has that many bytes; false when one is no digit. */
static bool read_digits(const char *p, int count, unsigned *out) {
    unsigned value = 0;
    for (int i = 0; i < count; i++) {
        if (p[i] < '0' || p[i] > '9') {
            return false;
        }
        value = value * 10 + (unsigned)(p[i] - '0');
    }
    *out = value;
    return true;
}

static nex_status refuse(nex_error *err, const char *text, size_t len, const char *why) {
    int shown = len < 64 ? (int)len : 64;
    return nex_error_set(err, NEX_EINVAL,
                         "time \"%.*s\": %s (expected RFC 3339, such as 2006-01-02T15:04:05Z)",
                         shown, text, why);
}

/* The part from the seconds' end: an optional fraction and the offset. NULL or what is wrong. */
static const char *read_tail(const char *p, const char *end, nex_time *time) {
    if (p < end && *p == '.') {
        const char *start = ++p;
        int32_t unit = 100000000;
        for (; p < end && *p >= '0' && *p <= '9'; p++) {
            time->nanoseconds += (*p - '0') * unit;
            unit /= 10;
        }
        if (p == start) {
            return "no digit follows the point";
        }
    }
    if (end - p == 1 && *p == 'Z') {
        return NULL;
    }
    unsigned hours = 0;
    unsigned minutes = 0;
    if (end - p != 6 || (*p != '+' && *p != '-') || p[3] != ':' || !read_digits(p + 1, 2, &hours) ||
        !read_digits(p + 4, 2, &minutes)) {
        return "it does not end in Z or an offset";
    }
    if (hours > 23 || minutes > 59) {
        return "the offset is out of range";
    }
    int32_t offset = (int32_t)(hours * 60 + minutes);
    time->offset_minutes = *p == '-' ? -offset : offset;
    return NULL;
}

nex_status nex_time_parse(const char *text, size_t len, nex_time *out, nex_error *err) {
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    if (len < 20 || !read_digits(text, 4, &year) || text[4] != '-' ||
        !read_digits(text + 5, 2, &month) || text[7] != '-' || !read_digits(text + 8, 2, &day) ||
        text[10] != 'T' || !read_digits(text + 11, 2, &hour) || text[13] != ':' ||
        !read_digits(text + 14, 2, &minute) || text[16] != ':' ||
        !read_digits(text + 17, 2, &second)) {
        return refuse(err, text, len, "it is not of the form of a date and time");
    }
    if (month < 1 || month > 12 || day < 1 || day > month_length(year, month)) {
        return refuse(err, text, len, "there is no such day");
    }
    if (hour > 23 || minute > 59 || second > 59) {
        return refuse(err, text, len, "there is no such time of day");
    }
    nex_time time = {0, 0, 0};
    const char *wrong = read_tail(text + 19, text + len, &time);
    if (wrong != NULL) {
        return refuse(err, text, len, wrong);
    }
    time.seconds = days_from_date(year, month, day) * day_seconds + hour * 3600 + minute * 60 +
                   second - (int64_t)time.offset_minutes * 60;
    *out = time;
    return NEX_OK;
}

static char *put_digits(char *at, unsigned value, int count) {
    for (int i = count; i > 0; i--) {
        at[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
    return at + count;
}

size_t nex_time_format(nex_time time, char out[NEX_TIME_TEXT_SIZE]) {
    out[0] = '\0';
    int64_t offset = (int64_t)time.offset_minutes * 60;
    static const int64_t first = -62167219200; /* 0000-01-01T00:00:00Z */
    static const int64_t last = 253402300799;  /* 9999-12-31T23:59:59Z */
    if (time.offset_minutes <= -24 * 60 || time.offset_minutes >= 24 * 60 || time.nanoseconds < 0 ||
        time.nanoseconds >= second_ns || time.seconds < first - offset ||
        time.seconds > last - offset) {
        return 0;
    }
    int64_t local = time.seconds + offset;
    int64_t days = local >= 0 ? local / day_seconds : -((day_seconds - 1 - local) / day_seconds);
    unsigned in_day = (unsigned)(local - days * day_seconds);
    int64_t year = 0;
    unsigned month = 0;
    unsigned day = 0;
    date_from_days(days, &year, &month, &day);

    char *at = put_digits(out, (unsigned)year, 4);
    *at++ = '-';
    at = put_digits(at, month, 2);
    *at++ = '-';
    at = put_digits(at, day, 2);
    *at++ = 'T';
    at = put_digits(at, in_day / 3600, 2);
    *at++ = ':';
    at = put_digits(at, in_day / 60 % 60, 2);
    *at++ = ':';
    at = put_digits(at, in_day % 60, 2);
    if (time.nanoseconds > 0) {
        *at++ = '.';
        at = put_digits(at, (unsigned)time.nanoseconds, 9);
        while (at[-1] == '0') {
            at--;
        }
    }
    if (time.offset_minutes == 0) {
        *at++ = 'Z';
    } else {
        unsigned minutes =
            (unsigned)(time.offset_minutes < 0 ? -time.offset_minutes : time.offset_minutes);
        *at++ = time.offset_minutes < 0 ? '-' : '+';
        at = put_digits(at, minutes / 60, 2);
        *at++ = ':';
        at = put_digits(at, minutes % 60, 2);
    }
    *at = '\0';
    return (size_t)(at - out);
}

nex_duration nex_time_sub(nex_time a, nex_time b) {
    int64_t seconds = 0;
    int64_t ns = 0;
    bool low = a.seconds < b.seconds;
    if (__builtin_sub_overflow(a.seconds, b.seconds, &seconds)) {
        return low ? INT64_MIN : INT64_MAX;
    }
    int64_t rest = (int64_t)a.nanoseconds - b.nanoseconds;
    /* Of one sign, so that the sum overflows only when the answer does. */
    if (seconds < 0 && rest > 0) {
        seconds++;
        rest -= second_ns;
    } else if (seconds > 0 && rest < 0) {
        seconds--;
        rest += second_ns;
    }
    if (__builtin_mul_overflow(seconds, second_ns, &ns) || __builtin_add_overflow(ns, rest, &ns)) {
        return low ? INT64_MIN : INT64_MAX;
    }
    return ns;
}

nex_time nex_time_add(nex_time time, nex_duration duration) {
    int64_t seconds = duration / second_ns;
    int64_t ns = time.nanoseconds + duration % second_ns;
    if (ns < 0) {
        ns += second_ns;
        seconds--;
    } else if (ns >= second_ns) {
        ns -= second_ns;
        seconds++;
    }
    if (__builtin_add_overflow(time.seconds, seconds, &time.seconds)) {
        time.seconds = seconds < 0 ? INT64_MIN : INT64_MAX;
    }
    time.nanoseconds = (int32_t)ns;
    return time;
}

int nex_time_compare(nex_time a, nex_time b) {
    if (a.seconds != b.seconds) {
        return a.seconds < b.seconds ? -1 : 1;
    }
    return (a.nanoseconds > b.nanoseconds) - (a.nanoseconds < b.nanoseconds);
}
