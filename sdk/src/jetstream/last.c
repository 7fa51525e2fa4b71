/*
 * The last message of a subject. Asked for in the way whose permission can be given subject by
 * subject (direct get); a stream that does not offer that is asked in the old way.
 */
#include "jetstream/client.h"

#include <stdlib.h>
#include <string.h>

static bool is_deletion(const char *operation) {
    return operation != NULL && (strcmp(operation, "DEL") == 0 || strcmp(operation, "PURGE") == 0);
}

static void finish(js_op *op, const js_last *last) {
    nex_error none;
    nex_error_clear(&none);
    op->on_last(op, NEX_OK, last, &none);
}

static void fail(js_op *op, nex_status status, const char *why) {
    nex_error err;
    nex_error_set(&err, status, "%s: %s: %s", op->client->name, op->doing, why);
    op->on_last(op, status, NULL, &err);
}

/* ---- The old way: a JSON answer with the message in base64 -------------------------------- */

static nex_status decode(const json_t *message, const char *key, nex_buf *out) {
    const json_t *value = json_object_get(message, key);
    if (!json_is_string(value)) {
        return NEX_OK; /* empty */
    }
    return nex_base64_decode(json_string_value(value), json_string_length(value), out, NULL);
}

static bool block_has_deletion(const nex_buf *headers) {
    return headers->data != NULL && (strstr(headers->data, "\r\nKV-Operation: DEL\r\n") != NULL ||
                                     strstr(headers->data, "\r\nKV-Operation: PURGE\r\n") != NULL);
}

static void on_message(js_op *op, nex_status status, const json_t *reply, const nex_error *err) {
    if (status != NEX_OK) {
        op->on_last(op, status, NULL, err);
        return;
    }
    const json_t *message = json_object_get(reply, "message");
    const char *time = json_string_value(json_object_get(message, "time"));
    nex_buf data = NEX_BUF_INIT;
    nex_buf headers = NEX_BUF_INIT;
    js_last last = {.data = "", .len = 0};
    status = time != NULL ? nex_time_parse(time, strlen(time), &last.time, NULL) : NEX_EIO;
    if (status == NEX_OK) {
        status = decode(message, "data", &data);
    }
    if (status == NEX_OK) {
        status = decode(message, "hdrs", &headers);
    }
    if (status != NEX_OK) {
        fail(op, status == NEX_ENOMEM ? NEX_ENOMEM : NEX_EIO,
             "JetStream's answer is not a message with a time");
    } else {
        last.sequence = (uint64_t)json_integer_value(json_object_get(message, "seq"));
        last.data = data.data != NULL ? data.data : "";
        last.len = data.len;
        last.deleted = block_has_deletion(&headers);
        finish(op, &last);
    }
    nex_buf_free(&data);
    nex_buf_free(&headers);
}

static nex_status ask_old_way(js_op *op) {
    char *body = js_format("{\"last_by_subj\":\"%s\"}", op->subject);
    nex_status status =
        body != NULL ? js_ask_api(op, "STREAM.MSG.GET", body, on_message) : NEX_ENOMEM;
    free(body);
    return status;
}

/* ---- Direct: the message itself, with headers that say where it stands -------------------- */

static void on_direct(void *arg, nex_status status, const nex_msg *msg) {
    js_op *op = arg;
    op->request = NULL;
    if (status == NEX_ETIMEOUT || status == NEX_EUNREACHABLE) {
        op->client->known = false; /* so it is when the stream was deleted meanwhile */
    }
    if (status != NEX_OK) {
        nex_error err;
        status = js_request_error(op, status, &err);
        op->on_last(op, status, NULL, &err);
        return;
    }
    const char *code = nex_msg_header(msg, "Status");
    const char *sequence = nex_msg_header(msg, "Nats-Sequence");
    const char *time = nex_msg_header(msg, "Nats-Time-Stamp");
    js_last last = {.data = msg->data,
                    .len = msg->len,
                    .deleted = is_deletion(nex_msg_header(msg, "KV-Operation"))};
    if (code != NULL && strcmp(code, "404") == 0) {
        fail(op, NEX_ENOTFOUND, "it does not exist");
    } else if (code != NULL || sequence == NULL || time == NULL ||
               !js_read_number(sequence, &last.sequence) ||
               nex_time_parse(time, strlen(time), &last.time, NULL) != NEX_OK) {
        const char *why = nex_msg_header(msg, "Description");
        fail(op, NEX_EIO, why != NULL ? why : "JetStream's answer has no sequence and time");
    } else {
        finish(op, &last);
    }
}

static nex_status ask_direct(js_op *op) {
    const js_client *client = op->client;
    char *request = js_format("%sDIRECT.GET.%s.%s", client->api, client->stream, op->subject);
    nex_msg msg = {.subject = request};
    nex_status status = NEX_ENOMEM;
    if (request != NULL) {
        status = nex_bus_request(client->bus, &msg, client->timeout, on_direct, op, &op->request);
    }
    free(request);
    return status;
}

/* ---- Which way ---------------------------------------------------------------------------- */

static nex_status ask(js_op *op) {
    return op->client->allow_direct ? ask_direct(op) : ask_old_way(op);
}

static void on_stream(js_op *op, nex_status status, const json_t *reply, const nex_error *err) {
    if (status != NEX_OK) {
        op->on_last(op, status, NULL, err);
        return;
    }
    js_stream_seen(op->client, reply);
    status = ask(op);
    if (status != NEX_OK) {
        nex_error own;
        js_request_error(op, status, &own);
        op->on_last(op, status, NULL, &own);
    }
}

nex_status js_ask_last(js_op *op, const char *subject, js_last_fn fn) {
    op->on_last = fn;
    free(op->subject);
    op->subject = strdup(subject);
    if (op->subject == NULL) {
        return NEX_ENOMEM;
    }
    /* A direct get of a stream that does not exist is never answered: look at it first. */
    return op->client->known ? ask(op) : js_ask_api(op, "STREAM.INFO", "", on_stream);
}
