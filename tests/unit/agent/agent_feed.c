/* What goes out for workloads (output, events, ingress) and comes in for them (triggers, events).
 */
#include "scripted_node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START(n) scripted_ask(n, SCRIPTED_START_SUBJECT, SCRIPTED_START("{}"))

static void test_output(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    assert_int_equal(nex_agent_output(n->runner, "w1", "default", NEX_STDOUT, "out\n", 4), NEX_OK);
    assert_int_equal(nex_agent_output(n->runner, "w1", "default", NEX_STDERR, "err\n", 4), NEX_OK);
    assert_int_equal(nex_agent_output(n->runner, "w1", "default", NEX_METRICS, "{}", 2), NEX_OK);
    assert_int_equal(nex_agent_output(n->runner, "w1", "no token", NEX_STDOUT, "", 0), NEX_EINVAL);
    scripted_run(n, NEX_SECOND);
    assert_string_equal(scripted_msg_of(n, "$NEX.FEED.default.logs.w1.stdout", 0)->body, "out\n");
    assert_string_equal(scripted_msg_of(n, "$NEX.FEED.default.logs.w1.stderr", 0)->body, "err\n");
    assert_string_equal(scripted_msg_of(n, "$NEX.FEED.default.metrics.w1", 0)->body, "{}");
    scripted_node_free(n);
}

static void emit_all(scripted_node *n) {
    nex_workload_started_event started = {.id = (char *)"w1", .namespace_ = (char *)"default"};
    nex_workload_stopped_event stopped = {.id = (char *)"w1", .namespace_ = (char *)"default"};
    assert_int_equal(nex_agent_emit_started(n->runner, "default", &started), NEX_OK);
    assert_int_equal(nex_agent_emit_stopped(n->runner, "default", &stopped), NEX_OK);
    assert_int_equal(nex_agent_emit(n->runner, "default", "MYEVENT", "{\"a\":1}", 7), NEX_OK);
    scripted_run(n, NEX_SECOND);
}

static void test_events_in_one_spelling_or_both(void **state) {
    (void)state;
    for (int compat = 0; compat < 2; compat++) {
        scripted_node *n = scripted_node_new();
        nex_agent_options options = {.mode = NEX_AGENT_EMBEDDED, .events_compat = compat};
        scripted_start(n, options);
        emit_all(n);
        assert_int_equal(scripted_heard(n, "$NEX.FEED.default.event.WORKLOADSTARTED"), 1);
        assert_int_equal(scripted_heard(n, "$NEX.FEED.default.event.WORKLOADSTOPPED"), 1);
        assert_string_equal(scripted_msg_of(n, "$NEX.FEED.default.event.MYEVENT", 0)->body,
                            "{\"a\":1}");
        assert_int_equal(scripted_heard(n, ".events."), compat ? 4 : 0);
        scripted_node_free(n);
    }
}

static char emitted[512];

static void on_emit(void *arg, const char *from, const char *type, const char *json, size_t len) {
    (void)arg;
    snprintf(emitted, sizeof emitted, "%s %s %.*s", from, type, (int)len, json);
}

static void test_a_program_may_take_the_events_itself(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    nex_agent_options options = {.mode = NEX_AGENT_EMBEDDED, .emit = on_emit};
    scripted_start(n, options);
    assert_int_equal(nex_agent_emit(n->runner, "default", "MYEVENT", "{}", 2), NEX_OK);
    scripted_run(n, NEX_SECOND);
    assert_string_equal(emitted, "default MYEVENT {}");
    assert_int_equal(scripted_heard(n, "event"), 0);
    scripted_node_free(n);
}

/* ---- Ingress, discovery, events ----------------------------------------------------------- */

static int on_port(void *self, const char *workload_id) {
    (void)self;
    return strcmp(workload_id, "w1") == 0 ? 8080 : 0;
}

