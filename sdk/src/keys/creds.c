#include "keys/nkey_text.h"

#include <string.h>

nex_status nex_creds_format(const char *jwt, const char *seed, nex_buf *out) {
    static const char head[] = "-----BEGIN NATS USER JWT-----\n";
    static const char middle[] = "\n------END NATS USER JWT------\n"
                                 "\n"
                                 "************************* IMPORTANT *************************\n"
                                 "NKEY Seed printed below can be used to sign and prove identity.\n"
                                 "NKEYs are sensitive and should be treated as secrets.\n"
                                 "\n"
                                 "-----BEGIN USER NKEY SEED-----\n";
    static const char tail[] = "\n------END USER NKEY SEED------\n"
                               "\n"
                               "*************************************************************\n";
    size_t size = sizeof head + strlen(jwt) + sizeof middle + strlen(seed) + sizeof tail;
    /* All at once: growing in between would leave a copy of the seed in freed memory. */
    nex_status status = nex_buf_reserve(out, size);
    const char *parts[] = {head, jwt, middle, seed, tail};
    for (size_t i = 0; status == NEX_OK && i < sizeof parts / sizeof parts[0]; i++) {
        status = nex_buf_append_str(out, parts[i]);
    }
    return status;
}

typedef struct line {
    const char *start;
    size_t len; /* without blanks at either end */
} line;

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

static bool next_line(const char **at, const char *end, line *out) {
    if (*at >= end) {
        return false;
    }
    const char *newline = memchr(*at, '\n', (size_t)(end - *at));
    const char *stop = newline == NULL ? end : newline;
    const char *start = *at;
    *at = newline == NULL ? end : newline + 1;
    while (start < stop && is_blank(*start)) {
        start++;
    }
    while (stop > start && is_blank(stop[-1])) {
        stop--;
    }
    *out = (line){start, (size_t)(stop - start)};
    return true;
}

/* "-----BEGIN ...-----": at least three dashes at both ends, and not the end of a part. */
static bool is_rule(const line *l) {
    return l->len >= 7 && memcmp(l->start, "---", 3) == 0 &&
           memcmp(l->start + l->len - 3, "---", 3) == 0 &&
           memmem(l->start, l->len, "END", 3) == NULL;
}

static bool is_seed(const line *l) {
    nkey_text text;
    bool yes = nkey_decode(&text, l->start, l->len) == NKEY_SEED;
    nex_wipe(&text, sizeof text);
    return yes;
}

static bool is_jwt(const line *l) {
    return l->len > 3 && memcmp(l->start, "eyJ", 3) == 0 && memchr(l->start, '.', l->len) != NULL;
}

nex_status nex_creds_parse(const char *text, size_t len, nex_buf *jwt, nex_buf *seed,
                           nex_error *err) {
    const char *at = text;
    line previous = {text, 0};
    line current;
    line found_jwt = {NULL, 0};
    line found_seed = {NULL, 0};
    while (next_line(&at, text + len, &current)) {
        /* Told apart by what they are: tools do not agree on the words of the rules. */
        if (is_rule(&previous)) {
            if (found_jwt.start == NULL && is_jwt(&current)) {
                found_jwt = current;
            } else if (found_seed.start == NULL && is_seed(&current)) {
                found_seed = current;
            }
        }
        if (current.len > 0) {
            previous = current;
        }
    }
    if (found_jwt.start == NULL || found_seed.start == NULL) {
        return nex_error_set(err, NEX_EINVAL,
                             "reading credentials: no %s found; expected a user JWT and an nkey "
                             "seed, each below a line of dashes (----BEGIN ...----)",
                             found_jwt.start == NULL ? "JWT" : "nkey seed");
    }
    nex_status status = nex_buf_reserve(seed, found_seed.len);
    if (status == NEX_OK) {
        status = nex_buf_append(jwt, found_jwt.start, found_jwt.len);
    }
    if (status == NEX_OK) {
        status = nex_buf_append(seed, found_seed.start, found_seed.len);
    }
    return status == NEX_OK ? NEX_OK
                            : nex_error_set(err, status, "reading credentials: out of memory");
}
