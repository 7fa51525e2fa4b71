/*
 * Names: which are like one another, and which speak of secrets.
 */
#include "schema/words.h"

#include <string.h>

enum { MAX_NAME = 64 };

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

unsigned nex_distance(const char *a, size_t a_len, const char *b, size_t b_len, unsigned limit) {
    unsigned rows[3][MAX_NAME + 1];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];
    size_t gap = a_len > b_len ? a_len - b_len : b_len - a_len;
    if (a_len > MAX_NAME || b_len > MAX_NAME || gap > limit)
        return limit + 1;
    for (size_t k = 0; k <= b_len; k++)
        before[k] = last[k] = (unsigned)k;
    for (size_t i = 1; i <= a_len; i++) {
        unsigned *free_row = before;
        row[0] = (unsigned)i;
        for (size_t k = 1; k <= b_len; k++) {
            bool same = lower(a[i - 1]) == lower(b[k - 1]);
            row[k] = least(least(last[k] + 1, row[k - 1] + 1), last[k - 1] + !same);
            if (i > 1 && k > 1 && lower(a[i - 1]) == lower(b[k - 2]) &&
                lower(a[i - 2]) == lower(b[k - 1]))
                row[k] = least(row[k], before[k - 2] + 1);
        }
        before = last;
        last = row;
        row = free_row;
    }
    return last[b_len] <= limit ? last[b_len] : limit + 1;
}

bool nex_secret_name(const char *name, size_t len) {
    static const char *const within[] = {"password", "passwd",  "passphrase", "secret",
                                         "token",    "credent", "creds",      "private"};
    static const char *const last[] = {"key", "keys", "seed", "seeds", "jwt", "pwd", "pass"};
    char text[MAX_NAME + 1];
    size_t start = len > MAX_NAME ? len - MAX_NAME : 0;
    len -= start;
    for (size_t i = 0; i < len; i++)
        text[i] = lower(name[start + i]);
    text[len] = '\0';
    for (size_t i = 0; i < sizeof within / sizeof within[0]; i++)
        if (strstr(text, within[i]))
            return true;
    for (size_t i = 0; i < sizeof last / sizeof last[0]; i++) {
        size_t n = strlen(last[i]);
        if (len >= n && memcmp(text + len - n, last[i], n) == 0)
            return true;
    }
    return false;
}
