#include "schema/regex_property.h"

#include <string.h>

/* General categories: every name ECMA-262 has for each, PCRE2 knows only the short ones. */
static const struct {
    const char *name, *category;
} categories[] = {
    {"Cased_Letter", "L&"},
    {"LC", "L&"},
    {"Close_Punctuation", "Pe"},
    {"Pe", "Pe"},
    {"Connector_Punctuation", "Pc"},
    {"Pc", "Pc"},
    {"Control", "Cc"},
    {"Cc", "Cc"},
    {"cntrl", "Cc"},
    {"Currency_Symbol", "Sc"},
    {"Sc", "Sc"},
    {"Dash_Punctuation", "Pd"},
    {"Pd", "Pd"},
    {"Decimal_Number", "Nd"},
    {"Nd", "Nd"},
    {"digit", "Nd"},
    {"Enclosing_Mark", "Me"},
    {"Me", "Me"},
    {"Final_Punctuation", "Pf"},
    {"Pf", "Pf"},
    {"Format", "Cf"},
    {"Cf", "Cf"},
    {"Initial_Punctuation", "Pi"},
    {"Pi", "Pi"},
    {"Letter", "L"},
    {"L", "L"},
    {"Letter_Number", "Nl"},
    {"Nl", "Nl"},
    {"Line_Separator", "Zl"},
    {"Zl", "Zl"},
    {"Lowercase_Letter", "Ll"},
    {"Ll", "Ll"},
    {"Mark", "M"},
    {"M", "M"},
    {"Combining_Mark", "M"},
    {"Math_Symbol", "Sm"},
    {"Sm", "Sm"},
    {"Modifier_Letter", "Lm"},
    {"Lm", "Lm"},
    {"Modifier_Symbol", "Sk"},
    {"Sk", "Sk"},
    {"Nonspacing_Mark", "Mn"},
    {"Mn", "Mn"},
    {"Number", "N"},
    {"N", "N"},
    {"Open_Punctuation", "Ps"},
    {"Ps", "Ps"},
    {"Other", "C"},
    {"C", "C"},
    {"Other_Letter", "Lo"},
    {"Lo", "Lo"},
    {"Other_Number", "No"},
    {"No", "No"},
    {"Other_Punctuation", "Po"},
    {"Po", "Po"},
    {"Other_Symbol", "So"},
    {"So", "So"},
    {"Paragraph_Separator", "Zp"},
    {"Zp", "Zp"},
    {"Private_Use", "Co"},
    {"Co", "Co"},
    {"Punctuation", "P"},
    {"P", "P"},
    {"punct", "P"},
    {"Separator", "Z"},
    {"Z", "Z"},
    {"Space_Separator", "Zs"},
    {"Zs", "Zs"},
    {"Spacing_Mark", "Mc"},
    {"Mc", "Mc"},
    {"Surrogate", "Cs"},
    {"Cs", "Cs"},
    {"Symbol", "S"},
    {"S", "S"},
    {"Titlecase_Letter", "Lt"},
    {"Lt", "Lt"},
    {"Unassigned", "Cn"},
    {"Cn", "Cn"},
    {"Uppercase_Letter", "Lu"},
    {"Lu", "Lu"},
};

/* Binary properties; PCRE2 knows them by the same names. */
static const char *const binary[] = {
    "ASCII",
    "ASCII_Hex_Digit",
    "AHex",
    "Alphabetic",
    "Alpha",
    "Any",
    "Bidi_Control",
    "Bidi_C",
    "Bidi_Mirrored",
    "Bidi_M",
    "Case_Ignorable",
    "CI",
    "Cased",
    "Changes_When_Casefolded",
    "CWCF",
    "Changes_When_Casemapped",
    "CWCM",
    "Changes_When_Lowercased",
    "CWL",
    "Changes_When_Titlecased",
    "CWT",
    "Changes_When_Uppercased",
    "CWU",
    "Dash",
    "Default_Ignorable_Code_Point",
    "DI",
    "Deprecated",
    "Dep",
    "Diacritic",
    "Dia",
    "Emoji",
    "Emoji_Component",
    "EComp",
    "Emoji_Modifier",
    "EMod",
    "Emoji_Modifier_Base",
    "EBase",
    "Emoji_Presentation",
    "EPres",
    "Extended_Pictographic",
    "ExtPict",
    "Extender",
    "Ext",
    "Grapheme_Base",
    "Gr_Base",
    "Grapheme_Extend",
    "Gr_Ext",
    "Hex_Digit",
    "Hex",
    "IDS_Binary_Operator",
    "IDSB",
    "IDS_Trinary_Operator",
    "IDST",
    "ID_Continue",
    "IDC",
    "ID_Start",
    "IDS",
    "Ideographic",
    "Ideo",
    "Join_Control",
    "Join_C",
    "Logical_Order_Exception",
    "LOE",
    "Lowercase",
    "Lower",
    "Math",
    "Noncharacter_Code_Point",
    "NChar",
    "Pattern_Syntax",
    "Pat_Syn",
    "Pattern_White_Space",
    "Pat_WS",
    "Quotation_Mark",
    "QMark",
    "Radical",
    "Regional_Indicator",
    "RI",
    "Sentence_Terminal",
    "STerm",
    "Soft_Dotted",
    "SD",
    "Terminal_Punctuation",
    "Term",
    "Unified_Ideograph",
    "UIdeo",
    "Uppercase",
    "Upper",
    "Variation_Selector",
    "VS",
    "White_Space",
    "space",
    "XID_Continue",
    "XIDC",
    "XID_Start",
    "XIDS",
};

static bool same(const char *name, size_t len, const char *text) {
    return strlen(text) == len && memcmp(name, text, len) == 0;
}

static bool starts(const char *name, size_t len, const char *prefix, size_t *rest) {
    *rest = strlen(prefix);
    return len > *rest && memcmp(name, prefix, *rest) == 0;
}

static nex_status category(const char *name, size_t len, char p, nex_buf *out) {
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++)
        if (same(name, len, categories[i].name))
            return nex_buf_printf(out, "\\%c{%s}", p, categories[i].category);
    return NEX_EINVAL;
}

static nex_status script(const char *name, size_t len, char p, const char *kind, nex_buf *out) {
    for (size_t i = 0; i < len; i++) {
        char c = name[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'))
            return NEX_EINVAL;
    }
    return nex_buf_printf(out, "\\%c{%s:%.*s}", p, kind, (int)len, name);
}

nex_status nex_regex_property(const char *name, size_t len, bool negated, nex_buf *out) {
    char p = negated ? 'P' : 'p';
    size_t n;
    if (len > 64)
        return NEX_EINVAL;
    if (starts(name, len, "General_Category=", &n) || starts(name, len, "gc=", &n))
        return category(name + n, len - n, p, out);
    if (starts(name, len, "Script_Extensions=", &n) || starts(name, len, "scx=", &n))
        return script(name + n, len - n, p, "scx", out);
    if (starts(name, len, "Script=", &n) || starts(name, len, "sc=", &n))
        return script(name + n, len - n, p, "sc", out);
    if (same(name, len, "Assigned"))
        return nex_buf_printf(out, "\\%c{Cn}", negated ? 'p' : 'P');
    for (size_t i = 0; i < sizeof binary / sizeof binary[0]; i++)
        if (same(name, len, binary[i]))
            return nex_buf_printf(out, "\\%c{%s}", p, binary[i]);
    return category(name, len, p, out);
}
