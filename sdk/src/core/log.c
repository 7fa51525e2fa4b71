#include <nex/log.h>

#include <stdio.h>
#include <stdlib.h>

enum { MAX_FIELDS = 32, MESSAGE_SIZE = 1024 };

static bool wanted(const nex_log *log, nex_log_level level) {
    return log != NULL && log->write != NULL && level <= log->level;
}

void nex_log_write(const nex_log *log, nex_log_level level, const char *message, ...) {
    if (!wanted(log, level)) {
        return;
    }
    nex_log_field fields[MAX_FIELDS];
    size_t count = 0;
    va_list args;
    va_start(args, message);
    const char *key = NULL;
    while (count < MAX_FIELDS && (key = va_arg(args, const char *)) != NULL) {
        const char *value = va_arg(args, const char *);
        if (value != NULL) {
            fields[count++] = (nex_log_field){key, value};
        }
    }
    va_end(args);
    log->write(log->arg, level, message, fields, count);
}

void nex_log_printf(const nex_log *log, nex_log_level level, const char *fmt, ...) {
    if (!wanted(log, level)) {
        return;
    }
    char fixed[MESSAGE_SIZE];
    char *message = fixed;
    va_list args;
    va_list again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(fixed, sizeof fixed, fmt, args);
    if (n >= MESSAGE_SIZE) {
        /* Without memory for the whole of it, its beginning is better than nothing. */
        char *whole = malloc((size_t)n + 1);
        if (whole != NULL) {
            vsnprintf(whole, (size_t)n + 1, fmt, again);
            message = whole;
        }
    }
    va_end(again);
    va_end(args);
    if (n >= 0) {
        log->write(log->arg, level, message, NULL, 0);
    }
    if (message != fixed) {
        free(message);
    }
}

const char *nex_log_level_name(nex_log_level level) {
    static const char *const names[] = {"fatal", "error", "warn", "info", "debug", "trace"};
    return (unsigned)level < sizeof names / sizeof names[0] ? names[level] : "unknown";
}
