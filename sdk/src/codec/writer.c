#include "codec/writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "codec/number.h"
#include "codec/scan.h"
#include "json/utf8.h"

enum { CHUNK = 16, LONGEST_ESCAPE = 6 };

void nex_writer_begin(nex_writer *w, nex_buf *buf) {
    /* One byte stays for the NUL. */
    *w = (nex_writer){.buf = buf, .status = NEX_OK};
    if (buf->data != NULL) {
        w->at = buf->data + buf->len;
        w->end = buf->data + buf->cap - 1;
    }
}

nex_status nex_writer_end(nex_writer *w) {
    if (w->status == NEX_OK && !nex_writer_reserve(w, 0)) {
        return w->status;
    }
    if (w->buf->data == NULL) {
        return w->status;
    }
    if (w->status == NEX_OK) {
        w->buf->len = (size_t)(w->at - w->buf->data);
    }
    w->buf->data[w->buf->len] = '\0';
    return w->status;
}

bool nex_writer_fail(nex_writer *w, nex_status status) {
    w->status = status;
    return false;
}

bool nex_writer_grow(nex_writer *w, size_t more) {
    nex_buf *buf = w->buf;
    size_t before = buf->len;
    /* The buffer keeps what it counts, so for once it counts all that was written. */
    buf->len = w->at != NULL ? (size_t)(w->at - buf->data) : before;
    size_t written = buf->len;
    nex_status status = nex_buf_reserve(buf, more);
    buf->len = before;
    if (status != NEX_OK) {
        return nex_writer_fail(w, status);
    }
    w->at = buf->data + written;
    w->end = buf->data + buf->cap - 1;
    return true;
}

bool nex_write_plain(nex_writer *w, const char *text, size_t len) {
    if (!nex_writer_reserve(w, len)) {
        return false;
    }
    memcpy(w->at, text, len);
    w->at += len;
    return true;
}

/* ---- Strings ------------------------------------------------------------------------------- */

static char *put_escape(char *at, unsigned char c) {
    static const char hex[] = "0123456789abcdef";
    *at++ = '\\';
    switch (c) {
    case '"':
    case '\\':
        *at++ = (char)c;
        return at;
    case '\b':
        *at++ = 'b';
        return at;
    case '\f':
        *at++ = 'f';
        return at;
    case '\n':
        *at++ = 'n';
        return at;
    case '\r':
        *at++ = 'r';
        return at;
    case '\t':
        *at++ = 't';
        return at;
    default:
        memcpy(at, "u00", 3);
        at[3] = hex[c >> 4];
        at[4] = hex[c & 15];
        return at + 5;
    }
}

