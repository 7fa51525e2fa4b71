#include "log_output.h"

#include "json/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { WAITING_BYTES = 1024 * 1024, WAITING_PIECES = 16384 };

/* JSON is UTF-8: what is not becomes U+FFFD, a byte at a time. */
static nex_status append_utf8(const char *text, size_t len, nex_buf *out) {
    nex_status status = NEX_OK;
    size_t from = 0;
    for (size_t at = 0; at < len && status == NEX_OK;) {
        uint32_t c;
        size_t valid = nex_utf8_decode(text + at, len - at, &c);
        if (valid == 0) {
            status = nex_buf_append(out, text + from, at - from);
            if (status == NEX_OK) {
                status = nex_buf_append_str(out, "\xEF\xBF\xBD");
            }
            from = at + 1;
        }
        at += valid ? valid : 1;
    }
    return status == NEX_OK ? nex_buf_append(out, text + from, len - from) : status;
}

static nex_status append_line(const log_piece *piece, const char *line, size_t len, nex_buf *out) {
    char time[NEX_TIME_TEXT_SIZE];
    nex_buf text = NEX_BUF_INIT;
    nex_time_format(piece->time, time);
    nex_status status = append_utf8(line, len, &text);
    json_t *object = NULL;
    if (status == NEX_OK) {
        object = json_pack("{s:s, s:s%, s:s}", "stream", piece->is_stderr ? "stderr" : "stdout",
                           "text", text.data ? text.data : "", text.len, "time", time);
        if (object && piece->sequence) {
            json_object_set_new(object, "sequence", json_integer((json_int_t)piece->sequence));
        }
    }
    char *dump = object ? json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    status = dump ? nex_buf_printf(out, "%s\n", dump) : NEX_ENOMEM;
    free(dump);
    json_decref(object);
    nex_buf_free(&text);
    return status;
}

nex_status log_piece_append(const log_piece *piece, bool json, nex_buf *out) {
    if (!json) {
        return nex_buf_append(out, piece->data, piece->len);
    }
    const char *at = piece->data;
    size_t left = piece->len;
    nex_status status = NEX_OK;
    while (left > 0 && status == NEX_OK) {
        const char *newline = memchr(at, '\n', left);
        size_t line = newline ? (size_t)(newline - at) : left;
        status = append_line(piece, at, line, out);
        line += newline ? 1 : 0;
        at += line;
        left -= line;
    }
    return status;
}

void log_waiting_add(log_waiting *w, const log_piece *piece) {
    if (w->overflowed || w->count >= WAITING_PIECES || piece->len > WAITING_BYTES - w->bytes) {
        w->overflowed = true;
        return;
    }
    if (w->count == w->capacity) {
        size_t capacity = w->capacity ? w->capacity * 2 : 64;
        log_piece *items = realloc(w->items, capacity * sizeof *items);
        if (!items) {
            w->overflowed = true;
            return;
        }
        w->items = items;
        w->capacity = capacity;
    }
    char *copy = malloc(piece->len + 1);
    if (!copy) {
        w->overflowed = true;
        return;
    }
    if (piece->len) {
        memcpy(copy, piece->data, piece->len);
    }
    w->items[w->count] = *piece;
    w->items[w->count].data = copy;
    w->count++;
    w->bytes += piece->len;
}

void log_waiting_clear(log_waiting *w) {
    for (size_t i = 0; i < w->count; i++) {
        free((char *)(uintptr_t)w->items[i].data);
    }
    free(w->items);
    *w = (log_waiting){0};
}
