/*
 * The node on a real nats-server, asked with raw messages as any client might send them: what it
 * answers, what it refuses and how, and when it stays silent (PROTOCOL sections 1 to 4 and 7).
 */
#include "loop_wait.h"
#include "nats_server.h"
#include "test_agent.h"

#include "node/node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPLIES_MAX = 64 };

typedef struct reply {
    char *data;
    char code[32];
    char error[256];
    char decline[32];
    char nodes[16];
} reply;

typedef struct fixture {
    nats_server *server;
    nex_loop *loop;
    nex_bus *bus;   /* the node's */
    nex_bus *asker; /* the client's */
    nex_node *node;
    test_agent *agent;
    nex_node_embedded embedded;
    loop_wait wait;
    nex_status status; /* how the last request ended */
    reply replies[REPLIES_MAX];
    size_t count;
} fixture;

static void attach(void *self, nex_agent *agent) {
    ((test_agent *)self)->runner = agent;
}

static void on_ready(void *arg, const char *node_id) {
    (void)node_id;
    fixture *f = arg;
    loop_wait_done(&f->wait);
}

static void on_stopped(void *arg) {
    fixture *f = arg;
    loop_wait_done(&f->wait);
}

static nex_bus *connect_bus(fixture *f) {
    const char *servers[] = {nats_server_url(f->server)};
    nex_bus_options options = {.servers = servers, .server_count = 1};
    nex_bus *bus = NULL;
    nex_error err;
    if (nex_bus_connect(&bus, f->loop, &options, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    return bus;
}

static void start_node(fixture *f, nex_node_options *options) {
    nex_error err;
    nex_error_clear(&err);
    f->embedded = (nex_node_embedded){
        .name = "test", .ops = &test_agent_ops, .self = f->agent, .attach = attach};
    options->loop = f->loop;
    options->bus = f->bus;
    options->embedded = &f->embedded;
    options->embedded_count = 1;
    options->on_ready = on_ready;
    options->on_stopped = on_stopped;
    options->arg = f;
    if (nex_node_new(&f->node, options, &err) != NEX_OK ||
        nex_node_start(f->node, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    loop_wait_run(&f->wait, "the node to be ready");
}

static void stop_node(fixture *f) {
    nex_node_stop(f->node);
    loop_wait_run(&f->wait, "the node to stop");
    nex_node_free(f->node);
    f->node = NULL;
}

static void clear_replies(fixture *f) {
    for (size_t i = 0; i < f->count; i++) {
        free(f->replies[i].data);
    }
    f->count = 0;
}

static int setup_with(void **state, nex_node_options *options) {
    fixture *f = calloc(1, sizeof *f);
    nats_server_options server = {.jetstream = options->state_kv};
    f->server = nats_server_start(&server);
    assert_int_equal(nex_loop_new(&f->loop, NULL), NEX_OK);
    f->wait.loop = f->loop;
    f->agent = calloc(1, sizeof *f->agent);
    f->agent->schema = "{\"type\":\"object\",\"required\":[\"uri\"],\"properties\":{\"uri\":{"
                       "\"type\":\"string\"}},\"additionalProperties\":false}";
    f->bus = connect_bus(f);
    f->asker = connect_bus(f);
    start_node(f, options);
    *state = f;
    return 0;
}

static int setup(void **state) {
    nex_string_map tags = {0};
    nex_string_map_set(&tags, "region", "lab");
    nex_node_options options = {.name = "alpha", .tags = &tags, .allow_remote_agents = true};
    int result = setup_with(state, &options);
    nex_string_map_free(&tags);
    return result;
}

static int teardown(void **state) {
    fixture *f = *state;
    if (f->node != NULL) {
        stop_node(f);
    }
    clear_replies(f);
    test_agent_clear(f->agent);
    nex_bus_close(f->asker);
    nex_bus_close(f->bus);
    nex_loop_free(f->loop);
    nats_server_stop(f->server);
    free(f->agent);
    free(f);
    return 0;
}

static void copy_header(const nex_msg *msg, const char *name, char *out, size_t size) {
    const char *value = nex_msg_header(msg, name);
    snprintf(out, size, "%s", value != NULL ? value : "");
}

static void keep_reply(fixture *f, const nex_msg *msg) {
    assert_true(f->count < REPLIES_MAX);
    reply *r = &f->replies[f->count++];
    r->data = calloc(1, msg->len + 1);
    if (msg->len > 0) {
        memcpy(r->data, msg->data, msg->len);
    }
    copy_header(msg, "Nats-Service-Error-Code", r->code, sizeof r->code);
    copy_header(msg, "Nats-Service-Error", r->error, sizeof r->error);
    copy_header(msg, "Nex-Decline", r->decline, sizeof r->decline);
    copy_header(msg, "Nex-Nodes", r->nodes, sizeof r->nodes);
}

static void on_reply(void *arg, nex_status status, const nex_msg *msg) {
    fixture *f = arg;
    f->status = status;
    if (msg != NULL) {
        keep_reply(f, msg);
    }
    loop_wait_done(&f->wait);
}

/* Asks and waits for one answer; NULL when there is none within `timeout`. */
static const reply *ask_with(fixture *f, const char *subject, const void *data, size_t len,
                             const nex_header *headers, size_t header_count, nex_duration timeout) {
    clear_replies(f);
    nex_msg msg = {.subject = subject,
                   .data = data,
                   .len = len,
                   .headers = headers,
                   .header_count = header_count};
    assert_int_equal(nex_bus_request(f->asker, &msg, timeout, on_reply, f, NULL), NEX_OK);
    loop_wait_run(&f->wait, subject);
    return f->status == NEX_OK ? &f->replies[0] : NULL;
}

static const reply *ask(fixture *f, const char *subject, const char *body) {
    return ask_with(f, subject, body, strlen(body), NULL, 0, 5 * NEX_SECOND);
}

/* Nothing comes, although the node has answered a PING that was sent after. */
static void assert_silent(fixture *f, const char *subject, const char *body) {
    assert_null(ask_with(f, subject, body, strlen(body), NULL, 0, 200 * NEX_MILLISECOND));
    assert_int_equal(f->status, NEX_ETIMEOUT);
    assert_non_null(ask(f, "$NEX.SVC.system.control.PING", "{\"filter\":null}"));
}

static void assert_error(const reply *r, const char *code, const char *cause) {
    assert_non_null(r);
    assert_string_equal(r->code, code);
    json_t *body = json_loads(r->data, 0, NULL);
    assert_int_equal(strlen(json_string_value(json_object_get(body, "error_id"))), 22);
    const char *error = json_string_value(json_object_get(body, "error"));
    if (strstr(error, cause) == NULL) {
        fail_msg("error is \"%s\", expected \"%s\"", error, cause);
    }
    json_decref(body);
}

static void bid_for(fixture *f, const char *namespace_, char out[NEX_ID_SIZE]) {
    char subject[256];
    snprintf(subject, sizeof subject, "$NEX.SVC.%s.control.AUCTION", namespace_);
    const reply *r =
        ask(f, subject, "{\"auction_id\":\"a\",\"tags\":null,\"agent_type\":\"test\"}");
    assert_non_null(r);
    assert_string_equal(r->code, "");
    nex_auction_response *bid = NULL;
    assert_int_equal(nex_auction_response_decode(&bid, r->data, strlen(r->data), NULL), NEX_OK);
    assert_int_equal(strlen(bid->bidder_id), 22);
    assert_int_equal(bid->supported_lifecycles.count, 2);
    snprintf(out, NEX_ID_SIZE, "%s", bid->bidder_id);
    nex_auction_response_free(bid);
}

static const char *const START =
    "{\"description\":\"\",\"name\":\"w\",\"namespace\":\"default\",\"run_request\":"
    "\"{\\\"uri\\\":\\\"file:///bin/true\\\"}\",\"tags\":{},\"workload_lifecycle\":\"service\","
    "\"workload_type\":\"test\"}";

static const reply *deploy(fixture *f, const char *namespace_, const char *bid, const char *body) {
    char subject[256];
    snprintf(subject, sizeof subject, "$NEX.SVC.%s.control.ADEPLOY.%s", namespace_, bid);
    return ask(f, subject, body);
}

static void start_workload(fixture *f, char out[NEX_ID_SIZE]) {
    char bid[NEX_ID_SIZE];
    bid_for(f, "default", bid);
    const reply *r = deploy(f, "default", bid, START);
    assert_non_null(r);
    assert_string_equal(r->code, "");
    nex_start_workload_response *response = NULL;
    assert_int_equal(nex_start_workload_response_decode(&response, r->data, strlen(r->data), NULL),
                     NEX_OK);
    assert_string_equal(response->name, "w");
    snprintf(out, NEX_ID_SIZE, "%s", response->id);
    nex_start_workload_response_free(response);
}

/* ---- Tests -------------------------------------------------------------------------------------
 */

static void test_ping_answers_and_filters(void **state) {
    fixture *f = *state;
    const reply *r = ask(f, "$NEX.SVC.system.control.PING", "{\"filter\":{\"region\":\"lab\"}}");
    assert_non_null(r);
    nex_node_ping_response *ping = NULL;
    assert_int_equal(nex_node_ping_response_decode(&ping, r->data, strlen(r->data), NULL), NEX_OK);
    assert_string_equal(ping->node_id, nex_node_id(f->node));
    assert_int_equal(ping->agent_count, 1);
    assert_int_equal(ping->state, NEX_NODE_STATE_RUNNING);
    assert_string_equal(nex_string_map_get(&ping->tags, "nex.node"), "alpha");
    assert_string_equal(nex_string_map_get(&ping->tags, "nex.lameduck"), "false");
    nex_node_ping_response_free(ping);
    assert_string_equal(r->nodes, "1");
    assert_silent(f, "$NEX.SVC.system.control.PING", "{\"filter\":{\"region\":\"mars\"}}");
    assert_error(ask(f, "$NEX.SVC.system.control.PING", "{}"), "400", "filter");
    assert_error(ask(f, "$NEX.SVC.system.control.PING", "not json"), "400", "");
}

static void test_start_list_clone_stop(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    char subject[256];
    start_workload(f, id);
    assert_true(test_agent_has(f->agent, id));

    const reply *r =
        ask(f, "$NEX.SVC.default.control.WPING", "{\"filter\":null,\"namespace\":\"default\"}");
    assert_non_null(r);
    assert_non_null(strstr(r->data, id));
    r = ask(f, "$NEX.SVC.other.control.WPING", "{\"filter\":null,\"namespace\":\"other\"}");
    assert_string_equal(r->data, "[]");
    r = ask(f, "$NEX.SVC.system.control.WPING", "{\"filter\":null,\"namespace\":\"system\"}");
    assert_non_null(strstr(r->data, id));

    snprintf(subject, sizeof subject, "$NEX.SVC.default.control.CLONE.%s", id);
    r = ask(f, subject, "{\"namespace\":\"default\",\"new_target_xkey\":\"\"}");
    assert_non_null(r);
    assert_string_equal(r->data, START);
    snprintf(subject, sizeof subject, "$NEX.SVC.other.control.CLONE.%s", id);
    assert_silent(f, subject, "{\"namespace\":\"other\",\"new_target_xkey\":\"\"}");

    snprintf(subject, sizeof subject, "$NEX.SVC.other.control.UNDEPLOY.%s", id);
    r = ask(f, subject, "{\"namespace\":\"other\"}");
    assert_non_null(strstr(r->data, "\"stopped\":false"));
    assert_true(test_agent_has(f->agent, id));
    snprintf(subject, sizeof subject, "$NEX.SVC.default.control.UNDEPLOY.%s", id);
    r = ask(f, subject, "{\"namespace\":\"default\"}");
    assert_non_null(strstr(r->data, "\"stopped\":true"));
    assert_false(test_agent_has(f->agent, id));
    r = ask(f, subject, "{\"namespace\":\"default\"}");
    assert_string_equal(r->code, "");
    assert_non_null(strstr(r->data, "\"message\":\"workload not found\",\"stopped\":false"));
}

static void test_a_bid_is_used_once_and_at_home(void **state) {
    fixture *f = *state;
    char bid[NEX_ID_SIZE];
    bid_for(f, "default", bid);
    assert_error(deploy(f, "system", bid, START), "403", "namespace");
    assert_error(deploy(f, "other", bid, START), "403", "namespace");
    assert_string_equal(deploy(f, "default", bid, START)->code, "");
    assert_error(deploy(f, "default", bid, START), "404", "bid");
    char subject[256];
    snprintf(subject, sizeof subject, "$NEX.SVC.default.control.ADEPLOY.%s",
             "AAAAAAAAAAAAAAAAAAAAAA");
    assert_silent(f, subject, START);
    assert_silent(f, subject, "garbage");
}

static void test_deploys_are_checked(void **state) {
    fixture *f = *state;
    char bid[NEX_ID_SIZE];
    bid_for(f, "default", bid);
    assert_error(deploy(f, "default", bid, "{}"), "400", "required");
    bid_for(f, "default", bid);
    const reply *r =
        deploy(f, "default", bid,
               "{\"description\":\"\",\"name\":\"w\",\"namespace\":\"default\",\"run_request\":"
               "\"{\\\"uri\\\":5}\",\"tags\":{},\"workload_lifecycle\":\"service\","
               "\"workload_type\":\"test\"}");
    assert_error(r, "400", "/uri");
    assert_string_equal(r->error, "failed to validate run request");
    bid_for(f, "default", bid);
    assert_error(deploy(f, "default", bid,
                        "{\"description\":\"\",\"name\":\"w\",\"namespace\":\"default\","
                        "\"run_request\":\"{}\",\"tags\":{},\"workload_lifecycle\":\"service\","
                        "\"workload_type\":\"other\"}"),
                 "404", "workload type not found");
    bid_for(f, "default", bid);
    f->agent->refuse = true;
    r = deploy(f, "default", bid, START);
    assert_string_equal(r->code, "100");
    assert_string_equal(r->error, "refused, as the test wants it");
    f->agent->refuse = false;
}

static void test_auctions_say_why_when_asked(void **state) {
    fixture *f = *state;
    static const struct {
        const char *body;
        const char *reason;
    } cases[] = {
        {"{\"auction_id\":\"a\",\"tags\":null,\"agent_type\":\"nope\"}", "type"},
        {"{\"auction_id\":\"a\",\"tags\":{\"region\":\"x\"},\"agent_type\":\"test\"}", "tags"},
        {"{\"auction_id\":\"a\",\"tags\":{},\"agent_type\":\"test\",\"lifecycle\":\"function\"}",
         "lifecycle"}};
    nex_header explain = {"Nex-Explain", "1"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_silent(f, "$NEX.SVC.default.control.AUCTION", cases[i].body);
        const reply *r = ask_with(f, "$NEX.SVC.default.control.AUCTION", cases[i].body,
                                  strlen(cases[i].body), &explain, 1, 5 * NEX_SECOND);
        assert_non_null(r);
        assert_string_equal(r->decline, cases[i].reason);
        assert_string_equal(r->data, "");
        assert_string_equal(r->nodes, "1");
    }
    nex_header elsewhere[] = {{"Nex-Explain", "1"}, {"Nex-Nexus", "other"}};
    const char *body = "{\"auction_id\":\"a\",\"tags\":null,\"agent_type\":\"test\"}";
    assert_null(ask_with(f, "$NEX.SVC.default.control.AUCTION", body, strlen(body), elsewhere, 2,
                         200 * NEX_MILLISECOND));
}

typedef struct burst {
    fixture *f;
    size_t open;
    size_t ok;
} burst;

static void on_burst(void *arg, nex_status status, const nex_msg *msg) {
    burst *b = arg;
    b->ok += status == NEX_OK && nex_msg_header(msg, "Nats-Service-Error-Code") == NULL;
    if (--b->open == 0) {
        loop_wait_done(&b->f->wait);
    }
}

static void test_slow_starts_run_side_by_side(void **state) {
    fixture *f = *state;
    burst b = {.f = f};
    char bids[10][NEX_ID_SIZE];
    for (size_t i = 0; i < 10; i++) {
        bid_for(f, "default", bids[i]);
    }
    f->agent->hold_starts = true;
    for (size_t i = 0; i < 10; i++) {
        char subject[NEX_SUBJECT_SIZE];
        assert_int_equal(nex_subject_auction_deploy_workload(subject, "default", bids[i]), NEX_OK);
        nex_msg msg = {.subject = subject, .data = START, .len = strlen(START)};
        assert_int_equal(nex_bus_request(f->asker, &msg, 20 * NEX_SECOND, on_burst, &b, NULL),
                         NEX_OK);
        b.open++;
    }
    /* All ten wait for the agent, and the node answers others meanwhile. */
    do {
        assert_non_null(ask(f, "$NEX.SVC.system.control.PING", "{\"filter\":null}"));
    } while (f->agent->held_count < 10);
    assert_int_equal(b.open, 10);
    test_agent_release(f->agent);
    loop_wait_run(&f->wait, "ten starts");
    assert_int_equal(b.ok, 10);
}

static void test_a_mute_agent_makes_no_list_late_twice(void **state) {
    fixture *f = *state;
    f->agent->mute = true;
    uint64_t before = nex_loop_now(f->loop);
    const char *body = "{\"filter\":null,\"namespace\":\"default\"}";
    assert_string_equal(ask(f, "$NEX.SVC.default.control.WPING", body)->data, "[]");
    /* It answers pings, so it is taken to be slow and waited for, but not for ever. */
    assert_true(nex_loop_now(f->loop) - before < 4 * (uint64_t)NEX_SECOND);
    f->agent->mute = false;
    test_agent_release(f->agent);
    assert_non_null(ask(f, "$NEX.SVC.system.control.PING", "{\"filter\":null}"));
}

static void test_lameduck_takes_no_work_and_ends(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    char subject[256];
    start_workload(f, id);
    snprintf(subject, sizeof subject, "$NEX.SVC.system.control.LAMEDUCK.%s", nex_node_id(f->node));
    assert_error(ask(f, subject, "{\"delay\":\"soon\"}"), "400", "delay");
    assert_silent(f, subject, "{\"delay\":\"1s\",\"tag\":{\"region\":\"mars\"}}");
    const reply *r = ask(f, subject, "{\"delay\":\"300ms\"}");
    assert_non_null(strstr(r->data, "\"success\":true"));
    r = ask(f, "$NEX.SVC.system.control.PING", "{\"filter\":null}");
    assert_non_null(strstr(r->data, "\"state\":\"lameduck\""));
    assert_non_null(strstr(r->data, "\"nex.lameduck\":\"true\""));
    assert_silent(f, "$NEX.SVC.default.control.AUCTION",
                  "{\"auction_id\":\"a\",\"tags\":null,\"agent_type\":\"test\"}");
    assert_true(test_agent_has(f->agent, id));
    loop_wait_run(&f->wait, "the end of lame duck");
    nex_node_free(f->node);
    f->node = NULL;
}

static void test_hostile_bodies_get_errors_and_leave_it_alive(void **state) {
    fixture *f = *state;
    static const char *const subjects[] = {
        "$NEX.SVC.system.control.PTAGS",    "$NEX.SVC.system.control.PING",
        "$NEX.SVC.default.control.AUCTION", "$NEX.SVC.default.control.UNDEPLOY.x",
        "$NEX.SVC.default.control.CLONE.x", "$NEX.SVC.default.control.WPING",
        "$NEX.SVC.nexus.agent.RREGISTER",   "$NEX.SVC.default.control.ADEPLOY.x"};
    char *deep = malloc(100001);
    memset(deep, '[', 100000);
    deep[100000] = '\0';
    const char *bodies[] = {"",
                            "null",
                            "[]",
                            "\"\\u0000\"",
                            "{\"namespace\":null,\"filter\":null,\"tags\":null}",
                            "{\"namespace\":\"default\",\"namespace\":\"default\"}",
                            "{\"namespace\":\"\xff\xfe\"}",
                            "{\"namespace\":5}",
                            deep};
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        for (size_t k = 0; k < sizeof bodies / sizeof bodies[0]; k++) {
            nex_msg msg = {.subject = subjects[i], .data = bodies[k], .len = strlen(bodies[k])};
            nex_header odd = {"X-Odd", "  :\t"};
            msg.headers = &odd;
            msg.header_count = 1;
            assert_int_equal(nex_bus_publish(f->asker, &msg), NEX_OK);
        }
    }
    free(deep);
    assert_non_null(ask(f, "$NEX.SVC.system.control.PING", "{\"filter\":null}"));
    assert_error(ask(f, "$NEX.SVC.default.control.WPING", "{\"namespace\":5,\"filter\":null}"),
                 "400", "namespace");
    assert_error(ask(f, "$NEX.SVC.default.control.UNDEPLOY.x", "{\"namespace\":\"b\"}"), "403",
                 "namespace mismatch");
}

static void test_info_and_agent_id(void **state) {
    fixture *f = *state;
    char subject[256];
    snprintf(subject, sizeof subject, "$NEX.SVC.system.control.INFO.%s", nex_node_id(f->node));
    const reply *r = ask(f, subject, "{}");
    nex_node_info_response *info = NULL;
    assert_int_equal(nex_node_info_response_decode(&info, r->data, strlen(r->data), NULL), NEX_OK);
    assert_int_equal(info->node_agent_summaries.count, 1);
    assert_string_equal(info->node_agent_summaries.items[0].agent_health, "healthy");
    assert_string_equal(info->node_agent_summaries.items[0].agent_summary->type, "test");
    snprintf(subject, sizeof subject, "$NEX.SVC.system.control.AGENTID.%s", nex_node_id(f->node));
    r = ask(f, subject, "test_agent");
    assert_string_equal(r->data, info->node_agent_summaries.items[0].agent_id);
    nex_node_info_response_free(info);
    assert_silent(f, subject, "nobody");
    assert_error(ask(f, subject, ""), "400", "agent name is required");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ping_answers_and_filters, setup, teardown),
        cmocka_unit_test_setup_teardown(test_start_list_clone_stop, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_bid_is_used_once_and_at_home, setup, teardown),
        cmocka_unit_test_setup_teardown(test_deploys_are_checked, setup, teardown),
        cmocka_unit_test_setup_teardown(test_auctions_say_why_when_asked, setup, teardown),
        cmocka_unit_test_setup_teardown(test_slow_starts_run_side_by_side, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_mute_agent_makes_no_list_late_twice, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_lameduck_takes_no_work_and_ends, setup, teardown),
        cmocka_unit_test_setup_teardown(test_hostile_bodies_get_errors_and_leave_it_alive, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_info_and_agent_id, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
