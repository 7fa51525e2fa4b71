/* Publish, subscribe, requests: on a real nats-server. */
#include <nex/bus.h>

#include "loop_wait.h"
#include "nats_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    nats_server *server;
    nex_loop *loop;
    nex_bus *bus;
    loop_wait wait;
} fixture;

static int start_server(void **state) {
    static nats_server *server;
    server = nats_server_start(NULL);
    *state = server;
    return 0;
}

static int stop_server(void **state) {
    nats_server_stop(*state);
    return 0;
}

static nex_bus *connect_to(nats_server *server, nex_loop *loop) {
    const char *url = nats_server_url(server);
    nex_bus_options options = {.servers = &url, .server_count = 1, .name = "bus_request_test"};
    nex_bus *bus = NULL;
    nex_error err;
    if (nex_bus_connect(&bus, loop, &options, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(nex_bus_get_state(bus), NEX_BUS_CONNECTED);
    return bus;
}

static fixture set_up(void **state) {
    fixture f = {.server = *state};
    nex_error err;
    assert_int_equal(nex_loop_new(&f.loop, &err), NEX_OK);
    f.bus = connect_to(f.server, f.loop);
    f.wait.loop = f.loop;
    return f;
}

static void tear_down(fixture *f) {
    nex_bus_close(f->bus);
    nex_loop_free(f->loop);
}

static nex_msg text_msg(const char *subject, const char *text) {
    return (nex_msg){.subject = subject, .data = text, .len = strlen(text)};
}

/* ---- Publish and subscribe ---------------------------------------------------------------- */

typedef struct seen {
    loop_wait *wait;
    size_t count;
    size_t want;
    char subject[128];
    char reply[128];
    char data[256];
    size_t header_count;
    char headers[256];
} seen;

static void see(void *arg, const nex_msg *msg) {
    seen *s = arg;
    s->count++;
    snprintf(s->subject, sizeof s->subject, "%s", msg->subject);
    snprintf(s->reply, sizeof s->reply, "%s", msg->reply != NULL ? msg->reply : "(none)");
    snprintf(s->data, sizeof s->data, "%.*s", (int)msg->len, (const char *)msg->data);
    s->header_count = msg->header_count;
    s->headers[0] = '\0';
    for (size_t i = 0; i < msg->header_count; i++) {
        size_t used = strlen(s->headers);
        snprintf(s->headers + used, sizeof s->headers - used, "%s=%s;", msg->headers[i].name,
                 msg->headers[i].value);
    }
    if (s->count == s->want) {
        loop_wait_done(s->wait);
    }
}

static void a_message_arrives_whole(void **state) {
    fixture f = set_up(state);
    seen s = {.wait = &f.wait, .want = 1};
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "a.*.c", NULL, see, &s, &sub), NEX_OK);
    nex_header headers[] = {{"X-One", "1"}, {"X-Two", "a"}, {"X-Two", "b"}, {"x-two", "c"}};
    nex_msg msg = {.subject = "a.b.c",
                   .reply = "answer.here",
                   .data = "hello",
                   .len = 5,
                   .headers = headers,
                   .header_count = 4};
    assert_int_equal(nex_bus_publish(f.bus, &msg), NEX_OK);
    loop_wait_run(&f.wait, "the message");
    assert_string_equal(s.subject, "a.b.c");
    assert_string_equal(s.reply, "answer.here");
    assert_string_equal(s.data, "hello");
    assert_int_equal(s.header_count, 4);
    assert_non_null(strstr(s.headers, "X-One=1;"));
    assert_non_null(strstr(s.headers, "X-Two=a;X-Two=b;")); /* repeated, in order */
    assert_non_null(strstr(s.headers, "x-two=c;"));         /* case kept apart */
    nex_subscription_free(sub);
    tear_down(&f);
}

static void a_message_may_be_empty(void **state) {
    fixture f = set_up(state);
    seen s = {.wait = &f.wait, .want = 1, .header_count = 9};
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "empty", NULL, see, &s, &sub), NEX_OK);
    assert_int_equal(nex_bus_publish(f.bus, &(nex_msg){.subject = "empty"}), NEX_OK);
    loop_wait_run(&f.wait, "the message");
    assert_string_equal(s.data, "");
    assert_string_equal(s.reply, "(none)");
    assert_int_equal(s.header_count, 0);
    tear_down(&f); /* closes the subscription too */
}

