/* What an agent's minted credentials allow and refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include "credentials_fixture.h"

#include <string.h>

static void registration_credentials_register_and_no_more(void **state) {
    (void)state;
    static const char *const publish[] = {
        "$NEX.SVC.NBGAHRDP3ZCN5BM7XUEICTSCZUIRA7TPNKIP45REUWCPEXV63UGQK25V.agent.REGISTER."
        "838XDi3tsaxm7znSn4HFA2",
        NULL};
    static const char *const publish_refused[] = {
        "$NEX.SVC.NBGAHRDP3ZCN5BM7XUEICTSCZUIRA7TPNKIP45REUWCPEXV63UGQK25V.agent.REGISTER.another",
        "$NEX.SVC.system.control.PING",
        "$NEX.FEED.alpha.logs.w.stdout",
        "alpha.x",
        "$KV.alpha.x",
        "$JS.API.INFO",
        "_INBOX.x",
        NULL};
    static const char *const subscribe[] = {"_INBOX.abc.*", "_INBOX_838XDi3tsaxm7znSn4HFA2.>",
                                            NULL};
    static const char *const subscribe_refused[] = {">",      "$NEX.>", "alpha.>", "_INBOX_other.>",
                                                    "$SRV.>", NULL};
    nex_buf creds = registration_creds(0);
    each(check_publish, &creds, publish, true);
    each(check_publish, &creds, publish_refused, false);
    each(check_subscribe, &creds, subscribe, true);
    each(check_subscribe, &creds, subscribe_refused, false);
    nex_buf_wipe(&creds);
}

static void registration_credentials_end_within_the_hour(void **state) {
    (void)state;
    natsConnection *nc = NULL;
    nex_buf fresh = registration_creds(-14 * 60);
    nex_buf stale = registration_creds(-16 * 60);
    assert_int_equal(connect_with(&nc, fresh.data), NATS_OK);
    natsConnection_Destroy(nc);
    nc = NULL;
    assert_int_equal(connect_with(&nc, stale.data), NATS_CONNECTION_AUTH_FAILED);
    nex_buf_wipe(&fresh);
    nex_buf_wipe(&stale);
}

static void an_agent_may_do_its_work(void **state) {
    (void)state;
    static const char *const publish[] = {"$NEX.SVC." NODE ".agent.HEARTBEAT." AGENT,
                                          "$NEX.SVC." NODE ".agent.REGISTER." AGENT,
                                          "$NEX.FEED.alpha.logs.w.stdout",
                                          "$NEX.FEED.beta.logs.w.stderr",
                                          "$NEX.FEED.alpha.metrics.w",
                                          "$NEX.FEED.alpha.event.WORKLOADSTARTED",
                                          "$NEX.FEED.alpha.events.WORKLOADSTARTED",
                                          "$NEX.FEED." AGENT ".event.INGRESS",
                                          "$NEX.FEED." AGENT ".events.INGRESS",
                                          "_INBOX.x.y",
                                          NULL};
    static const char *const subscribe[] = {"$NEX.SVC." NODE ".agent." AGENT ".STARTWORKLOAD.*",
                                            "$NEX.SVC." NODE ".agent." AGENT ".PING",
                                            "$NEX.SVC." NODE ".agent.STOPWORKLOAD.*",
                                            "$NEX.SVC." NODE ".agent.GETWORKLOAD.*",
                                            "$NEX.SVC." NODE ".agent.QUERYWORKLOADS",
                                            "$NEX.SVC." NODE ".agent.PING",
                                            "$NEX.SVC." NODE ".agent.SETLAMEDUCK",
                                            "$NEX.SVC.nexus.agent.PINGWORKLOAD.*",
                                            "$NEX.FEED." AGENT ".events",
                                            "$NEX.FEED.*.event.NODESTARTED",
                                            "$NEX.FEED.*.events.NODESTARTED",
                                            "$NEX.FEED." NODE ".event.*",
                                            "$NEX.FEED." NODE ".events.*",
                                            "$NEX.FEED.*.event.*",
                                            "$NEX.FEED.alpha.event.WORKLOADSTOPPED",
                                            "$SRV.>",
                                            "$SRV.PING.native",
                                            "_INBOX.abc.*",
                                            "_INBOX_" AGENT ".>",
                                            "alpha.function.hello",
                                            NULL};
    nex_buf creds = agent_creds(NULL);
    each(check_publish, &creds, publish, true);
    each(check_subscribe, &creds, subscribe, true);
    nex_buf_wipe(&creds);
}

static void an_agent_may_do_nothing_else(void **state) {
    (void)state;
    static const char *const publish[] = {
        "$NEX.SVC." NODE ".agent.HEARTBEAT.another", "$NEX.SVC." NODE ".agent.REGISTER.another",
        "$NEX.SVC." NODE ".agent." AGENT ".STARTWORKLOAD.w", "$NEX.SVC.system.control.PING",
        "$NEX.SVC.alpha.control.AUCTION", "$NEX.SVC.nexus.agent.RREGISTER",
        /* speaking for a node */
        "$NEX.FEED." NODE ".event.NODESTARTED", "$NEX.FEED." NODE ".events.NODESTOPPED",
        "$NEX.FEED." NODE ".event.NODELAMEDUCKSET", "$NEX.FEED.system.logs." NODE ".stdout",
        "alpha.x", "$KV.alpha.x", "$O.alpha.C.x", "$SYS.REQ.SERVER.PING",
        /* all of JetStream but reading objects */
        "$JS.API.INFO", "$JS.API.STREAM.NAMES", "$JS.API.STREAM.CREATE.x",
        "$JS.API.STREAM.DELETE.OBJ_alpha", "$JS.API.STREAM.PURGE.OBJ_alpha",
        "$JS.API.STREAM.MSG.GET.KV_alpha", "$JS.API.DIRECT.GET.KV_alpha",
        "$JS.API.DIRECT.GET.KV_alpha.$KV.alpha.planted", "$JS.API.CONSUMER.CREATE.KV_alpha",
        "$JS.API.CONSUMER.CREATE.KV_alpha.c.$KV.alpha.planted",
        "$JS.API.CONSUMER.CREATE.KV_alpha.c", "$JS.API.CONSUMER.MSG.NEXT.alpha.worker", NULL};
    static const char *const subscribe[] = {">",
                                            "alpha.>",
                                            "$NEX.>",
                                            "$NEX.SVC.>",
                                            "$NEX.SVC.*.control.ADEPLOY.*",
                                            "$NEX.FEED.>",
                                            "$NEX.FEED.alpha.logs.>",
                                            "$NEX.SVC." NODE ".agent.another.STARTWORKLOAD.*",
                                            "$NEX.SVC." NODE ".agent.*.STARTWORKLOAD.*",
                                            "$NEX.SVC." NODE ".agent.HEARTBEAT.*",
                                            "$NEX.SVC." NODE ".agent.REGISTER.*",
                                            "_INBOX_another.>",
                                            "$KV.>",
                                            "$SYS.>",
                                            NULL};
    nex_buf creds = agent_creds(NULL);
    each(check_publish, &creds, publish, false);
    each(check_subscribe, &creds, subscribe, false);
    nex_buf_wipe(&creds);
}

