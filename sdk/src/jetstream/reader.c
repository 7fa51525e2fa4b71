#include "jetstream/reader.h"
#include "bus/bus.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct js_reader {
    js_op op;
    js_reader_fns fns;
    void *arg;
    nex_subscription *sub;
    nex_timer *timer; /* between two messages */
    uint64_t received;
    bool *freed; /* where a callback in progress looks whether its reader is still there */
};

static void destroy(js_op *op) {
    js_reader *reader = (js_reader *)op;
    if (reader->freed != NULL) {
        *reader->freed = true;
    }
    nex_subscription_free(reader->sub);
    nex_timer_free(reader->timer);
    if (reader->arg != NULL) {
        reader->fns.release(reader->arg);
    }
}

void js_reader_free(js_reader *reader) {
    if (reader != NULL) {
        js_op_free(&reader->op);
    }
}

static void end(js_reader *reader, nex_status status, const nex_error *err) {
    js_reader_fns fns = reader->fns;
    void *arg = reader->arg;
    reader->arg = NULL; /* still needed */
    js_reader_free(reader);
    fns.end(arg, status, err);
    fns.release(arg);
}

static void end_well(js_reader *reader) {
    nex_error none;
    nex_error_clear(&none);
    end(reader, NEX_OK, &none);
}

static void on_late(void *arg) {
    js_reader *reader = arg;
    nex_error err;
    end(reader, js_request_error(&reader->op, NEX_ETIMEOUT, &err), &err);
}

/*
 * Where a message stands, from its reply subject:
 * $JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<time>.<pending>, with
 * <domain>.<account hash> before the stream and a random token at the end on newer servers.
 */
static bool read_place(const char *reply, js_place *place, uint64_t *consumer_seq,
                       uint64_t *pending) {
    const char *tokens[16];
    size_t count = 0;
    for (const char *at = reply; at != NULL && count < 16; count++) {
        tokens[count] = at;
        at = strchr(at, '.');
        at = at != NULL ? at + 1 : NULL;
    }
    if (strncmp(reply, "$JS.ACK.", 8) != 0 || (count != 9 && count < 11)) {
        return false;
    }
    size_t at = count == 9 ? 5 : 7;
    uint64_t time;
    if (!js_read_number(tokens[at], &place->sequence) ||
        !js_read_number(tokens[at + 1], consumer_seq) || !js_read_number(tokens[at + 2], &time) ||
        !js_read_number(tokens[at + 3], pending)) {
        return false;
    }
    place->time = (nex_time){(int64_t)(time / NEX_SECOND), (int32_t)(time % NEX_SECOND), 0};
    return true;
}

/* Status messages of the server: flow control is answered once all before it was handled. They
 * are no progress: a consumer that stays stalled sends them for ever. */
static void on_status(js_reader *reader, const nex_msg *msg) {
    const char *to = msg->reply != NULL ? msg->reply : nex_msg_header(msg, "Nats-Consumer-Stalled");
    if (to != NULL) {
        nex_bus_publish(reader->op.client->bus, &(nex_msg){.subject = to});
    }
}

static void on_message(void *arg, const nex_msg *msg) {
    js_reader *reader = arg;
    const char *status_text = msg->len == 0 ? nex_msg_header(msg, "Status") : NULL;
    if (status_text != NULL && strcmp(status_text, "100") == 0) {
        on_status(reader, msg);
        return;
    }
    nex_error err;
    js_place place;
    uint64_t number;
    uint64_t pending;
    if (msg->reply == NULL || !read_place(msg->reply, &place, &number, &pending)) {
        nex_error_set(&err, NEX_EIO, "%s: %s: got a message that is not from JetStream",
                      reader->op.client->name, reader->op.doing);
        end(reader, NEX_EIO, &err);
        return;
    }
    if (number != ++reader->received) {
        nex_error_set(&err, NEX_EIO,
                      "%s: %s: messages were lost on the way: wanted %" PRIu64 ", got %" PRIu64,
                      reader->op.client->name, reader->op.doing, reader->received, number);
        end(reader, NEX_EIO, &err);
        return;
    }
    nex_timer_start(reader->timer, reader->op.client->timeout, 0);
    bool gone = false;
    reader->freed = &gone;
    nex_status status = reader->fns.message(reader->arg, msg, &place, &err);
    if (gone) {
        return;
    }
    reader->freed = NULL;
    if (status != NEX_OK) {
        end(reader, status, &err);
    } else if (pending == 0) {
        end_well(reader);
    }
}