static void header_values_cannot_carry_lines(void **state) {
    fixture f = set_up(state);
    seen s = {.wait = &f.wait, .want = 1};
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "lines", NULL, see, &s, &sub), NEX_OK);
    nex_header evil = {"Cause", "one\r\nInjected: yes"};
    nex_msg msg = {.subject = "lines", .headers = &evil, .header_count = 1};
    assert_int_equal(nex_bus_publish(f.bus, &msg), NEX_OK);
    loop_wait_run(&f.wait, "the message");
    assert_int_equal(s.header_count, 1);
    assert_string_equal(s.headers, "Cause=one  Injected: yes;");
    tear_down(&f);
}

static void bad_messages_are_refused(void **state) {
    fixture f = set_up(state);
    const char *bad[] = {"", ".", "a..b", "a b", "a.", "a.*", ">", "a\r\nPUB b"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        nex_msg msg = {.subject = bad[i]};
        assert_int_equal(nex_bus_publish(f.bus, &msg), NEX_EINVAL);
        nex_msg reply = {.subject = "ok", .reply = bad[i]};
        assert_int_equal(nex_bus_publish(f.bus, &reply), NEX_EINVAL);
    }
    nex_header name = {"two words", "x"};
    nex_msg header = {.subject = "ok", .headers = &name, .header_count = 1};
    assert_int_equal(nex_bus_publish(f.bus, &header), NEX_EINVAL);

    size_t max = nex_bus_max_payload(f.bus);
    assert_int_equal(max, 1024 * 1024);
    char *big = calloc(1, max + 1);
    assert_non_null(big);
    nex_msg msg = {.subject = "ok", .data = big, .len = max + 1};
    assert_int_equal(nex_bus_publish(f.bus, &msg), NEX_ELIMIT);
    msg.len = max;
    assert_int_equal(nex_bus_publish(f.bus, &msg), NEX_OK);
    free(big);

    nex_subscription *sub;
    seen s = {.wait = &f.wait};
    assert_int_equal(nex_bus_subscribe(f.bus, "a.>.b", NULL, see, &s, &sub), NEX_EINVAL);
    assert_null(sub);
    assert_int_equal(nex_bus_subscribe(f.bus, "a", "two words", see, &s, &sub), NEX_EINVAL);
    tear_down(&f);
}

typedef struct share {
    loop_wait *wait;
    size_t *total;
    size_t want;
    size_t mine;
} share;

static void take_share(void *arg, const nex_msg *msg) {
    (void)msg;
    share *s = arg;
    s->mine++;
    if (++*s->total == s->want) {
        loop_wait_done(s->wait);
    }
}

static void a_queue_group_shares_messages(void **state) {
    enum { MESSAGES = 100 };
    fixture f = set_up(state);
    size_t total = 0;
    share a = {&f.wait, &total, MESSAGES, 0};
    share b = {&f.wait, &total, MESSAGES, 0};
    nex_subscription *sa;
    nex_subscription *sb;
    assert_int_equal(nex_bus_subscribe(f.bus, "work", "crew", take_share, &a, &sa), NEX_OK);
    assert_int_equal(nex_bus_subscribe(f.bus, "work", "crew", take_share, &b, &sb), NEX_OK);
    for (size_t i = 0; i < MESSAGES; i++) {
        assert_int_equal(nex_bus_publish(f.bus, &(nex_msg){.subject = "work"}), NEX_OK);
    }
    loop_wait_run(&f.wait, "all messages");
    assert_int_equal(a.mine + b.mine, MESSAGES);
    assert_true(a.mine > 0 && b.mine > 0);
    tear_down(&f);
}

typedef struct one_shot {
    loop_wait *wait;
    nex_subscription *sub;
    size_t count;
} one_shot;

static void free_own_subscription(void *arg, const nex_msg *msg) {
    one_shot *o = arg;
    o->count++;
    nex_subscription_free(o->sub);
    assert_string_equal(msg->subject, "once"); /* the message outlives the subscription */
}

