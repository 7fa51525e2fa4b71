/*
 * Input of every bad kind on every subject of a node, its native agent and a function: all answer
 * afterwards, and what is answered to it has the shape of the protocol.
 */
#include "node_process.h"

#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { SUBJECTS_MAX = 48, RANDOM_BODIES = 40, BIG = 512 * 1024, DEEP = 100000 };

typedef struct fixture {
    nexus_run nexus;
    node_run node;
    char agent[NEX_ID_SIZE];
    char subjects[SUBJECTS_MAX][160];
    size_t subject_count;
    nex_subscription *inbox;
    uint64_t random;
    size_t answers;
    size_t errors;
    char wrong[1024];
} fixture;

static bool is_error_body(const json_t *body, const char *code) {
    const char *id = json_string_value(json_object_get(body, "error_id"));
    const char *error = json_string_value(json_object_get(body, "error"));
    return json_object_size(body) == 2 && id != NULL && strlen(id) == 22 && error != NULL &&
           *error != '\0' && (code[0] != '5' || strcmp(error, "internal server error") == 0);
}

/* What a peer may be told: an ordinary body, or an error of the node or of an agent. */
static void on_answer(void *arg, const nex_msg *msg) {
    fixture *f = arg;
    const char *code = nex_msg_header(msg, "Nats-Service-Error-Code");
    const char *error = nex_msg_header(msg, "Nats-Service-Error");
    json_t *body = json_loadb(msg->data, msg->len, JSON_DECODE_ANY, NULL);
    bool good;
    f->answers++;
    if (nex_msg_header(msg, "workload_id") != NULL) {
        good = true; /* a function says what it likes */
    } else if (code == NULL) {
        good = body != NULL || msg->len == 0 || msg->len == NEX_ID_SIZE - 1;
    } else if (strcmp(code, "100") == 0) {
        good = error != NULL && *error != '\0' && (body != NULL || msg->len == 0);
    } else {
        bool known = strcmp(code, "400") == 0 || strcmp(code, "403") == 0 ||
                     strcmp(code, "404") == 0 || strcmp(code, "500") == 0;
        good = known && error != NULL && *error != '\0' && is_error_body(body, code);
    }
    f->errors += code != NULL;
    if (!good && f->wrong[0] == '\0') {
        snprintf(f->wrong, sizeof f->wrong, "to %s: code %s, error %s, body %.*s", msg->subject,
                 code != NULL ? code : "none", error != NULL ? error : "none",
                 (int)(msg->len < 300 ? msg->len : 300), (const char *)msg->data);
    }
    json_decref(body);
}

static void add(fixture *f, const char *format, const char *a, const char *b) {
    assert_in_range(f->subject_count, 0, SUBJECTS_MAX - 1);
    char *out = f->subjects[f->subject_count++];
    const char *parts[] = {a, b};
    size_t part = 0;
    size_t len = 0;
    for (const char *at = format; *at != '\0'; at++) {
        if (*at == '@') {
            len += (size_t)snprintf(out + len, 160 - len, "%s", parts[part++]);
        } else {
            out[len++] = *at;
        }
    }
    out[len] = '\0';
}

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nexus_run_start(&f->nexus, false);
    NODE_START(&f->nexus, &f->node, "--allow-remote-agent-registration");
    f->random = 88172645463325252u;
    char subject[160];
    snprintf(subject, sizeof subject, "$NEX.SVC.system.control.AGENTID.%s", f->node.id);
    char *agent = raw_request(&f->nexus, subject, "nexlet-native", 5 * NEX_SECOND);
    assert_non_null(agent);
    snprintf(f->agent, sizeof f->agent, "%s", agent);
    free(agent);
    start_of echo = {.name = "echo",
                     .run = "{\"uri\":\"file:///bin/cat\"}",
                     .lifecycle = NEX_WORKLOAD_LIFECYCLE_FUNCTION};
    assert_went_well(workload_start(&f->nexus, echo, NULL));
    static const char *const plain[] = {"$NEX.SVC.system.control.PTAGS",
                                        "$NEX.SVC.system.control.PING",
                                        "$NEX.SVC.default.control.AUCTION",
                                        "$NEX.SVC.default.control.ADEPLOY.x",
                                        "$NEX.SVC.x.control.UNDEPLOY.x",
                                        "$NEX.SVC.x.control.CLONE.x",
                                        "$NEX.SVC.x.control.WPING",
                                        "$NEX.SVC.nexus.agent.RREGISTER",
                                        "$NEX.SVC.nexus.agent.PINGWORKLOAD.x",
                                        "default.function.echo",
                                        "$SRV.PING",
                                        "$SRV.INFO.nexnode",
                                        "$SRV.STATS",
                                        "$NEX.FEED.x.event.WORKLOADSTOPPED",
                                        "$NEX.FEED.x.event.NODESTARTED",
                                        "$NEX.FEED.x.events.NODESTOPPED",
                                        "$NEX.SVC.system.control.HEARTBEAT.x"};
    static const char *const of_node[] = {"$NEX.SVC.system.control.PING.@",
                                          "$NEX.SVC.system.control.INFO.@",
                                          "$NEX.SVC.system.control.LAMEDUCK.@",
                                          "$NEX.SVC.system.control.AGENTID.@",
                                          "$NEX.SVC.x.control.WLOGS.@.x",
                                          "$NEX.SVC.x.control.WINFO.@.x",
                                          "$NEX.SVC.@.agent.@.LOGS.x",
                                          "$NEX.SVC.@.agent.SECRET.@",
                                          "$NEX.SVC.@.agent.REGISTER.x",
                                          "$NEX.SVC.@.agent.HEARTBEAT.@",
                                          "$NEX.SVC.@.agent.@.STARTWORKLOAD.x",
                                          "$NEX.SVC.@.agent.STOPWORKLOAD.x",
                                          "$NEX.SVC.@.agent.GETWORKLOAD.x",
                                          "$NEX.SVC.@.agent.QUERYWORKLOADS",
                                          "$NEX.SVC.@.agent.@.PING",
                                          "$NEX.SVC.@.agent.PING",
                                          "$NEX.SVC.@.agent.SETLAMEDUCK"};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        add(f, plain[i], NULL, NULL);
    }
    for (size_t i = 0; i < sizeof of_node / sizeof of_node[0]; i++) {
        add(f, of_node[i], f->node.id, f->agent);
    }
    assert_int_equal(
        nex_bus_subscribe(f->nexus.bus, "hostile.inbox.>", NULL, on_answer, f, &f->inbox), NEX_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    nex_subscription_free(f->inbox);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
    nexus_run_end(&f->nexus);
    free(f);
    return 0;
}

