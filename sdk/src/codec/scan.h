/*
 * Looking at text sixteen bytes at a time: which of them cannot simply be copied. With SSE2 by
 * its instructions, elsewhere by arithmetic on two 64-bit words; both give the same mask.
 */
#ifndef NEX_CODEC_SCAN_H
#define NEX_CODEC_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__) && !defined(NEX_SCAN_PORTABLE)
#define NEX_SCAN_SSE2 1
#include <emmintrin.h>
#else
#define NEX_SCAN_SSE2 0
#endif

static inline uint64_t nex_load64(const char *p) {
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

static inline uint32_t nex_load32(const char *p) {
    uint32_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

#if NEX_SCAN_SSE2

typedef __m128i nex_text16;

static inline nex_text16 nex_text16_load(const char *p) {
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline nex_text16 nex_text16_of(uint64_t low, uint64_t high) {
    return _mm_set_epi64x((long long)high, (long long)low);
}

static inline void nex_text16_store(char *p, nex_text16 text) {
    _mm_storeu_si128((__m128i *)(void *)p, text);
}

static inline __m128i nex_is16(nex_text16 text, char c) {
    return _mm_cmpeq_epi8(text, _mm_set1_epi8(c));
}

/* A bit for each byte that is a quote, a backslash, a control character or not ASCII. */
static inline uint32_t nex_mask_decode(nex_text16 text) {
    /* As signed bytes, those from 0x80 on are less than a blank too. */
    __m128i odd = _mm_cmplt_epi8(text, _mm_set1_epi8(' '));
    odd = _mm_or_si128(odd, _mm_or_si128(nex_is16(text, '"'), nex_is16(text, '\\')));
    return (uint32_t)_mm_movemask_epi8(odd);
}

/* The same, and <, > and &, which are written escaped. */
static inline uint32_t nex_mask_encode(nex_text16 text) {
    __m128i odd = _mm_cmplt_epi8(text, _mm_set1_epi8(' '));
    odd = _mm_or_si128(odd, _mm_or_si128(nex_is16(text, '"'), nex_is16(text, '\\')));
    odd = _mm_or_si128(odd, _mm_or_si128(nex_is16(text, '<'), nex_is16(text, '>')));
    odd = _mm_or_si128(odd, nex_is16(text, '&'));
    return (uint32_t)_mm_movemask_epi8(odd);
}

#else

typedef struct nex_text16 {
    uint64_t low;
    uint64_t high;
} nex_text16;

#define NEX_EACH(byte) ((uint64_t)(byte)*UINT64_C(0x0101010101010101))

static inline nex_text16 nex_text16_of(uint64_t low, uint64_t high) {
    return (nex_text16){low, high};
}

static inline nex_text16 nex_text16_load(const char *p) {
    return nex_text16_of(nex_load64(p), nex_load64(p + 8));
}

static inline void nex_text16_store(char *p, nex_text16 text) {
    memcpy(p, &text.low, 8);
    memcpy(p + 8, &text.high, 8);
}

/* The top bit of each byte that is `c`; exact, no borrow passes between bytes. */
static inline uint64_t nex_is8(uint64_t word, unsigned char c) {
    uint64_t differs = word ^ NEX_EACH(c);
    return ~(((differs & NEX_EACH(0x7F)) + NEX_EACH(0x7F)) | differs) & NEX_EACH(0x80);
}

/* The top bit of each byte below a blank or above ASCII. */
static inline uint64_t nex_odd8(uint64_t word) {
    return (~((word & NEX_EACH(0x7F)) + NEX_EACH(0x60)) | word) & NEX_EACH(0x80);
}

/* The top bits of eight bytes, the first byte's lowest. */
static inline uint32_t nex_gather8(uint64_t tops) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    tops = __builtin_bswap64(tops);
#endif
    return (uint32_t)(((tops >> 7) * UINT64_C(0x0102040810204080)) >> 56);
}

static inline uint64_t nex_mask_decode8(uint64_t word) {
    return nex_odd8(word) | nex_is8(word, '"') | nex_is8(word, '\\');
}

static inline uint64_t nex_mask_encode8(uint64_t word) {
    return nex_mask_decode8(word) | nex_is8(word, '<') | nex_is8(word, '>') | nex_is8(word, '&');
}

static inline uint32_t nex_mask_decode(nex_text16 text) {
    return nex_gather8(nex_mask_decode8(text.low)) | nex_gather8(nex_mask_decode8(text.high)) << 8;
}

static inline uint32_t nex_mask_encode(nex_text16 text) {
    return nex_gather8(nex_mask_encode8(text.low)) | nex_gather8(nex_mask_encode8(text.high)) << 8;
}

#endif

/* Whether n bytes are the same; for names, so short that a call would cost more. */
static inline bool nex_same_bytes(const char *a, const char *b, size_t n) {
    if (n >= 8) {
        size_t i = 0;
        for (; i + 8 <= n; i += 8) {
            if (nex_load64(a + i) != nex_load64(b + i)) {
                return false;
            }
        }
        return nex_load64(a + n - 8) == nex_load64(b + n - 8);
    }
    if (n >= 4) {
        return nex_load32(a) == nex_load32(b) && nex_load32(a + n - 4) == nex_load32(b + n - 4);
    }
    for (size_t i = 0; i < n; i++) {
        if (a[i] != b[i]) {
            return false;
        }
    }
    return true;
}

#endif
