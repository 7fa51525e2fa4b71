/* The simulation itself: one seed, one run; and its NATS behaves as the real one. */
#include "sim.h"

#include <nex/kv.h>
#include <nex/micro.h>
#include <nex/objectstore.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct peer {
    sim *world;
    sim_process *process;
    nex_loop *loop;
    nex_bus *bus;
    nex_micro *micro;
    nex_subscription *sub;
    int heard;
    int answers;
    int failures;
    int states;
    nex_status status;
    char text[64];
} peer;

static void on_state(void *arg, nex_bus_state state) {
    (void)state;
    ((peer *)arg)->states++;
}

static peer new_peer(sim *world, const char *name) {
    peer p = {.world = world, .process = sim_process_new(world, name)};
    p.loop = sim_process_loop(p.process);
    return p;
}

static void join(peer *p) {
    nex_bus_options options = {.on_state = on_state, .arg = p};
    nex_error err;
    assert_int_equal(sim_connect(p->process, &p->bus, p->loop, &options, &err), NEX_OK);
}

static void leave(peer *p) {
    nex_micro_free(p->micro);
    nex_bus_close(p->bus);
    nex_loop_free(p->loop);
}

static void hear(void *arg, const nex_msg *msg) {
    peer *p = arg;
    p->heard++;
    snprintf(p->text, sizeof p->text, "%.*s", (int)msg->len, (const char *)msg->data);
}

static void echo(void *arg, nex_call *call) {
    ((peer *)arg)->heard++;
    nex_call_reply(call, NULL, 0, call->msg.data, call->msg.len);
}

static void on_answer(void *arg, nex_status status, const nex_msg *reply) {
    peer *p = arg;
    p->status = status;
    if (reply != NULL) {
        p->answers++;
    } else {
        p->failures++;
    }
}

static void say(peer *p, const char *subject, const char *text) {
    nex_msg msg = {.subject = subject, .data = text, .len = strlen(text)};
    assert_int_equal(nex_bus_publish(p->bus, &msg), NEX_OK);
}

static void ask(peer *p, const char *subject) {
    nex_msg msg = {.subject = subject, .data = "x", .len = 1};
    assert_int_equal(nex_bus_request(p->bus, &msg, NEX_SECOND, on_answer, p, NULL), NEX_OK);
}

/* ---- A busy world, for the trace ---------------------------------------------------------- */

enum { PEERS = 5 };

typedef struct crowd {
    sim *world;
    peer peers[PEERS];
    nex_timer *timers[PEERS];
} crowd;

typedef struct ticker {
    crowd *crowd;
    size_t index;
} ticker;

static void tick(void *arg) {
    ticker *t = arg;
    peer *p = &t->crowd->peers[t->index];
    char id[NEX_ID_SIZE];
    nex_loop_id(p->loop, id);
    nex_msg msg = {.subject = "svc.echo", .data = id, .len = strlen(id)};
    nex_bus_request(p->bus, &msg, NEX_SECOND, on_answer, p, NULL);
    msg.subject = "news";
    nex_bus_publish(p->bus, &msg);
}

