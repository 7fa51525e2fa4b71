/* Feeds: what workloads write and events, of one namespace or of all, each once. */
#include "fake_nodes.h"

#include <string.h>

typedef struct heard {
    fake_world *world;
    nex_client_op *op;
    char text[512]; /* "namespace/id/stream:data;..." or "from/TYPE:json;..." */
    bool cancel;    /* after the first */
} heard;

static void add(heard *h, const char *a, const char *b, const char *c, const char *data,
                size_t len) {
    size_t at = strlen(h->text);
    snprintf(h->text + at, sizeof h->text - at, "%s/%s%s%s:%.*s;", a, b, c[0] ? "/" : "", c,
             (int)len, data);
    if (h->cancel) {
        nex_client_cancel(h->op);
    }
}

static void on_output(void *arg, const nex_feed_output *o) {
    assert_int_equal(o->missed, 0);
    add(arg, o->namespace_, o->workload_id, o->stream, o->data, o->len);
}

static void on_event(void *arg, const nex_feed_event *e) {
    add(arg, e->from, e->type, "", e->json, e->len);
}

static void publish(fake_world *w, const char *subject, const char *text) {
    nex_msg msg = {.subject = subject, .data = text, .len = strlen(text)};
    assert_int_equal(nex_bus_publish(w->nodes[0].bus, &msg), NEX_OK);
    sim_run_for(w->sim, NEX_SECOND);
}

static void follow_logs(heard *h, const char *namespace_, const char *id) {
    nex_error err;
    h->world = fake_world_new(1, namespace_, NULL);
    assert_int_equal(nex_client_follow_logs(h->world->client, id, on_output, h, &h->op, &err),
                     NEX_OK);
    sim_run_for(h->world->sim, NEX_SECOND);
}

static void test_logs_of_one_workload(void **state) {
    (void)state;
    heard h = {0};
    follow_logs(&h, "shop", "w1");
    publish(h.world, "$NEX.FEED.shop.logs.w1.stdout", "a\n");
    publish(h.world, "$NEX.FEED.shop.logs.w1.stderr", "");
    publish(h.world, "$NEX.FEED.shop.metrics.w1", "{}");
    publish(h.world, "$NEX.FEED.shop.logs.w2.stdout", "of another\n");
    publish(h.world, "$NEX.FEED.other.logs.w1.stdout", "elsewhere\n");
    publish(h.world, "$NEX.FEED.shop.event.WORKLOADSTOPPED", "{}");
    assert_string_equal(h.text, "shop/w1/stdout:a\n;shop/w1/stderr:;shop/w1/metrics:{};");
    nex_client_cancel(h.op);
    publish(h.world, "$NEX.FEED.shop.logs.w1.stdout", "after the end\n");
    assert_null(strstr(h.text, "after"));
    fake_world_free(h.world);
}

static void test_administrators_hear_all(void **state) {
    (void)state;
    heard h = {0};
    follow_logs(&h, "system", NULL);
    publish(h.world, "$NEX.FEED.shop.logs.w1.stdout", "a");
    publish(h.world, "$NEX.FEED.other.metrics.w2", "b");
    assert_string_equal(h.text, "shop/w1/stdout:a;other/w2/metrics:b;");
    fake_world_free(h.world); /* and with the client its operations */
}

static void test_cancel_in_the_callback(void **state) {
    (void)state;
    heard h = {.cancel = true};
    follow_logs(&h, "shop", NULL);
    publish(h.world, "$NEX.FEED.shop.logs.w1.stdout", "a");
    publish(h.world, "$NEX.FEED.shop.logs.w1.stdout", "b");
    assert_string_equal(h.text, "shop/w1/stdout:a;");
    fake_world_free(h.world);
}

static void test_events_in_both_spellings(void **state) {
    (void)state;
    heard h = {.world = fake_world_new(1, "shop", NULL)};
    nex_error err;
    assert_int_equal(nex_client_follow_events(h.world->client, NULL, on_event, &h, &h.op, &err),
                     NEX_OK);
    sim_run_for(h.world->sim, NEX_SECOND);
    publish(h.world, "$NEX.FEED.shop.event.WORKLOADSTARTED", "{\"id\":\"w1\"}");
    publish(h.world, "$NEX.FEED.shop.events.WORKLOADSTARTED", "{\"id\":\"w1\"}"); /* again */
    publish(h.world, "$NEX.FEED.shop.events.WORKLOADSTOPPED", "{\"id\":\"w1\"}"); /* reference */
    publish(h.world, "$NEX.FEED.shop.events.WORKLOADSTOPPED", "{\"id\":\"w1\"}"); /* a second */
    publish(h.world, "$NEX.FEED.other.event.WORKLOADSTARTED", "{}");
    assert_string_equal(h.text, "shop/WORKLOADSTARTED:{\"id\":\"w1\"};"
                                "shop/WORKLOADSTOPPED:{\"id\":\"w1\"};"
                                "shop/WORKLOADSTOPPED:{\"id\":\"w1\"};");
    fake_world_free(h.world);
}

static void test_wrong_names(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, "shop", NULL);
    nex_error err;
    assert_int_equal(nex_client_follow_logs(w->client, "a.b", on_output, NULL, NULL, &err),
                     NEX_EINVAL);
    assert_non_null(strstr(err.message, "\"a.b\" is no workload id"));
    assert_int_equal(nex_client_follow_events(w->client, ">", on_event, NULL, NULL, &err),
                     NEX_EINVAL);
    assert_non_null(strstr(err.message, "\">\" is no type of an event"));
    fake_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_logs_of_one_workload),
        cmocka_unit_test(test_administrators_hear_all),
        cmocka_unit_test(test_cancel_in_the_callback),
        cmocka_unit_test(test_events_in_both_spellings),
        cmocka_unit_test(test_wrong_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
