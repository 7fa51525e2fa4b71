/* To and from jansson's form, by way of the text: what that says, these say. */
#include "codec/tojson.h"

#include "codec/decode.h"
#include "codec/layout.h"
#include "codec/writer.h"

nex_status nex_text_to_json(const char *text, size_t len, json_t **out, nex_error *err) {
    nex_decode_options options = {.max_depth = NEX_MAX_DEPTH};
    void *message = NULL;
    *out = NULL;
    nex_status status = nex_decode_unplaced(&nex_type_json, text, len, &options, &message, err);
    if (status == NEX_OK) {
        *out = json_incref(*(json_t **)message);
        nex_message_free(message);
    }
    return status;
}

nex_status nex_message_to_json(const nex_type *type, const void *message, json_t **out) {
    nex_buf text = NEX_BUF_INIT;
    *out = NULL;
    nex_status status = nex_message_encode(type, message, &text);
    if (status == NEX_OK) {
        status = nex_text_to_json(text.data, text.len, out, NULL);
    }
    nex_buf_free(&text);
    return status;
}

nex_status nex_message_from_json(const nex_type *type, const json_t *json,
                                 const nex_decode_options *options, void **out, nex_error *err) {
    nex_buf text = NEX_BUF_INIT;
    nex_writer w;
    *out = NULL;
    nex_writer_begin(&w, &text);
    nex_write_json(&w, json, NEX_MAX_DEPTH);
    nex_status status = nex_writer_end(&w);
    if (status == NEX_ENOMEM) {
        nex_error_set(err, status, "out of memory reading a JSON value as %s", type->name);
    } else if (status != NEX_OK) {
        nex_error_set(err, status, "a JSON value for %s is nested too deeply or not UTF-8",
                      type->name);
    } else {
        status = nex_decode_unplaced(type, text.data, text.len, options, out, err);
    }
    nex_buf_free(&text);
    return status;
}
