/*
 * Fails each allocation of the client in turn: the operation then does not begin, or ends with
 * NEX_ENOMEM, or does without; it always ends, once, and nothing leaks (which the sanitizers
 * watch). The build hands the allocations of the client's own files to the functions here.
 */
#include "fake_nodes.h"

#include <stdlib.h>
#include <string.h>

void *failing_malloc(size_t size);
void *failing_calloc(size_t count, size_t size);
void *failing_realloc(void *old, size_t size);
char *failing_strdup(const char *text);

static long until_failure = -1; /* allocations that still succeed; negative: all */
static bool failed;

static bool refused(void) {
    if (until_failure < 0) {
        return false;
    }
    if (until_failure > 0) {
        until_failure--;
        return false;
    }
    failed = true;
    until_failure = -1; /* one at a time */
    return true;
}

void *failing_malloc(size_t size) {
    return refused() ? NULL : malloc(size);
}

void *failing_calloc(size_t count, size_t size) {
    return refused() ? NULL : calloc(count, size);
}

void *failing_realloc(void *old, size_t size) {
    return refused() ? NULL : realloc(old, size);
}

char *failing_strdup(const char *text) {
    return refused() ? NULL : strdup(text);
}

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

/* False when there was no allocation to fail any more. */
static bool try_with(operation begin, long allowed, const char *name) {
    fake_world *w = make_world();
    nex_error err;
    fake_begin(w);
    failed = false;
    until_failure = allowed;
    nex_status status = begin(w, &err);
    if (status != NEX_OK) {
        assert_int_equal(status, NEX_ENOMEM);
        assert_true(strlen(err.message) > 0);
    } else {
        fake_wait(w);
        /* What it can do without, it does without: an entry among the declines, say. */
        if (w->status != NEX_OK && w->status != NEX_ENOMEM) {
            fail_msg("%s, allocation %ld: %s", name, allowed, w->error.message);
        }
        assert_true(failed || w->status == NEX_OK);
    }
    until_failure = -1;
    bool any = failed;
    fake_world_free(w);
    return any;
}

static void test_each_allocation_may_fail(void **state) {
    (void)state;
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
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        long count = 0;
        while (try_with(all[i].begin, count, all[i].name)) {
            count++;
        }
        print_message("%s: %ld allocations\n", all[i].name, count);
        assert_in_range(count, 1, 200);
    }
}

static void test_making_a_client(void **state) {
    (void)state;
    fake_world *w = make_world();
    nex_client_options options = {.bus = w->bus, .namespace_ = "shop", .nexus = "lab"};
    long count = 0;
    do {
        nex_client *client = NULL;
        nex_error err;
        failed = false;
        until_failure = count++;
        nex_status status = nex_client_new(&client, &options, &err);
        assert_int_equal(status, failed ? NEX_ENOMEM : NEX_OK);
        until_failure = -1;
        nex_client_free(client);
    } while (failed);
    assert_true(count > 3);
    fake_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_allocation_may_fail),
        cmocka_unit_test(test_making_a_client),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