static void a_subscription_may_end_in_its_callback(void **state) {
    fixture f = set_up(state);
    one_shot o = {.wait = &f.wait};
    seen s = {.wait = &f.wait, .want = 1};
    nex_subscription *last;
    assert_int_equal(nex_bus_subscribe(f.bus, "once", NULL, free_own_subscription, &o, &o.sub),
                     NEX_OK);
    assert_int_equal(nex_bus_subscribe(f.bus, "last", NULL, see, &s, &last), NEX_OK);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(nex_bus_publish(f.bus, &(nex_msg){.subject = "once"}), NEX_OK);
    }
    assert_int_equal(nex_bus_publish(f.bus, &(nex_msg){.subject = "last"}), NEX_OK);
    loop_wait_run(&f.wait, "the last message");
    assert_int_equal(o.count, 1);
    tear_down(&f);
}

static void close_own_bus(void *arg, const nex_msg *msg) {
    (void)msg;
    fixture *f = arg;
    nex_bus_close(f->bus);
    f->bus = NULL;
    loop_wait_done(&f->wait);
}

static void the_bus_may_be_closed_in_a_callback(void **state) {
    fixture f = set_up(state);
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "end", NULL, close_own_bus, &f, &sub), NEX_OK);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(nex_bus_publish(f.bus, &(nex_msg){.subject = "end"}), NEX_OK);
    }
    loop_wait_run(&f.wait, "the message");
    assert_null(f.bus);
    tear_down(&f);
}

static void what_was_published_survives_the_close(void **state) {
    enum { MESSAGES = 1000 };
    fixture f = set_up(state);
    size_t total = 0;
    share s = {&f.wait, &total, MESSAGES, 0};
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "parting", NULL, take_share, &s, &sub), NEX_OK);
    nex_bus *other = connect_to(f.server, f.loop);
    for (size_t i = 0; i < MESSAGES; i++) {
        nex_msg msg = text_msg("parting", "word");
        assert_int_equal(nex_bus_publish(other, &msg), NEX_OK);
    }
    nex_bus_close(other);
    loop_wait_run(&f.wait, "all messages");
    assert_int_equal(total, MESSAGES);
    tear_down(&f);
}

typedef struct flushed {
    loop_wait *wait;
    nex_status status;
    int calls;
} flushed;

static void on_flushed(void *arg, nex_status status) {
    flushed *f = arg;
    f->status = status;
    f->calls++;
    loop_wait_done(f->wait);
}

static void a_flush_ends_when_the_server_took_all(void **state) {
    fixture f = set_up(state);
    flushed done = {&f.wait, NEX_EINTERNAL, 0};
    assert_int_equal(nex_bus_publish(f.bus, &(nex_msg){.subject = "x"}), NEX_OK);
    assert_int_equal(nex_bus_flush(f.bus, 10 * NEX_SECOND, on_flushed, &done), NEX_OK);
    assert_int_equal(done.calls, 0);
    loop_wait_run(&f.wait, "the flush");
    assert_int_equal(done.status, NEX_OK);
    assert_int_equal(done.calls, 1);

    assert_int_equal(nex_bus_flush(f.bus, 10 * NEX_SECOND, on_flushed, &done), NEX_OK);
    nex_bus_close(f.bus); /* ends it */
    f.bus = NULL;
    assert_int_equal(done.status, NEX_ECANCELED);
    assert_int_equal(done.calls, 2);
    tear_down(&f);
}

/* ---- Requests ----------------------------------------------------------------------------- */

typedef struct answer {
    loop_wait *wait;
    int calls;
    nex_status status;
    char data[64];
    char header[64];
    nex_request *request;
} answer;

static void on_answer(void *arg, nex_status status, const nex_msg *reply) {
    answer *a = arg;
    a->calls++;
    a->status = status;
    assert_true((status == NEX_OK) == (reply != NULL));
    if (reply != NULL) {
        snprintf(a->data, sizeof a->data, "%.*s", (int)reply->len, (const char *)reply->data);
        const char *header = nex_msg_header(reply, "From");
        snprintf(a->header, sizeof a->header, "%s", header != NULL ? header : "(none)");
    }
    loop_wait_done(a->wait);
}

