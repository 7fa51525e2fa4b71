/* The simulated NATS: connections of processes, and the server between them. */
#include "bus/message.h"
#include "bus/transport.h"
#include "world.h"

#include <nex/micro.h>

#include <stdlib.h>
#include <string.h>

enum { MAX_PAYLOAD = 1024 * 1024 };

/* A subscription: on the client's side and, while `known`, on the server's. */
struct nex_transport_sub {
    sim_transport *transport;
    nex_transport_sub *next;        /* of its transport */
    nex_transport_sub *server_next; /* of the server, in the order made */
    char *subject;
    char *queue;
    nex_msg_cb cb;
    void *arg;
    bool dead;
    bool known;
    unsigned refs; /* the client's, the server's, one a message on its way */
};

struct sim_transport {
    nex_transport base;
    sim_process *process;
    sim_transport *next; /* of its process */
    nex_transport_sub *subs;
    uint64_t up_at;   /* when the last message to the server arrives */
    uint64_t down_at; /* when the last one from it arrives */
    uint64_t session; /* changes with each connection: what is on its way is lost then */
    sim_event change; /* notices a cut, or reconnects */
    bool closed;
    bool broken; /* dead, though perhaps nobody noticed yet */
    unsigned refs;
};

struct sim_server {
    sim *world;
    nex_transport_sub *subs;
    nex_transport_sub **last;
    bool down;
};

/* Ends by the server's answer, or by its time-out, which is an event of its own. */
typedef struct flush {
    sim_event late;
    sim_transport *transport;
    void (*cb)(void *arg, nex_status status);
    void *arg;
    bool done;
    unsigned refs; /* the time-out's, and that of the question on its way */
} flush;

typedef enum hop_kind { HOP_PUBLISH, HOP_SUBSCRIBE, HOP_UNSUBSCRIBE, HOP_FLUSH, HOP_BYE } hop_kind;

/* Something on its way, to the server or from it. */
typedef struct hop {
    sim_event event;
    hop_kind kind;
    sim_transport *transport;
    uint64_t session;
    nex_transport_sub *sub;
    nex_msg *msg;
    flush *flush;
} hop;

/* ---- References --------------------------------------------------------------------------- */

static sim_transport *ref(sim_transport *t) {
    t->refs++;
    return t;
}

static void unref(sim_transport *t) {
    if (--t->refs == 0) {
        free(t);
    }
}

static void unref_sub(nex_transport_sub *sub) {
    if (sub != NULL && --sub->refs == 0) {
        unref(sub->transport);
        free(sub->subject);
        free(sub->queue);
        free(sub);
    }
}

static void unref_flush(flush *f) {
    if (f != NULL && --f->refs == 0) {
        unref(f->transport);
        free(f);
    }
}

static void free_hop(sim_event *event) {
    hop *h = (hop *)event;
    unref_flush(h->flush);
    unref(h->transport);
    unref_sub(h->sub);
    free(h->msg);
    free(h);
}

static nex_msg *copy_msg(const nex_msg *msg) {
    size_t size = nex_msg_copy_size(msg);
    nex_msg *copy = sim_alloc(sizeof *copy + size);
    nex_msg_copy(copy, copy + 1, msg);
    /* libnats writes blanks for line breaks, too. */
    for (size_t i = 0; i < copy->header_count; i++) {
        for (char *c = (char *)(uintptr_t)copy->headers[i].value; *c != '\0'; c++) {
            *c = *c == '\r' || *c == '\n' ? ' ' : *c;
        }
    }
    return copy;
}

static hop *new_hop(hop_kind kind, sim_transport *t, nex_transport_sub *sub, const nex_msg *msg,
                    void (*run)(sim_event *event)) {
    hop *h = sim_alloc(sizeof *h);
    h->event.run = run;
    h->event.drop = free_hop;
    h->kind = kind;
    h->transport = ref(t);
    h->session = t->session;
    if (sub != NULL) {
        sub->refs++;
        h->sub = sub;
    }
    h->msg = msg != NULL ? copy_msg(msg) : NULL;
    return h;
}

/* ---- The wire ----------------------------------------------------------------------------- */

static bool chance(sim *world, unsigned in_a_million) {
    return in_a_million > 0 && sim_draw_below(&world->network_random, 1000000) < in_a_million;
}

/* When something sent now arrives; in order unless a fault says otherwise. */
static uint64_t arrival(sim *world, uint64_t *last, bool may_overtake) {
    uint64_t at = world->now + sim_network_delay(world);
    if (may_overtake && chance(world, world->faults.reorder)) {
        return at +
               sim_draw_below(&world->network_random, 10 * (uint64_t)world->faults.delay_max + 1);
    }
    if (at <= *last) {
        at = *last + 1;
    }
    *last = at;
    return at;
}