/* The node and its agent are as before: a workload can be started, listed, cloned, stopped. */
static void assert_sound(fixture *f) {
    char id[NEX_ID_SIZE];
    char clone[NEX_ID_SIZE];
    assert_went_well(workload_start(&f->nexus, (start_of){0}, id));
    (void)find_listed(&f->nexus, id);
    assert_went_well(workload_clone(&f->nexus, id, NULL, NULL, false, clone));
    assert_went_well(workload_stop(&f->nexus, id));
    assert_went_well(workload_stop(&f->nexus, clone));
    char *said = raw_request(&f->nexus, "default.function.echo", "sound", 20 * NEX_SECOND);
    assert_non_null(said);
    assert_string_equal(said, "sound");
    free(said);
    if (f->wrong[0] != '\0') {
        fail_msg("%s", f->wrong);
    }
}

/* Sends a body to every subject, and waits until the node has seen it. */
static void send_to_all(fixture *f, const void *data, size_t len, const nex_header *headers,
                        size_t header_count) {
    char inbox[48];
    for (size_t i = 0; i < f->subject_count; i++) {
        snprintf(inbox, sizeof inbox, "hostile.inbox.%zu", i);
        nex_msg msg = {.subject = f->subjects[i],
                       .reply = inbox,
                       .data = data,
                       .len = len,
                       .headers = headers,
                       .header_count = header_count};
        assert_int_equal(nex_bus_publish(f->nexus.bus, &msg), NEX_OK);
    }
    char *pong =
        raw_request(&f->nexus, "$NEX.SVC.system.control.PING", "{\"filter\":{}}", 20 * NEX_SECOND);
    if (pong == NULL) {
        fail_msg("no answer after %.*s", (int)(len < 200 ? len : 200), (const char *)data);
    }
    free(pong);
}

static void send_text(fixture *f, const char *text) {
    send_to_all(f, text, strlen(text), NULL, 0);
}

static void test_json_of_the_wrong_shape(void **state) {
    fixture *f = *state;
    static const char *const bodies[] = {
        "",
        " ",
        "[]",
        "{}",
        "0",
        "-1e999",
        "\"text\"",
        "true",
        "{",
        "[1,",
        "{\"namespace\":",
        "{\"namespace\":5,\"filter\":7,\"tags\":9,\"delay\":true,\"name\":[],\"auction_id\":{}}",
        "{\"namespace\":[null],\"filter\":\"x\",\"tags\":[\"a\"],\"agent_type\":{}}",
        "{\"namespace\":\"x\",\"namespace\":\"y\",\"filter\":null,\"filter\":[]}",
        "{\"namespace\":\"\xff\xfe\xc0\x80\",\"filter\":[\"\xed\xa0\x80\"],\"delay\":\"\xf8\"}",
        "{\"namespace\":\"\\ud800\",\"filter\":[],\"tags\":{\"\\u0000\":\"\\u0000\"}}",
        "{\"delay\":\"-1h\"}x",
        "{\"delay\":\"99999999999999999999h\"}",
        "{\"namespace\":\"a.b c>*\",\"filter\":[],\"new_target_xkey\":\"X\"}",
        "{\"summary\":{\"workload_count\":-9223372036854775808,\"state\":\"\"},\"data\":\"\"}",
        "\xef\xbb\xbf{}",
        "{} {}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        send_text(f, bodies[i]);
    }
    assert_true(f->errors > 50);
    assert_sound(f);
}