/* Answers each message `times` times. */
typedef struct echo {
    nex_bus *bus;
    int times;
} echo;

static void echo_back(void *arg, const nex_msg *msg) {
    echo *e = arg;
    assert_non_null(msg->reply);
    nex_header from = {"From", "echo"};
    nex_msg reply = {.subject = msg->reply,
                     .data = msg->data,
                     .len = msg->len,
                     .headers = &from,
                     .header_count = 1};
    for (int i = 0; i < e->times; i++) {
        assert_int_equal(nex_bus_publish(e->bus, &reply), NEX_OK);
    }
}

static void ignore(void *arg, const nex_msg *msg) {
    (void)msg;
    ++*(int *)arg;
}

static void a_request_is_answered(void **state) {
    fixture f = set_up(state);
    echo e = {f.bus, 1};
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "echo", NULL, echo_back, &e, &sub), NEX_OK);
    for (int i = 0; i < 3; i++) {
        answer a = {.wait = &f.wait};
        char text[32];
        snprintf(text, sizeof text, "hello %d", i);
        nex_msg msg = text_msg("echo", text);
        assert_int_equal(nex_bus_request(f.bus, &msg, 10 * NEX_SECOND, on_answer, &a, &a.request),
                         NEX_OK);
        assert_int_equal(a.calls, 0); /* never inside nex_bus_request */
        loop_wait_run(&f.wait, "the answer");
        assert_int_equal(a.status, NEX_OK);
        assert_int_equal(a.calls, 1);
        assert_string_equal(a.data, text);
        assert_string_equal(a.header, "echo");
    }
    tear_down(&f);
}

static void many_requests_keep_their_answers_apart(void **state) {
    enum { REQUESTS = 200 };
    fixture f = set_up(state);
    echo e = {f.bus, 2}; /* the second answer comes too late */
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "echo", NULL, echo_back, &e, &sub), NEX_OK);
    static answer answers[REQUESTS];
    memset(answers, 0, sizeof answers);
    for (int i = 0; i < REQUESTS; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        nex_msg msg = text_msg("echo", text);
        answers[i].wait = &f.wait;
        assert_int_equal(
            nex_bus_request(f.bus, &msg, 30 * NEX_SECOND, on_answer, &answers[i], NULL), NEX_OK);
    }
    for (int i = 0; i < REQUESTS; i++) {
        while (answers[i].calls == 0) {
            loop_wait_run(&f.wait, "an answer");
        }
        assert_int_equal(answers[i].calls, 1);
        assert_int_equal(atoi(answers[i].data), i);
    }
    tear_down(&f);
}

static void a_request_nobody_hears_ends_at_once(void **state) {
    fixture f = set_up(state);
    answer a = {.wait = &f.wait};
    nex_msg msg = text_msg("nobody.home", "");
    uint64_t start = nex_loop_now(f.loop);
    assert_int_equal(nex_bus_request(f.bus, &msg, NEX_MINUTE, on_answer, &a, NULL), NEX_OK);
    loop_wait_run(&f.wait, "the end");
    assert_int_equal(a.status, NEX_EUNREACHABLE);
    assert_true(nex_loop_now(f.loop) - start < (uint64_t)(10 * NEX_SECOND));
    tear_down(&f);
}

static void a_request_times_out(void **state) {
    fixture f = set_up(state);
    int heard = 0;
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "silent", NULL, ignore, &heard, &sub), NEX_OK);
    answer a = {.wait = &f.wait};
    nex_msg msg = text_msg("silent", "");
    uint64_t start = nex_loop_now(f.loop);
    assert_int_equal(nex_bus_request(f.bus, &msg, 50 * NEX_MILLISECOND, on_answer, &a, &a.request),
                     NEX_OK);
    loop_wait_run(&f.wait, "the end");
    assert_int_equal(a.status, NEX_ETIMEOUT);
    assert_true(nex_loop_now(f.loop) - start >= (uint64_t)(50 * NEX_MILLISECOND));
    assert_int_equal(heard, 1);
    tear_down(&f);
}

