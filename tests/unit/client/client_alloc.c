/*
 * Allocations of the client fail: each alone, with those after it, with all after it, and every so
 * many. The operation then does not begin, or ends with NEX_ENOMEM, or does without; it always
 * ends, once, nothing leaks (which the sanitizers watch), and with memory the client works again.
 * Built twice: with the client's own files, and (NEX_FAILING_BUS) with all below it, where answers
 * may be lost too, so that an operation ends as if a node had not answered.
 */
#include "failing_memory.h"
#include "fake_nodes.h"

#include <stdlib.h>
#include <string.h>

/* ---- A world that answers everything ------------------------------------------------------- */

#define PONG                                                                                       \
    "{\"node_id\":\"N0\",\"version\":\"1\",\"start_time\":\"2026-01-01T00:00:00Z\","               \
    "\"xkey\":\"\",\"tags\":{\"nex.node\":\"alpha\"},\"state\":\"running\",\"agent_count\":1}"
#define INFO                                                                                       \
    "{\"node_id\":\"N0\",\"version\":\"1\",\"uptime\":\"1s\",\"xkey\":\"\",\"tags\":"              \
    "{\"nex.node\":\"alpha\"},\"agent_summaries\":{}}"
#define REQUEST                                                                                    \
    "{\"name\":\"api\",\"namespace\":\"shop\",\"description\":\"\",\"workload_type\":\"native\","  \
    "\"workload_lifecycle\":\"service\",\"run_request\":\"{\\\"environment\\\":{\\\"A\\\":"        \
    "\\\"b\\\"}}\",\"tags\":{\"old\":\"tag\"}}"
#define LIST                                                                                       \
    "[{\"id\":\"w1\",\"name\":\"api\",\"start_time\":\"2026-01-01T00:00:00Z\",\"workload_type\":"  \
    "\"native\",\"workload_state\":\"running\",\"workload_lifecycle\":\"service\","                \
    "\"metadata\":{},\"namespace\":\"shop\",\"runtime\":\"1s\",\"tags\":{}}]"

static fake_world *make_world(void) {
    static const struct {
        const char *verb, *body;
    } answers[] = {
        {"WPING", LIST},
        {"PING", PONG},
        {"INFO", INFO},
        {"CLONE", REQUEST},
        {"AUCTION", FAKE_BID("b1")},
        {"ADEPLOY", "{\"id\":\"w2\",\"name\":\"api\"}"},
        {"UNDEPLOY", "{\"id\":\"w1\",\"message\":\"\",\"stopped\":true,"
                     "\"workload_type\":\"native\"}"},
        {"LAMEDUCK", "{\"success\":true,\"message\":\"\"}"},
    };
    fake_world *w = fake_world_new(2, "system", NULL);
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        fake_answer(w, 0,
                    (fake_rule){.verb = answers[i].verb,
                                .body = answers[i].body,
                                .nodes = "2",
                                .node_id = "N0",
                                .header = NEX_HEADER_BOXED_ENV,
                                .value = "1"});
    }
    /* The other one declines what goes to all, and hears nothing of what is for one. */
    fake_answer(w, 1, (fake_rule){.verb = "PING.N0"});
    static const char *const verbs[] = {"AUCTION", "PING", "CLONE", "UNDEPLOY"};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        fake_answer(w, 1,
                    (fake_rule){.verb = verbs[i],
                                .body = "",
                                .nodes = "2",
                                .node_id = "N1",
                                .header = NEX_HEADER_DECLINE,
                                .value = "unknown"});
    }
    return w;
}

/* ---- Operations ---------------------------------------------------------------------------- */

static void on_auction(void *arg, const nex_outcome *o, const nex_bid *bids, size_t count) {
    (void)bids;
    (void)count;
    fake_done(arg, o);
}

static void on_start(void *arg, const nex_outcome *o, const nex_started *started) {
    (void)started;
    fake_done(arg, o);
}

