/* What a workload's minted credentials allow and refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include "credentials_fixture.h"

#include <stdio.h>
#include <string.h>

static void a_workload_may_use_its_namespace(void **state) {
    (void)state;
    static const char *const publish[] = {"alpha.x", "alpha.a.b.c", "$KV.alpha.k", NULL};
    static const char *const subscribe[] = {"alpha.>",
                                            "alpha.jobs.*",
                                            "$NEX.FEED.alpha.>",
                                            "$NEX.FEED.alpha.logs.*.stdout",
                                            "_INBOX.abc.*",
                                            "$NEX.FEED.alpha.metrics.*",
                                            NULL};
    nex_buf creds = workload_creds("alpha");
    each(check_publish, &creds, publish, true);
    each(check_subscribe, &creds, subscribe, true);
    nex_buf_wipe(&creds);
}

static void a_workload_may_publish_nothing_else(void **state) {
    (void)state;
    static const char *const refused[] = {
        /* other namespaces, and the feed even of its own */
        "beta.x", "alpha", "alphax.y", "$NEX.FEED.alpha.logs.w.stdout",
        "$NEX.FEED.beta.logs.w.stdout", "$NEX.FEED.beta.event.WORKLOADSTOPPED",
        /* nex itself, inboxes of others, the system */
        "$NEX.SVC.system.control.PING", "$NEX.SVC.alpha.control.AUCTION",
        "$NEX.SVC.alpha.control.UNDEPLOY.w", "$NEX.SVC.nexus.agent.RREGISTER", "_INBOX.of.another",
        "$SYS.REQ.SERVER.PING", "$SYS.REQ.USER.INFO", "$SRV.PING",
        /* stores of others */
        "$KV.beta.k", "$O.beta.C.x", "$JS.ACK.beta.c.1.1.1.1.1", "$JS.FC.beta.c.x",
        "$JS.FC.KV_beta.c.x", NULL};
    nex_buf creds = workload_creds("alpha");
    each(check_publish, &creds, refused, false);
    nex_buf_wipe(&creds);
}

static void a_workload_may_subscribe_nothing_else(void **state) {
    (void)state;
    static const char *const refused[] = {">",
                                          "*",
                                          "*.x",
                                          "*.>",
                                          "beta.>",
                                          "beta.x",
                                          "$NEX.>",
                                          "$NEX.FEED.>",
                                          "$NEX.FEED.*.logs.>",
                                          "$NEX.FEED.beta.>",
                                          "$NEX.FEED.beta.logs.w.stdout",
                                          "$NEX.SVC.>",
                                          "$NEX.SVC.*.control.ADEPLOY.*",
                                          "$KV.>",
                                          "$KV.beta.>",
                                          "$O.beta.>",
                                          "$JS.>",
                                          "$JS.API.>",
                                          "$SYS.>",
                                          "$SRV.>",
                                          "_INBOX_other.>",
                                          "_R_.>",
                                          NULL};
    nex_buf creds = workload_creds("alpha");
    each(check_subscribe, &creds, refused, false);
    nex_buf_wipe(&creds);
}

static void a_workload_may_ask_jetstream_nothing_else(void **state) {
    (void)state;
    static const char *const refused[] = {
        "$JS.API.INFO", "$JS.API.STREAM.NAMES", "$JS.API.STREAM.LIST",
        /* a stream's configuration may name any subject or stream: not even its own */
        "$JS.API.STREAM.CREATE.alpha", "$JS.API.STREAM.UPDATE.alpha", "$JS.API.STREAM.DELETE.alpha",
        "$JS.API.STREAM.CREATE.evil", "$JS.API.STREAM.CREATE.KV_alpha",
        "$JS.API.STREAM.UPDATE.OBJ_alpha", "$JS.API.STREAM.RESTORE.alpha",
        "$JS.API.STREAM.SNAPSHOT.alpha",
        /* of others */
        "$JS.API.STREAM.INFO.beta", "$JS.API.STREAM.INFO.KV_beta", "$JS.API.STREAM.INFO.OBJ_beta",
        "$JS.API.STREAM.PURGE.beta", "$JS.API.STREAM.PURGE.KV_beta", "$JS.API.STREAM.MSG.GET.beta",
        "$JS.API.STREAM.MSG.GET.KV_beta", "$JS.API.STREAM.MSG.DELETE.KV_beta",
        "$JS.API.DIRECT.GET.beta", "$JS.API.DIRECT.GET.KV_beta",
        "$JS.API.DIRECT.GET.KV_beta.$KV.beta.planted",
        "$JS.API.DIRECT.GET.KV_beta.$KV.alpha.planted", "$JS.API.CONSUMER.CREATE.beta",
        "$JS.API.CONSUMER.CREATE.KV_beta", "$JS.API.CONSUMER.CREATE.KV_beta.c.x",
        "$JS.API.CONSUMER.CREATE.beta.alpha", "$JS.API.CONSUMER.CREATE.beta.alpha.x",
        "$JS.API.CONSUMER.CREATE.beta.KV_alpha.x", "$JS.API.CONSUMER.DURABLE.CREATE.beta.alpha",
        "$JS.API.CONSUMER.DURABLE.CREATE.KV_beta.KV_alpha", "$JS.API.CONSUMER.INFO.beta.alpha",
        "$JS.API.CONSUMER.DELETE.beta.c", "$JS.API.CONSUMER.LIST.beta",
        "$JS.API.CONSUMER.NAMES.beta", "$JS.API.CONSUMER.MSG.NEXT.beta.c",
        "$JS.API.CONSUMER.MSG.NEXT.beta.alpha", "$JS.API.CONSUMER.MSG.NEXT.KV_beta.alpha",
        "$JS.API.CONSUMER.LEADER.STEPDOWN.alpha.c", "$JS.API.CONSUMER.CREATE.beta.KV_alpha",
        "$JS.API.CONSUMER.DURABLE.CREATE.beta.OBJ_alpha", "$JS.API.STREAM.LEADER.STEPDOWN.alpha",
        "$JS.API.ACCOUNT.PURGE.x", "$JS.API.SERVER.REMOVE", NULL};
    nex_buf creds = workload_creds("alpha");
    each(check_publish, &creds, refused, false);
    nex_buf_wipe(&creds);
}