static void a_cancelled_request_says_nothing(void **state) {
    fixture f = set_up(state);
    echo e = {f.bus, 1};
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "echo", NULL, echo_back, &e, &sub), NEX_OK);
    answer cancelled = {.wait = &f.wait};
    answer kept = {.wait = &f.wait};
    nex_msg msg = text_msg("echo", "x");
    assert_int_equal(
        nex_bus_request(f.bus, &msg, NEX_MINUTE, on_answer, &cancelled, &cancelled.request),
        NEX_OK);
    assert_int_equal(nex_bus_request(f.bus, &msg, NEX_MINUTE, on_answer, &kept, NULL), NEX_OK);
    nex_request_cancel(cancelled.request);
    nex_request_cancel(NULL);
    loop_wait_run(&f.wait, "the other answer");
    assert_int_equal(cancelled.calls, 0);
    assert_int_equal(kept.calls, 1);
    tear_down(&f);
}

static void cancel_self(void *arg, nex_status status, const nex_msg *reply) {
    answer *a = arg;
    on_answer(arg, status, reply);
    nex_request_cancel(a->request);
}

static void a_request_may_be_cancelled_in_its_callback(void **state) {
    fixture f = set_up(state);
    answer a = {.wait = &f.wait};
    nex_msg msg = text_msg("nobody.home", "");
    assert_int_equal(nex_bus_request(f.bus, &msg, NEX_MINUTE, cancel_self, &a, &a.request), NEX_OK);
    loop_wait_run(&f.wait, "the end");
    assert_int_equal(a.calls, 1);
    tear_down(&f);
}

static void ask_again_when_closed(void *arg, nex_status status, const nex_msg *reply) {
    fixture *f = arg;
    assert_int_equal(status, NEX_ECANCELED);
    assert_null(reply);
    nex_msg msg = text_msg("silent", "");
    assert_int_equal(nex_bus_request(f->bus, &msg, NEX_MINUTE, on_answer, NULL, NULL), NEX_ESTATE);
    assert_int_equal(nex_bus_publish(f->bus, &msg), NEX_ESTATE);
    f->wait.done = true;
}

static void closing_ends_requests(void **state) {
    fixture f = set_up(state);
    int heard = 0;
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "silent", NULL, ignore, &heard, &sub), NEX_OK);
    nex_msg msg = text_msg("silent", "");
    assert_int_equal(nex_bus_request(f.bus, &msg, NEX_MINUTE, ask_again_when_closed, &f, NULL),
                     NEX_OK);
    nex_bus_close(f.bus);
    f.bus = NULL;
    assert_true(f.wait.done);
    tear_down(&f);
}

/* ---- Many answers ------------------------------------------------------------------------- */

typedef struct gathered {
    loop_wait *wait;
    size_t count;
    size_t stop_at;
    int ends;
    nex_status status;
    nex_request *request;
    nex_bus *close;
} gathered;

static bool gather(void *arg, const nex_msg *reply) {
    gathered *g = arg;
    assert_non_null(reply);
    g->count++;
    if (g->close != NULL) {
        nex_bus_close(g->close);
        g->close = NULL;
    }
    return g->count != g->stop_at;
}

static void on_gathered(void *arg, nex_status status) {
    gathered *g = arg;
    g->ends++;
    g->status = status;
    loop_wait_done(g->wait);
}

static bool gather_and_cancel(void *arg, const nex_msg *reply) {
    gathered *g = arg;
    (void)reply;
    g->count++;
    nex_request_cancel(g->request);
    loop_wait_done(g->wait);
    return true;
}

static void ask_many(fixture *f, gathered *g, const nex_many_options *options) {
    nex_msg msg = text_msg("echo", "x");
    g->wait = &f->wait;
    assert_int_equal(
        nex_bus_request_many(f->bus, &msg, options, gather, on_gathered, g, &g->request), NEX_OK);
    loop_wait_run(&f->wait, "the end of the answers");
    assert_int_equal(g->ends, 1);
}

