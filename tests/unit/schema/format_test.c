/* Formats: one good and one bad text of each kind that matters. The suite has many more. */
#include "schema/assert.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void formats_are_told_apart(void **state) {
    static const struct {
        const char *format, *text;
        bool valid;
    } cases[] = {
        {"date-time", "2024-02-29T23:59:60Z", true},
        {"date-time", "2023-02-29T00:00:00Z", false},
        {"date-time", "2024-01-01T12:00:60Z", false},
        {"date-time", "1998-12-31T15:59:60.123-08:00", true},
        {"time", "08:30:06+00:20", true},
        {"time", "08:30:06", false},
        {"duration", "P4DT12H30M5S", true},
        {"duration", "P1Y1D", false},
        {"duration", "P", false},
        {"go-duration", "1m0s", true},
        {"go-duration", "1 minute", false},
        {"email", "\"joe bloggs\"@example.com", true},
        {"email", "a..b@example.com", false},
        {"email", "a@[IPv6:::1]", true},
        {"idn-email", "\xEC\x8B\xA4\xEB\xA1\x80@\xEC\x8B\xA4\xEB\xA1\x80.kr", true},
        {"hostname", "a-b.example", true},
        {"hostname", "-a.example", false},
        {"hostname", "xn--X", false},
        {"idn-hostname", "\xCE\xB1\xCD\xB5\xCE\xB2", true},
        {"idn-hostname", "a\xCD\xB5", false},
        {"idn-hostname", "a.\xD7\x90", true},
        {"idn-hostname", "0a.\xD7\x90", false},
        {"idn-hostname", "0a.\xE4\xB8\xAD", true},
        {"idn-hostname",
         "\xD7\x90"
         "0\xD9\xA0",
         false},
        {"idn-hostname",
         "\xD7\x90"
         "0.a",
         true},
        {"idn-hostname",
         "\xD7\x90"
         "0\xE3\x80\x82\xD8\xA7\xD9\xA0",
         true},
        {"idn-hostname", "cafe\xCC\x81.com", false},
        {"idn-email", "user@cafe\xCC\x81.com", true},
        {"idn-email", "user@Cafe\xCC\x81.com", false},
        {"ipv4", "127.0.0.1", true},
        {"ipv4", "127.0.0.01", false},
        {"ipv6", "::ffff:1.2.3.4", true},
        {"ipv6", "1::2::3", false},
        {"uri", "nats://user:pw@[::1]:4222/x?y#z", true},
        {"uri", "//relative", false},
        {"uri", "http://a/%zz", false},
        {"uri-reference", "../x", true},
        {"uri-reference", "\\\\win", false},
        {"iri", "http://\xC6\x92\xC3\xB8\xC3\xB8.com/", true},
        {"uri-template", "/{a,b*}{?c:3}", true},
        {"uri-template", "/{a", false},
        {"uri-template", "a'b", true},
        {"uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", true},
        {"uuid", "2eb8aa08aa9811eab4aa73b441d16380", false},
        {"json-pointer", "/a~0~1", true},
        {"json-pointer", "/a~2", false},
        {"relative-json-pointer", "1#", true},
        {"relative-json-pointer", "01/a", false},
        {"regex", "^(a)$", true},
        {"regex", "^(a]", false},
        {"regex", "(?<=a+)b", true},
        {"regex", "(?<=a+b", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (nex_format_check(cases[i].format, cases[i].text, strlen(cases[i].text)) !=
            (cases[i].valid ? NEX_FORMAT_VALID : NEX_FORMAT_INVALID))
            fail_msg("%s: %s", cases[i].format, cases[i].text);
}

static void unknown_formats_assert_nothing(void **state) {
    (void)state;
    assert_int_equal(nex_format_check("nope", "x", 1), NEX_FORMAT_UNKNOWN);
    assert_int_equal(nex_format_check("date", "\xFF", 1), NEX_FORMAT_INVALID);
    assert_int_equal(nex_format_check("hostname", "a\0b", 3), NEX_FORMAT_INVALID);
    assert_int_equal(nex_format_check("uri-template", "{\0a}", 4), NEX_FORMAT_INVALID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_told_apart),
        cmocka_unit_test(unknown_formats_assert_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
