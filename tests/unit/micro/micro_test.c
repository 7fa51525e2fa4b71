/* Services: their answers, errors, statistics and what $SRV tells of them. */
#include <nex/micro.h>

#include "loop_wait.h"
#include "nats_server.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    nats_server *server;
    nex_loop *loop;
    nex_bus *bus;
    nex_micro *micro;
    loop_wait wait;
    nex_call *kept;
    char mode;
    int calls;
} fixture;

static int start_server(void **state) {
    *state = nats_server_start(NULL);
    return 0;
}

static int stop_server(void **state) {
    nats_server_stop(*state);
    return 0;
}

static void on_call(void *arg, nex_call *call) {
    fixture *f = arg;
    f->calls++;
    assert_ptr_equal(call->endpoint, f);
    nex_header header = {"agentId", "A1"};
    char *big;
    switch (f->mode) {
    case 'r':
        nex_call_reply(call, &header, 1, call->msg.data, call->msg.len);
        break;
    case 'e':
        nex_call_error(call, "404", "no such\r\nthing", "{}", 2);
        break;
    case 'u': /* not UTF-8, and longer than what the statistics keep */
        big = malloc(2000);
        assert_non_null(big);
        memset(big, '\xff', 1999);
        big[1999] = '\0';
        nex_call_error(call, "500", big, NULL, 0);
        free(big);
        break;
    case 'd':
        nex_call_drop(call);
        break;
    case 'b':
        big = calloc(1, nex_bus_max_payload(f->bus) + 1);
        assert_non_null(big);
        nex_call_reply(call, NULL, 0, big, nex_bus_max_payload(f->bus) + 1);
        free(big);
        break;
    case 'f':
        nex_micro_free(f->micro);
        f->micro = NULL;
        f->kept = call;
        loop_wait_done(&f->wait);
        break;
    default:
        f->kept = call;
        loop_wait_done(&f->wait);
    }
}