static void many_answers_end_as_asked(void **state) {
    fixture f = set_up(state);
    echo e = {f.bus, 5};
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "echo", NULL, echo_back, &e, &sub), NEX_OK);

    gathered max = {.count = 0};
    ask_many(&f, &max, &(nex_many_options){.timeout = NEX_MINUTE, .max = 3});
    assert_int_equal(max.status, NEX_OK);
    assert_int_equal(max.count, 3);

    gathered said = {.stop_at = 2};
    ask_many(&f, &said, &(nex_many_options){.timeout = NEX_MINUTE});
    assert_int_equal(said.status, NEX_OK);
    assert_int_equal(said.count, 2);

    gathered stalled = {.count = 0};
    ask_many(&f, &stalled,
             &(nex_many_options){.timeout = NEX_MINUTE, .stall = 100 * NEX_MILLISECOND});
    assert_int_equal(stalled.status, NEX_OK);
    assert_int_equal(stalled.count, 5);

    gathered timeout = {.count = 0};
    ask_many(&f, &timeout,
             &(nex_many_options){.timeout = 200 * NEX_MILLISECOND, .stall = NEX_MINUTE});
    assert_int_equal(timeout.status, NEX_ETIMEOUT);
    assert_int_equal(timeout.count, 5);

    nex_subscription_free(sub);
    gathered nobody = {.count = 0};
    ask_many(&f, &nobody, &(nex_many_options){.timeout = NEX_MINUTE, .stall = NEX_SECOND});
    assert_int_equal(nobody.status, NEX_EUNREACHABLE);
    assert_int_equal(nobody.count, 0);
    tear_down(&f);
}

static void many_answers_may_be_cancelled_between(void **state) {
    fixture f = set_up(state);
    echo e = {f.bus, 5};
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "echo", NULL, echo_back, &e, &sub), NEX_OK);
    gathered g = {.wait = &f.wait};
    nex_msg msg = text_msg("echo", "x");
    assert_int_equal(nex_bus_request_many(f.bus, &msg, &(nex_many_options){.timeout = NEX_MINUTE},
                                          gather_and_cancel, on_gathered, &g, &g.request),
                     NEX_OK);
    loop_wait_run(&f.wait, "the first answer");
    gathered after = {.count = 0}; /* its answers come after those of the cancelled request */
    ask_many(&f, &after, &(nex_many_options){.timeout = NEX_MINUTE, .max = 5});
    assert_int_equal(g.count, 1);
    assert_int_equal(g.ends, 0);
    tear_down(&f);
}

static void the_bus_may_be_closed_between_answers(void **state) {
    fixture f = set_up(state);
    echo e = {f.bus, 5};
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "echo", NULL, echo_back, &e, &sub), NEX_OK);
    gathered g = {.close = f.bus};
    ask_many(&f, &g, &(nex_many_options){.timeout = NEX_MINUTE});
    f.bus = NULL;
    assert_int_equal(g.count, 1);
    assert_int_equal(g.status, NEX_ECANCELED);
    tear_down(&f);
}

static void own_inbox_prefix(void **state) {
    fixture f = {.server = *state};
    nex_error err;
    assert_int_equal(nex_loop_new(&f.loop, &err), NEX_OK);
    f.wait.loop = f.loop;
    const char *url = nats_server_url(f.server);
    nex_bus_options options = {.servers = &url, .server_count = 1, .inbox_prefix = "_MINE.here"};
    assert_int_equal(nex_bus_connect(&f.bus, f.loop, &options, &err), NEX_OK);
    seen s = {.wait = &f.wait, .want = 1};
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "look", NULL, see, &s, &sub), NEX_OK);
    answer a = {.wait = &f.wait};
    nex_msg msg = text_msg("look", "");
    assert_int_equal(nex_bus_request(f.bus, &msg, NEX_MINUTE, on_answer, &a, &a.request), NEX_OK);
    loop_wait_run(&f.wait, "the request");
    assert_memory_equal(s.reply, "_MINE.here.", strlen("_MINE.here."));
    nex_request_cancel(a.request);
    tear_down(&f);

    options.inbox_prefix = "not a subject";
    assert_int_equal(nex_loop_new(&f.loop, &err), NEX_OK);
    assert_int_equal(nex_bus_connect(&f.bus, f.loop, &options, &err), NEX_EINVAL);
    assert_null(f.bus);
    assert_non_null(strstr(err.message, "not a subject"));
    nex_loop_free(f.loop);
}