static bool path_open(const sim_process *process) {
    return process->alive && !process->cut && !process->world->server->down;
}

static bool reachable(const sim_transport *t) {
    return !t->broken && path_open(t->process);
}

static void end_flush(flush *f, nex_status status) {
    if (!f->done && !f->transport->closed) {
        f->done = true;
        f->cb(f->arg, status);
    }
}

static void on_arrive_at_client(sim_event *event) {
    hop *h = (hop *)event;
    sim_transport *t = h->transport;
    bool lost = t->closed || h->session != t->session || !reachable(t);
    if (!lost && h->kind == HOP_FLUSH) {
        sim_record(t->process->world, t->process, "flushed", "", NULL, 0);
        end_flush(h->flush, NEX_OK);
    } else if (!lost && !h->sub->dead) {
        sim_record(t->process->world, t->process, "message", h->msg->subject, h->msg->data,
                   h->msg->len);
        h->sub->cb(h->sub->arg, h->msg);
    }
    free_hop(event);
}

static void send_down(nex_transport_sub *sub, const nex_msg *msg) {
    sim_transport *t = sub->transport;
    sim *world = t->process->world;
    if (chance(world, world->faults.drop)) {
        sim_record(world, t->process, "lose", msg->subject, NULL, 0);
        return;
    }
    unsigned copies = chance(world, world->faults.duplicate) ? 2 : 1;
    for (unsigned i = 0; i < copies; i++) {
        hop *h = new_hop(HOP_PUBLISH, t, sub, msg, on_arrive_at_client);
        h->event.process = t->process;
        sim_schedule(world, &h->event, arrival(world, &t->down_at, true));
    }
}

/* ---- The server --------------------------------------------------------------------------- */

sim_server *sim_server_new(sim *world) {
    sim_server *server = sim_alloc(sizeof *server);
    server->world = world;
    server->last = &server->subs;
    return server;
}

void sim_server_free(sim_server *server) {
    while (server->subs != NULL) {
        nex_transport_sub *sub = server->subs;
        server->subs = sub->server_next;
        unref_sub(sub);
    }
    free(server);
}

static void learn(sim_server *server, nex_transport_sub *sub) {
    if (!sub->known) {
        sub->known = true;
        sub->refs++;
        sub->server_next = NULL;
        *server->last = sub;
        server->last = &sub->server_next;
    }
}

static void forget_if(sim_server *server, const sim_transport *t, const nex_transport_sub *one) {
    nex_transport_sub **link = &server->subs;
    while (*link != NULL) {
        nex_transport_sub *sub = *link;
        if ((t != NULL && sub->transport == t) || sub == one) {
            *link = sub->server_next;
            sub->known = false;
            unref_sub(sub);
        } else {
            link = &sub->server_next;
        }
    }
    server->last = link;
}

static bool same_group(const nex_transport_sub *a, const nex_transport_sub *b) {
    return b->queue != NULL && strcmp(a->queue, b->queue) == 0;
}

/* One member of a queue group is drawn; this is called for its first member only. */
static nex_transport_sub *draw_member(sim_server *server, nex_transport_sub *first,
                                      const char *to) {
    uint64_t members = 0;
    nex_transport_sub *chosen = first;
    for (nex_transport_sub *sub = first; sub != NULL; sub = sub->server_next) {
        if (same_group(first, sub) && nex_subject_matches(sub->subject, to)) {
            members++;
            if (sim_draw_below(&server->world->network_random, members) == 0) {
                chosen = sub;
            }
        }
    }
    return chosen;
}

static bool first_of_group(const sim_server *server, const nex_transport_sub *sub, const char *to) {
    for (const nex_transport_sub *s = server->subs; s != sub; s = s->server_next) {
        if (same_group(sub, s) && nex_subject_matches(s->subject, to)) {
            return false;
        }
    }
    return true;
}

size_t sim_server_deliver(sim_server *server, const char *to, const nex_msg *msg) {
    size_t count = 0;
    for (nex_transport_sub *sub = server->subs; sub != NULL; sub = sub->server_next) {
        if (!nex_subject_matches(sub->subject, to)) {
            continue;
        }
        if (sub->queue == NULL) {
            send_down(sub, msg);
            count++;
        } else if (first_of_group(server, sub, to)) {
            send_down(draw_member(server, sub, to), msg);
            count++;
        }
    }
    return count;
}

static void publish(sim_server *server, const nex_msg *msg) {
    bool stored = sim_jetstream_take(server->world->jetstream, msg);
    size_t heard = sim_server_deliver(server, msg->subject, msg);
    if (heard == 0 && !stored && msg->reply != NULL) {
        nex_header status = {"Status", "503"};
        nex_msg none = {.subject = msg->reply, .headers = &status, .header_count = 1};
        sim_server_deliver(server, none.subject, &none);
    }
}

