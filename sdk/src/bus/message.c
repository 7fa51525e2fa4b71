#include "bus/message.h"

#include <string.h>

const char *nex_msg_header(const nex_msg *msg, const char *name) {
    for (size_t i = 0; i < msg->header_count; i++) {
        if (strcmp(msg->headers[i].name, name) == 0) {
            return msg->headers[i].value;
        }
    }
    return NULL;
}

static bool add(size_t *sum, size_t more) {
    return !__builtin_add_overflow(*sum, more, sum);
}

size_t nex_msg_copy_size(const nex_msg *msg) {
    size_t size;
    if (__builtin_mul_overflow(msg->header_count, sizeof(nex_header), &size)) {
        return SIZE_MAX;
    }
    bool fits = add(&size, strlen(msg->subject) + 1) && add(&size, msg->len) && add(&size, 1);
    if (msg->reply != NULL) {
        fits = fits && add(&size, strlen(msg->reply) + 1);
    }
    for (size_t i = 0; fits && i < msg->header_count; i++) {
        fits = add(&size, strlen(msg->headers[i].name) + 1) &&
               add(&size, strlen(msg->headers[i].value) + 1);
    }
    return fits ? size : SIZE_MAX;
}

static const char *place(char **at, const void *data, size_t len) {
    char *start = *at;
    if (len > 0) {
        memcpy(start, data, len);
    }
    start[len] = '\0';
    *at += len + 1;
    return start;
}

void nex_msg_copy(nex_msg *out, void *memory, const nex_msg *msg) {
    nex_header *headers = memory;
    char *at = (char *)(headers + msg->header_count);
    out->subject = place(&at, msg->subject, strlen(msg->subject));
    out->reply = msg->reply != NULL ? place(&at, msg->reply, strlen(msg->reply)) : NULL;
    for (size_t i = 0; i < msg->header_count; i++) {
        headers[i].name = place(&at, msg->headers[i].name, strlen(msg->headers[i].name));
        char *value = at;
        headers[i].value = place(&at, msg->headers[i].value, strlen(msg->headers[i].value));
        while (*(value += strcspn(value, "\r\n")) != '\0') {
            *value = ' '; /* as the server would have it */
        }
    }
    out->headers = msg->header_count > 0 ? headers : NULL;
    out->header_count = msg->header_count;
    out->data = place(&at, msg->data, msg->len);
    out->len = msg->len;
}

bool nex_subject_valid(const char *subject, bool wildcards) {
    if (subject == NULL || *subject == '\0') {
        return false;
    }
    const char *token = subject;
    for (const char *p = subject;; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '.' || c == '\0') {
            if (p == token) {
                return false; /* an empty token */
            }
            bool wild = p == token + 1 && (*token == '*' || *token == '>');
            if (wild && (!wildcards || (*token == '>' && c == '.'))) {
                return false;
            }
            if (c == '\0') {
                return true;
            }
            token = p + 1;
        } else if (c <= ' ' || c == 0x7f) {
            return false;
        }
    }
}

bool nex_headers_valid(const nex_header *headers, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *name = headers[i].name;
        if (name == NULL || *name == '\0' || headers[i].value == NULL) {
            return false;
        }
        for (; *name != '\0'; name++) {
            unsigned char c = (unsigned char)*name;
            if (c <= ' ' || c == ':' || c >= 0x7f) {
                return false;
            }
        }
    }
    return true;
}

size_t nex_headers_size(const nex_header *headers, size_t count) {
    if (count == 0) {
        return 0;
    }
    size_t size = strlen("NATS/1.0\r\n\r\n");
    for (size_t i = 0; i < count; i++) {
        size += strlen(headers[i].name) + strlen(headers[i].value) + strlen(": \r\n");
    }
    return size;
}