/* ---- Near: without the server -------------------------------------------------------------- */

static void answer_near(void *arg, const nex_msg *msg) {
    fixture *f = arg;
    if (msg->reply != NULL) {
        nex_msg reply = text_msg(msg->reply, "from here");
        assert_int_equal(nex_bus_publish(f->bus, &reply), NEX_OK);
    }
}

static void what_is_near_does_not_need_the_server(void **state) {
    fixture f = set_up(state);
    nex_bus *other = connect_to(f.server, f.loop);
    nex_subscription *mine;
    nex_subscription *spy;
    seen spied = {.wait = &f.wait, .want = 1};
    answer got = {.wait = &f.wait};
    flushed flush = {.wait = &f.wait};
    assert_int_equal(nex_bus_subscribe(f.bus, "near.me.*", NULL, answer_near, &f, &mine), NEX_OK);
    assert_int_equal(nex_bus_subscribe(other, ">", NULL, see, &spied, &spy), NEX_OK);
    assert_int_equal(nex_bus_flush(other, 10 * NEX_SECOND, on_flushed, &flush), NEX_OK);
    loop_wait_run(&f.wait, "the spy's subscription");
    assert_int_equal(nex_bus_near_add(f.bus, "near.me."), NEX_OK);
    nex_msg msg = text_msg("near.me.please", "hello");
    assert_int_equal(nex_bus_request(f.bus, &msg, 5 * NEX_SECOND, on_answer, &got, NULL), NEX_OK);
    loop_wait_run(&f.wait, "the answer");
    assert_int_equal(got.status, NEX_OK);
    assert_string_equal(got.data, "from here");
    assert_int_equal(spied.count, 0);
    /* What comes after went by way of the server: nothing came before it. */
    nex_bus_near_remove(f.bus, "near.me.");
    nex_msg far = text_msg("near.me.not", "hello");
    assert_int_equal(nex_bus_publish(f.bus, &far), NEX_OK);
    loop_wait_run(&f.wait, "what the spy saw");
    assert_string_equal(spied.subject, "near.me.not");
    nex_bus_close(other);
    tear_down(&f);
}

static void a_near_message_may_outlive_its_bus(void **state) {
    fixture f = set_up(state);
    nex_subscription *mine;
    assert_int_equal(nex_bus_near_add(f.bus, "end"), NEX_OK);
    assert_int_equal(nex_bus_subscribe(f.bus, "end", NULL, close_own_bus, &f, &mine), NEX_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(nex_bus_publish(f.bus, &(nex_msg){.subject = "end"}), NEX_OK);
    }
    loop_wait_run(&f.wait, "the message");
    assert_null(f.bus);
    tear_down(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_arrives_whole),
        cmocka_unit_test(a_message_may_be_empty),
        cmocka_unit_test(header_values_cannot_carry_lines),
        cmocka_unit_test(bad_messages_are_refused),
        cmocka_unit_test(a_queue_group_shares_messages),
        cmocka_unit_test(a_subscription_may_end_in_its_callback),
        cmocka_unit_test(the_bus_may_be_closed_in_a_callback),
        cmocka_unit_test(what_was_published_survives_the_close),
        cmocka_unit_test(a_flush_ends_when_the_server_took_all),
        cmocka_unit_test(a_request_is_answered),
        cmocka_unit_test(many_requests_keep_their_answers_apart),
        cmocka_unit_test(a_request_nobody_hears_ends_at_once),
        cmocka_unit_test(a_request_times_out),
        cmocka_unit_test(a_cancelled_request_says_nothing),
        cmocka_unit_test(a_request_may_be_cancelled_in_its_callback),
        cmocka_unit_test(closing_ends_requests),
        cmocka_unit_test(many_answers_end_as_asked),
        cmocka_unit_test(many_answers_may_be_cancelled_between),
        cmocka_unit_test(the_bus_may_be_closed_between_answers),
        cmocka_unit_test(own_inbox_prefix),
        cmocka_unit_test(what_is_near_does_not_need_the_server),
        cmocka_unit_test(a_near_message_may_outlive_its_bus),
    };
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