static void on_arrive_at_server(sim_event *event) {
    hop *h = (hop *)event;
    sim_transport *t = h->transport;
    sim_server *server = t->process->world->server;
    if (h->kind == HOP_BYE) {
        forget_if(server, t, NULL);
    } else if (h->session == t->session && !t->broken && !server->down) {
        switch (h->kind) {
        case HOP_PUBLISH:
            publish(server, h->msg);
            break;
        case HOP_SUBSCRIBE:
            learn(server, h->sub);
            break;
        case HOP_UNSUBSCRIBE:
            forget_if(server, NULL, h->sub);
            break;
        default:
            h->event.run = on_arrive_at_client;
            h->event.process = t->process;
            sim_schedule(server->world, &h->event, arrival(server->world, &t->down_at, false));
            return;
        }
    }
    free_hop(event);
}

static void send_up(hop *h, bool may_overtake) {
    sim_transport *t = h->transport;
    sim *world = t->process->world;
    sim_schedule(world, &h->event, arrival(world, &t->up_at, may_overtake));
}

/* ---- The seam ----------------------------------------------------------------------------- */

static nex_status transport_publish(nex_transport *base, const nex_msg *msg) {
    sim_transport *t = (sim_transport *)base;
    sim *world = t->process->world;
    if (!reachable(t) || chance(world, world->faults.drop)) {
        sim_record(world, t->process, "lose", msg->subject, NULL, 0);
        return NEX_OK; /* nobody knows yet */
    }
    unsigned copies = chance(world, world->faults.duplicate) ? 2 : 1;
    for (unsigned i = 0; i < copies; i++) {
        send_up(new_hop(HOP_PUBLISH, t, NULL, msg, on_arrive_at_server), true);
    }
    return NEX_OK;
}

static nex_status transport_subscribe(nex_transport *base, const char *subject, const char *queue,
                                      bool vital, nex_msg_cb cb, void *arg,
                                      nex_transport_sub **out) {
    sim_transport *t = (sim_transport *)base;
    (void)vital;
    nex_transport_sub *sub = sim_alloc(sizeof *sub);
    sub->transport = ref(t);
    sub->subject = strdup(subject);
    sub->queue = queue != NULL ? strdup(queue) : NULL;
    sub->cb = cb;
    sub->arg = arg;
    sub->refs = 1;
    sub->next = t->subs;
    t->subs = sub;
    if (reachable(t)) {
        send_up(new_hop(HOP_SUBSCRIBE, t, sub, NULL, on_arrive_at_server), false);
    }
    *out = sub;
    return NEX_OK;
}

static void transport_unsubscribe(nex_transport *base, nex_transport_sub *sub) {
    sim_transport *t = (sim_transport *)base;
    nex_transport_sub **link = &t->subs;
    while (*link != sub) {
        link = &(*link)->next;
    }
    *link = sub->next;
    sub->dead = true;
    if (reachable(t)) {
        send_up(new_hop(HOP_UNSUBSCRIBE, t, sub, NULL, on_arrive_at_server), false);
    }
    unref_sub(sub);
}

static void transport_close(nex_transport *base, nex_duration flush_timeout) {
    sim_transport *t = (sim_transport *)base;
    (void)flush_timeout; /* what was sent arrives */
    if (t->process->alive) {
        send_up(new_hop(HOP_BYE, t, NULL, NULL, on_arrive_at_server), false);
    }
    t->closed = true;
    sim_unschedule(t->process->world, &t->change);
    while (t->subs != NULL) {
        nex_transport_sub *sub = t->subs;
        t->subs = sub->next;
        sub->dead = true;
        unref_sub(sub);
    }
    sim_transport **link = &t->process->transports;
    while (*link != t) {
        link = &(*link)->next;
    }
    *link = t->next;
    unref(t);
}

static void on_flush_late(sim_event *event) {
    end_flush((flush *)event, NEX_ETIMEOUT);
    unref_flush((flush *)event);
}

static void drop_flush(sim_event *event) {
    unref_flush((flush *)event);
}

static nex_status transport_flush(nex_transport *base, nex_duration timeout,
                                  void (*cb)(void *arg, nex_status status), void *arg) {
    sim_transport *t = (sim_transport *)base;
    sim *world = t->process->world;
    flush *f = sim_alloc(sizeof *f);
    f->late.run = on_flush_late;
    f->late.drop = drop_flush;
    f->late.process = t->process;
    f->transport = ref(t);
    f->cb = cb;
    f->arg = arg;
    f->refs = 1;
    sim_schedule(world, &f->late, world->now + (uint64_t)timeout);
    if (reachable(t)) {
        hop *h = new_hop(HOP_FLUSH, t, NULL, NULL, on_arrive_at_server);
        h->flush = f;
        f->refs++;
        send_up(h, false);
    }
    return NEX_OK;
}