static void on_stop(void *arg, const nex_outcome *o, const nex_stop_workload_response *response) {
    (void)response;
    fake_done(arg, o);
}

static void on_clone(void *arg, const nex_outcome *o, const nex_started *started,
                     const nex_stop_workload_response *response) {
    (void)started;
    (void)response;
    fake_done(arg, o);
}

static void on_list(void *arg, const nex_outcome *o, const nex_listed_workload *list,
                    size_t count) {
    (void)list;
    (void)count;
    fake_done(arg, o);
}

static void on_nodes(void *arg, const nex_outcome *o, const nex_node_ping_response *const *nodes,
                     size_t count) {
    (void)nodes;
    (void)count;
    fake_done(arg, o);
}

static void on_ping(void *arg, const nex_outcome *o, const nex_node_ping_response *node) {
    (void)node;
    fake_done(arg, o);
}

static void on_info(void *arg, const nex_outcome *o, const nex_node_info_response *info) {
    (void)info;
    fake_done(arg, o);
}

static void on_lameduck(void *arg, const nex_outcome *o, const nex_lameduck_result *results,
                        size_t count) {
    (void)results;
    (void)count;
    fake_done(arg, o);
}

static void on_output(void *arg, const nex_feed_output *output) {
    (void)arg;
    (void)output;
}

static void on_event(void *arg, const nex_feed_event *event) {
    (void)arg;
    (void)event;
}

typedef nex_status (*operation)(fake_world *w, nex_error *err);

static char tag_key[] = "nex.os", tag_value[] = "linux";
static nex_string_entry tag = {tag_key, tag_value};
static const nex_string_map tags = {&tag, 1};

static nex_status auction(fake_world *w, nex_error *err) {
    nex_auction_options options = {.type = "native", .tags = &tags, .node_id = "N0"};
    return nex_client_auction(w->client, &options, on_auction, w, NULL, err);
}

static nex_status start(fake_world *w, nex_error *err) {
    nex_start_workload_request request = {
        .name = (char *)(uintptr_t) "api",
        .namespace_ = (char *)(uintptr_t) "shop",
        .workload_type = (char *)(uintptr_t) "native",
        .workload_lifecycle = NEX_WORKLOAD_LIFECYCLE_SERVICE,
        .run_request = (char *)(uintptr_t) "{\"environment\":{\"A\":\"b\"}}"};
    nex_start_options options = {.request = &request};
    return nex_client_start(w->client, &options, on_start, w, NULL, err);
}

static nex_status stop(fake_world *w, nex_error *err) {
    return nex_client_stop(w->client, "w1", on_stop, w, NULL, err);
}

static nex_status clone(fake_world *w, nex_error *err) {
    nex_clone_options options = {.workload_id = "w1", .tags = &tags, .stop = true};
    return nex_client_clone(w->client, &options, on_clone, w, NULL, err);
}

static nex_status list(fake_world *w, nex_error *err) {
    return nex_client_list(w->client, NULL, on_list, w, NULL, err);
}

static nex_status list_nodes(fake_world *w, nex_error *err) {
    return nex_client_list_nodes(w->client, &tags, on_nodes, w, NULL, err);
}

static nex_status ping(fake_world *w, nex_error *err) {
    return nex_client_ping(w->client, "N0", on_ping, w, NULL, err);
}

static nex_status info(fake_world *w, nex_error *err) {
    return nex_client_node_info(w->client, "N0", on_info, w, NULL, err);
}

static nex_status lameduck(fake_world *w, nex_error *err) {
    nex_lameduck_options options = {.tag = &tags, .delay = NEX_SECOND};
    return nex_client_lameduck(w->client, &options, on_lameduck, w, NULL, err);
}

/* These do not end: they are over when they have begun. */
static nex_status follow_logs(fake_world *w, nex_error *err) {
    nex_status status = nex_client_follow_logs(w->client, "w1", on_output, w, NULL, err);
    w->done = status == NEX_OK;
    w->status = NEX_OK;
    return status;
}

