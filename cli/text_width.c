#include "table.h"

#include <string.h>

/* Decodes one code point; a broken byte stands for itself. Returns the bytes used. */
static size_t decode(const unsigned char *s, uint32_t *out) {
    size_t len = s[0] < 0x80 ? 1 : s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : s[0] >= 0xC2 ? 2 : 0;
    static const unsigned char lead[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    if (len == 0) {
        *out = 0xFFFD;
        return 1;
    }
    uint32_t cp = s[0] & lead[len];
    for (size_t i = 1; i < len; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            *out = 0xFFFD;
            return 1;
        }
        cp = (cp << 6) | (s[i] & 0x3Fu);
    }
    *out = cp;
    return len;
}

typedef struct range {
    uint32_t first, last;
} range;

static bool within(const range *ranges, size_t count, uint32_t cp) {
    for (size_t i = 0; i < count; i++) {
        if (cp >= ranges[i].first && cp <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

/* The blocks that matter for names and health lights, not all of Unicode's tables. */
static bool is_wide(uint32_t cp) {
    static const range wide[] = {
        {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x25FD, 0x25FE},
        {0x2614, 0x2615},   {0x26AA, 0x26AB},   {0x2705, 0x2705},   {0x274C, 0x274C},
        {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
        {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F004, 0x1F004},
        {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320},
        {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA},
        {0x1F3E0, 0x1F3F0}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC},
        {0x1F4FF, 0x1F53D}, {0x1F550, 0x1F567}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
        {0x1F7E0, 0x1F7EB}, {0x1F90C, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
    };
    return cp >= 0x1100 && within(wide, sizeof wide / sizeof wide[0], cp);
}

static bool is_zero_width(uint32_t cp) {
    static const range zero[] = {
        {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},   {0x0610, 0x061A}, {0x064B, 0x065F},
        {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
        {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x2064},   {0x20D0, 0x20F0}, {0xFE00, 0xFE0F},
        {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
    };
    return cp >= 0x0300 && within(zero, sizeof zero / sizeof zero[0], cp);
}

size_t text_width(const char *text) {
    size_t width = 0;
    for (const unsigned char *s = (const unsigned char *)text; *s;) {
        uint32_t cp;
        s += decode(s, &cp);
        width += is_zero_width(cp) ? 0 : is_wide(cp) ? 2 : 1;
    }
    return width;
}

nex_status text_append_safe(nex_buf *out, const char *text) {
    nex_status status = NEX_OK;
    for (const char *s = text; *s && status == NEX_OK;) {
        uint32_t cp;
        size_t len = decode((const unsigned char *)s, &cp);
        bool broken = cp == 0xFFFD && len == 1;
        if (cp < 0x20 || cp == 0x7F || (cp >= 0x80 && cp < 0xA0) || broken) {
            status = nex_buf_printf(out, "\\x%02x", broken ? (unsigned)(unsigned char)*s : cp);
        } else {
            status = nex_buf_append(out, s, len);
        }
        s += len;
    }
    return status;
}
