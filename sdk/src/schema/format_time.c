/*
 * Dates and times of RFC 3339.
 */
#include "schema/format.h"

/* Reads n digits; -1 when they are not there. */
static int number(const char *s, size_t len, size_t at, size_t n) {
    int value = 0;
    if (len < at + n)
        return -1;
    for (size_t i = at; i < at + n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

bool nex_format_date(const char *s, size_t len) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = number(s, len, 0, 4), month = number(s, len, 5, 2), day = number(s, len, 8, 2);
    if (len != 10 || s[4] != '-' || s[7] != '-' || year < 0 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap);
}

bool nex_format_time(const char *s, size_t len) {
    int hour = number(s, len, 0, 2), minute = number(s, len, 3, 2), second = number(s, len, 6, 2);
    int offset = 0;
    size_t i = 8;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
        s[2] != ':' || s[5] != ':')
        return false;
    if (i < len && s[i] == '.') {
        size_t start = ++i;
        while (i < len && s[i] >= '0' && s[i] <= '9')
            i++;
        if (i == start)
            return false;
    }
    if (i + 1 == len && (s[i] == 'Z' || s[i] == 'z')) {
        offset = 0;
    } else if (i + 6 == len && (s[i] == '+' || s[i] == '-') && s[i + 3] == ':') {
        int h = number(s, len, i + 1, 2), m = number(s, len, i + 4, 2);
        if (h < 0 || h > 23 || m < 0 || m > 59)
            return false;
        offset = (h * 60 + m) * (s[i] == '-' ? -1 : 1);
    } else {
        return false;
    }
    /* a leap second is the last second of a UTC day */
    return second < 60 || (hour * 60 + minute - offset + 2880) % 1440 == 1439;
}

bool nex_format_date_time(const char *s, size_t len) {
    return len > 11 && (s[10] == 'T' || s[10] == 't') && nex_format_date(s, 10) &&
           nex_format_time(s + 11, len - 11);
}