/* A namespace may be called like a word of JetStream's API and still reach no other stream. */
static void a_namespace_named_like_a_verb_reaches_no_further(void **state) {
    (void)state;
    static const char *const names[] = {"CREATE", "NEXT", "GET", "DURABLE", "INFO", "MSG"};
    static const char *const refused[] = {"$JS.API.CONSUMER.DURABLE.CREATE.beta.c",
                                          "$JS.API.CONSUMER.MSG.NEXT.beta.c",
                                          "$JS.API.STREAM.MSG.GET.beta",
                                          "$JS.API.DIRECT.GET.beta",
                                          "$JS.API.CONSUMER.CREATE.beta.c.x",
                                          "$JS.API.CONSUMER.INFO.beta.c",
                                          "$JS.API.STREAM.INFO.beta",
                                          NULL};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        nex_buf creds = workload_creds(names[i]);
        each(check_publish, &creds, refused, false);
        nex_buf_wipe(&creds);
    }
}

static void answer(natsConnection *nc, natsSubscription *sub, natsMsg *msg, void *closure) {
    (void)sub;
    (void)closure;
    natsConnection_PublishString(nc, natsMsg_GetReply(msg), "pong");
    natsMsg_Destroy(msg);
}

static void workloads_of_a_namespace_ask_each_other(void **state) {
    (void)state;
    nex_buf creds = workload_creds("alpha");
    natsConnection *server = connect_ok(&creds);
    natsConnection *client = connect_ok(&creds);
    natsSubscription *sub = NULL;
    assert_int_equal(natsConnection_Subscribe(&sub, server, "alpha.ping", answer, NULL), NATS_OK);
    assert_int_equal(natsConnection_FlushTimeout(server, WAIT_MS), NATS_OK);
    /* Twice: the right to answer is given with each request anew. */
    for (int i = 0; i < 2; i++) {
        natsMsg *reply = NULL;
        assert_int_equal(
            natsConnection_RequestString(&reply, client, "alpha.ping", "ping", WAIT_MS), NATS_OK);
        assert_string_equal(natsMsg_GetData(reply), "pong");
        natsMsg_Destroy(reply);
    }
    assert_false(was_refused(server));
    natsSubscription_Destroy(sub);
    natsConnection_Destroy(server);
    natsConnection_Destroy(client);
    nex_buf_wipe(&creds);
}

static void a_workload_hears_its_namespaces_feed(void **state) {
    (void)state;
    nex_buf creds = workload_creds("alpha");
    natsConnection *nc = connect_ok(&creds);
    natsSubscription *sub = NULL;
    natsMsg *msg = NULL;
    assert_int_equal(natsConnection_SubscribeSync(&sub, nc, "$NEX.FEED.alpha.>"), NATS_OK);
    assert_int_equal(natsConnection_FlushTimeout(nc, WAIT_MS), NATS_OK);
    natsConnection_PublishString(fx.admin, "$NEX.FEED.beta.logs.w.stdout", "not ours");
    natsConnection_PublishString(fx.admin, "$NEX.FEED.alpha.logs.w.stdout", "a line");
    assert_int_equal(natsSubscription_NextMsg(&msg, sub, WAIT_MS), NATS_OK);
    assert_string_equal(natsMsg_GetData(msg), "a line");
    natsMsg_Destroy(msg);
    natsSubscription_Destroy(sub);
    natsConnection_Destroy(nc);
    nex_buf_wipe(&creds);
}

