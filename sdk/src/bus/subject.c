/* Subjects and their tokens. */
#include <nex/bus.h>

#include <string.h>

nex_status nex_subject_token(const char *subject, size_t i, char *out, size_t size) {
    const char *token = subject;
    for (; i > 0; i--) {
        token = strchr(token, '.');
        if (token == NULL) {
            return NEX_ENOTFOUND;
        }
        token++;
    }
    size_t len = strcspn(token, ".");
    if (len == 0) {
        return NEX_ENOTFOUND;
    }
    if (len >= size) {
        return NEX_ELIMIT;
    }
    memcpy(out, token, len);
    out[len] = '\0';
    return NEX_OK;
}

const char *nex_subject_last_token(const char *subject) {
    const char *dot = strrchr(subject, '.');
    return dot != NULL ? dot + 1 : subject;
}

bool nex_subject_token_valid(const char *token) {
    if (token == NULL || *token == '\0') {
        return false;
    }
    for (; *token != '\0'; token++) {
        unsigned char c = (unsigned char)*token;
        if (c <= ' ' || c == 0x7f || c == '.' || c == '*' || c == '>') {
            return false;
        }
    }
    return true;
}

bool nex_subject_matches(const char *pattern, const char *subject) {
    for (;;) {
        size_t want = strcspn(pattern, ".");
        size_t got = strcspn(subject, ".");
        if (want == 1 && *pattern == '>' && pattern[1] == '\0') {
            return *subject != '\0';
        }
        bool wild = want == 1 && *pattern == '*' && got > 0;
        if (!wild && (want != got || memcmp(pattern, subject, want) != 0)) {
            return false;
        }
        pattern += want;
        subject += got;
        if (*pattern == '\0' || *subject == '\0') {
            return *pattern == *subject;
        }
        pattern++;
        subject++;
    }
}
