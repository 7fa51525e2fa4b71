/*
 * JSON and YAML to documents: never a crash; JSON that is taken is written and read again as the
 * same value, and is valid YAML's sibling in depth and places.
 */
#include "json/doc.h"
#include "json/pointer.h"

#include <stdlib.h>

static void expect(bool holds) {
    if (!holds)
        abort();
}

static void check_again(const nex_json *doc) {
    nex_buf text = NEX_BUF_INIT;
    nex_json *again = NULL;
    uint64_t steps = UINT64_C(1) << 32;
    expect(nex_json_write(doc, "", &text) == NEX_OK);
    expect(nex_json_parse(&again, text.data, text.len, NULL) == NEX_OK);
    expect(doc->count == again->count);
    expect(nex_node_equal(doc, doc->nodes, again, again->nodes, &steps));
    expect(nex_node_hash(doc, doc->nodes) == nex_node_hash(again, again->nodes));
    nex_json_free(again);
    nex_buf_free(&text);
}

static void check_places(const nex_json *doc) {
    for (size_t i = 0; i < doc->count && i < 50; i++) {
        nex_buf pointer = NEX_BUF_INIT;
        expect(doc->nodes[i].end > i && doc->nodes[i].end <= doc->count);
        expect(doc->nodes[i].offset <= doc->len);
        expect(nex_pointer_of(doc, &doc->nodes[i], &pointer) == NEX_OK);
        if (!strstr(pointer.data, "\\u0000"))
            expect(nex_node_at(doc, doc->nodes, pointer.data, pointer.len) == &doc->nodes[i]);
        nex_buf_free(&pointer);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = size ? (const char *)data : "";
    nex_json *doc = NULL;
    json_t *value = NULL;
    nex_error err;
    if (nex_json_parse(&doc, text, size, &err) == NEX_OK) {
        check_again(doc);
        check_places(doc);
        if (nex_json_to_jansson(doc, &value, &err) == NEX_OK)
            json_decref(value);
        nex_json_free(doc);
    } else {
        expect(!doc && err.message[0]);
    }
    if (nex_yaml_parse(&doc, text, size, &err) == NEX_OK) {
        check_again(doc);
        check_places(doc);
        nex_json_free(doc);
    } else {
        expect(!doc && err.message[0]);
    }
    return 0;
}