static void a_workload_uses_its_stream(void **state) {
    (void)state;
    nex_buf creds = workload_creds("alpha");
    natsConnection *nc = connect_ok(&creds);
    jsCtx *js = jetstream(nc);
    jsSubOptions options;
    natsSubscription *sub = NULL;
    natsMsg *msg = NULL;
    jsStreamInfo *info = NULL;
    assert_int_equal(js_Publish(NULL, js, "alpha.jobs.1", "one", 3, NULL, NULL), NATS_OK);
    assert_int_equal(js_GetStreamInfo(&info, js, "alpha", NULL, NULL), NATS_OK);
    assert_int_equal(info->State.Msgs, 1);
    jsStreamInfo_Destroy(info);

    jsSubOptions_Init(&options); /* pushed, in order, without acknowledgement */
    options.Stream = "alpha";
    options.Ordered = true;
    assert_int_equal(js_SubscribeSync(&sub, js, "alpha.jobs.>", NULL, &options, NULL), NATS_OK);
    take(sub, "one", false);
    assert_int_equal(natsSubscription_Unsubscribe(sub), NATS_OK);
    natsSubscription_Destroy(sub);

    jsSubOptions_Init(&options); /* pushed to a durable, acknowledged */
    options.Stream = "alpha";
    options.ManualAck = true;
    assert_int_equal(js_SubscribeSync(&sub, js, "alpha.jobs.>", NULL, &options, NULL), NATS_OK);
    take(sub, "one", true);
    natsSubscription_Destroy(sub);

    natsMsgList list;
    jsSubOptions_Init(&options); /* pulled from a durable */
    options.Stream = "alpha";
    assert_int_equal(js_PullSubscribe(&sub, js, "alpha.jobs.>", "worker", NULL, &options, NULL),
                     NATS_OK);
    assert_int_equal(natsSubscription_Fetch(&list, sub, 1, WAIT_MS, NULL), NATS_OK);
    assert_int_equal(list.Count, 1);
    assert_int_equal(natsMsg_AckSync(list.Msgs[0], NULL, NULL), NATS_OK);
    natsMsgList_Destroy(&list);
    assert_int_equal(js_DeleteConsumer(js, "alpha", "worker", NULL, NULL), NATS_OK);
    natsSubscription_Destroy(sub);

    assert_int_equal(js_GetMsg(&msg, js, "alpha", 1, NULL, NULL), NATS_OK);
    assert_string_equal(natsMsg_GetData(msg), "one");
    natsMsg_Destroy(msg);
    assert_int_equal(js_PurgeStream(js, "alpha", NULL, NULL), NATS_OK);
    assert_false(was_refused(nc));
    jsCtx_Destroy(js);
    natsConnection_Destroy(nc);
    nex_buf_wipe(&creds);
}

static void a_workload_uses_its_bucket(void **state) {
    (void)state;
    nex_buf creds = workload_creds("alpha");
    natsConnection *nc = connect_ok(&creds);
    jsCtx *js = jetstream(nc);
    kvStore *kv = NULL;
    kvEntry *entry = NULL;
    jsSubOptions options;
    natsSubscription *sub = NULL;
    assert_int_equal(js_KeyValue(&kv, js, "alpha"), NATS_OK);
    assert_int_equal(kvStore_PutString(NULL, kv, "color", "blue"), NATS_OK);
    assert_int_equal(kvStore_Get(&entry, kv, "color"), NATS_OK);
    assert_string_equal(kvEntry_ValueString(entry), "blue");
    kvEntry_Destroy(entry);
    /* Watching, as newer clients do it: bound to the bucket's stream, not looked up by name. */
    jsSubOptions_Init(&options);
    options.Stream = "KV_alpha";
    options.Ordered = true;
    assert_int_equal(js_SubscribeSync(&sub, js, "$KV.alpha.color", NULL, &options, NULL), NATS_OK);
    take(sub, "blue", false);
    natsSubscription_Destroy(sub);
    assert_int_equal(kvStore_Purge(kv, "color", NULL), NATS_OK);
    assert_int_equal(kvStore_Get(&entry, kv, "color"), NATS_NOT_FOUND);
    assert_false(was_refused(nc));
    kvStore_Destroy(kv);
    jsCtx_Destroy(js);
    natsConnection_Destroy(nc);
    nex_buf_wipe(&creds);
}

