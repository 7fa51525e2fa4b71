#include "jetstream/client.h"
#include "bus/bus.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Error codes of JetStream that mean more than their HTTP-like code says. */
enum {
    JS_NOT_ENABLED_FOR_ACCOUNT = 10039,
    JS_NOT_ENABLED = 10076,
    JS_STREAM_NAME_IN_USE = 10058,
    JS_STREAM_STORE_FAILED = 10077, /* maximum bytes exceeded, among others */
    JS_MESSAGE_TOO_LARGE = 10054,
    JS_NO_RESOURCES = 10023,
    JS_STORAGE_EXCEEDED = 10047,
    JS_NO_MESSAGE = 10037,
    JS_NO_STREAM = 10059
};

bool js_bucket_valid(const char *bucket) {
    size_t len = bucket != NULL ? strlen(bucket) : 0;
    return len > 0 && len < 200 &&
           strspn(bucket, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
               len;
}

bool js_read_number(const char *text, uint64_t *out) {
    char *end;
    if (*text < '0' || *text > '9') {
        return false;
    }
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    *out = value;
    return errno == 0 && (*end == '\0' || *end == '.');
}

char *js_format(const char *fmt, ...) {
    nex_buf buf = NEX_BUF_INIT;
    va_list args;
    va_start(args, fmt);
    nex_status status = nex_buf_vprintf(&buf, fmt, args);
    va_end(args);
    if (status != NEX_OK) {
        nex_buf_free(&buf);
        return NULL;
    }
    return nex_buf_take(&buf);
}

nex_status js_client_init(js_client *client, nex_bus *bus, const char *domain, const char *kind,
                          const char *bucket, const char *stream_prefix, nex_duration timeout,
                          nex_error *err) {
    if (!js_bucket_valid(bucket)) {
        return nex_error_set(err, NEX_EINVAL,
                             "%s \"%s\": wanted a name of letters, digits, - and _", kind,
                             bucket != NULL ? bucket : "");
    }
    if (domain != NULL && *domain == '\0') {
        domain = NULL;
    }
    if (domain != NULL && !js_bucket_valid(domain)) {
        return nex_error_set(err, NEX_EINVAL,
                             "JetStream domain \"%s\": wanted a name of letters, digits, - and _",
                             domain);
    }
    client->bus = bus;
    client->timeout = timeout > 0 ? timeout : 5 * NEX_SECOND;
    client->api = domain != NULL ? js_format("$JS.%s.API.", domain) : js_format("$JS.API.");
    client->direct = js_format("%s", domain != NULL && client->api != NULL ? client->api : "");
    client->name = js_format("%s %s", kind, bucket);
    client->stream = js_format("%s%s", stream_prefix, bucket);
    if (client->api == NULL || client->direct == NULL || client->name == NULL ||
        client->stream == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "%s %s: out of memory", kind, bucket);
    }
    return NEX_OK;
}

void js_client_clear(js_client *client) {
    while (client->ops != NULL) {
        js_op_free(client->ops);
    }
    free(client->api);
    free(client->direct);
    free(client->name);
    free(client->stream);
}

/* ---- Operations --------------------------------------------------------------------------- */

void *js_op_new(js_client *client, size_t size, const char *verb, const char *what,
                void (*destroy)(js_op *op)) {
    js_op *op = calloc(1, size);
    char *doing = what != NULL ? js_format("%s %s", verb, what) : js_format("%s", verb);
    if (op == NULL || doing == NULL) {
        free(op);
        free(doing);
        return NULL;
    }
    op->client = client;
    op->doing = doing;
    op->destroy = destroy;
    op->next = client->ops;
    op->link = &client->ops;
    if (op->next != NULL) {
        op->next->link = &op->next;
    }
    client->ops = op;
    return op;
}

void js_op_free(js_op *op) {
    nex_request_cancel(op->request);
    *op->link = op->next;
    if (op->next != NULL) {
        op->next->link = op->link;
    }
    if (op->destroy != NULL) {
        op->destroy(op);
    }
    free(op->doing);
    free(op->subject);
    free(op);
}

/* ---- Requests ----------------------------------------------------------------------------- */

nex_status js_request_error(const js_op *op, nex_status status, nex_error *err) {
    const js_client *client = op->client;
    if (status == NEX_EUNREACHABLE && nex_bus_get_state(client->bus) == NEX_BUS_CONNECTED) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "%s: %s: nobody answers on %s>: JetStream is not enabled at %s",
                             client->name, op->doing, client->api, nex_bus_server(client->bus));
    }
    const char *why = status == NEX_EUNREACHABLE ? "no connection to NATS"
                      : status == NEX_ETIMEOUT   ? "no answer from JetStream in time"
                      : status == NEX_ELIMIT     ? "larger than the server allows"
                      : status == NEX_ECANCELED  ? "the connection was closed"
                                                 : nex_status_name(status);
    return nex_error_set(err, status, "%s: %s: %s", client->name, op->doing, why);
}

