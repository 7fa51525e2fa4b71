/* Writing JSON text into a buffer, escaped as Go's encoding/json does. */
#ifndef NEX_CODEC_WRITER_H
#define NEX_CODEC_WRITER_H

#include <nex/codec.h>

/* Writes past the buffer's length, with room looked for ahead; nex_writer_end makes it so. */
typedef struct nex_writer {
    nex_buf *buf;
    char *at;
    char *end;
    nex_status status;
} nex_writer;

void nex_writer_begin(nex_writer *w, nex_buf *buf);
/* Takes over what was written, or on failure nothing of it; returns the status. */
nex_status nex_writer_end(nex_writer *w);

bool nex_writer_grow(nex_writer *w, size_t more);
/* Notes why the writing ends; false, to be returned. */
bool nex_writer_fail(nex_writer *w, nex_status status);

static inline bool nex_writer_reserve(nex_writer *w, size_t more) {
    return (size_t)(w->end - w->at) >= more || nex_writer_grow(w, more);
}

static inline bool nex_write_char(nex_writer *w, char c) {
    if (!nex_writer_reserve(w, 1)) {
        return false;
    }
    *w->at++ = c;
    return true;
}

bool nex_write_plain(nex_writer *w, const char *text, size_t len);
/* A quoted string. Fails with NEX_EINVAL when the text is not UTF-8. */
bool nex_write_string(nex_writer *w, const char *text, size_t len);
bool nex_write_int(nex_writer *w, int64_t value);
/* Fails with NEX_EINVAL for what is not a number or infinite. */
bool nex_write_double(nex_writer *w, double value);
/* Any jansson value, members by name; `depth` levels at most. */
bool nex_write_json(nex_writer *w, const json_t *json, unsigned depth);

#endif