static void an_agent_of_named_namespaces_keeps_to_them(void **state) {
    (void)state;
    static const char *const publish[] = {"$NEX.FEED.alpha.logs.w.stdout",
                                          "$NEX.FEED.alpha.metrics.w",
                                          "$NEX.FEED." AGENT ".event.INGRESS", NULL};
    static const char *const publish_refused[] = {"$NEX.FEED.beta.logs.w.stdout",
                                                  "$NEX.FEED.beta.metrics.w",
                                                  "$NEX.FEED.beta.event.WORKLOADSTOPPED", NULL};
    static const char *const subscribe[] = {"alpha.triggers.x",
                                            "alpha.>",
                                            "$NEX.FEED.alpha.event.*",
                                            "$NEX.FEED.alpha.events.WORKLOADSTOPPED",
                                            "$NEX.FEED." NODE ".event.NODELAMEDUCKSET",
                                            "$NEX.FEED." AGENT ".events.*",
                                            "$NEX.FEED.*.event.NODESTARTED",
                                            NULL};
    static const char *const subscribe_refused[] = {"beta.function.x",
                                                    "beta.>",
                                                    "*.function.>",
                                                    "$NEX.FEED.beta.event.*",
                                                    "$NEX.FEED.*.event.*",
                                                    "$NEX.FEED.alpha.logs.w.stdout",
                                                    NULL};
    char *names[] = {(char *)"alpha"};
    nex_string_list namespaces = {names, 1};
    nex_buf creds = agent_creds(&namespaces);
    each(check_publish, &creds, publish, true);
    each(check_publish, &creds, publish_refused, false);
    each(check_subscribe, &creds, subscribe, true);
    each(check_subscribe, &creds, subscribe_refused, false);
    nex_buf_wipe(&creds);
}

