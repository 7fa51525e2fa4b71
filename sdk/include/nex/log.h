/*
 * nex/log.h - the log sink that a program hands to the library.
 *
 * The library keeps no global logger: whoever makes a node, an agent or a client passes a
 * nex_log. A record is a level, a message and fields; how it looks is the sink's business.
 */
#ifndef NEX_LOG_H
#define NEX_LOG_H

#include <nex/core.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nex_log_level {
    NEX_LOG_FATAL = 0,
    NEX_LOG_ERROR,
    NEX_LOG_WARN,
    NEX_LOG_INFO,
    NEX_LOG_DEBUG,
    NEX_LOG_TRACE
} nex_log_level;

typedef struct nex_log_field {
    const char *key;
    const char *value; /**< NULL is left out */
} nex_log_field;

/** A sink. `write` must not block and must not call back into the object that logs. */
typedef struct nex_log {
    void (*write)(void *arg, nex_log_level level, const char *message, const nex_log_field *fields,
                  size_t count);
    void *arg;
    nex_log_level level; /**< records above this level are not made */
} nex_log;

/**
 * Logs a message with fields: key, value, key, value, ..., NULL; at most 32 fields are kept. A
 * NULL log drops it.
 * Values never hold a secret: that is the caller's duty.
 */
NEX_API void nex_log_write(const nex_log *log, nex_log_level level, const char *message, ...)
    __attribute__((sentinel));

/** The same for a message that needs formatting and has no fields. */
NEX_API void nex_log_printf(const nex_log *log, nex_log_level level, const char *fmt, ...)
    NEX_PRINTF(3, 4);

/** "fatal", "error", "warn", "info", "debug", "trace". */
NEX_API const char *nex_log_level_name(nex_log_level level);

#ifdef __cplusplus
}
#endif

#endif
