/*
 * Schemas from strangers: whatever compiles is valid under its meta-schema and can be run on a
 * few instances, itself among them.
 */
#include "json/doc.h"

#include <nex/schema.h>
#include <stdlib.h>

static void expect(bool holds) {
    if (!holds)
        abort();
}

static bool uses_dialect(const char *text, size_t size) {
    nex_json *doc = NULL;
    bool found = nex_json_parse(&doc, text, size, NULL) == NEX_OK &&
                 nex_node_member(doc, doc->nodes, "$schema", 7);
    nex_json_free(doc);
    return found;
}

static void check_meta(const char *text, size_t size, nex_dialect dialect) {
    static const char *const metas[] = {
        "{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}",
        "{\"$ref\":\"http://json-schema.org/draft-07/schema\"}"};
    nex_schema *meta = NULL;
    nex_error err;
    nex_schema_options options = {.annotate_format = true};
    expect(nex_schema_compile(&meta, metas[dialect], strlen(metas[dialect]), &options, &err) ==
           NEX_OK);
    nex_status status = nex_schema_validate_text(meta, text, size, NULL, &err);
    expect(status == NEX_OK || status == NEX_ELIMIT);
    nex_schema_free(meta);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const instances[] = {"null",
                                            "1",
                                            "-1.5e3",
                                            "\"abc\"",
                                            "[1,\"a\",{},[]]",
                                            "{\"a\":1,\"b\":{\"a\":[]},\"\":null}"};
    const char *text = size ? (const char *)data : "";
    for (int d = NEX_DIALECT_2020_12; d <= NEX_DIALECT_DRAFT_07; d++) {
        nex_schema_options options = {.dialect = (nex_dialect)d};
        nex_schema *schema = NULL;
        nex_report report;
        nex_error err;
        nex_error_clear(&err);
        if (nex_schema_compile(&schema, text, size, &options, &err) != NEX_OK) {
            expect(!schema && err.message[0]);
            continue;
        }
        if (!uses_dialect(text, size))
            check_meta(text, size, (nex_dialect)d);
        for (size_t i = 0; i < sizeof instances / sizeof instances[0]; i++) {
            nex_status status =
                nex_schema_validate_text(schema, instances[i], strlen(instances[i]), &report, &err);
            expect(status == NEX_OK || status == NEX_EINVAL || status == NEX_ELIMIT);
            expect(status != NEX_EINVAL || report.count > 0);
            nex_report_free(&report);
        }
        nex_schema_validate_text(schema, text, size, NULL, &err);
        nex_schema_free(schema);
    }
    return 0;
}