static void an_agent_reads_artifacts_of_any_object_store(void **state) {
    (void)state;
    nex_buf creds = agent_creds(NULL);
    natsConnection *nc = connect_ok(&creds);
    jsCtx *js = jetstream(fx.admin);
    natsSubscription *sub = NULL;
    assert_int_equal(js_Publish(NULL, js, "$O.beta.C.n1", "chunk", 5, NULL, NULL), NATS_OK);
    assert_int_equal(js_Publish(NULL, js, "$O.beta.M.bmFtZQ", "{}", 2, NULL, NULL), NATS_OK);
    request_expect(nc, "$JS.API.STREAM.INFO.OBJ_beta", "", "stream_info_response");
    request_expect(nc, "$JS.API.DIRECT.GET.OBJ_beta.$O.beta.M.bmFtZQ", "", "{}");
    assert_int_equal(natsConnection_SubscribeSync(&sub, nc, "_INBOX.abc.d"), NATS_OK);
    request_expect(nc, "$JS.API.CONSUMER.CREATE.OBJ_beta.c1.$O.beta.C.n1",
                   "{\"stream_name\":\"OBJ_beta\",\"config\":{\"name\":\"c1\",\"filter_subject\":"
                   "\"$O.beta.C.n1\",\"deliver_subject\":\"_INBOX.abc.d\","
                   "\"deliver_policy\":\"all\",\"ack_policy\":\"none\"}}",
                   "\"name\":\"c1\"");
    take(sub, "chunk", false);
    /* The filter that counts is the one in the subject, which the server compares. */
    request_expect(nc, "$JS.API.CONSUMER.CREATE.KV_beta.c2.$O.beta.C.n1",
                   "{\"stream_name\":\"KV_beta\",\"config\":{\"name\":\"c2\",\"filter_subject\":"
                   "\"$KV.beta.>\",\"deliver_subject\":\"_INBOX.abc.d\"}}",
                   "\"error\"");
    assert_false(was_refused(nc));
    natsSubscription_Destroy(sub);
    jsCtx_Destroy(js);
    natsConnection_Destroy(nc);
    nex_buf_wipe(&creds);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registration_credentials_register_and_no_more),
        cmocka_unit_test(registration_credentials_end_within_the_hour),
        cmocka_unit_test(an_agent_may_do_its_work),
        cmocka_unit_test(an_agent_may_do_nothing_else),
        cmocka_unit_test(an_agent_of_named_namespaces_keeps_to_them),
        cmocka_unit_test(an_agent_reads_artifacts_of_any_object_store),
    };
    return cmocka_run_group_tests(tests, credentials_set_up, credentials_tear_down);
}
