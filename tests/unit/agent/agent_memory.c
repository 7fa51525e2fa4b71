/*
 * Each allocation of the runner, the loop, the bus, the micro service, keys and codec fails while
 * an agent registers, works and is asked things: alone, with those after it, with all after it, and
 * every so many. Nothing crashes or leaks; what was asked is answered, refused or timed out; and
 * when there is memory again all works, with nothing lost.
 */
#include "failing_memory.h"
#include "scripted_node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START "$NEX.SVC." SCRIPTED_NODE ".agent." SCRIPTED_AGENT ".STARTWORKLOAD."
#define AGENT "$NEX.SVC." SCRIPTED_NODE ".agent."
#define REQUEST                                                                                    \
    "{\"request\":{\"name\":\"w\",\"namespace\":\"default\",\"description\":\"\","                 \
    "\"workload_type\":\"test\",\"workload_lifecycle\":\"service\","                               \
    "\"run_request\":\"{\\\"environment\\\":{\\\"A\\\":\\\"b\\\"}}\",\"tags\":{}},"                \
    "\"workload_creds\":" SCRIPTED_CREDS "}"

/* All is done by then, also what waits for a time-out: virtual time costs little. */
#define LONG_ENOUGH NEX_MINUTE

static nex_trigger *trigger;

static void on_trigger(void *arg, nex_trigger_call *call, const nex_msg *msg) {
    (void)arg;
    nex_trigger_reply(call, NULL, msg->data, msg->len);
}

static void on_secret(void *arg, nex_status status, const void *value, size_t len,
                      const nex_error *err) {
    (void)status;
    (void)value;
    (void)len;
    (void)err;
    *(bool *)arg = true;
}

static bool out_of_memory_or_well(nex_status status) {
    return status == NEX_OK || status == NEX_ENOMEM;
}

static bool start(scripted_node *n, bool remote) {
    nex_error err;
    nex_agent_options options = {.mode = remote ? NEX_AGENT_REMOTE : NEX_AGENT_EMBEDDED,
                                 .loop = sim_process_loop(n->agent_process),
                                 .bus = n->agent_bus,
                                 .connect = sim_connect,
                                 .connect_arg = n->agent_process,
                                 .ingress_address = "10.0.0.1"};
    if (!remote) {
        options.node_id = SCRIPTED_NODE;
        options.agent_id = SCRIPTED_AGENT;
    }
    nex_status status = nex_agent_new(&n->runner, &n->ops, n->self, &options, &err);
    if (status == NEX_OK) {
        n->self->runner = n->runner;
        status = nex_agent_start(n->runner, &err);
    }
    assert_true(out_of_memory_or_well(status));
    return status == NEX_OK;
}

static void on_answer(void *arg, nex_status status, const nex_msg *reply) {
    (void)arg;
    (void)status;
    (void)reply;
}

static void ask(scripted_node *n, const char *subject, const char *body) {
    nex_msg msg = {.subject = subject, .data = body, .len = strlen(body)};
    assert_true(out_of_memory_or_well(
        nex_bus_request(n->bus, &msg, 10 * NEX_SECOND, on_answer, NULL, NULL)));
}

/* What an agent does and is asked; each may fail. */
static void use(scripted_node *n) {
    bool told = false;
    nex_error err;
    scripted_run(n, NEX_SECOND);
    ask(n, START "w1", REQUEST);
    scripted_run(n, NEX_SECOND);
    assert_true(out_of_memory_or_well(nex_agent_trigger_add(
        n->runner, "w1", "default", "default.function.w", "w", on_trigger, n, &trigger, &err)));
    ask(n, "default.function.w", "hello");
    scripted_run(n, NEX_SECOND);
    nex_status status = nex_agent_output(n->runner, "w1", "default", NEX_STDOUT, "line\n", 5);
    assert_true(out_of_memory_or_well(status) || status == NEX_ESTATE);
    status = nex_agent_get_secret(n->runner, "default", "name", on_secret, &told);
    ask(n, AGENT "QUERYWORKLOADS", "{\"namespace\":\"default\",\"filter\":[\"w\"]}");
    ask(n, AGENT "GETWORKLOAD.w1", "{\"namespace\":\"default\"}");
    ask(n, AGENT "PING", "");
    ask(n, "$SRV.STATS", "");
    ask(n, AGENT "STOPWORKLOAD.w1", "{\"namespace\":\"default\"}");
    scripted_run(n, LONG_ENOUGH);
    assert_int_equal(told, status == NEX_OK); /* once, or not at all */
}

/* Memory is back: the agent serves, has what it was handed back, and starts new work. */
static void works(scripted_node *n) {
    scripted_run(n, LONG_ENOUGH);
    assert_true(nex_agent_is_registered(n->runner));
    assert_true(test_agent_has(n->self, "kept"));
    scripted_ask(n, START "w2", REQUEST);
    assert_true(n->answered);
    assert_string_equal(n->error, "");
    assert_true(test_agent_has(n->self, "w2"));
}

typedef struct plan {
    long good;
    long bad;
    bool again;
} plan;

/* Whether the scenario came to an allocation that fails at all. */
static bool fail_some(plan p, bool remote) {
    scripted_node *n = scripted_node_new();
    if (!remote) {
        n->agent_bus = NULL;
        nex_error err;
        nex_bus_options options = {0};
        assert_int_equal(sim_connect(n->agent_process, &n->agent_bus,
                                     sim_process_loop(n->agent_process), &options, &err),
                         NEX_OK);
    }
    n->existing = "{\"kept\":" REQUEST "}";
    trigger = NULL;
    failing_memory_arm_several(p.good, p.bad, p.again);
    bool started = start(n, remote);
    if (started) {
        use(n);
    }
    bool failed = failing_memory_disarm();
    assert_true(started || failed);
    if (!started) { /* nothing came of it; a second try */
        nex_agent_free(n->runner);
        n->runner = NULL;
        assert_true(start(n, remote));
    }
    works(n);
    nex_trigger_free(trigger);
    scripted_node_free(n);
    return failed;
}

static void each_allocation_may_fail(bool remote) {
    long which = 0;
    while (fail_some((plan){which, 1, false}, remote)) {
        which++;
    }
    assert_in_range(which, 100, 100000); /* the scenario did allocate */
}

static void test_an_embedded_agent_without_memory(void **state) {
    (void)state;
    each_allocation_may_fail(false);
}

static void test_a_remote_agent_without_memory(void **state) {
    (void)state;
    each_allocation_may_fail(true);
}

/* From each third allocation on: primes keep the two modes from failing at the same places. */
static void several_may_fail(long bad) {
    for (int remote = 0; remote < 2; remote++) {
        long step = remote ? 5 : 3;
        long which = 0;
        while (fail_some((plan){which, bad, false}, remote)) {
            which += step;
        }
        assert_in_range(which, 50, 100000);
    }
}

static void test_a_few_in_a_row(void **state) {
    (void)state;
    several_may_fail(4);
}

static void test_no_memory_any_more(void **state) {
    (void)state;
    several_may_fail(FAILING_MEMORY_ALL);
}

static void test_every_so_many(void **state) {
    (void)state;
    for (long k = 1; k < 60; k++) {
        assert_true(fail_some((plan){k, 1, true}, k % 2 == 0));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_embedded_agent_without_memory),
        cmocka_unit_test(test_a_remote_agent_without_memory),
        cmocka_unit_test(test_a_few_in_a_row),
        cmocka_unit_test(test_no_memory_any_more),
        cmocka_unit_test(test_every_so_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
