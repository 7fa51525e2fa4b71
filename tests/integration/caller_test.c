/*
 * The blocking client, on a real node: each call, from many threads, and what happens when it is
 * cancelled, cut off, or too slow. And the programs of docs/client.md.
 */
#include "cli_run.h"
#include "node_process.h"

#include <client/caller.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 8 };

#define HELLO "{\"uri\":\"file:///bin/sh\",\"argv\":[\"-c\",\"echo hello; exec sleep 3600\"]}"

static nexus_run nexus;
static node_run node;
static nex_caller *caller;

static nex_caller *open_caller(const char *namespace_, size_t max_pending) {
    const char *url = nats_server_url(nexus.server);
    nex_bus_options connection = {.servers = &url, .server_count = 1, .max_pending = max_pending};
    nex_client_options options = {.namespace_ = namespace_};
    nex_caller *made = NULL;
    nex_error err;
    if (nex_caller_open(&made, &connection, &options, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    return made;
}

static int begin(void **state) {
    (void)state;
    nexus_run_start(&nexus, false);
    NODE_START(&nexus, &node, "--node-name", "alpha");
    caller = open_caller("default", 0);
    return 0;
}

static int end(void **state) {
    (void)state;
    nex_caller_close(caller);
    if (node.process.pid > 0) {
        assert_int_equal(node_end(&node, SIGTERM), 0);
    }
    nexus_run_end(&nexus);
    return 0;
}

static void assert_good(nex_status status, const nex_error *err) {
    if (status != NEX_OK) {
        fail_msg("%s", err->message);
    }
}

static nex_answer *start(nex_caller *with, const char *name) {
    nex_start_workload_request request = {.name = (char *)(uintptr_t)name,
                                          .workload_type = (char *)(uintptr_t) "native",
                                          .workload_lifecycle = NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                          .run_request = (char *)(uintptr_t)HELLO};
    nex_answer *answer = NULL;
    nex_error err;
    assert_good(nex_caller_start(with, &(nex_start_options){.request = &request}, &answer, &err),
                &err);
    return answer;
}

static void each_call(void **state) {
    (void)state;
    nex_error err;
    nex_answer *answer = NULL;
    nex_auction_options auction = {.type = "native"};
    assert_good(nex_caller_auction(caller, &auction, &answer, &err), &err);
    assert_int_equal(answer->bid_count, 1);
    assert_string_equal(answer->bids[0].node_id, node.id);
    nex_answer_free(answer);

    nex_answer *first = start(caller, "first");
    assert_string_equal(first->started.node_id, node.id);
    assert_good(nex_caller_list(caller, NULL, &answer, &err), &err);
    assert_int_equal(answer->workload_count, 1);
    assert_string_equal(answer->workloads[0].summary->id, first->started.id);
    nex_answer_free(answer);

    nex_clone_options clone = {.workload_id = first->started.id, .stop = true};
    assert_good(nex_caller_clone(caller, &clone, &answer, &err), &err);
    assert_string_not_equal(answer->started.id, first->started.id);
    assert_non_null(answer->stopped);
    assert_true(answer->stopped->stopped);
    nex_answer_free(first);
    first = answer;
    assert_good(nex_caller_stop(caller, first->started.id, &answer, &err), &err);
    assert_true(answer->stopped->stopped);
    nex_answer_free(answer);
    /* An outcome that is no success comes with an answer too. */
    assert_int_equal(nex_caller_stop(caller, first->started.id, &answer, &err), NEX_ENOTFOUND);
    assert_int_equal(answer->outcome.answered, 1);
    assert_non_null(strstr(err.message, first->started.id));
    nex_answer_free(answer);
    nex_answer_free(first);

    assert_good(nex_caller_list_nodes(caller, NULL, &answer, &err), &err);
    assert_int_equal(answer->node_count, 1);
    nex_answer_free(answer);
    assert_good(nex_caller_ping(caller, node.id, &answer, &err), &err);
    assert_string_equal(answer->ping->node_id, node.id);
    nex_answer_free(answer);
    assert_good(nex_caller_node_info(caller, node.id, &answer, &err), &err);
    assert_string_equal(nex_string_map_get(&answer->info->tags, "nex.node"), "alpha");
    nex_answer_free(answer);
    assert_int_equal(nex_caller_ping(caller, "NOBODY", &answer, &err), NEX_ENOTFOUND);
    nex_answer_free(answer);
    /* What cannot even begin has none. */
    assert_int_equal(nex_caller_ping(caller, "a.b", &answer, &err), NEX_EINVAL);
    assert_null(answer);
    nex_lameduck_options drain = {.node_id = node.id, .delay = NEX_SECOND};
    assert_good(nex_caller_lameduck(caller, &drain, &answer, &err), &err);
    assert_int_equal(answer->drained_count, 1);
    nex_answer_free(answer);
    assert_int_equal(process_wait_end(&node.process, 20), 0);
}

static void *run_thread(void *arg) {
    char name[32];
    nex_error err;
    snprintf(name, sizeof name, "of-%zu", (size_t)arg);
    for (int i = 0; i < 3; i++) {
        nex_answer *started = start(caller, name);
        nex_answer *list = NULL;
        assert_good(nex_caller_list(caller, NULL, &list, &err), &err);
        assert_true(list->workload_count >= 1);
        nex_answer *stopped = NULL;
        assert_good(nex_caller_stop(caller, started->started.id, &stopped, &err), &err);
        nex_answer_free(started);
        nex_answer_free(list);
        nex_answer_free(stopped);
    }
    return NULL;
}

static void many_threads(void **state) {
    (void)state;
    pthread_t threads[THREADS];
    nex_error err;
    nex_answer *answer = NULL;
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, run_thread, (void *)i), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_good(nex_caller_list(caller, NULL, &answer, &err), &err);
    assert_int_equal(answer->workload_count, 0);
    nex_answer_free(answer);
}

static void feeds(void **state) {
    (void)state;
    nex_error err;
    nex_feed *logs = NULL;
    nex_feed *events = NULL;
    nex_feed_output output;
    nex_feed_event event;
    assert_good(nex_caller_follow_logs(caller, NULL, &logs, &err), &err);
    assert_good(nex_caller_follow_events(caller, "WORKLOADSTARTED", &events, &err), &err);
    assert_int_equal(nex_feed_next_output(logs, NEX_MILLISECOND, &output), NEX_ETIMEOUT);
    assert_int_equal(nex_feed_next_event(logs, 0, &event), NEX_ESTATE);
    nex_answer *started = start(caller, "talker");
    assert_int_equal(nex_feed_next_output(logs, 20 * NEX_SECOND, &output), NEX_OK);
    assert_string_equal(output.workload_id, started->started.id);
    assert_string_equal(output.stream, "stdout");
    assert_int_equal(output.len, 6);
    assert_memory_equal(output.data, "hello\n", 6);
    assert_int_equal(nex_feed_next_event(events, 20 * NEX_SECOND, &event), NEX_OK);
    assert_string_equal(event.type, "WORKLOADSTARTED");
    assert_string_equal(event.from, "default");
    assert_non_null(strstr(event.json, started->started.id));
    nex_answer *stopped = NULL;
    assert_good(nex_caller_stop(caller, started->started.id, &stopped, &err), &err);
    nex_answer_free(stopped);
    nex_answer_free(started);
    assert_int_equal(nex_caller_cancel(caller), NEX_OK);
    assert_int_equal(nex_feed_next_event(events, 20 * NEX_SECOND, &event), NEX_ECANCELED);
    nex_feed_free(events);
    nex_caller_close(caller);
    assert_int_equal(nex_feed_next_output(logs, 20 * NEX_SECOND, &output), NEX_ECANCELED);
    nex_feed_free(logs); /* after its caller */
    caller = open_caller("default", 0);
}

/* ---- Trouble ------------------------------------------------------------------------------- */

typedef struct waiting {
    nex_caller *caller;
    nex_status status;
    nex_answer *answer;
} waiting;

static void *list_in_thread(void *arg) {
    waiting *w = arg;
    w->status = nex_caller_list(w->caller, NULL, &w->answer, NULL);
    return NULL;
}

static nex_status has_begun(void *arg, nex_client *client, nex_error *err) {
    (void)arg;
    (void)client;
    (void)err;
    return NEX_OK;
}

/* A list that nobody answers, since the server sleeps; returns once it was asked. */
static pthread_t begin_list(waiting *w) {
    pthread_t thread;
    nats_server_freeze(nexus.server);
    assert_int_equal(pthread_create(&thread, NULL, list_in_thread, w), 0);
    for (size_t inside = 0; inside == 0; sched_yield()) {
        pthread_mutex_lock(&w->caller->mutex);
        inside = w->caller->inside;
        pthread_mutex_unlock(&w->caller->mutex);
    }
    assert_int_equal(nex_caller_do(w->caller, has_begun, NULL, NULL), NEX_OK);
    return thread;
}

static void cancelled_by_another_thread(void **state) {
    (void)state;
    waiting w = {.caller = caller};
    pthread_t thread = begin_list(&w);
    double since = seconds_now();
    /* Again until it has gone: it may not have been asked when the first one came. */
    struct timespec now;
    do {
        assert_int_equal(nex_caller_cancel(caller), NEX_OK);
        clock_gettime(CLOCK_REALTIME, &now);
        now.tv_nsec += 10000000;
        now.tv_sec += now.tv_nsec / 1000000000;
        now.tv_nsec %= 1000000000;
    } while (pthread_timedjoin_np(thread, NULL, &now) != 0);
    assert_int_equal(w.status, NEX_ECANCELED);
    assert_null(w.answer);
    assert_true(seconds_now() - since < 2);
    nats_server_thaw(nexus.server);
}

static void closed_under_a_call(void **state) {
    (void)state;
    waiting w = {.caller = open_caller("default", 0)};
    pthread_t thread = begin_list(&w);
    nats_server_thaw(nexus.server); /* closing waits for the server, a second at most */
    nex_caller_close(w.caller);
    pthread_join(thread, NULL);
    /* It was faster, or it was ended; never anything else. */
    assert_true(w.status == NEX_ECANCELED || w.status == NEX_OK);
    nex_answer_free(w.answer);
}

static void without_a_connection(void **state) {
    (void)state;
    nex_error err;
    nex_answer *answer = NULL;
    nats_server_kill(nexus.server);
    double since = seconds_now();
    nex_status status;
    do { /* until it has noticed */
        status = nex_caller_ping(caller, node.id, &answer, &err);
        nex_answer_free(answer);
    } while (status == NEX_OK);
    assert_true(status == NEX_EUNREACHABLE || status == NEX_ETIMEOUT);
    assert_int_equal(nex_caller_ping(caller, node.id, &answer, &err), NEX_EUNREACHABLE);
    assert_non_null(strstr(err.message, "not connected"));
    nex_answer_free(answer);
    assert_int_equal(nex_caller_list(caller, NULL, &answer, &err), NEX_EUNREACHABLE);
    nex_answer_free(answer);
    assert_true(seconds_now() - since < 20);
    nats_server_restart(nexus.server);
    do {
        assert_true(seconds_now() - since < 60);
        status = nex_caller_ping(caller, node.id, &answer, &err);
        nex_answer_free(answer);
    } while (status != NEX_OK);
}

static nex_status call_from_inside(void *arg, nex_client *client, nex_error *err) {
    (void)arg;
    (void)client;
    nex_answer *answer = NULL;
    return nex_caller_list(caller, NULL, &answer, err);
}

static void not_from_its_own_thread(void **state) {
    (void)state;
    nex_error err;
    assert_int_equal(nex_caller_do(caller, call_from_inside, NULL, &err), NEX_ESTATE);
    assert_non_null(strstr(err.message, "own thread"));
}

/* ---- Too slow ------------------------------------------------------------------------------ */

static void publish(const char *subject, const void *data, size_t len) {
    nex_msg msg = {.subject = subject, .data = data, .len = len};
    assert_int_equal(nex_bus_publish(nexus.bus, &msg), NEX_OK);
}

static void on_flushed(void *arg, nex_status status) {
    (void)arg;
    assert_int_equal(status, NEX_OK);
    loop_wait_done(&nexus.wait);
}

static void flush(void) {
    assert_int_equal(nex_bus_flush(nexus.bus, 10 * NEX_SECOND, on_flushed, NULL), NEX_OK);
    loop_wait_run(&nexus.wait, "a flush");
}

typedef struct counter {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    unsigned count;
} counter;

static void on_counted(void *arg, const nex_feed_output *output) {
    counter *c = arg;
    (void)output;
    pthread_mutex_lock(&c->mutex);
    c->count++;
    pthread_cond_broadcast(&c->changed);
    pthread_mutex_unlock(&c->mutex);
}

static nex_status count_pieces(void *arg, nex_client *client, nex_error *err) {
    return nex_client_follow_logs(client, "w1", on_counted, arg, NULL, err);
}

static void a_feed_that_nobody_takes_from(void **state) {
    (void)state;
    static char big[512 * 1024];
    enum { SENT = 32 }; /* 16 MiB */
    counter arrived = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    nex_caller *own = open_caller("default", 0);
    nex_error err;
    nex_feed *logs = NULL;
    nex_feed_output output;
    memset(big, 'x', sizeof big);
    assert_good(nex_caller_follow_logs(own, "w1", &logs, &err), &err);
    assert_good(nex_caller_do(own, count_pieces, &arrived, &err), &err);
    nex_answer *pinged = NULL; /* so that the server knows of it */
    assert_good(nex_caller_ping(own, node.id, &pinged, &err), &err);
    nex_answer_free(pinged);
    for (int i = 0; i < SENT; i++) {
        publish("$NEX.FEED.default.logs.w1.stdout", big, sizeof big);
        flush();
    }
    pthread_mutex_lock(&arrived.mutex);
    while (arrived.count < SENT) {
        pthread_cond_wait(&arrived.changed, &arrived.mutex);
    }
    pthread_mutex_unlock(&arrived.mutex);
    publish("$NEX.FEED.default.logs.w1.stdout", "end", 3);
    flush();
    uint64_t taken = 0;
    uint64_t missed = 0;
    do {
        assert_int_equal(nex_feed_next_output(logs, 20 * NEX_SECOND, &output), NEX_OK);
        missed += output.missed;
        taken++;
    } while (output.len == sizeof big);
    assert_true(missed > 0);
    assert_int_equal(taken + missed, SENT + 1);
    nex_feed_free(logs);
    nex_caller_close(own);
}

typedef struct slow {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool blocked, release;
    uint64_t heard, missed;
} slow;

static void on_output(void *arg, const nex_feed_output *output) {
    slow *s = arg;
    pthread_mutex_lock(&s->mutex);
    s->heard++;
    s->missed += output->missed;
    if (s->heard == 1) {
        s->blocked = true;
        pthread_cond_broadcast(&s->changed);
        while (!s->release) {
            pthread_cond_wait(&s->changed, &s->mutex);
        }
    }
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->mutex);
}