static void test_nulls_everywhere(void **state) {
    fixture *f = *state;
    send_text(f, "null");
    send_text(f, "{\"namespace\":null,\"filter\":null,\"tags\":null,\"tag\":null,\"delay\":null,"
                 "\"agent_type\":null,\"auction_id\":null,\"new_target_xkey\":null}");
    send_text(f, "{\"request\":null,\"workload_creds\":null}");
    send_text(f, "{\"request\":{\"name\":null,\"namespace\":null,\"description\":null,"
                 "\"workload_type\":null,\"workload_lifecycle\":\"service\",\"run_request\":null,"
                 "\"tags\":null},\"workload_creds\":null}");
    send_text(f, "{\"name\":null,\"register_type\":null,\"description\":null,\"version\":null,"
                 "\"max_workloads\":null,\"public_xkey\":null,\"start_request_schema\":null,"
                 "\"supported_lifecycles\":null}");
    send_text(f, "{\"summary\":null,\"data\":null}");
    send_text(f, "{\"id\":null,\"namespace\":null,\"workload_type\":null,\"error\":null}");
    assert_sound(f);
}

static uint64_t next_random(fixture *f) {
    f->random ^= f->random << 13;
    f->random ^= f->random >> 7;
    f->random ^= f->random << 17;
    return f->random;
}

static void test_random_bytes(void **state) {
    fixture *f = *state;
    unsigned char body[4096];
    for (int i = 0; i < RANDOM_BODIES; i++) {
        size_t len = next_random(f) % sizeof body;
        for (size_t k = 0; k < len; k++) {
            body[k] = (unsigned char)next_random(f);
        }
        send_to_all(f, body, len, NULL, 0);
    }
    assert_sound(f);
}

static void test_large_and_deep_bodies(void **state) {
    fixture *f = *state;
    char *body = malloc(BIG + 1);
    assert_non_null(body);
    memset(body, 'x', BIG);
    body[BIG] = '\0';
    send_to_all(f, body, BIG, NULL, 0);
    memcpy(body, "{\"namespace\":\"", 14);
    memcpy(body + BIG - 2, "\"}", 2);
    send_to_all(f, body, BIG, NULL, 0);
    static const char *const openings[] = {"[", "{\"a\":", "{\"namespace\":[", "{\"tags\":{\"a\":"};
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        size_t step = strlen(openings[i]);
        size_t len = 0;
        while (len / step < DEEP && len + step < BIG) {
            memcpy(body + len, openings[i], step);
            len += step;
        }
        send_to_all(f, body, len, NULL, 0);
    }
    free(body);
    assert_sound(f);
}

static void test_odd_headers(void **state) {
    fixture *f = *state;
    char long_value[8192];
    memset(long_value, 'v', sizeof long_value - 1);
    long_value[sizeof long_value - 1] = '\0';
    const nex_header odd[] = {{"Nex-Explain", "1"},
                              {"Nex-Explain", "0"},
                              {"Nex-Agent", "x.>*"},
                              {"Nex-Node", long_value},
                              {"Nex-Boxed-Env", "\xff"},
                              {"Nats-Service-Error-Code", "500"},
                              {"Nats-Service-Error", "not one"},
                              {"Status", "503"},
                              {"agentId", f->agent},
                              {"X-Empty", ""},
                              {"X-Odd", "  :\t "}};
    send_to_all(f, "{}", 2, odd, sizeof odd / sizeof odd[0]);
    send_to_all(f, "", 0, odd, sizeof odd / sizeof odd[0]);
    static const char valid[] = "{\"namespace\":\"x\",\"filter\":[],\"tags\":{},\"agent_type\":"
                                "\"native\",\"auction_id\":\"a\",\"new_target_xkey\":\"\"}";
    send_to_all(f, valid, strlen(valid), odd, sizeof odd / sizeof odd[0]);
    nex_header elsewhere = {"Nex-Nexus", long_value};
    send_to_all(f, "{}", 2, &elsewhere, 1);
    assert_sound(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_json_of_the_wrong_shape, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nulls_everywhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_random_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_large_and_deep_bodies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_odd_headers, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