static void test_ingress_and_discovery(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    nex_agent_options options = {.mode = NEX_AGENT_EMBEDDED, .ingress_address = "192.0.2.1"};
    n->ops.workload_port = on_port;
    scripted_start(n, options);
    START(n);
    scripted_run(n, NEX_SECOND);
    assert_string_equal(scripted_msg_of(n, "$NEX.FEED.AGENT1.event.INGRESS", 0)->body,
                        "{\"command\":\"add\",\"upstream\":\"192.0.2.1:8080\","
                        "\"workload_id\":\"w1\"}");
    /* What the reference's manager reads (tests/interop/reference_agents.sh): this subject. */
    assert_int_equal(scripted_heard(n, "$NEX.FEED.AGENT1.events.INGRESS"), 1);
    assert_string_equal(scripted_msg_of(n, "$NEX.FEED.AGENT1.events.INGRESS", 0)->body,
                        "{\"command\":\"add\",\"upstream\":\"192.0.2.1:8080\","
                        "\"workload_id\":\"w1\"}");
    scripted_ask(n, "$NEX.SVC.nexus.agent.PINGWORKLOAD.w1", "");
    assert_string_equal(n->answer, "{\"node_id\":\"NODE1\"}");
    scripted_ask(n, "$NEX.SVC.nexus.agent.PINGWORKLOAD.w2", "");
    assert_int_equal(n->status, NEX_ETIMEOUT);
    scripted_ask(n, "$NEX.SVC.NODE1.agent.STOPWORKLOAD.w1", "{\"namespace\":\"default\"}");
    scripted_run(n, NEX_SECOND);
    assert_string_equal(scripted_msg_of(n, "$NEX.FEED.AGENT1.event.INGRESS", 1)->body,
                        "{\"command\":\"remove\",\"upstream\":\"\",\"workload_id\":\"w1\"}");
    assert_string_equal(scripted_msg_of(n, "$NEX.FEED.AGENT1.events.INGRESS", 1)->body,
                        "{\"command\":\"remove\",\"upstream\":\"\",\"workload_id\":\"w1\"}");
    scripted_node_free(n);
}

static void test_without_ports_there_is_no_discovery(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    nex_agent_options options = {.mode = NEX_AGENT_EMBEDDED, .ingress_address = "192.0.2.1"};
    scripted_start(n, options);
    START(n);
    scripted_ask(n, "$NEX.SVC.nexus.agent.PINGWORKLOAD.w1", "");
    assert_int_equal(n->status, NEX_EUNREACHABLE);
    assert_int_equal(scripted_heard(n, "INGRESS"), 0);
    scripted_node_free(n);
}

static char event[64];

static void on_event(void *self, const void *data, size_t len) {
    (void)self;
    snprintf(event, sizeof event, "%.*s", (int)len, len > 0 ? (const char *)data : "");
}

static void test_event_listener(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    n->ops.event = on_event;
    scripted_start_embedded(n);
    scripted_publish(n, "$NEX.FEED.AGENT1.events", "any bytes");
    scripted_run(n, NEX_SECOND);
    assert_string_equal(event, "any bytes");
    scripted_node_free(n);
}

/* ---- Events of others --------------------------------------------------------------------- */

typedef struct event_log {
    char texts[8][128];
    size_t count;
    nex_listener **freed; /* by the callback */
} event_log;

static void on_feed_event(void *arg, const nex_feed_event *heard) {
    event_log *log = arg;
    assert_in_range(log->count, 0, 7);
    snprintf(log->texts[log->count++], sizeof log->texts[0], "%s %s %.*s", heard->from, heard->type,
             (int)heard->len, heard->json);
    if (log->freed != NULL) {
        nex_listener_free(*log->freed);
        *log->freed = NULL;
    }
}

static nex_listener *listen_to(scripted_node *n, const char *from, const char *type,
                               event_log *log) {
    nex_listener *listener = NULL;
    nex_error err;
    nex_event_filter filter = {from, type};
    assert_int_equal(nex_agent_listen(n->runner, &filter, on_feed_event, log, &listener, &err),
                     NEX_OK);
    return listener;
}

/* Its node's events in one spelling, in the other, and in both; and others'. */
static void publish_events(scripted_node *n) {
    scripted_publish(n, "$NEX.FEED.NODE1.event.NODELAMEDUCKSET", "{\"a\":1}");
    scripted_publish(n, "$NEX.FEED.NODE1.events.NODELAMEDUCKSET", "{\"a\":1}");
    scripted_publish(n, "$NEX.FEED.NODE1.events.NODESTOPPED", "{}");
    scripted_publish(n, "$NEX.FEED.default.event.WORKLOADSTOPPED", "{\"id\":\"x\"}");
    scripted_publish(n, "$NEX.FEED.other.event.WORKLOADSTOPPED", "{\"id\":\"y\"}");
    scripted_publish(n, "$NEX.FEED.default.event.WORKLOADSTARTED", "{\"id\":\"z\"}");
    scripted_run(n, NEX_SECOND);
}