static nex_status follow(void *arg, nex_client *client, nex_error *err) {
    return nex_client_follow_logs(client, "w1", on_output, arg, NULL, err);
}

static void a_callback_that_takes_its_time(void **state) {
    (void)state;
    enum { SENT = 500, ROOM = 16 };
    slow s = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    nex_caller *small = open_caller("default", ROOM);
    nex_error err;
    nex_answer *pinged = NULL;
    assert_good(nex_caller_do(small, follow, &s, &err), &err);
    assert_good(nex_caller_ping(small, node.id, &pinged, &err), &err);
    nex_answer_free(pinged);
    publish("$NEX.FEED.default.logs.w1.stdout", "first", 5);
    flush();
    pthread_mutex_lock(&s.mutex);
    while (!s.blocked) {
        pthread_cond_wait(&s.changed, &s.mutex);
    }
    pthread_mutex_unlock(&s.mutex);
    /* An answer to an operation that is under way meanwhile is not lost. */
    waiting w = {.caller = small};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, list_in_thread, &w), 0);
    for (int i = 0; i < SENT; i++) {
        publish("$NEX.FEED.default.logs.w1.stdout", "more", 4);
    }
    flush();
    pthread_mutex_lock(&s.mutex);
    s.release = true;
    pthread_cond_broadcast(&s.changed);
    pthread_mutex_unlock(&s.mutex);
    pthread_join(thread, NULL);
    assert_int_equal(w.status, NEX_OK);
    nex_answer_free(w.answer);
    /* Each message was heard or counted, once one more has come. */
    double until = seconds_now() + 30;
    uint64_t sent = SENT + 1;
    uint64_t all = 0;
    while (all != sent) {
        assert_true(seconds_now() < until);
        publish("$NEX.FEED.default.logs.w1.stdout", "last", 4);
        sent++;
        flush();
        assert_good(nex_caller_ping(small, node.id, &pinged, &err), &err);
        nex_answer_free(pinged);
        pthread_mutex_lock(&s.mutex);
        all = s.heard + s.missed;
        pthread_mutex_unlock(&s.mutex);
    }
    assert_true(s.missed > 0);
    nex_caller_close(small);
}

