/*
 * workload logs: what a workload wrote, as far as it is kept, and with --follow what it writes.
 *
 * The kept output is asked for part by part; each answer says where the next one begins. What is
 * published meanwhile waits, within bounds. Both carry the sequence numbers of the log, so that
 * they join without gap or repeat; whatever the feed lost on its way is asked for again.
 */
#include "cli.h"
#include "log_output.h"

#include <nex/agent.h>
#include <nex/micro.h>
#include <nex/protocol/rpc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#define READ_TIMEOUT (12 * NEX_SECOND) /* a node gives its agent ten */
/* A follower looks so often whether it has missed something: the end, or all since a lost
 * connection. */
#define LOOK_EVERY (5 * NEX_SECOND)
#define ASK_AGAIN  (250 * NEX_MILLISECOND)

enum {
    ASK_TRIES = 40,    /* while the connection is away at the beginning */
    LOOKS_WITHOUT = 3, /* in a row that say there is no such workload: it was stopped unheard */
    PENDING_MAX = 512  /* messages that wait for a slow terminal; what is dropped is read again */
};

typedef struct reading {
    const cli *cli;
    session session;
    const char *id;
    bool follow, stderr_only;
    char *node_id;
    char *namespace_;
    nex_subscription *feed;
    nex_subscription *stops[2];
    nex_timer *look;
    nex_request *request;
    bool kept;     /* the agent keeps output, and gives it back */
    bool begun;    /* the first part was read, or cannot be */
    bool stopping; /* nothing will be written any more */
    bool last;     /* and what is asked for now was asked since */
    uint64_t next; /* sequence number of what is to be printed next */
    char *place;
    log_waiting waiting;
    unsigned without;
    unsigned tries;
    uv_signal_t interrupt;
    bool catching;
    bool over;
    int result;
} reading;

static void ask(reading *r);

static void finish(reading *r, int result) {
    if (!r->over) {
        r->over = true;
        r->result = result;
        nex_loop_stop(r->session.loop);
    }
}

static void finish_failed(reading *r, nex_status status, const char *message) {
    nex_error err;
    nex_error_set(&err, status, "%s", message);
    finish(r, fail(r->cli, &err));
}

static void print_piece(reading *r, const log_piece *piece) {
    if (r->over || (r->stderr_only && !piece->is_stderr)) {
        return;
    }
    nex_buf out = NEX_BUF_INIT;
    nex_status status = log_piece_append(piece, r->cli->json, &out);
    int result = print_made(r->cli, status, &out);
    if (result != EXIT_DONE) {
        finish(r, result); /* whoever reads has gone */
    }
}

static void say_missed(const reading *r, uint64_t missed) {
    if (missed > 0) {
        warn(r->cli, "%llu pieces of output are no longer kept", (unsigned long long)missed);
    }
}

/* ---- What waited --------------------------------------------------------------------------- */

/* Prints what follows on what was printed. False: a gap is in between, or pieces did not fit. */
static bool print_waiting(reading *r, bool over_gaps) {
    bool whole = !r->waiting.overflowed;
    for (size_t i = 0; i < r->waiting.count && (whole || over_gaps); i++) {
        const log_piece *piece = &r->waiting.items[i];
        if (piece->sequence > r->next && !over_gaps) {
            whole = false;
        } else if (piece->sequence >= r->next || piece->sequence == 0) {
            if (piece->sequence > r->next) {
                say_missed(r, piece->sequence - r->next);
            }
            print_piece(r, piece);
            if (piece->sequence > 0) {
                r->next = piece->sequence + 1;
                r->place[0] = '\0';
            }
        }
    }
    log_waiting_clear(&r->waiting);
    return whole;
}

/* ---- The kept output ------------------------------------------------------------------------ */