static nex_status follow_events(fake_world *w, nex_error *err) {
    nex_status status = nex_client_follow_events(w->client, NULL, on_event, w, NULL, err);
    w->done = status == NEX_OK;
    w->status = NEX_OK;
    return status;
}

/* ---- Trying --------------------------------------------------------------------------------- */

typedef struct plan {
    long good;
    long bad;
    bool again;
} plan;

static bool expected(nex_status status) {
#ifdef NEX_FAILING_BUS
    return status == NEX_OK || status == NEX_ENOMEM || status == NEX_ETIMEOUT ||
           status == NEX_ENOTFOUND || status == NEX_EUNREACHABLE;
#else
    return status == NEX_OK || status == NEX_ENOMEM;
#endif
}

/* False when there was no allocation to fail any more. */
static bool try_with(operation begin, plan p, const char *name) {
    fake_world *w = make_world();
    nex_error err;
    fake_begin(w);
    failing_memory_arm_several(p.good, p.bad, p.again);
    nex_status status = begin(w, &err);
    if (status != NEX_OK) {
        assert_int_equal(status, NEX_ENOMEM);
        assert_true(strlen(err.message) > 0);
    } else {
        fake_wait(w);
        /* What it can do without, it does without: an entry among the declines, say. */
        if (!expected(w->status)) {
            fail_msg("%s, allocation %ld: %s: %s", name, p.good, nex_status_name(w->status),
                     w->error.message);
        }
    }
    bool any = failing_memory_disarm();
    assert_true(any || w->status == NEX_OK);
    fake_begin(w);
    assert_int_equal(list(w, &err), NEX_OK);
    fake_wait(w);
    assert_int_equal(w->status, NEX_OK);
    fake_world_free(w);
    return any;
}

static const struct {
    const char *name;
    operation begin;
} all[] = {{"auction", auction},
           {"start", start},
           {"stop", stop},
           {"clone", clone},
           {"list", list},
           {"list_nodes", list_nodes},
           {"ping", ping},
           {"info", info},
           {"lameduck", lameduck},
           {"follow_logs", follow_logs},
           {"follow_events", follow_events}};

static void try_all(long bad, long step) {
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        long count = 0;
        while (try_with(all[i].begin, (plan){count, bad, false}, all[i].name)) {
            count += step;
        }
        print_message("%s: %ld allocations\n", all[i].name, count);
        assert_in_range(count, 1, 10000);
    }
}

static void test_each_allocation_may_fail(void **state) {
    (void)state;
    try_all(1, 1);
}

static void test_a_few_in_a_row(void **state) {
    (void)state;
    try_all(4, 3);
}

static void test_no_memory_any_more(void **state) {
    (void)state;
    try_all(FAILING_MEMORY_ALL, 2);
}

static void test_every_so_many(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        for (long k = 1; k < 24; k++) {
            (void)try_with(all[i].begin, (plan){k, 1, true}, all[i].name);
        }
    }
}

static void test_making_a_client(void **state) {
    (void)state;
    fake_world *w = make_world();
    nex_client_options options = {.bus = w->bus, .namespace_ = "shop", .nexus = "lab"};
    long count = 0;
    bool failed;
    do {
        nex_client *client = NULL;
        nex_error err;
        failing_memory_arm(count++);
        nex_status status = nex_client_new(&client, &options, &err);
        failed = failing_memory_disarm();
        assert_int_equal(status, failed ? NEX_ENOMEM : NEX_OK);
        nex_client_free(client);
    } while (failed);
    assert_true(count > 3);
    fake_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_allocation_may_fail), cmocka_unit_test(test_a_few_in_a_row),
        cmocka_unit_test(test_no_memory_any_more),       cmocka_unit_test(test_every_so_many),
        cmocka_unit_test(test_making_a_client),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
