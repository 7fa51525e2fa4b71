#ifndef NEX_CODEC_DECODE_H
#define NEX_CODEC_DECODE_H

#include <nex/codec.h>

#include "codec/reader.h"

/* Values that hold no others; strings apart, which decode.c reads where it meets them. */
bool nex_decode_scalar(nex_reader *r, const nex_type *type, char *place);
/* Whether null is a value of the type itself. */
bool nex_takes_null(const nex_type *type);
/* A null where the type has none: the zero value for a tolerant reader. */
bool nex_decode_null(nex_reader *r, const nex_type *type, char *place);

/* nex_message_decode of a text the caller has never seen: errors name no line and column. */
nex_status nex_decode_unplaced(const nex_type *type, const char *json, size_t len,
                               const nex_decode_options *options, void **out, nex_error *err);

#endif