/* There is none to be had. What was asked of it cannot be done; following can. */
static void go_without(reading *r, const char *why) {
    const settings *values = &r->cli->options.settings;
    bool asked = settings_given(values, "workload.logs.since") ||
                 settings_int(values, "workload.logs.tail") > 0;
    r->kept = false;
    if (!r->follow) {
        nex_error err;
        nex_error_set(&err, NEX_EUNSUPPORTED,
                      "workload %s: output of the past cannot be had (%s); --follow shows what it "
                      "writes from now on",
                      r->id, why);
        finish(r, fail(r->cli, &err));
        return;
    }
    if (asked) {
        warn(r->cli,
             "workload %s: output of the past cannot be had (%s), so --since and --tail "
             "have no effect",
             r->id, why);
    }
    (void)print_waiting(r, true);
    if (r->stopping) {
        finish(r, EXIT_DONE);
    }
}

static void take_part(reading *r, const nex_workload_logs_response *part) {
    say_missed(r, part->missed > 0 ? (uint64_t)part->missed : 0);
    for (size_t i = 0; i < part->pieces.count && !r->over; i++) {
        const nex_workload_log_piece *piece = &part->pieces.items[i];
        print_piece(r, &(log_piece){.is_stderr = piece->stream == NEX_WORKLOAD_LOG_STREAM_STDERR,
                                    .sequence = (uint64_t)piece->sequence,
                                    .time = piece->time,
                                    .data = (const char *)piece->data.data,
                                    .len = piece->data.len});
    }
    if (part->next > 0 && (uint64_t)part->next > r->next) {
        r->next = (uint64_t)part->next;
    }
    free(r->place);
    r->place = strdup(part->place ? part->place : "");
    if (!r->place) {
        finish_failed(r, NEX_ENOMEM, "out of memory");
    } else if (!part->end) {
        ask(r);
    } else if (!r->follow) {
        finish(r, EXIT_DONE);
    } else if (!print_waiting(r, false)) {
        ask(r);
    } else if (part->ended || (r->stopping && r->last)) {
        finish(r, EXIT_DONE);
    } else if (r->stopping) {
        ask(r);
    }
}

/* The first request did not get through. */
static void ask_later(reading *r, nex_status status) {
    nex_error err;
    if (r->tries++ < ASK_TRIES) {
        nex_timer_start(r->look, ASK_AGAIN, r->follow ? LOOK_EVERY : 0);
        return;
    }
    nex_error_set(&err, status, "workload %s: its node cannot be asked: %s", r->id,
                  nex_status_name(status));
    finish(r, fail(r->cli, &err));
}

/* A refusal of the first request is final; later on node and agent may be back soon. */
static void take_refusal(reading *r, nex_status status, const char *code, const char *text) {
    bool unknown = code && (strcmp(code, "404") == 0 || strcmp(text, "workload not found") == 0);
    if (r->stopping) {
        (void)print_waiting(r, true);
        finish(r, EXIT_DONE);
    } else if (r->begun) {
        r->without = unknown ? r->without + 1 : 0;
        if (r->without >= LOOKS_WITHOUT) {
            (void)print_waiting(r, true);
            finish(r, EXIT_DONE);
        }
    } else if (code || (status == NEX_EUNREACHABLE &&
                        nex_bus_get_state(r->session.bus) == NEX_BUS_CONNECTED)) {
        r->begun = true;
        go_without(r, *text ? text : "its node does not give it back");
    } else if (status == NEX_ETIMEOUT) {
        finish_failed(r, status, "the workload's node does not answer");
    } else {
        ask_later(r, status);
    }
}

static void on_part(void *arg, nex_status status, const nex_msg *reply) {
    reading *r = arg;
    nex_workload_logs_response *part = NULL;
    nex_error err;
    r->request = NULL;
    const char *code = reply ? nex_msg_header(reply, "Nats-Service-Error-Code") : NULL;
    const char *text = reply ? nex_msg_header(reply, "Nats-Service-Error") : NULL;
    if (status != NEX_OK || code) {
        take_refusal(r, status, code, text ? text : "");
        return;
    }
    if (nex_workload_logs_response_decode(&part, reply->data, reply->len, &err) != NEX_OK) {
        nex_error_prefix(&err, err.code, "workload %s: its node's answer cannot be read", r->id);
        finish(r, fail(r->cli, &err));
        return;
    }
    r->without = 0;
    r->begun = true;
    take_part(r, part);
    nex_workload_logs_response_free(part);
}