/* ---- docs/client.md ------------------------------------------------------------------------ */

static void the_programs_of_the_guide(void **state) {
    (void)state;
    char line[256];
    const char *url = nats_server_url(nexus.server);
    process_run watch;
    process_start(&nexus, &watch, NEX_GUIDE_WATCH, (const char *const[]){url, "1", NULL});
    process_wait_log(&watch, "watching", 1);
    cli_result r = cli_run_program(NEX_GUIDE_DEPLOY, NULL, (const char *const[]){url, NULL});
    snprintf(line, sizeof line, "started on %s\nit says: hello\n", node.id);
    assert_int_equal(r.status, 0);
    assert_string_equal(r.out, line);
    cli_result_free(&r);
    assert_int_equal(process_wait_end(&watch, 20), 0);
    assert_int_equal(process_count_log(&watch, " of default ended "), 1);
    nex_answer *started = start(caller, "shown");
    r = cli_run_program(NEX_GUIDE_LIST, NULL, (const char *const[]){url, NULL});
    snprintf(line, sizeof line, "%s shown on %s\n", started->started.id, node.id);
    assert_int_equal(r.status, 0);
    assert_string_equal(r.out, line);
    cli_result_free(&r);
    nex_answer *stopped = NULL;
    nex_error err;
    assert_good(nex_caller_stop(caller, started->started.id, &stopped, &err), &err);
    nex_answer_free(started);
    nex_answer_free(stopped);
    /* Without a server they say so. */
    r = cli_run_program(NEX_GUIDE_DEPLOY, NULL, (const char *const[]){"nats://127.0.0.1:1", NULL});
    assert_int_equal(r.status, 1);
    assert_non_null(strstr(r.err, "nats://127.0.0.1:1"));
    cli_result_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_threads),
        cmocka_unit_test(feeds),
        cmocka_unit_test(cancelled_by_another_thread),
        cmocka_unit_test(closed_under_a_call),
        cmocka_unit_test(without_a_connection),
        cmocka_unit_test(not_from_its_own_thread),
        cmocka_unit_test(a_feed_that_nobody_takes_from),
        cmocka_unit_test(a_callback_that_takes_its_time),
        cmocka_unit_test(the_programs_of_the_guide),
        cmocka_unit_test(each_call), /* the last: it drains the node */
    };
    return cmocka_run_group_tests(tests, begin, end);
}