static void set_up(fixture *f, void **state) {
    nex_error err;
    memset(f, 0, sizeof *f);
    f->server = *state;
    f->mode = 'r';
    assert_int_equal(nex_loop_new(&f->loop, &err), NEX_OK);
    f->wait.loop = f->loop;
    const char *url = nats_server_url(f->server);
    nex_bus_options options = {.servers = &url, .server_count = 1};
    if (nex_bus_connect(&f->bus, f->loop, &options, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    nex_micro_options service = {.name = "nexnode", .version = "1.2.3", .description = "a <node>"};
    assert_int_equal(nex_micro_new(&f->micro, f->bus, &service, &err), NEX_OK);
    assert_int_equal(strlen(nex_micro_id(f->micro)), 22);
    assert_int_equal(
        nex_micro_add_endpoint(f->micro, "Echo", "svc.*.echo", "crew", on_call, f, &err), NEX_OK);
    assert_int_equal(nex_micro_add_endpoint(f->micro, "Other", "svc.other", NULL, on_call, f, &err),
                     NEX_OK);
}

static void tear_down(fixture *f) {
    nex_micro_free(f->micro);
    nex_bus_close(f->bus);
    nex_loop_free(f->loop);
}

typedef struct answer {
    loop_wait *wait;
    nex_status status;
    char data[2048];
    char agent[32];
    char code[32];
    char error[128];
} answer;

static void copy_header(char *out, size_t size, const nex_msg *msg, const char *name) {
    const char *value = nex_msg_header(msg, name);
    snprintf(out, size, "%s", value != NULL ? value : "(none)");
}

static void on_answer(void *arg, nex_status status, const nex_msg *reply) {
    answer *a = arg;
    a->status = status;
    if (reply != NULL) {
        snprintf(a->data, sizeof a->data, "%.*s", (int)reply->len, (const char *)reply->data);
        copy_header(a->agent, sizeof a->agent, reply, "agentId");
        copy_header(a->code, sizeof a->code, reply, "Nats-Service-Error-Code");
        copy_header(a->error, sizeof a->error, reply, "Nats-Service-Error");
    }
    loop_wait_done(a->wait);
}

static answer ask_for(fixture *f, const char *subject, const char *text, nex_duration timeout) {
    answer a = {.wait = &f->wait};
    nex_msg msg = {.subject = subject, .data = text, .len = strlen(text)};
    assert_int_equal(nex_bus_request(f->bus, &msg, timeout, on_answer, &a, NULL), NEX_OK);
    loop_wait_run(&f->wait, subject);
    return a;
}

static answer ask(fixture *f, const char *subject, const char *text) {
    return ask_for(f, subject, text, 20 * NEX_SECOND);
}

static void answers_reach_the_asker(void **state) {
    fixture f;
    set_up(&f, state);
    answer a = ask(&f, "svc.x.echo", "hello");
    assert_int_equal(a.status, NEX_OK);
    assert_string_equal(a.data, "hello");
    assert_string_equal(a.agent, "A1");
    assert_string_equal(a.code, "(none)");
    tear_down(&f);
}

static void errors_carry_code_text_and_body(void **state) {
    fixture f;
    set_up(&f, state);
    f.mode = 'e';
    answer a = ask(&f, "svc.x.echo", "hello");
    assert_int_equal(a.status, NEX_OK);
    assert_string_equal(a.data, "{}");
    assert_string_equal(a.code, "404");
    assert_string_equal(a.error, "no such  thing");
    tear_down(&f);
}

static void a_dropped_call_is_silent(void **state) {
    fixture f;
    set_up(&f, state);
    f.mode = 'd';
    answer a = ask_for(&f, "svc.x.echo", "hello", 50 * NEX_MILLISECOND);
    assert_int_equal(a.status, NEX_ETIMEOUT);
    assert_int_equal(f.calls, 1);
    tear_down(&f);
}

static void an_answer_too_large_becomes_an_error(void **state) {
    fixture f;
    set_up(&f, state);
    f.mode = 'b';
    answer a = ask(&f, "svc.x.echo", "hello");
    assert_string_equal(a.code, "500");
    assert_non_null(strstr(a.error, "larger than the server allows"));
    tear_down(&f);
}

static void an_answer_may_come_later(void **state) {
    fixture f;
    set_up(&f, state);
    f.mode = 'k';
    answer a = {.wait = &f.wait};
    nex_msg msg = {.subject = "svc.x.echo", .data = "hello", .len = 5};
    assert_int_equal(nex_bus_request(f.bus, &msg, 20 * NEX_SECOND, on_answer, &a, NULL), NEX_OK);
    loop_wait_run(&f.wait, "the call");
    assert_non_null(f.kept);
    assert_string_equal(f.kept->msg.subject, "svc.x.echo"); /* its own copy */
    nex_call_reply(f.kept, NULL, 0, "later", 5);
    loop_wait_run(&f.wait, "the answer");
    assert_string_equal(a.data, "later");
    tear_down(&f);
}

static void a_call_nobody_waits_for_is_just_freed(void **state) {
    fixture f;
    set_up(&f, state);
    f.mode = 'k';
    nex_header header = {"H", "v"};
    nex_msg msg = {.subject = "svc.other", .headers = &header, .header_count = 1};
    assert_int_equal(nex_bus_publish(f.bus, &msg), NEX_OK);
    loop_wait_run(&f.wait, "the call");
    assert_null(f.kept->msg.reply);
    assert_string_equal(nex_msg_header(&f.kept->msg, "H"), "v");
    nex_call_reply(f.kept, NULL, 0, "x", 1);
    f.mode = 'r';
    answer a = ask(&f, "svc.other", "still alive");
    assert_string_equal(a.data, "still alive");
    tear_down(&f);
}

static void calls_outlive_their_service(void **state) {
    fixture f;
    set_up(&f, state);
    f.mode = 'k';
    nex_msg msg = {.subject = "svc.x.echo", .reply = "nowhere"};
    nex_call *calls[3];
    for (int i = 0; i < 3; i++) {
        assert_int_equal(nex_bus_publish(f.bus, &msg), NEX_OK);
        loop_wait_run(&f.wait, "a call");
        calls[i] = f.kept;
    }
    nex_call_drop(calls[1]);
    nex_micro_free(f.micro);
    f.micro = NULL;
    nex_bus_close(f.bus);
    f.bus = NULL;
    nex_call_reply(calls[0], NULL, 0, "x", 1);
    nex_call_error(calls[2], "500", "x", NULL, 0);
    tear_down(&f);
}

static void a_service_may_be_freed_in_its_callback(void **state) {
    fixture f;
    set_up(&f, state);
    f.mode = 'f';
    nex_msg msg = {.subject = "svc.x.echo", .reply = "nowhere"};
    assert_int_equal(nex_bus_publish(f.bus, &msg), NEX_OK);
    loop_wait_run(&f.wait, "the call");
    nex_call_reply(f.kept, NULL, 0, "x", 1);
    tear_down(&f);
}

static void bad_names_are_refused(void **state) {
    fixture f;
    set_up(&f, state);
    nex_error err;
    nex_micro *micro;
    nex_micro_options options = {.name = "two words", .version = "1"};
    assert_int_equal(nex_micro_new(&micro, f.bus, &options, &err), NEX_EINVAL);
    assert_null(micro);
    assert_non_null(strstr(err.message, "two words"));
    assert_int_equal(nex_micro_add_endpoint(f.micro, "Bad", "svc..x", NULL, on_call, NULL, &err),
                     NEX_EINVAL);
    assert_non_null(strstr(err.message, "svc..x"));
    tear_down(&f);
}

static void discovery_has_the_reference_form(void **state) {
    fixture f;
    set_up(&f, state);
    char want[1024];
    const char *id = nex_micro_id(f.micro);
    snprintf(want, sizeof want,
             "{\"name\":\"nexnode\",\"id\":\"%s\",\"version\":\"1.2.3\",\"metadata\":{},"
             "\"type\":\"io.nats.micro.v1.ping_response\"}",
             id);
    char by_id[64];
    snprintf(by_id, sizeof by_id, "$SRV.PING.nexnode.%s", id);
    const char *subjects[] = {"$SRV.PING", "$SRV.PING.nexnode", by_id};
    for (size_t i = 0; i < 3; i++) {
        answer a = ask(&f, subjects[i], "");
        assert_int_equal(a.status, NEX_OK);
        assert_string_equal(a.data, want);
    }
    assert_int_equal(ask(&f, "$SRV.PING.NexNode", "").status, NEX_EUNREACHABLE);

    snprintf(want, sizeof want,
             "{\"name\":\"nexnode\",\"id\":\"%s\",\"version\":\"1.2.3\",\"metadata\":{},"
             "\"type\":\"io.nats.micro.v1.info_response\","
             "\"description\":\"a \\u003cnode\\u003e\",\"endpoints\":["
             "{\"name\":\"Echo\",\"subject\":\"svc.*.echo\",\"queue_group\":\"crew\","
             "\"metadata\":null},"
             "{\"name\":\"Other\",\"subject\":\"svc.other\",\"queue_group\":\"\","
             "\"metadata\":null}]}",
             id);
    assert_string_equal(ask(&f, "$SRV.INFO.nexnode", "").data, want);
    tear_down(&f);
}

static void statistics_count(void **state) {
    fixture f;
    set_up(&f, state);
    ask(&f, "svc.x.echo", "one");
    f.mode = 'e';
    ask(&f, "svc.x.echo", "two");
    answer a = ask(&f, "$SRV.STATS.nexnode", "");
    json_error_t error;
    json_t *root = json_loads(a.data, 0, &error);
    assert_non_null(root);
    assert_string_equal(json_string_value(json_object_get(root, "type")),
                        "io.nats.micro.v1.stats_response");
    nex_time started;
    const char *text = json_string_value(json_object_get(root, "started"));
    assert_non_null(text);
    assert_int_equal(nex_time_parse(text, strlen(text), &started, NULL), NEX_OK);
    assert_int_equal(started.offset_minutes, 0);

    json_t *endpoints = json_object_get(root, "endpoints");
    assert_int_equal(json_array_size(endpoints), 2);
    json_t *echo = json_array_get(endpoints, 0);
    static const char *const keys[] = {
        "name",       "subject",    "queue_group",     "num_requests",
        "num_errors", "last_error", "processing_time", "average_processing_time"};
    size_t k = 0;
    for (void *at = json_object_iter(echo); at != NULL; at = json_object_iter_next(echo, at)) {
        assert_string_equal(json_object_iter_key(at), keys[k++]); /* in this very order */
    }
    assert_int_equal(k, sizeof keys / sizeof keys[0]);
    assert_int_equal(json_integer_value(json_object_get(echo, "num_requests")), 2);
    assert_int_equal(json_integer_value(json_object_get(echo, "num_errors")), 1);
    assert_string_equal(json_string_value(json_object_get(echo, "last_error")),
                        "404:no such\r\nthing");
    json_int_t all = json_integer_value(json_object_get(echo, "processing_time"));
    assert_true(all > 0);
    assert_int_equal(json_integer_value(json_object_get(echo, "average_processing_time")), all / 2);
    json_t *other = json_array_get(endpoints, 1);
    assert_int_equal(json_integer_value(json_object_get(other, "num_requests")), 0);
    assert_int_equal(json_integer_value(json_object_get(other, "average_processing_time")), 0);
    json_decref(root);
    f.mode = 'u';
    ask(&f, "svc.x.echo", "three");
    a = ask(&f, "$SRV.STATS.nexnode", "");
    assert_int_equal(a.status, NEX_OK);
    assert_non_null(strstr(a.data, "\"last_error\":\"500:????"));
    tear_down(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_reach_the_asker),
        cmocka_unit_test(errors_carry_code_text_and_body),
        cmocka_unit_test(a_dropped_call_is_silent),
        cmocka_unit_test(an_answer_too_large_becomes_an_error),
        cmocka_unit_test(an_answer_may_come_later),
        cmocka_unit_test(a_call_nobody_waits_for_is_just_freed),
        cmocka_unit_test(calls_outlive_their_service),
        cmocka_unit_test(a_service_may_be_freed_in_its_callback),
        cmocka_unit_test(bad_names_are_refused),
        cmocka_unit_test(discovery_has_the_reference_form),
        cmocka_unit_test(statistics_count),
    };
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
