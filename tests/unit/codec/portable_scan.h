/* scan.h a second time, as on a machine without SSE2, under other names. */
#ifndef NEX_TESTS_CODEC_PORTABLE_SCAN_H
#define NEX_TESTS_CODEC_PORTABLE_SCAN_H

#define NEX_SCAN_PORTABLE 1
#undef NEX_CODEC_SCAN_H
#undef NEX_SCAN_SSE2
#define nex_load64       portable_load64
#define nex_load32       portable_load32
#define nex_text16       portable_text16
#define nex_text16_load  portable_text16_load
#define nex_text16_of    portable_text16_of
#define nex_text16_store portable_text16_store
#define nex_mask_decode  portable_mask_decode_of
#define nex_mask_encode  portable_mask_encode_of
#define nex_same_bytes   portable_same_bytes
#include "codec/scan.h"

static inline uint32_t portable_mask_decode(const char *text) {
    return portable_mask_decode_of(portable_text16_load(text));
}

static inline uint32_t portable_mask_encode(const char *text) {
    return portable_mask_encode_of(portable_text16_load(text));
}

static inline void portable_copy(char *to, const char *from) {
    portable_text16_store(to, portable_text16_load(from));
}

#undef nex_load64
#undef nex_load32
#undef nex_text16
#undef nex_text16_load
#undef nex_text16_of
#undef nex_text16_store
#undef nex_mask_decode
#undef nex_mask_encode
#undef nex_same_bytes

#endif