static uint64_t run_crowd(uint64_t seed, int *answers) {
    crowd c = {.world = sim_new(seed)};
    ticker tickers[PEERS];
    nex_error err;
    sim_set_faults(c.world, &(sim_faults){.delay_min = 10 * NEX_MICROSECOND,
                                          .delay_max = 5 * NEX_MILLISECOND,
                                          .drop = 20000,
                                          .duplicate = 20000,
                                          .reorder = 20000});
    for (size_t i = 0; i < PEERS; i++) {
        char name[16];
        snprintf(name, sizeof name, "peer%zu", i);
        peer *p = &c.peers[i];
        *p = new_peer(c.world, name);
        join(p);
        nex_micro_options options = {.name = "peer", .version = "1.0.0"};
        assert_int_equal(nex_micro_new(&p->micro, p->bus, &options, &err), NEX_OK);
        assert_int_equal(
            nex_micro_add_endpoint(p->micro, "Echo", "svc.echo", "crew", echo, p, &err), NEX_OK);
        assert_int_equal(nex_bus_subscribe(p->bus, "news", NULL, hear, p, &p->sub), NEX_OK);
        tickers[i] = (ticker){&c, i};
        assert_int_equal(nex_timer_new(p->loop, &c.timers[i], tick, &tickers[i]), NEX_OK);
        nex_timer_start(c.timers[i], 0, 50 * NEX_MILLISECOND);
    }
    sim_run_for(c.world, 2 * NEX_SECOND);
    sim_process_cut(c.peers[1].process, true);
    sim_process_crash(c.peers[2].process);
    sim_run_for(c.world, 30 * NEX_SECOND);
    sim_process_cut(c.peers[1].process, false);
    sim_server_down(c.world, true);
    sim_run_for(c.world, NEX_SECOND);
    sim_server_down(c.world, false);
    sim_run_for(c.world, 5 * NEX_SECOND);
    *answers = 0;
    for (size_t i = 0; i < PEERS; i++) {
        *answers += c.peers[i].answers;
        nex_timer_free(c.timers[i]);
        leave(&c.peers[i]);
    }
    uint64_t hash = sim_trace_hash(c.world);
    assert_true(sim_steps(c.world) > 1000);
    sim_free(c.world);
    return hash;
}

static void one_seed_is_one_run(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        int answers_a;
        int answers_b;
        uint64_t a = run_crowd(seed, &answers_a);
        uint64_t b = run_crowd(seed, &answers_b);
        assert_true(a == b);
        assert_int_equal(answers_a, answers_b);
        assert_true(answers_a > 1000);
        int other;
        assert_true(run_crowd(seed + 1000, &other) != a);
    }
}

/* ---- The network as NATS has it ----------------------------------------------------------- */

static void time_passes_from_event_to_event(void **state) {
    (void)state;
    sim *world = sim_new(7);
    peer p = new_peer(world, "p");
    uint64_t start = sim_now(world);
    assert_null(nex_loop_uv(p.loop));
    nex_time day = nex_loop_time(p.loop);
    sim_run_for(world, 24 * NEX_HOUR);
    assert_true(sim_now(world) - start == (uint64_t)(24 * NEX_HOUR));
    assert_true(nex_time_sub(nex_loop_time(p.loop), day) == 24 * NEX_HOUR);
    assert_false(sim_step(world)); /* nothing was left to do */
    nex_loop_free(p.loop);
    sim_free(world);
}

static void messages_keep_their_order(void **state) {
    (void)state;
    sim *world = sim_new(8);
    peer a = new_peer(world, "a");
    peer b = new_peer(world, "b");
    join(&a);
    join(&b);
    assert_int_equal(nex_bus_subscribe(b.bus, "n.*", NULL, hear, &b, &b.sub), NEX_OK);
    sim_run_for(world, NEX_SECOND);
    for (int i = 1; i <= 100; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        say(&a, "n.x", text);
    }
    assert_int_equal(b.heard, 0);
    for (int i = 1; i <= 100; i++) {
        while (b.heard < i) {
            assert_true(sim_step(world));
        }
        assert_int_equal(atoi(b.text), i);
    }
    say(&a, "m.x", "not for b");
    sim_run_for(world, NEX_SECOND);
    assert_int_equal(b.heard, 100);
    leave(&a);
    leave(&b);
    sim_free(world);
}

