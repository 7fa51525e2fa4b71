/* JSON pointers, built from the inside out while a failed call returns. */
#ifndef NEX_CODEC_PATH_H
#define NEX_CODEC_PATH_H

#include <nex/core.h>

typedef struct nex_path {
    size_t len;
    char text[1024]; /* not NUL-terminated; what does not fit is lost at the end */
} nex_path;

void nex_path_prepend_key(nex_path *path, const char *key, size_t len);
void nex_path_prepend_index(nex_path *path, size_t index);
/* Puts the pointer into err->pointer, and before the message. */
void nex_path_to_error(const nex_path *path, nex_error *err);

/* Bytes of `text`, at most `max`, that do not cut a character in two. */
size_t nex_utf8_prefix(const char *text, size_t len, size_t max);

#endif
