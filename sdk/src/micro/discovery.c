/* What a service says of itself: $SRV.PING, $SRV.INFO, $SRV.STATS (ADR-32). */
#include "micro/micro.h"

#include <nex/codec.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A writer that remembers its first failure, so that a text of many pieces needs one check. */
typedef struct writer {
    nex_buf buf;
    nex_status status;
} writer;

static void raw(writer *w, const char *text) {
    if (w->status == NEX_OK) {
        w->status = nex_buf_append_str(&w->buf, text);
    }
}

static void string(writer *w, const char *before, const char *text) {
    raw(w, before);
    if (w->status == NEX_OK) {
        w->status = nex_json_append_string(&w->buf, text, strlen(text));
    }
}

/* Error texts come from anywhere and are cut to size: they may not be UTF-8 throughout. */
static void error_text(writer *w, const char *before, const char *text) {
    char ascii[LAST_ERROR_SIZE];
    size_t start = w->buf.len;
    string(w, before, text);
    if (w->status != NEX_EINVAL) {
        return;
    }
    w->status = NEX_OK;
    w->buf.len = start;
    snprintf(ascii, sizeof ascii, "%s", text);
    for (char *c = ascii; *c != '\0'; c++) {
        if ((unsigned char)*c >= 0x80) {
            *c = '?';
        }
    }
    string(w, before, ascii);
}

static void number(writer *w, const char *before, uint64_t value) {
    if (w->status == NEX_OK) {
        w->status = nex_buf_printf(&w->buf, "%s%" PRIu64, before, value);
    }
}

static void identity(writer *w, const nex_micro *micro, const char *type) {
    string(w, "{\"name\":", micro->name);
    string(w, ",\"id\":", micro->id);
    string(w, ",\"version\":", micro->version);
    string(w, ",\"metadata\":{},\"type\":", type);
}

static void endpoint_identity(writer *w, const micro_endpoint *endpoint) {
    string(w, "{\"name\":", endpoint->name);
    string(w, ",\"subject\":", endpoint->subject);
    string(w, ",\"queue_group\":", endpoint->queue != NULL ? endpoint->queue : "");
}

static void write_ping(writer *w, const nex_micro *micro) {
    identity(w, micro, "io.nats.micro.v1.ping_response");
    raw(w, "}");
}

static void write_info(writer *w, const nex_micro *micro) {
    identity(w, micro, "io.nats.micro.v1.info_response");
    string(w, ",\"description\":", micro->description);
    raw(w, ",\"endpoints\":[");
    for (const micro_endpoint *e = micro->first; e != NULL; e = e->next) {
        raw(w, e != micro->first ? "," : "");
        endpoint_identity(w, e);
        raw(w, ",\"metadata\":null}");
    }
    raw(w, "]}");
}

static void write_stats(writer *w, const nex_micro *micro) {
    char started[NEX_TIME_TEXT_SIZE];
    nex_time_format(micro->started, started);
    identity(w, micro, "io.nats.micro.v1.stats_response");
    string(w, ",\"started\":", started);
    raw(w, ",\"endpoints\":[");
    for (const micro_endpoint *e = micro->first; e != NULL; e = e->next) {
        raw(w, e != micro->first ? "," : "");
        endpoint_identity(w, e);
        number(w, ",\"num_requests\":", e->requests);
        number(w, ",\"num_errors\":", e->errors);
        error_text(w, ",\"last_error\":", e->last_error);
        number(w, ",\"processing_time\":", e->nanoseconds);
        number(w,
               ",\"average_processing_time\":", e->requests > 0 ? e->nanoseconds / e->requests : 0);
        raw(w, "}");
    }
    raw(w, "]}");
}

static void answer(nex_micro *micro, const nex_msg *msg,
                   void (*write)(writer *w, const nex_micro *micro)) {
    if (msg->reply == NULL) {
        return;
    }
    writer w = {NEX_BUF_INIT, NEX_OK};
    write(&w, micro);
    if (w.status == NEX_OK) {
        nex_msg reply = {.subject = msg->reply, .data = w.buf.data, .len = w.buf.len};
        nex_bus_publish(micro->bus, &reply);
    }
    nex_buf_free(&w.buf);
}

static void on_ping(void *arg, const nex_msg *msg) {
    answer(arg, msg, write_ping);
}

static void on_info(void *arg, const nex_msg *msg) {
    answer(arg, msg, write_info);
}

static void on_stats(void *arg, const nex_msg *msg) {
    answer(arg, msg, write_stats);
}

nex_status nex_micro_discovery(nex_micro *micro) {
    static const struct {
        const char *verb;
        nex_msg_cb cb;
    } verbs[] = {{"PING", on_ping}, {"INFO", on_info}, {"STATS", on_stats}};
    nex_buf subject = NEX_BUF_INIT;
    nex_status status = NEX_OK;
    for (size_t i = 0; i < DISCOVERY_SUBJECTS && status == NEX_OK; i++) {
        size_t depth = i % 3;
        nex_buf_clear(&subject);
        status = nex_buf_printf(&subject, "$SRV.%s%s%s%s%s", verbs[i / 3].verb,
                                depth > 0 ? "." : "", depth > 0 ? micro->name : "",
                                depth > 1 ? "." : "", depth > 1 ? micro->id : "");
        if (status == NEX_OK) {
            status = nex_bus_subscribe(micro->bus, subject.data, NULL, verbs[i / 3].cb, micro,
                                       &micro->discovery[i]);
        }
    }
    nex_buf_free(&subject);
    return status;
}