static void requests_find_listeners_or_none(void **state) {
    (void)state;
    sim *world = sim_new(9);
    peer a = new_peer(world, "a");
    peer b = new_peer(world, "b");
    join(&a);
    join(&b);
    ask(&a, "svc.echo");
    sim_run_for(world, 10 * NEX_MILLISECOND);
    assert_int_equal(a.status, NEX_EUNREACHABLE); /* no responders, at once */

    nex_error err;
    nex_micro_options options = {.name = "b", .version = "1.0.0"};
    assert_int_equal(nex_micro_new(&b.micro, b.bus, &options, &err), NEX_OK);
    assert_int_equal(nex_micro_add_endpoint(b.micro, "E", "svc.echo", "q", echo, &b, &err), NEX_OK);
    sim_run_for(world, 10 * NEX_MILLISECOND);
    ask(&a, "svc.echo");
    sim_run_for(world, 10 * NEX_MILLISECOND);
    assert_int_equal(a.answers, 1);

    sim_process_crash(b.process);
    ask(&a, "svc.echo"); /* on its way before the server knows */
    sim_run_for(world, 10 * NEX_MILLISECOND);
    ask(&a, "svc.echo");
    sim_run_for(world, 2 * NEX_SECOND);
    assert_int_equal(a.failures, 3);
    assert_int_equal(a.status == NEX_EUNREACHABLE || a.status == NEX_ETIMEOUT, 1);
    assert_int_equal(b.heard, 1);
    assert_false(sim_process_alive(b.process));
    leave(&a);
    leave(&b);
    sim_free(world);
}

static void a_queue_group_shares(void **state) {
    (void)state;
    sim *world = sim_new(10);
    peer a = new_peer(world, "a");
    peer b = new_peer(world, "b");
    join(&a);
    join(&b);
    nex_subscription *other;
    assert_int_equal(nex_bus_subscribe(a.bus, "w", "q", hear, &a, &a.sub), NEX_OK);
    assert_int_equal(nex_bus_subscribe(b.bus, "w", "q", hear, &b, &b.sub), NEX_OK);
    assert_int_equal(nex_bus_subscribe(b.bus, "w", "r", hear, &b, &other), NEX_OK);
    sim_run_for(world, NEX_SECOND);
    for (int i = 0; i < 100; i++) {
        say(&a, "w", "");
    }
    sim_run_for(world, NEX_SECOND);
    assert_int_equal(a.heard + b.heard, 200);
    assert_true(a.heard > 20 && a.heard < 80); /* drawn by chance */
    leave(&a);
    leave(&b);
    sim_free(world);
}

static void a_cut_is_noticed_and_healed(void **state) {
    (void)state;
    sim *world = sim_new(11);
    peer a = new_peer(world, "a");
    peer b = new_peer(world, "b");
    join(&a);
    join(&b);
    assert_int_equal(nex_bus_subscribe(b.bus, "n", NULL, hear, &b, &b.sub), NEX_OK);
    sim_run_for(world, NEX_SECOND);
    sim_process_cut(b.process, true);
    say(&a, "n", "lost");
    sim_run_for(world, 2 * NEX_MINUTE);
    assert_int_equal(b.heard, 0);
    assert_int_equal(b.states, 1);
    assert_int_equal(nex_bus_get_state(b.bus), NEX_BUS_DISCONNECTED);
    ask(&b, "n");
    sim_run_for(world, NEX_MILLISECOND);
    assert_int_equal(b.status, NEX_EUNREACHABLE); /* said at once */
    say(&b, "n", "kept");
    sim_process_cut(b.process, false);
    sim_run_for(world, 2 * NEX_SECOND);
    assert_int_equal(nex_bus_get_state(b.bus), NEX_BUS_CONNECTED);
    assert_int_equal(b.states, 2);
    assert_string_equal(b.text, "kept"); /* sent once connected, to its own subscription */
    say(&a, "n", "again");
    sim_run_for(world, NEX_SECOND);
    assert_string_equal(b.text, "again");
    assert_int_equal(b.heard, 2);
    leave(&a);
    leave(&b);
    sim_free(world);
}

static void on_flushed(void *arg, nex_status status) {
    peer *p = arg;
    p->status = status;
    p->answers++;
}

static void a_flush_is_a_round_trip(void **state) {
    (void)state;
    sim *world = sim_new(12);
    peer a = new_peer(world, "a");
    join(&a);
    a.status = NEX_EINTERNAL;
    assert_int_equal(nex_bus_flush(a.bus, NEX_SECOND, on_flushed, &a), NEX_OK);
    sim_run_for(world, 5 * NEX_SECOND);
    assert_int_equal(a.status, NEX_OK);
    sim_process_cut(a.process, true);
    assert_int_equal(nex_bus_flush(a.bus, NEX_MILLISECOND, on_flushed, &a), NEX_OK);
    sim_run_for(world, 10 * NEX_MILLISECOND);
    assert_int_equal(a.status, NEX_ETIMEOUT);
    assert_int_equal(a.answers, 2);
    leave(&a);
    sim_free(world);
}

