#ifndef NEX_CODEC_TOJSON_H
#define NEX_CODEC_TOJSON_H

#include <nex/codec.h>

/* JSON text in jansson's form; integers beyond int64 become reals. */
nex_status nex_text_to_json(const char *text, size_t len, json_t **out, nex_error *err);

#endif
