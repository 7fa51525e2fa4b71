/*
 * RFC 5893's rule for domain names with a label that is written from right to left. libidn2 applies
 * it to each label alone, and lets both kinds of digits stand in one.
 */
#include "schema/format.h"
#include "json/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { FIRST_RIGHT_TO_LEFT = 0x590, MAX_MATCH = 100 * 1000 };

/* clang-format off */
#define BC(name)    "\\p{Bidi_Class=" name "}"
#define NEUTRAL     BC("ES") BC("CS") BC("ET") BC("ON") BC("BN") BC("NSM")
#define DOT         "[.\\x{3002}\\x{FF0E}\\x{FF61}]"
#define LEFT_LABEL  BC("L") "(?:[" BC("L") BC("EN") NEUTRAL "]*[" BC("L") BC("EN") "])?" BC("NSM") "*"
#define NO_DOT      "[^.\\x{3002}\\x{FF0E}\\x{FF61}]*"
#define NOT_BOTH    "(?!" NO_DOT BC("EN") NO_DOT BC("AN") ")(?!" NO_DOT BC("AN") NO_DOT BC("EN") ")"
#define RIGHT_LABEL NOT_BOTH "[" BC("R") BC("AL") "]" \
                    "(?:[" BC("R") BC("AL") BC("AN") BC("EN") NEUTRAL "]*" \
                    "[" BC("R") BC("AL") BC("AN") BC("EN") "])?" BC("NSM") "*"
/* clang-format on */

static const char rule[] = "\\A(?:[^" BC("R") BC("AL") BC("AN") "]*|"
                                                                "(?:(?:" LEFT_LABEL "|" RIGHT_LABEL
                                                                ")(?:" DOT "|\\z))+)\\z";

static bool may_be_bidi(const char *s, size_t len) {
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = nex_utf8_decode(s + i, len - i, &c);
        if (n == 0 || c >= FIRST_RIGHT_TO_LEFT)
            return true;
        i += n;
    }
    return false;
}

bool nex_format_bidi_domain(const char *s, size_t len) {
    int code;
    size_t offset;
    if (!may_be_bidi(s, len))
        return true;
    pcre2_code *re =
        pcre2_compile((PCRE2_SPTR)rule, sizeof rule - 1, PCRE2_UTF, &code, &offset, NULL);
    pcre2_match_data *data = re ? pcre2_match_data_create_from_pattern(re, NULL) : NULL;
    pcre2_match_context *context = data ? pcre2_match_context_create(NULL) : NULL;
    bool ok = false;
    if (context) {
        pcre2_set_match_limit(context, MAX_MATCH);
        ok = pcre2_match(re, (PCRE2_SPTR)s, len, 0, 0, data, context) > 0;
    }
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
    pcre2_code_free(re);
    return ok;
}