static void ask(reading *r) {
    const settings *values = &r->cli->options.settings;
    if (r->request || r->over || !r->kept) {
        return;
    }
    bool tail = settings_given(values, "workload.logs.tail");
    bool since = settings_given(values, "workload.logs.since");
    nex_workload_logs_request request = {.namespace_ = r->namespace_,
                                         .from = (int64_t)r->next,
                                         .has_from = r->begun,
                                         .since = settings_duration(values, "workload.logs.since"),
                                         .has_since = since && !r->begun,
                                         .tail = settings_int(values, "workload.logs.tail"),
                                         .has_tail = tail && !r->begun,
                                         .stream =
                                             r->stderr_only ? NEX_WORKLOAD_LOG_STREAM_STDERR : 0,
                                         .place = r->place[0] ? r->place : NULL};
    r->last = r->stopping;
    nex_duration timeout = settings_given(values, "nats.timeout")
                               ? settings_duration(values, "nats.timeout")
                               : READ_TIMEOUT;
    nex_status status =
        nex_rpc_workload_logs(r->session.bus, nex_client_namespace(r->session.client), r->node_id,
                              r->id, &request, NULL, 0, timeout, on_part, r, &r->request);
    if (status != NEX_OK && !r->begun) {
        ask_later(r, status);
    }
}

static void on_look(void *arg) {
    ask(arg);
}

/* ---- The feed ------------------------------------------------------------------------------- */

static void on_output(void *arg, const nex_msg *msg) {
    reading *r = arg;
    const char *number = nex_msg_header(msg, NEX_HEADER_SEQUENCE);
    log_piece piece = {.is_stderr = strcmp(nex_subject_last_token(msg->subject), "stderr") == 0,
                       .sequence = number ? strtoull(number, NULL, 10) : 0,
                       .time = nex_loop_time(r->session.loop),
                       .data = msg->data,
                       .len = msg->len};
    bool asking = r->request || (r->kept && !r->begun);
    if (asking || (r->kept && piece.sequence > r->next)) {
        log_waiting_add(&r->waiting, &piece);
        if (!asking) {
            ask(r); /* for what is missing before it */
        }
        return;
    }
    if (!r->kept || piece.sequence == 0) {
        print_piece(r, &piece);
    } else if (piece.sequence == r->next) {
        print_piece(r, &piece);
        r->next++;
        r->place[0] = '\0';
    }
}

static void on_stopped_event(void *arg, const nex_msg *msg) {
    reading *r = arg;
    nex_workload_stopped_event *event = NULL;
    if (nex_workload_stopped_event_decode(&event, msg->data, msg->len, NULL) != NEX_OK) {
        return;
    }
    if (event->id && strcmp(event->id, r->id) == 0) {
        r->stopping = true;
        if (!r->kept) {
            finish(r, EXIT_DONE);
        } else {
            ask(r); /* for what the feed has not brought */
        }
    }
    nex_workload_stopped_event_free(event);
}

static nex_status listen_to(reading *r, nex_error *err) {
    const char *namespace_ = nex_client_namespace(r->session.client);
    /* The administrators' namespace hears all others. */
    bool all = strcmp(namespace_, "system") == 0;
    static const char *const spellings[] = {"event", "events"}; /* ours, the reference's */
    char logs[256], stops[256];
    snprintf(logs, sizeof logs, "$NEX.FEED.%s.logs.%s.*", all ? "*" : namespace_, r->id);
    nex_bus *bus = r->session.bus;
    nex_status status = nex_bus_subscribe(bus, logs, NULL, on_output, r, &r->feed);
    for (size_t i = 0; i < 2 && status == NEX_OK; i++) {
        snprintf(stops, sizeof stops, "$NEX.FEED.%s.%s.WORKLOADSTOPPED", all ? "*" : namespace_,
                 spellings[i]);
        status = nex_bus_subscribe(bus, stops, NULL, on_stopped_event, r, &r->stops[i]);
    }
    if (status != NEX_OK) {
        return nex_error_set(err, status, "cannot listen to %s: %s", logs, nex_status_name(status));
    }
    nex_timer_start(r->look, LOOK_EVERY, LOOK_EVERY);
    return NEX_OK;
}

