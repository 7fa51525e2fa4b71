/*
 * The way of doing it that the codec is measured against: jansson parses to a tree, which is
 * walked and copied, checked, into the same structs; and back by building a tree and dumping it.
 */
#ifndef NEX_BENCH_CODEC_JANSSON_H
#define NEX_BENCH_CODEC_JANSSON_H

#include <nex/codec.h>

/* NULL when the text is not a message of the type. */
void *jansson_decode(const nex_type *type, const char *json, size_t len);
void jansson_free(const nex_type *type, void *message);
/* The text, to be freed with free(). */
char *jansson_encode(const nex_type *type, const void *message);

#endif