static void on_consumer(js_op *op, nex_status status, const json_t *reply, const nex_error *err) {
    js_reader *reader = (js_reader *)op;
    if (status != NEX_OK) {
        end(reader, status, err);
        return;
    }
    json_int_t pending = json_integer_value(json_object_get(reply, "num_pending"));
    const json_t *delivered = json_object_get(reply, "delivered");
    if (pending == 0 && reader->received == 0 &&
        json_integer_value(json_object_get(delivered, "consumer_seq")) == 0) {
        end_well(reader); /* nothing to read */
    }
}

/* The filter stands in the subject too, so that permissions can tell what may be read. Nobody
 * deletes the consumer: JetStream does, once nobody listens. */
static nex_status ask_for_consumer(js_reader *reader, const char *name, const char *filter,
                                   const char *inbox, bool last_per_subject) {
    const js_client *client = reader->op.client;
    char *subject =
        js_format("%sCONSUMER.CREATE.%s.%s.%s", client->api, client->stream, name, filter);
    char *body =
        js_format("{\"stream_name\":\"%s\",\"config\":{\"name\":\"%s\",\"deliver_policy\":\"%s\","
                  "\"ack_policy\":\"none\",\"max_deliver\":1,\"filter_subject\":\"%s\","
                  "\"replay_policy\":\"instant\",\"flow_control\":true,\"idle_heartbeat\":%" PRId64
                  ",\"deliver_subject\":\"%s\",\"inactive_threshold\":%" PRId64
                  ",\"num_replicas\":1,\"mem_storage\":true}}",
                  client->stream, name, last_per_subject ? "last_per_subject" : "all", filter,
                  (int64_t)(5 * NEX_SECOND), inbox, (int64_t)(5 * NEX_SECOND));
    nex_status status = NEX_ENOMEM;
    if (subject != NULL && body != NULL) {
        nex_msg msg = {.subject = subject, .data = body, .len = strlen(body)};
        status = js_ask(&reader->op, &msg, on_consumer);
    }
    free(subject);
    free(body);
    return status;
}

nex_status js_reader_start(js_reader **out, js_client *client, const char *doing, const char *what,
                           const char *filter, bool last_per_subject, const js_reader_fns *fns,
                           void *arg) {
    js_reader *reader = js_op_new(client, sizeof *reader, doing, what, destroy);
    if (out != NULL) {
        *out = NULL;
    }
    if (reader == NULL) {
        fns->release(arg);
        return NEX_ENOMEM;
    }
    reader->fns = *fns;
    reader->arg = arg;
    char id[NEX_ID_SIZE];
    char inbox[512];
    nex_loop_id(nex_bus_loop(client->bus), id);
    /* Two tokens below the bus's inbox: its wildcard for replies does not match them. */
    int n = snprintf(inbox, sizeof inbox, "%sread.%s", client->bus->inbox, id);
    nex_status status = n > 0 && (size_t)n < sizeof inbox ? NEX_OK : NEX_ELIMIT;
    if (status == NEX_OK) {
        status = nex_timer_new(nex_bus_loop(client->bus), &reader->timer, on_late, reader);
    }
    if (status == NEX_OK) {
        nex_timer_start(reader->timer, client->timeout, 0);
        status = nex_bus_subscribe_vital(client->bus, inbox, on_message, reader, &reader->sub);
    }
    if (status == NEX_OK) {
        status = ask_for_consumer(reader, id, filter, inbox, last_per_subject);
    }
    if (status != NEX_OK) {
        js_reader_free(reader);
        return status;
    }
    if (out != NULL) {
        *out = reader;
    }
    return NEX_OK;
}
