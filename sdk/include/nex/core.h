/*
 * nex/core.h - status codes, errors, buffers, and the text forms of times and durations.
 *
 * Everything else in libnex stands on this header. Nothing here allocates behind the caller's
 * back, keeps state between calls or starts a thread; all functions may be called from any
 * thread as long as two threads do not use one object at the same time.
 */
#ifndef NEX_CORE_H
#define NEX_CORE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define NEX_API               __attribute__((visibility("default")))
#define NEX_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define NEX_API
#define NEX_PRINTF(fmt, args)
#endif

/** What became of a call. Every fallible function of libnex returns one of these. */
typedef enum nex_status {
    NEX_OK = 0,
    NEX_ENOMEM,       /**< memory could not be had */
    NEX_EINVAL,       /**< a value, document or argument is not what was expected */
    NEX_ENOTFOUND,    /**< the thing asked for does not exist */
    NEX_EEXIST,       /**< it exists already */
    NEX_ETIMEOUT,     /**< no answer in time */
    NEX_EUNREACHABLE, /**< no connection, or nobody listens on the subject */
    NEX_EREFUSED,     /**< the other side, or a permission, said no */
    NEX_ESTATE,       /**< not possible in the present state (closed, stopping, used up) */
    NEX_ELIMIT,       /**< a limit on size, depth, number or steps was reached */
    NEX_EIO,          /**< the operating system failed a call */
    NEX_ECANCELED,    /**< the caller gave up */
    NEX_EUNSUPPORTED, /**< known, but not to be had here */
    NEX_EINTERNAL     /**< a fault of nex itself */
} nex_status;

/** The name of a status in lower case ("ok", "timeout", ...). Never NULL. */
NEX_API const char *nex_status_name(nex_status status);

enum { NEX_ERROR_MESSAGE_SIZE = 512, NEX_ERROR_POINTER_SIZE = 256 };

/**
 * What went wrong and where. Owned by the caller, usually on the stack; holds no pointers, so
 * it may be copied and needs no free. Texts too long for their field end in "...".
 */
typedef struct nex_error {
    nex_status code;
    char message[NEX_ERROR_MESSAGE_SIZE];        /**< what failed, on what, wanted and got */
    char pointer[NEX_ERROR_POINTER_SIZE];        /**< JSON pointer of the value, "" the root */
    char schema_pointer[NEX_ERROR_POINTER_SIZE]; /**< JSON pointer in the schema, or "" */
    size_t offset;                               /**< byte offset in the input */
    unsigned line;                               /**< from 1; 0 when there is no place */
    unsigned column;                             /**< from 1, in bytes */
} nex_error;

/**
 * Fills err (if not NULL) with a code and a formatted message, clears its places, and returns
 * the code, so that a function can end with `return nex_error_set(err, NEX_EINVAL, ...)`.
 */
NEX_API nex_status nex_error_set(nex_error *err, nex_status code, const char *fmt, ...)
    NEX_PRINTF(3, 4);

/** Puts "text: " before the message, to say what was being done when the error arose. */
NEX_API nex_status nex_error_prefix(nex_error *err, nex_status code, const char *fmt, ...)
    NEX_PRINTF(3, 4);

/** No error, no text. */
NEX_API void nex_error_clear(nex_error *err);

/* ---- Buffers ------------------------------------------------------------------------------ */

/**
 * A growing run of bytes. Zero-initialise it; free with nex_buf_free. `data` is followed by a
 * NUL that `len` does not count once anything was appended (data is NULL before).
 * A failed append leaves the buffer as it was.
 */
typedef struct nex_buf {
    char *data;
    size_t len;
    size_t cap;
} nex_buf;

#define NEX_BUF_INIT                                                                               \
    { NULL, 0, 0 }

NEX_API void nex_buf_free(nex_buf *buf);
/** Forgets the contents, keeps the memory. */
NEX_API void nex_buf_clear(nex_buf *buf);
/** Makes room for `more` further bytes (and the NUL). */
NEX_API nex_status nex_buf_reserve(nex_buf *buf, size_t more);
NEX_API nex_status nex_buf_append(nex_buf *buf, const void *data, size_t len);
NEX_API nex_status nex_buf_append_str(nex_buf *buf, const char *text);
NEX_API nex_status nex_buf_printf(nex_buf *buf, const char *fmt, ...) NEX_PRINTF(2, 3);
NEX_API nex_status nex_buf_vprintf(nex_buf *buf, const char *fmt, va_list args) NEX_PRINTF(2, 0);
/**
 * Hands the bytes to the caller, who frees them with free(); the buffer is empty after. NULL when
 * nothing was ever appended.
 */
NEX_API char *nex_buf_take(nex_buf *buf);

/* ---- Lists and maps of text --------------------------------------------------------------- */

typedef struct nex_string_list {
    char **items;
    size_t count;
} nex_string_list;

typedef struct nex_string_entry {
    char *key;
    char *value;
} nex_string_entry;

/** An ordered map of text to text, as JSON objects of strings are decoded. */
typedef struct nex_string_map {
    nex_string_entry *items;
    size_t count;
} nex_string_map;