/* The steps of an object store's put, get and delete, as clients send them. */
static void a_workload_uses_its_object_store(void **state) {
    (void)state;
    nex_buf creds = workload_creds("alpha");
    natsConnection *nc = connect_ok(&creds);
    jsCtx *js = jetstream(nc);
    jsSubOptions options;
    natsSubscription *sub = NULL;
    assert_int_equal(js_Publish(NULL, js, "$O.alpha.C.n1", "chunk", 5, NULL, NULL), NATS_OK);
    assert_int_equal(js_Publish(NULL, js, "$O.alpha.M.bmFtZQ", "{}", 2, NULL, NULL), NATS_OK);
    request_expect(nc, "$JS.API.STREAM.INFO.OBJ_alpha", "", "stream_info_response");
    request_expect(nc, "$JS.API.DIRECT.GET.OBJ_alpha.$O.alpha.M.bmFtZQ", "", "{}");
    request_expect(nc, "$JS.API.STREAM.MSG.GET.OBJ_alpha",
                   "{\"last_by_subj\":\"$O.alpha.M.bmFtZQ\"}", "msg_get_response");
    request_expect(nc, "$JS.API.CONSUMER.CREATE.OBJ_alpha.c1.$O.alpha.C.n1",
                   "{\"stream_name\":\"OBJ_alpha\",\"config\":{\"name\":\"c1\",\"filter_subject\":"
                   "\"$O.alpha.C.n1\",\"deliver_subject\":\"_INBOX.abc.d\"}}",
                   "\"name\":\"c1\"");
    jsSubOptions_Init(&options);
    options.Stream = "OBJ_alpha";
    options.Ordered = true;
    assert_int_equal(js_SubscribeSync(&sub, js, "$O.alpha.C.n1", NULL, &options, NULL), NATS_OK);
    take(sub, "chunk", false);
    natsSubscription_Destroy(sub);
    request_expect(nc, "$JS.API.STREAM.PURGE.OBJ_alpha", "{\"filter\":\"$O.alpha.C.n1\"}",
                   "\"success\":true");
    assert_false(was_refused(nc));
    jsCtx_Destroy(js);
    natsConnection_Destroy(nc);
    nex_buf_wipe(&creds);
}

static void workload_credentials_end_after_a_day(void **state) {
    (void)state;
    nex_nats_connection_data *data;
    static const struct {
        int64_t made;
        bool good;
    } cases[] = {{0, true}, {-24 * 3600 + 60, true}, {-24 * 3600 - 60, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        natsConnection *nc = NULL;
        assert_int_equal(nex_minter_workload(fx.minter, WORKLOAD, "alpha", AGENT, at(cases[i].made),
                                             &data, NULL),
                         NEX_OK);
        nex_buf creds = creds_of(data);
        natsStatus s = connect_with(&nc, creds.data);
        assert_int_equal(s, cases[i].good ? NATS_OK : NATS_CONNECTION_AUTH_FAILED);
        natsConnection_Destroy(nc);
        nex_buf_wipe(&creds);
    }
}

/* CONNECT must fit into max_control_line: every namespace the minter takes has to connect. */
static void the_longest_namespace_still_connects(void **state) {
    (void)state;
    char name[256];
    size_t longest = 0;
    nex_nats_connection_data *data;
    for (size_t len = 1; len < sizeof name; len++) {
        memset(name, 'n', len);
        name[len] = '\0';
        nex_error err;
        nex_status status =
            nex_minter_workload(fx.minter, WORKLOAD, name, AGENT, at(0), &data, &err);
        if (status == NEX_OK) {
            assert_int_equal(longest, len - 1);
            longest = len;
            nex_credentials_free(data);
        } else {
            assert_int_equal(status, NEX_ELIMIT);
            assert_non_null(strstr(err.message, "max_control_line"));
        }
    }
    print_message("longest namespace: %zu characters\n", longest);
    assert_true(longest >= 28);
    name[longest] = '\0';
    nex_buf creds = workload_creds(name);
    natsConnection *nc = connect_ok(&creds);
    assert_false(was_refused(nc));
    natsConnection_Destroy(nc);
    nex_buf_wipe(&creds);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_workload_may_use_its_namespace),
        cmocka_unit_test(a_workload_may_publish_nothing_else),
        cmocka_unit_test(a_workload_may_subscribe_nothing_else),
        cmocka_unit_test(a_workload_may_ask_jetstream_nothing_else),
        cmocka_unit_test(a_namespace_named_like_a_verb_reaches_no_further),
        cmocka_unit_test(workloads_of_a_namespace_ask_each_other),
        cmocka_unit_test(a_workload_hears_its_namespaces_feed),
        cmocka_unit_test(a_workload_uses_its_stream),
        cmocka_unit_test(a_workload_uses_its_bucket),
        cmocka_unit_test(a_workload_uses_its_object_store),
        cmocka_unit_test(workload_credentials_end_after_a_day),
        cmocka_unit_test(the_longest_namespace_still_connects),
    };
    return cmocka_run_group_tests(tests, credentials_set_up, credentials_tear_down);
}
