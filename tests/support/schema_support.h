/* Schemas and instances as text, for the tests of the schema engine. */
#ifndef SCHEMA_SUPPORT_H
#define SCHEMA_SUPPORT_H

#include <nex/schema.h>
#include <string.h>

static inline nex_schema *schema_of(const char *text) {
    nex_schema *schema = NULL;
    nex_error err;
    if (nex_schema_compile(&schema, text, strlen(text), NULL, &err) != NEX_OK)
        fail_msg("%s: %s", text, err.message);
    return schema;
}

static inline void assert_valid(const char *schema_text, const char *instance, bool valid) {
    nex_schema *schema = schema_of(schema_text);
    nex_error err;
    nex_status status = nex_schema_validate_text(schema, instance, strlen(instance), NULL, &err);
    if (status != (valid ? NEX_OK : NEX_EINVAL))
        fail_msg("%s under %s: %s", instance, schema_text,
                 status == NEX_OK ? "valid" : err.message);
    nex_schema_free(schema);
}

static inline void assert_broken(const char *text, nex_status status, const char *wanted) {
    nex_schema *schema = (nex_schema *)(uintptr_t)1;
    nex_error err;
    nex_error_clear(&err);
    if (nex_schema_compile(&schema, text, strlen(text), NULL, &err) != status)
        fail_msg("%s: %s", text, schema ? "compiled" : err.message);
    assert_null(schema);
    if (!strstr(err.message, wanted))
        fail_msg("%s: expected \"%s\" in \"%s\"", text, wanted, err.message);
}

#endif