static inline bool is_plain(char c) {
    return (signed char)c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

/* One byte or sequence that needs a look. Moves on *text. */
static bool write_odd(nex_writer *w, const char **text, const char *end) {
    const char *s = *text;
    if ((unsigned char)*s < 0x80) {
        w->at = put_escape(w->at, (unsigned char)*s);
        *text = s + 1;
        return true;
    }
    uint32_t point = 0;
    size_t n = nex_utf8_decode(s, (size_t)(end - s), &point);
    if (n == 0) {
        return nex_writer_fail(w, NEX_EINVAL);
    }
    /* U+2028 and U+2029 end a line in JavaScript. */
    if (point == 0x2028 || point == 0x2029) {
        memcpy(w->at, point == 0x2028 ? "\\u2028" : "\\u2029", 6);
        w->at += 6;
    } else {
        memcpy(w->at, s, n);
        w->at += n;
    }
    *text = s + n;
    return true;
}

/* The rest of a string, byte by byte where it must be, with the closing quote. */
static bool write_carefully(nex_writer *w, const char *s, const char *end) {
    while (s < end) {
        if (!nex_writer_reserve(w, CHUNK + LONGEST_ESCAPE)) {
            return false;
        }
        while (end - s >= CHUNK) {
            nex_text16 chunk = nex_text16_load(s);
            nex_text16_store(w->at, chunk);
            uint32_t odd = nex_mask_encode(chunk);
            unsigned n = odd != 0 ? (unsigned)__builtin_ctz(odd) : CHUNK;
            s += n;
            w->at += n;
            if (odd != 0) {
                break;
            }
            if (!nex_writer_reserve(w, CHUNK + LONGEST_ESCAPE)) {
                return false;
            }
        }
        const char *stop = end - s < CHUNK ? end : s;
        while (s < stop && is_plain(*s)) {
            *w->at++ = *s++;
        }
        if (s < end && !nex_writer_reserve(w, LONGEST_ESCAPE)) {
            return false;
        }
        if (s < end && !is_plain(*s) && !write_odd(w, &s, end)) {
            return false;
        }
    }
    return nex_write_char(w, '"');
}

bool nex_write_string(nex_writer *w, const char *text, size_t len) {
    if (!nex_writer_reserve(w, 2 * CHUNK + len)) {
        return false;
    }
    *w->at++ = '"';
    if (len >= CHUNK) {
        const char *s = text;
        const char *end = text + len;
        char *at = w->at;
        /* Whole chunks, then the last one again from its end: both may overlap. */
        for (; end - s >= CHUNK; s += CHUNK, at += CHUNK) {
            nex_text16 chunk = nex_text16_load(s);
            nex_text16_store(at, chunk);
            if (nex_mask_encode(chunk) != 0) {
                w->at = at;
                return write_carefully(w, s, end);
            }
        }
        nex_text16 last = nex_text16_load(end - CHUNK);
        if (nex_mask_encode(last) != 0) {
            w->at = at;
            return write_carefully(w, s, end);
        }
        nex_text16_store(w->at + len - CHUNK, last);
        w->at += len;
        *w->at++ = '"';
        return true;
    }
    uint64_t low = 0;
    uint64_t high = 0;
    if (len >= 8) {
        low = nex_load64(text);
        high = nex_load64(text + len - 8);
    } else if (len >= 4) {
        low = nex_load32(text) | (uint64_t)nex_load32(text + len - 4) << 32;
        high = low;
    } else if (len > 0) {
        /* First, middle and last are all there are; the places left over hold something plain. */
        low = UINT64_C(0x7878787878000000) | (unsigned char)text[0] |
              (uint64_t)(unsigned char)text[len / 2] << 8 |
              (uint64_t)(unsigned char)text[len - 1] << 16;
        high = low;
    } else {
        *w->at++ = '"';
        return true;
    }
    if (nex_mask_encode(nex_text16_of(low, high)) != 0) {
        return write_carefully(w, text, text + len);
    }
    if (len >= 8) {
        memcpy(w->at, &low, 8);
        memcpy(w->at + len - 8, &high, 8);
    } else if (len >= 4) {
        memcpy(w->at, text, 4);
        memcpy(w->at + len - 4, text + len - 4, 4);
    } else {
        w->at[0] = text[0];
        w->at[len / 2] = text[len / 2];
        w->at[len - 1] = text[len - 1];
    }
    w->at += len;
    *w->at++ = '"';
    return true;
}

nex_status nex_json_append_string(nex_buf *out, const char *text, size_t len) {
    nex_writer w;
    nex_writer_begin(&w, out);
    nex_write_string(&w, text, len);
    return nex_writer_end(&w);
}

/* ---- Numbers ------------------------------------------------------------------------------- */

bool nex_write_int(nex_writer *w, int64_t value) {
    if (!nex_writer_reserve(w, NEX_INT_TEXT_SIZE)) {
        return false;
    }
    w->at += nex_int_write(value, w->at);
    return true;
}

bool nex_write_double(nex_writer *w, double value) {
    if (!isfinite(value)) {
        return nex_writer_fail(w, NEX_EINVAL);
    }
    if (!nex_writer_reserve(w, NEX_DOUBLE_TEXT_SIZE)) {
        return false;
    }
    w->at += nex_double_write(value, w->at);
    return true;
}

/* ---- jansson's values ---------------------------------------------------------------------- */

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool write_members(nex_writer *w, const json_t *object, const char **names, unsigned depth) {
    size_t count = 0;
    json_t *json = (json_t *)(uintptr_t)object; /* jansson iterates over what is not const only */
    for (void *at = json_object_iter(json); at != NULL; at = json_object_iter_next(json, at)) {
        names[count++] = json_object_iter_key(at);
    }
    qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++) {
        if ((i > 0 && !nex_write_char(w, ',')) ||
            !nex_write_string(w, names[i], strlen(names[i])) || !nex_write_char(w, ':') ||
            !nex_write_json(w, json_object_get(object, names[i]), depth - 1)) {
            return false;
        }
    }
    return true;
}

static bool write_object(nex_writer *w, const json_t *object, unsigned depth) {
    const char *few[16];
    size_t count = json_object_size(object);
    const char **names = count <= sizeof few / sizeof few[0] ? few : malloc(count * sizeof *names);
    if (names == NULL) {
        return nex_writer_fail(w, NEX_ENOMEM);
    }
    bool done =
        nex_write_char(w, '{') && write_members(w, object, names, depth) && nex_write_char(w, '}');
    if (names != few) {
        free(names);
    }
    return done;
}

static bool write_array(nex_writer *w, const json_t *array, unsigned depth) {
    if (!nex_write_char(w, '[')) {
        return false;
    }
    for (size_t i = 0; i < json_array_size(array); i++) {
        if ((i > 0 && !nex_write_char(w, ',')) ||
            !nex_write_json(w, json_array_get(array, i), depth - 1)) {
            return false;
        }
    }
    return nex_write_char(w, ']');
}

bool nex_write_json(nex_writer *w, const json_t *json, unsigned depth) {
    if (json == NULL) {
        return nex_write_plain(w, "null", 4);
    }
    switch (json_typeof(json)) {
    case JSON_OBJECT:
    case JSON_ARRAY:
        if (depth == 0) {
            return nex_writer_fail(w, NEX_ELIMIT);
        }
        return json_is_object(json) ? write_object(w, json, depth) : write_array(w, json, depth);
    case JSON_STRING:
        return nex_write_string(w, json_string_value(json), json_string_length(json));
    case JSON_INTEGER:
        return nex_write_int(w, json_integer_value(json));
    case JSON_REAL:
        return nex_write_double(w, json_real_value(json));
    case JSON_TRUE:
        return nex_write_plain(w, "true", 4);
    case JSON_FALSE:
        return nex_write_plain(w, "false", 5);
    default:
        return nex_write_plain(w, "null", 4);
    }
}