static void hear_never(void *arg) {
    ((peer *)arg)->heard++;
}

static void the_dead_do_nothing(void **state) {
    (void)state;
    sim *world = sim_new(13);
    peer a = new_peer(world, "a");
    peer b = new_peer(world, "b");
    join(&a);
    join(&b);
    assert_int_equal(nex_bus_subscribe(b.bus, ">", NULL, hear, &b, &b.sub), NEX_OK);
    sim_run_for(world, NEX_SECOND);
    say(&a, "last.words", "sent before");
    nex_timer *timer;
    peer counted = {0};
    assert_int_equal(nex_timer_new(a.loop, &timer, hear_never, &counted), NEX_OK);
    nex_timer_start(timer, NEX_MILLISECOND, 0);
    sim_process_crash(a.process);
    say(&a, "ghost", "sent after");
    sim_run_for(world, NEX_SECOND);
    assert_int_equal(b.heard, 1);
    assert_string_equal(b.text, "sent before");
    assert_int_equal(counted.heard, 0);
    nex_timer_free(timer);
    leave(&a);
    leave(&b);
    sim_free(world);
}

/* ---- JetStream ---------------------------------------------------------------------------- */

typedef struct bucket {
    int done;
    nex_status status;
    char text[256];
} bucket;

static void on_done(void *arg, nex_status status, const nex_error *err) {
    bucket *b = arg;
    (void)err;
    b->status = status;
    b->done++;
}

static void on_got(void *arg, nex_status status, const nex_kv_entry *entry, const nex_error *err) {
    bucket *b = arg;
    if (entry != NULL) {
        snprintf(b->text, sizeof b->text, "%.*s", (int)entry->len, (const char *)entry->value);
    }
    on_done(arg, status, err);
}

static void on_entry(void *arg, const nex_kv_entry *entry) {
    bucket *b = arg;
    size_t used = strlen(b->text);
    snprintf(b->text + used, sizeof b->text - used, "%s=%.*s;", entry->key, (int)entry->len,
             (const char *)entry->value);
}

static bool is_done(void *arg) {
    return ((bucket *)arg)->done > 0;
}

static void settle(sim *world, bucket *b) {
    assert_true(sim_run_until(world, is_done, b, 10 * NEX_SECOND));
    b->done = 0;
}