/* ---- Beginning ------------------------------------------------------------------------------ */

static void on_listed(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                      size_t count) {
    reading *r = arg;
    nex_error err;
    const nex_listed_workload *found = NULL;
    for (size_t i = 0; i < count && !found; i++) {
        found = strcmp(workloads[i].summary->id, r->id) == 0 ? &workloads[i] : NULL;
    }
    if (outcome->status != NEX_OK) {
        finish(r, fail_outcome(r->cli, outcome));
        return;
    }
    if (!found) {
        warn_of_silent_nodes(r->cli, outcome);
        nex_error_set(&err, NEX_ENOTFOUND, "workload %s not found", r->id);
        finish(r, fail(r->cli, &err));
        return;
    }
    const char *namespace_ = found->summary->namespace_;
    r->node_id = strdup(found->node_id);
    r->namespace_ = strdup(namespace_ ? namespace_ : nex_client_namespace(r->session.client));
    if (!r->node_id || !r->namespace_) {
        finish_failed(r, NEX_ENOMEM, "out of memory");
    } else if (!*r->node_id) {
        r->begun = true;
        go_without(r, "its node does not keep it");
    } else {
        ask(r);
    }
}

static void on_interrupt(uv_signal_t *handle, int number) {
    (void)number;
    finish(handle->data, EXIT_DONE);
}

static nex_status begin(reading *r, nex_error *err) {
    if (!nex_subject_token_valid(r->id)) {
        return nex_error_set(err, NEX_EINVAL, "\"%s\" is no workload id", r->id);
    }
    r->place = strdup("");
    if (!r->place) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    nex_status status = session_open_bounded(&r->session, r->cli, PENDING_MAX, err);
    if (status == NEX_OK && nex_timer_new(r->session.loop, &r->look, on_look, r) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (status == NEX_OK && r->follow) {
        status = listen_to(r, err); /* before the kept output is asked for, so nothing is between */
    }
    if (status == NEX_OK) {
        char *id = (char *)(uintptr_t)r->id;
        nex_string_list filter = {&id, 1};
        status = nex_client_list(r->session.client, &filter, on_listed, r, NULL, err);
    }
    if (status == NEX_OK && uv_signal_init(nex_loop_uv(r->session.loop), &r->interrupt) == 0) {
        r->interrupt.data = r;
        r->catching = uv_signal_start(&r->interrupt, on_interrupt, SIGINT) == 0;
    }
    return status;
}

int workload_logs(cli *c) {
    const settings *values = &c->options.settings;
    reading r = {.cli = c,
                 .id = c->options.args[0],
                 .follow = settings_bool(values, "workload.logs.follow"),
                 .stderr_only = settings_bool(values, "workload.logs.stderr"),
                 .kept = true,
                 .result = EXIT_FAILED};
    nex_error err;
    if (begin(&r, &err) == NEX_OK) {
        nex_loop_run(r.session.loop);
    } else {
        r.result = fail(c, &err);
    }
    if (r.catching) {
        uv_close((uv_handle_t *)&r.interrupt, NULL);
        uv_run(nex_loop_uv(r.session.loop), UV_RUN_NOWAIT);
    }
    nex_request_cancel(r.request);
    nex_timer_free(r.look);
    nex_subscription_free(r.feed);
    nex_subscription_free(r.stops[0]);
    nex_subscription_free(r.stops[1]);
    session_close(&r.session);
    log_waiting_clear(&r.waiting);
    free(r.node_id);
    free(r.namespace_);
    free(r.place);
    return r.result;
}