static size_t transport_max_payload(const nex_transport *transport) {
    (void)transport;
    return MAX_PAYLOAD;
}

static const char *transport_server(const nex_transport *transport) {
    return transport->state == NEX_BUS_CONNECTED ? "nats://simulated:4222" : "";
}

static const nex_transport_ops ops = {
    .publish = transport_publish,
    .subscribe = transport_subscribe,
    .unsubscribe = transport_unsubscribe,
    .flush = transport_flush,
    .close = transport_close,
    .max_payload = transport_max_payload,
    .server = transport_server,
};

/* ---- Connections that break and come back ------------------------------------------------- */

static void set_state(sim_transport *t, nex_bus_state state) {
    if (t->base.state == state || t->closed) {
        return;
    }
    sim_record(t->process->world, t->process, "state",
               state == NEX_BUS_CONNECTED ? "connected" : "disconnected", NULL, 0);
    t->base.state = state;
    if (t->base.on_state != NULL) {
        t->base.on_state(t->base.arg, state);
    }
}

static void keep(sim_event *event) {
    (void)event; /* part of its transport */
}

static sim_transport *of_change(sim_event *event) {
    return (sim_transport *)(void *)((char *)event - offsetof(sim_transport, change));
}

static void on_reconnect(sim_event *event);

static void on_notice(sim_event *event) {
    sim_transport *t = ref(of_change(event));
    sim *world = t->process->world;
    t->session++;
    forget_if(world->server, t, NULL);
    if (t->base.state == NEX_BUS_CONNECTED) {
        set_state(t, NEX_BUS_DISCONNECTED);
    }
    if (!t->closed && path_open(t->process)) {
        t->change.run = on_reconnect;
        sim_schedule(world, &t->change,
                     world->now + (uint64_t)NEX_MILLISECOND *
                                      (5 + sim_draw_below(&world->network_random, 500)));
    }
    unref(t);
}

static void on_reconnect(sim_event *event) {
    sim_transport *t = ref(of_change(event));
    if (path_open(t->process)) {
        t->session++;
        t->broken = false;
        for (nex_transport_sub *sub = t->subs; sub != NULL; sub = sub->next) {
            learn(t->process->world->server, sub);
        }
        set_state(t, NEX_BUS_CONNECTED);
    }
    unref(t);
}

static void notice_later(sim_transport *t, uint64_t within) {
    sim *world = t->process->world;
    t->broken = true;
    t->change.run = on_notice;
    sim_schedule(world, &t->change,
                 world->now + sim_draw_below(&world->network_random, within + 1));
}

void sim_server_cut_process(sim_process *process, bool cut) {
    for (sim_transport *t = process->transports; t != NULL; t = t->next) {
        /* Once it is back, the first packet tells both ends that the old connection is dead. */
        notice_later(t, cut ? (uint64_t)NEX_MINUTE : (uint64_t)(100 * NEX_MILLISECOND));
    }
}

void sim_server_forget_process(sim_process *process) {
    for (sim_transport *t = process->transports; t != NULL; t = t->next) {
        send_up(new_hop(HOP_BYE, t, NULL, NULL, on_arrive_at_server), false);
        sim_unschedule(process->world, &t->change);
    }
}

void sim_server_down(sim *world, bool down) {
    if (world->server->down == down) {
        return;
    }
    world->server->down = down;
    sim_record(world, NULL, down ? "server down" : "server up", "", NULL, 0);
    for (sim_process *p = world->processes; p != NULL; p = p->next) {
        for (sim_transport *t = p->transports; p->alive && t != NULL; t = t->next) {
            notice_later(t, (uint64_t)(5 * NEX_MILLISECOND)); /* a closed socket, or an open one */
        }
    }
}

nex_status sim_connect(void *arg, nex_bus **out, nex_loop *loop, const nex_bus_options *options,
                       nex_error *err) {
    sim_process *process = arg;
    *out = NULL;
    sim_transport *t = sim_alloc(sizeof *t);
    t->base.ops = &ops;
    t->process = process;
    t->refs = 1;
    t->session = 1;
    t->change.process = process;
    t->change.drop = keep;
    t->change.run = on_reconnect;
    t->base.state = NEX_BUS_CONNECTED;
    if (!path_open(process)) {
        if (!options->keep_trying) {
            free(t);
            return nex_error_set(err, NEX_EUNREACHABLE,
                                 "connect to NATS at nats://simulated:4222: no server");
        }
        t->base.state = NEX_BUS_CONNECTING;
        t->broken = true;
    }
    t->next = process->transports;
    process->transports = t;
    sim_record(process->world, process, "connect", "", NULL, 0);
    return nex_bus_new(out, loop, &t->base, options, err);
}