static nex_status map_error(json_int_t code, json_int_t err_code) {
    switch (err_code) {
    case JS_NOT_ENABLED_FOR_ACCOUNT:
    case JS_NOT_ENABLED:
        return NEX_EUNSUPPORTED;
    case JS_STREAM_NAME_IN_USE:
        return NEX_EEXIST;
    case JS_STREAM_STORE_FAILED:
    case JS_MESSAGE_TOO_LARGE:
    case JS_NO_RESOURCES:
    case JS_STORAGE_EXCEEDED:
        return NEX_ELIMIT;
    default:
        return code == 404   ? NEX_ENOTFOUND
               : code == 400 ? NEX_EINVAL
               : code == 403 ? NEX_EREFUSED
                             : NEX_EIO;
    }
}

nex_status js_reply_error(const js_op *op, const json_t *reply, nex_error *err) {
    const json_t *error = json_object_get(reply, "error");
    if (error == NULL) {
        nex_error_clear(err);
        return NEX_OK;
    }
    json_int_t code = json_integer_value(json_object_get(error, "code"));
    json_int_t err_code = json_integer_value(json_object_get(error, "err_code"));
    const char *text = json_string_value(json_object_get(error, "description"));
    if (err_code == JS_NO_MESSAGE || err_code == JS_NO_STREAM) {
        return nex_error_set(err, NEX_ENOTFOUND, "%s: %s: %s does not exist", op->client->name,
                             op->doing, err_code == JS_NO_STREAM ? op->client->name : "it");
    }
    return nex_error_set(
        err, map_error(code, err_code),
        "%s: %s: JetStream says: %s (%" JSON_INTEGER_FORMAT ", %" JSON_INTEGER_FORMAT ")",
        op->client->name, op->doing, text != NULL ? text : "an error", code, err_code);
}

static void on_reply(void *arg, nex_status status, const nex_msg *msg) {
    js_op *op = arg;
    op->request = NULL;
    nex_error err;
    if (status != NEX_OK) {
        status = js_request_error(op, status, &err);
        op->on_reply(op, status, NULL, &err);
        return;
    }
    json_error_t parse;
    json_t *reply = json_loadb(msg->data, msg->len, 0, &parse);
    if (!json_is_object(reply)) {
        status = nex_error_set(&err, NEX_EIO, "%s: %s: JetStream's answer is not a JSON object",
                               op->client->name, op->doing);
        op->on_reply(op, status, NULL, &err);
    } else {
        status = js_reply_error(op, reply, &err);
        op->on_reply(op, status, status == NEX_OK ? reply : NULL, &err);
    }
    json_decref(reply);
}

nex_status js_ask(js_op *op, const nex_msg *msg, js_reply_fn fn) {
    op->on_reply = fn;
    return nex_bus_request(op->client->bus, msg, op->client->timeout, on_reply, op, &op->request);
}

nex_status js_ask_api(js_op *op, const char *verb, const char *body, js_reply_fn fn) {
    char *subject = js_format("%s%s.%s", op->client->api, verb, op->client->stream);
    if (subject == NULL) {
        return NEX_ENOMEM;
    }
    nex_msg msg = {.subject = subject, .data = body, .len = strlen(body)};
    nex_status status = js_ask(op, &msg, fn);
    free(subject);
    return status;
}

void js_tell_api(js_client *client, const char *verb, const char *body) {
    char *subject = js_format("%s%s.%s", client->api, verb, client->stream);
    /* JetStream does nothing without a reply subject; nobody waits for this one. */
    char *reply = js_format("%s0", client->bus->inbox);
    if (subject != NULL && reply != NULL) {
        nex_msg msg = {.subject = subject, .reply = reply, .data = body, .len = strlen(body)};
        nex_bus_publish(client->bus, &msg);
    }
    free(subject);
    free(reply);
}

/* ---- Streams ------------------------------------------------------------------------------ */

void js_stream_seen(js_client *client, const json_t *reply) {
    const json_t *config = json_object_get(reply, "config");
    client->known = true;
    client->allow_direct = json_is_true(json_object_get(config, "allow_direct"));
}

static void on_created(js_op *op, nex_status status, const json_t *reply, const nex_error *err) {
    nex_error none;
    if (status == NEX_OK) {
        js_stream_seen(op->client, reply);
    }
    if (status == NEX_EEXIST) { /* with other settings: somebody else's choice, and good enough */
        nex_error_clear(&none);
        status = NEX_OK;
        err = &none;
    }
    op->on_done(op, status, err);
}

nex_status js_create_stream(js_op *op, const char *config, js_done_fn done) {
    op->on_done = done;
    return js_ask_api(op, "STREAM.CREATE", config, on_created);
}