static void test_listeners_hear_what_they_ask_for(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    event_log own = {0};
    event_log stops = {0};
    event_log named = {0};
    scripted_start_embedded(n);
    nex_listener *listener = listen_to(n, NULL, NULL, &own);
    (void)listen_to(n, "*", "WORKLOADSTOPPED", &stops);
    (void)listen_to(n, "default", NULL, &named);
    publish_events(n);
    assert_int_equal(own.count, 2);
    assert_string_equal(own.texts[0], "NODE1 NODELAMEDUCKSET {\"a\":1}");
    assert_string_equal(own.texts[1], "NODE1 NODESTOPPED {}");
    assert_int_equal(stops.count, 2);
    assert_string_equal(stops.texts[1], "other WORKLOADSTOPPED {\"id\":\"y\"}");
    assert_int_equal(named.count, 2);
    assert_string_equal(named.texts[1], "default WORKLOADSTARTED {\"id\":\"z\"}");
    nex_listener_free(listener);
    publish_events(n);
    assert_int_equal(own.count, 2);
    assert_int_equal(stops.count, 4);
    scripted_node_free(n);
}

static void test_listeners_are_checked(void **state) {
    (void)state;
    static const nex_event_filter wrong[] = {
        {"two words", NULL}, {"a.b", NULL}, {"", NULL}, {NULL, ">"}, {NULL, "A.B"}};
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        nex_listener *listener;
        nex_error err;
        assert_int_equal(
            nex_agent_listen(n->runner, &wrong[i], on_feed_event, NULL, &listener, &err),
            NEX_EINVAL);
        assert_null(listener);
    }
    scripted_node_free(n);
}

static void test_a_listener_may_free_itself(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    event_log log = {0};
    scripted_start_embedded(n);
    nex_listener *listener = listen_to(n, "*", NULL, &log);
    log.freed = &listener;
    publish_events(n);
    assert_null(listener);
    assert_int_equal(log.count, 1);
    scripted_node_free(n);
}

static void test_listeners_move_to_a_new_connection(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    event_log log = {0};
    nex_agent_options options = {.mode = NEX_AGENT_REMOTE};
    scripted_start(n, options);
    (void)listen_to(n, NULL, "NODELAMEDUCKSET", &log);
    scripted_publish(n, "$NEX.FEED.NODE1.event.NODESTARTED", "{}");
    scripted_run(n, NEX_SECOND);
    assert_int_equal(scripted_heard(n, "REGISTER.AGENT1"), 2);
    publish_events(n);
    assert_int_equal(log.count, 1);
    scripted_node_free(n);
}

/* ---- Triggers ----------------------------------------------------------------------------- */

typedef struct trigger_log {
    nex_trigger_call *call;
    char body[64];
    unsigned count;
} trigger_log;

static void on_trigger(void *arg, nex_trigger_call *call, const nex_msg *msg) {
    trigger_log *log = arg;
    log->call = call;
    log->count++;
    snprintf(log->body, sizeof log->body, "%.*s", (int)msg->len, (const char *)msg->data);
}

static void add_trigger(scripted_node *n, trigger_log *log, nex_trigger **out) {
    nex_error err;
    memset(log, 0, sizeof *log);
    assert_int_equal(nex_agent_trigger_add(n->runner, "w1", "default", "default.function.hello",
                                           "w1", on_trigger, log, out, &err),
                     NEX_OK);
    scripted_run(n, NEX_SECOND);
}

