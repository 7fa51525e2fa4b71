#include <nex/core.h>

#include <stdio.h>
#include <string.h>

#ifndef NEX_VERSION
#define NEX_VERSION "0.1.0"
#endif

const char *nex_status_name(nex_status status) {
    switch (status) {
    case NEX_OK:
        return "ok";
    case NEX_ENOMEM:
        return "out of memory";
    case NEX_EINVAL:
        return "invalid";
    case NEX_ENOTFOUND:
        return "not found";
    case NEX_EEXIST:
        return "exists";
    case NEX_ETIMEOUT:
        return "timeout";
    case NEX_EUNREACHABLE:
        return "unreachable";
    case NEX_EREFUSED:
        return "refused";
    case NEX_ESTATE:
        return "wrong state";
    case NEX_ELIMIT:
        return "limit reached";
    case NEX_EIO:
        return "i/o error";
    case NEX_ECANCELED:
        return "canceled";
    case NEX_EUNSUPPORTED:
        return "unsupported";
    case NEX_EINTERNAL:
        return "internal error";
    }
    return "unknown status";
}

/* Ends a text that filled its buffer with "...", without cutting a UTF-8 sequence in two. */
static void mark_truncated(char *text, size_t size) {
    size_t end = size - 4;
    while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80) {
        end--;
    }
    memcpy(text + end, "...", 4);
}

static void format_message(char out[NEX_ERROR_MESSAGE_SIZE], const char *fmt, va_list args)
    NEX_PRINTF(2, 0);

static void format_message(char out[NEX_ERROR_MESSAGE_SIZE], const char *fmt, va_list args) {
    int n = vsnprintf(out, NEX_ERROR_MESSAGE_SIZE, fmt, args);
    if (n < 0) {
        out[0] = '\0';
    } else if (n >= NEX_ERROR_MESSAGE_SIZE) {
        mark_truncated(out, NEX_ERROR_MESSAGE_SIZE);
    }
}

nex_status nex_error_set(nex_error *err, nex_status code, const char *fmt, ...) {
    if (err == NULL) {
        return code;
    }
    /* The arguments may point into err itself, so the text is made elsewhere first. */
    char message[NEX_ERROR_MESSAGE_SIZE];
    va_list args;
    va_start(args, fmt);
    format_message(message, fmt, args);
    va_end(args);
    nex_error_clear(err);
    err->code = code;
    memcpy(err->message, message, strlen(message) + 1);
    return code;
}

nex_status nex_error_prefix(nex_error *err, nex_status code, const char *fmt, ...) {
    if (err == NULL) {
        return code;
    }
    char prefix[NEX_ERROR_MESSAGE_SIZE];
    va_list args;
    va_start(args, fmt);
    format_message(prefix, fmt, args);
    va_end(args);

    char joined[2 * NEX_ERROR_MESSAGE_SIZE + 2];
    size_t prefix_len = strlen(prefix);
    size_t message_len = strnlen(err->message, NEX_ERROR_MESSAGE_SIZE - 1);
    size_t len = prefix_len + 2 + message_len;
    memcpy(joined, prefix, prefix_len);
    memcpy(joined + prefix_len, ": ", 2);
    memcpy(joined + prefix_len + 2, err->message, message_len);
    joined[len] = '\0';
    if (len >= NEX_ERROR_MESSAGE_SIZE) {
        mark_truncated(joined, NEX_ERROR_MESSAGE_SIZE);
        len = strlen(joined);
    }
    memcpy(err->message, joined, len + 1);
    err->code = code;
    return code;
}

void nex_error_clear(nex_error *err) {
    if (err == NULL) {
        return;
    }
    err->code = NEX_OK;
    err->message[0] = '\0';
    err->pointer[0] = '\0';
    err->schema_pointer[0] = '\0';
    err->offset = 0;
    err->line = 0;
    err->column = 0;
}

const char *nex_version(void) {
    return NEX_VERSION;
}
