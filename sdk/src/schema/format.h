/*
 * The tests of the formats, one function each.
 */
#ifndef SCHEMA_FORMAT_H
#define SCHEMA_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

bool nex_format_date_time(const char *s, size_t len);
bool nex_format_date(const char *s, size_t len);
bool nex_format_time(const char *s, size_t len);
bool nex_format_email(const char *s, size_t len);
bool nex_format_idn_email(const char *s, size_t len);
bool nex_format_hostname(const char *s, size_t len);
bool nex_format_idn_hostname(const char *s, size_t len);
bool nex_format_ipv4(const char *s, size_t len);
bool nex_format_ipv6(const char *s, size_t len);
/** RFC 5893's rule for names of which a part is written from right to left; true of others. */
bool nex_format_bidi_domain(const char *s, size_t len);
bool nex_format_uri(const char *s, size_t len);
bool nex_format_uri_reference(const char *s, size_t len);
bool nex_format_iri(const char *s, size_t len);
bool nex_format_iri_reference(const char *s, size_t len);

#endif