static void test_triggers_are_answered(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    trigger_log log;
    nex_trigger *trigger;
    scripted_start_embedded(n);
    add_trigger(n, &log, &trigger);
    scripted_ask_later(n, "default.function.hello", "ping");
    scripted_run(n, 40 * NEX_MILLISECOND);
    assert_string_equal(log.body, "ping");
    nex_trigger_reply(log.call, NULL, "pong", 4);
    scripted_run(n, NEX_SECOND);
    assert_string_equal(n->answer, "pong");
    const char *body = scripted_msg_of(n, "$NEX.FEED.default.event.WORKLOADTRIGGERED", 0)->body;
    nex_workload_triggered_event *triggered = NULL;
    assert_int_equal(nex_workload_triggered_event_decode(&triggered, body, strlen(body), NULL),
                     NEX_OK);
    assert_string_equal(triggered->id, "w1");
    assert_in_range((int)triggered->duration, 38, 41);
    nex_workload_triggered_event_free(triggered);
    /* Without a reply subject there is nobody to answer, but the event is sent. */
    scripted_publish(n, "default.function.hello", "one way");
    scripted_run(n, NEX_SECOND);
    nex_trigger_reply(log.call, "ignored", NULL, 0);
    scripted_run(n, NEX_SECOND);
    assert_int_equal(scripted_heard(n, "WORKLOADTRIGGERED"), 2);
    nex_trigger_free(trigger);
    scripted_run(n, NEX_SECOND);
    scripted_ask(n, "default.function.hello", "ping");
    assert_int_equal(n->status, NEX_EUNREACHABLE);
    scripted_node_free(n);
}

static void test_copies_share_the_load(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    trigger_log logs[2];
    nex_trigger *triggers[2];
    scripted_start_embedded(n);
    add_trigger(n, &logs[0], &triggers[0]);
    add_trigger(n, &logs[1], &triggers[1]);
    for (int i = 0; i < 40; i++) {
        scripted_publish(n, "default.function.hello", "");
        scripted_run(n, NEX_MILLISECOND);
        trigger_log *log = logs[0].call != NULL ? &logs[0] : &logs[1];
        assert_non_null(log->call);
        nex_trigger_reply(log->call, NULL, NULL, 0);
        log->call = NULL;
    }
    assert_int_equal(logs[0].count + logs[1].count, 40);
    assert_int_not_equal(logs[0].count, 0);
    assert_int_not_equal(logs[1].count, 0);
    scripted_node_free(n);
}

static void test_triggers_move_to_a_new_connection(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    trigger_log log;
    nex_trigger *trigger;
    nex_agent_options options = {.mode = NEX_AGENT_REMOTE};
    scripted_start(n, options);
    add_trigger(n, &log, &trigger);
    scripted_publish(n, "$NEX.FEED.NODE1.event.NODESTARTED", "{}");
    scripted_run(n, NEX_SECOND);
    assert_int_equal(scripted_heard(n, "REGISTER.AGENT1"), 2);
    scripted_ask_later(n, "default.function.hello", "ping");
    scripted_run(n, NEX_SECOND);
    assert_int_equal(log.count, 1);
    nex_trigger_reply(log.call, "it failed", NULL, 0);
    scripted_run(n, NEX_SECOND);
    assert_true(n->answered);
    scripted_node_free(n);
}

static void test_a_reply_after_its_trigger_went(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    trigger_log log;
    nex_trigger *trigger;
    scripted_start_embedded(n);
    add_trigger(n, &log, &trigger);
    scripted_ask_later(n, "default.function.hello", "ping");
    scripted_run(n, NEX_SECOND);
    nex_trigger_free(trigger);
    nex_trigger_reply(log.call, NULL, "late", 4);
    scripted_run(n, NEX_SECOND);
    assert_false(n->answered);
    scripted_node_free(n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_events_in_one_spelling_or_both),
        cmocka_unit_test(test_a_program_may_take_the_events_itself),
        cmocka_unit_test(test_ingress_and_discovery),
        cmocka_unit_test(test_without_ports_there_is_no_discovery),
        cmocka_unit_test(test_event_listener),
        cmocka_unit_test(test_listeners_hear_what_they_ask_for),
        cmocka_unit_test(test_listeners_are_checked),
        cmocka_unit_test(test_a_listener_may_free_itself),
        cmocka_unit_test(test_listeners_move_to_a_new_connection),
        cmocka_unit_test(test_triggers_are_answered),
        cmocka_unit_test(test_copies_share_the_load),
        cmocka_unit_test(test_triggers_move_to_a_new_connection),
        cmocka_unit_test(test_a_reply_after_its_trigger_went),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