/** The value of a key, or NULL. Of a key given twice the last one counts. */
NEX_API const char *nex_string_map_get(const nex_string_map *map, const char *key);
/** Sets a key in a map whose memory is the caller's own (malloc), copying both texts. */
NEX_API nex_status nex_string_map_set(nex_string_map *map, const char *key, const char *value);
/** Copies into a map or list of the caller's own, whose former content is not freed; frees one. */
NEX_API nex_status nex_string_map_copy(nex_string_map *out, const nex_string_map *map);
NEX_API void nex_string_map_free(nex_string_map *map);
NEX_API nex_status nex_string_list_add(nex_string_list *list, const char *text);
NEX_API nex_status nex_string_list_copy(nex_string_list *out, const nex_string_list *list);
NEX_API void nex_string_list_free(nex_string_list *list);

/* ---- Durations and times ------------------------------------------------------------------ */

/** A span of time in nanoseconds. */
typedef int64_t nex_duration;

#define NEX_MICROSECOND ((nex_duration)1000)
#define NEX_MILLISECOND (1000 * NEX_MICROSECOND)
#define NEX_SECOND      (1000 * NEX_MILLISECOND)
#define NEX_MINUTE      (60 * NEX_SECOND)
#define NEX_HOUR        (60 * NEX_MINUTE)

enum {
    NEX_DURATION_TEXT_SIZE = 32,     /**< room for any duration's text and its NUL */
    NEX_ISO_DURATION_TEXT_SIZE = 80, /**< the same for ISO 8601's form */
    NEX_TIME_TEXT_SIZE = 40          /**< room for any time's text and its NUL */
};

/**
 * Reads Go's duration text ("1m0s", "1.5ms", "250us", "-3h", "0"), all that Go's
 * time.ParseDuration reads. Units: ns, us, µs (either mu), ms, s, m, h.
 */
NEX_API nex_status nex_duration_parse(const char *text, size_t len, nex_duration *out,
                                      nex_error *err);
/** Writes the text Go's Duration.String writes; returns its length. */
NEX_API size_t nex_duration_format(nex_duration duration, char out[NEX_DURATION_TEXT_SIZE]);

/**
 * A duration as ISO 8601 writes it ("P1Y2M3DT4H5M6S", "P2W"), exactly: how long a month or a day is
 * depends on when it begins, so these are counts of their own. A year is 12 months, a week 7 days,
 * an hour 3600 seconds. None is negative.
 */
typedef struct nex_iso_duration {
    int64_t months;
    int64_t days;
    int64_t seconds;
} nex_iso_duration;

/**
 * Reads an ISO 8601 duration by the grammar of RFC 3339, appendix A, which is that of JSON Schema's
 * format "duration": whole numbers, weeks alone, no unit left out between two (P1Y0M1D). NEX_EINVAL
 * for any other text, NEX_ELIMIT when a count has more than 64 bits.
 */
NEX_API nex_status nex_iso_duration_parse(const char *text, size_t len, nex_iso_duration *out,
                                          nex_error *err);
/**
 * Writes the one form of all that mean the same: units as large as can be, weeks as days, "PT0S"
 * for nothing; returns its length, or 0 (and "") when a count is negative.
 */
NEX_API size_t nex_iso_duration_format(nex_iso_duration iso, char out[NEX_ISO_DURATION_TEXT_SIZE]);
/**
 * Its length in nanoseconds, a day being 24 hours. NEX_EINVAL when it has months, which have no
 * fixed length, NEX_ELIMIT when it is too long for nex_duration.
 */
NEX_API nex_status nex_iso_duration_span(nex_iso_duration iso, nex_duration *out, nex_error *err);

/** A point in time with its UTC offset, as RFC 3339 writes it. Zero-initialised: 1970. */
typedef struct nex_time {
    int64_t seconds;        /**< since 1970-01-01T00:00:00Z; Go's zero time is -62135596800 */
    int32_t nanoseconds;    /**< 0 to 999,999,999 */
    int32_t offset_minutes; /**< east of UTC */
} nex_time;

/** Reads an RFC 3339 time (years 0000 to 9999, any number of fraction digits). */
NEX_API nex_status nex_time_parse(const char *text, size_t len, nex_time *out, nex_error *err);
/**
 * Writes RFC 3339 with as many fraction digits as needed (Go's RFC3339Nano); returns its length,
 * or 0 (and "") for what that cannot say: years outside 0000 to 9999, fields out of range.
 */
NEX_API size_t nex_time_format(nex_time time, char out[NEX_TIME_TEXT_SIZE]);
/** a - b; saturates at the ends of nex_duration. */
NEX_API nex_duration nex_time_sub(nex_time a, nex_time b);
NEX_API nex_time nex_time_add(nex_time time, nex_duration duration);
/** -1, 0 or 1; offsets do not matter. */
NEX_API int nex_time_compare(nex_time a, nex_time b);

/* ---- Base64 (RFC 4648) -------------------------------------------------------------------- */

NEX_API nex_status nex_base64_encode(const void *data, size_t len, nex_buf *out);
/** Reads padded base64, skipping line ends as Go does; on failure out is as before. */
NEX_API nex_status nex_base64_decode(const char *text, size_t len, nex_buf *out, nex_error *err);

/** The version of the library that is linked, for example "0.1.0". */
NEX_API const char *nex_version(void);

#ifdef __cplusplus
}
#endif

#endif
