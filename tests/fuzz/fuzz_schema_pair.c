/*
 * A schema and an instance, parted by a newline. The fast run and the one that explains must
 * agree, "not" must turn the answer round, and "allOf" of it must keep it.
 */
#include "schema/explain.h"
#include "json/doc.h"

#include <nex/schema.h>
#include <stdlib.h>

static void expect(bool holds) {
    if (!holds)
        abort();
}

/* The schema as "$defs/s" of another that applies it in some way. */
static nex_status wrapped(const char *form, const char *schema, size_t len, const char *instance,
                          size_t instance_len) {
    nex_buf text = NEX_BUF_INIT;
    nex_schema *outer = NULL;
    nex_error err;
    expect(nex_buf_append_str(&text, form) == NEX_OK);
    expect(nex_buf_append(&text, schema, len) == NEX_OK);
    expect(nex_buf_append_str(&text, "}}") == NEX_OK);
    nex_status status = nex_schema_compile(&outer, text.data, text.len, NULL, &err);
    if (status == NEX_OK)
        status = nex_schema_validate_text(outer, instance, instance_len, NULL, &err);
    else
        status = NEX_EUNSUPPORTED;
    nex_schema_free(outer);
    nex_buf_free(&text);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    const char *parted = size ? memchr(text, '\n', size) : NULL;
    if (!parted)
        return 0;
    size_t len = (size_t)(parted - text), rest = size - len - 1;
    nex_schema *schema = NULL;
    nex_json *doc = NULL;
    nex_report report;
    nex_error err;
    if (nex_schema_compile(&schema, text, len, NULL, &err) == NEX_OK &&
        nex_json_parse(&doc, parted + 1, rest, &err) == NEX_OK) {
        nex_status status = nex_schema_validate(schema, doc, &report, &err);
        expect(status == NEX_OK || status == NEX_EINVAL || status == NEX_ELIMIT);
        for (size_t i = 0; i < report.count; i++)
            expect(report.violations[i].message[0] && report.violations[i].keyword_location);
        nex_report_free(&report);
        if (status == NEX_OK) {
            /* what is valid has nothing to explain but that it took too long */
            nex_explainer x;
            expect(nex_explain(&x, schema, doc) == NEX_OK);
            expect(x.count == 1 && x.findings[0].fault == NEX_FAULT_WORK);
            nex_explainer_free(&x);
        }
        /* references to "#" mean another document there, so only such without any are compared */
        bool refers = false;
        for (size_t i = 0; i + 1 < len; i++)
            refers |= text[i] == '$' || text[i] == '\\';
        if (!refers && status != NEX_ELIMIT) {
            nex_status other = wrapped("{\"not\":{\"$ref\":\"#/$defs/s\"},\"$defs\":{\"s\":", text,
                                       len, parted + 1, rest);
            expect(other == NEX_EUNSUPPORTED || other == NEX_ELIMIT ||
                   (other == NEX_OK) == (status == NEX_EINVAL));
            other = wrapped("{\"allOf\":[{\"anyOf\":[false,{\"$ref\":\"#/$defs/s\"}]}],"
                            "\"unevaluatedProperties\":true,\"$defs\":{\"s\":",
                            text, len, parted + 1, rest);
            expect(other == NEX_EUNSUPPORTED || other == NEX_ELIMIT || other == status);
        }
    }
    nex_json_free(doc);
    nex_schema_free(schema);
    return 0;
}
