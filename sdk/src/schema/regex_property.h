/*
 * Unicode properties as ECMA-262 names them.
 */
#ifndef SCHEMA_REGEX_PROPERTY_H
#define SCHEMA_REGEX_PROPERTY_H

#include <nex/core.h>

/** Appends PCRE2's form of \p{name} (or \P{name}); NEX_EINVAL when ECMA-262 has no such. */
nex_status nex_regex_property(const char *name, size_t len, bool negated, nex_buf *out);

#endif
