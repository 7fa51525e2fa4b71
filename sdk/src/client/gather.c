#include "client/gather.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NODES_MAX = 100000 };

/* No gathering goes on for longer, however many answers trickle in. */
#define WHOLE_LIMIT (2 * NEX_MINUTE)

void gather_stop(gather *g) {
    nex_request_cancel(g->request);
    nex_timer_free(g->timer);
    nex_string_list_free(&g->seen);
    nex_string_list_free(&g->gone);
    g->request = NULL;
    g->timer = NULL;
}

static void finish(gather *g, nex_status status) {
    gather_end_fn on_end = g->options.on_end;
    void *arg = g->options.arg;
    gather_stop(g);
    on_end(arg, status);
}

static bool contains(const nex_string_list *list, const char *text) {
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static void note_count(gather *g, const nex_msg *reply) {
    const char *text = nex_msg_header(reply, NEX_HEADER_NODES);
    if (!text) {
        return;
    }
    char *end;
    errno = 0;
    unsigned long nodes = strtoul(text, &end, 10);
    if (errno || end == text || *end || nodes == 0 || nodes > NODES_MAX) {
        return;
    }
    const char *name = nex_msg_header(reply, NEX_HEADER_NEXUS);
    g->counted = true;
    size_t i = 0;
    while (i < g->nexus_count && strcmp(g->nexuses[i].name, name ? name : "") != 0) {
        i++;
    }
    if (i == GATHER_NEXUS_MAX) {
        return;
    }
    if (i == g->nexus_count) {
        snprintf(g->nexuses[i].name, GATHER_NEXUS_SIZE, "%s", name ? name : "");
        g->nexus_count++;
    }
    if (nodes > g->nexuses[i].nodes) {
        g->nexuses[i].nodes = nodes;
    }
}

static void update_expected(gather *g) {
    size_t sum = 0;
    for (size_t i = 0; i < g->nexus_count; i++) {
        sum += g->nexuses[i].nodes;
    }
    size_t gone = 0;
    for (size_t i = 0; i < g->gone.count; i++) {
        gone += !contains(&g->seen, g->gone.items[i]);
    }
    g->op->expected = sum > gone ? sum - gone : 0;
}

static bool all_spoke(gather *g) {
    return g->counted && g->op->answered >= g->op->expected;
}

static void wait_on(gather *g) {
    nex_timer_start(g->timer, g->counted ? g->options.rest : g->options.stall, 0);
}

/* A node tells that another one, which it had counted, is gone. */
static bool on_gone(gather *g, const char *node) {
    if (!contains(&g->gone, node) && nex_string_list_add(&g->gone, node) != NEX_OK) {
        nex_error_set(&g->op->error, NEX_ENOMEM, "out of memory");
        return false;
    }
    update_expected(g);
    return !all_spoke(g);
}

/* False when the gathering is over. */
static bool on_reply(void *arg, const nex_msg *reply) {
    gather *g = arg;
    nex_client_op *op = g->op;
    const char *gone = nex_msg_header(reply, NEX_HEADER_GONE);
    if (gone) {
        return on_gone(g, gone);
    }
    const char *node = reply_node(reply);
    if (*node) {
        if (contains(&g->seen, node)) {
            return true; /* NATS delivers at most once; a bridge or a fault may do it twice */
        }
        if (nex_string_list_add(&g->seen, node) != NEX_OK) {
            nex_error_set(&op->error, NEX_ENOMEM, "out of memory");
            return false;
        }
    }
    op->answered++;
    note_count(g, reply);
    update_expected(g);
    bool more = true;
    nex_status status = NEX_OK;
    nex_error err;
    switch (reply_get_kind(reply)) {
    case REPLY_DATA:
        more = g->options.on_reply(g->options.arg, reply);
        break;
    case REPLY_DECLINE:
        status = op_decline(op, node, nex_msg_header(reply, NEX_HEADER_DECLINE),
                            nex_msg_header(reply, NEX_HEADER_DECLINE_DETAIL));
        break;
    case REPLY_ERROR:
        reply_get_error(reply, NULL, &err);
        status = op_decline(op, node, "error", err.message);
        break;
    }
    if (status != NEX_OK) {
        nex_error_set(&op->error, status, "out of memory");
        return false;
    }
    if (!more || all_spoke(g)) {
        return false;
    }
    wait_on(g);
    return true;
}

static void on_end(void *arg, nex_status status) {
    gather *g = arg;
    g->request = NULL;
    if (status == NEX_ETIMEOUT) {
        status = NEX_OK;
    }
    if (g->op->error.code != NEX_OK) {
        status = g->op->error.code;
    }
    finish(g, status);
}

static void on_silence(void *arg) {
    finish(arg, NEX_OK);
}

nex_status gather_start(gather *g, nex_client_op *op, const char *subject, const nex_buf *body,
                        const gather_options *options, nex_error *err) {
    memset(g, 0, sizeof *g);
    g->op = op;
    g->options = *options;
    op->answered = 0;
    op->expected = 0;
    nex_header headers[CLIENT_HEADERS];
    nex_msg msg = {
        .subject = subject,
        .data = body->data,
        .len = body->len,
        .headers = headers,
        .header_count = client_headers(op->client, headers),
    };
    nex_many_options many = {.timeout = WHOLE_LIMIT};
    nex_status status = nex_timer_new(op->loop, &g->timer, on_silence, g);
    if (status == NEX_OK) {
        status =
            nex_bus_request_many(op->client->bus, &msg, &many, on_reply, on_end, g, &g->request);
    }
    if (status != NEX_OK) {
        g->request = NULL;
        gather_stop(g);
        return nex_error_set(err, status, "cannot send a request of %zu bytes to %s: %s", body->len,
                             subject, nex_status_name(status));
    }
    nex_timer_start(g->timer, options->first, 0);
    return NEX_OK;
}