static void a_bucket_keeps_values(void **state) {
    (void)state;
    sim *world = sim_new(14);
    peer a = new_peer(world, "a");
    join(&a);
    nex_error err;
    nex_kv *kv;
    bucket b = {0};
    nex_kv_options options = {.bucket = "nex-A", .max_value_size = 100};
    assert_int_equal(nex_kv_new(&kv, a.bus, &options, &err), NEX_OK);
    assert_int_equal(nex_kv_get(kv, "k", on_got, &b), NEX_OK);
    settle(world, &b);
    assert_int_equal(b.status, NEX_ENOTFOUND);
    assert_int_equal(nex_kv_create(kv, on_done, &b), NEX_OK);
    settle(world, &b);
    assert_int_equal(b.status, NEX_OK);
    const char *keys[] = {"a", "b", "c"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(nex_kv_put(kv, keys[i], "old", 3, on_done, &b), NEX_OK);
        settle(world, &b);
        assert_int_equal(nex_kv_put(kv, keys[i], keys[i], 1, on_done, &b), NEX_OK);
        settle(world, &b);
        assert_int_equal(b.status, NEX_OK);
    }
    assert_int_equal(sim_jetstream_count(world, "KV_nex-A"), 3);
    assert_int_equal(nex_kv_get(kv, "b", on_got, &b), NEX_OK);
    settle(world, &b);
    assert_string_equal(b.text, "b");
    assert_int_equal(nex_kv_purge(kv, "b", on_done, &b), NEX_OK);
    settle(world, &b);
    assert_int_equal(nex_kv_delete(kv, "c", on_done, &b), NEX_OK);
    settle(world, &b);
    assert_int_equal(nex_kv_get(kv, "b", on_got, &b), NEX_OK);
    settle(world, &b);
    assert_int_equal(b.status, NEX_ENOTFOUND);
    b.text[0] = '\0';
    assert_int_equal(nex_kv_put(kv, "d", "", 0, on_done, &b), NEX_OK);
    settle(world, &b);
    assert_int_equal(nex_kv_list(kv, on_entry, on_done, &b), NEX_OK);
    settle(world, &b);
    assert_int_equal(b.status, NEX_OK);
    assert_string_equal(b.text, "a=a;d=;");
    char big[200] = "";
    assert_int_equal(nex_kv_put(kv, "d", big, sizeof big, on_done, &b), NEX_OK);
    settle(world, &b);
    assert_int_equal(b.status, NEX_ELIMIT);

    sim_jetstream_lose(world, 1); /* the last write: d */
    b.text[0] = '\0';
    assert_int_equal(nex_kv_list(kv, on_entry, on_done, &b), NEX_OK);
    settle(world, &b);
    assert_string_equal(b.text, "a=a;");
    nex_kv_free(kv);
    leave(&a);
    sim_free(world);
}

typedef struct object {
    bucket bucket;
    size_t given;
    size_t received;
} object;

enum { OBJECT_SIZE = 300000 };

static nex_status give(void *arg, void *buf, size_t size, size_t *len, nex_error *err) {
    object *o = arg;
    (void)err;
    *len = size < OBJECT_SIZE - o->given ? size : OBJECT_SIZE - o->given;
    memset(buf, 'x', *len);
    o->given += *len;
    return NEX_OK;
}

static nex_status receive(void *arg, const void *data, size_t len, nex_error *err) {
    object *o = arg;
    (void)data;
    (void)err;
    o->received += len;
    return NEX_OK;
}

static void an_object_store_keeps_objects(void **state) {
    (void)state;
    sim *world = sim_new(15);
    peer a = new_peer(world, "a");
    join(&a);
    nex_error err;
    nex_objectstore *store;
    object o = {.given = 0};
    nex_objectstore_options options = {.bucket = "artifacts"};
    assert_int_equal(nex_objectstore_new(&store, a.bus, &options, &err), NEX_OK);
    assert_int_equal(nex_objectstore_create(store, on_done, &o.bucket), NEX_OK);
    settle(world, &o.bucket);
    for (int i = 0; i < 2; i++) { /* the second replaces the first */
        o.given = 0;
        assert_int_equal(nex_objectstore_put(store, "x_latest", NULL, give, on_done, &o), NEX_OK);
        settle(world, &o.bucket);
        assert_int_equal(o.bucket.status, NEX_OK);
    }
    sim_run_for(world, NEX_SECOND);
    assert_int_equal(sim_jetstream_count(world, "OBJ_artifacts"), 4);
    assert_int_equal(nex_objectstore_get(store, "x_latest", receive, on_done, &o), NEX_OK);
    settle(world, &o.bucket);
    assert_int_equal(o.bucket.status, NEX_OK);
    assert_int_equal(o.received, OBJECT_SIZE);
    nex_objectstore_free(store);
    leave(&a);
    sim_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_seed_is_one_run),
        cmocka_unit_test(time_passes_from_event_to_event),
        cmocka_unit_test(messages_keep_their_order),
        cmocka_unit_test(requests_find_listeners_or_none),
        cmocka_unit_test(a_queue_group_shares),
        cmocka_unit_test(a_cut_is_noticed_and_healed),
        cmocka_unit_test(a_flush_is_a_round_trip),
        cmocka_unit_test(the_dead_do_nothing),
        cmocka_unit_test(a_bucket_keeps_values),
        cmocka_unit_test(an_object_store_keeps_objects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
