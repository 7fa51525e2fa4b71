/* Requests of a node, the nexlet's callbacks, and their answers: at once, late, never. */
#include "scripted_node.h"

#include "environment/environment.h"

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUBJECT(what) "$NEX.SVC." SCRIPTED_NODE ".agent." what

static void start_one(scripted_node *n) {
    scripted_ask(n, SCRIPTED_START_SUBJECT, SCRIPTED_START("{}"));
    assert_int_equal(n->status, NEX_OK);
    assert_string_equal(n->error, "");
    assert_string_equal(n->answer, "{\"id\":\"w1\",\"name\":\"hello\"}");
    assert_string_equal(n->agent_id, SCRIPTED_AGENT);
}

static void test_start_query_get_stop(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    start_one(n);
    scripted_ask(n, SUBJECT("QUERYWORKLOADS"), "{\"namespace\":\"default\",\"filter\":[\"w1\"]}");
    assert_non_null(strstr(n->answer, "\"id\":\"w1\""));
    scripted_ask(n, SUBJECT("QUERYWORKLOADS"), "{\"namespace\":\"other\",\"filter\":null}");
    assert_string_equal(n->answer, "[]");
    scripted_ask(n, SUBJECT("GETWORKLOAD.w1"),
                 "{\"namespace\":\"default\",\"new_target_xkey\":\"\"}");
    assert_non_null(strstr(n->answer, "\"name\":\"hello\""));
    scripted_ask(n, SUBJECT("STOPWORKLOAD.w1"), "{\"namespace\":\"other\"}");
    assert_string_equal(n->code, "100");
    assert_string_equal(n->error, "workload not found");
    assert_non_null(strstr(n->answer, "\"stopped\":false"));
    assert_true(test_agent_has(n->self, "w1"));
    scripted_ask(n, SUBJECT("STOPWORKLOAD.w1"), "{\"namespace\":\"default\"}");
    assert_string_equal(n->code, "");
    assert_string_equal(n->answer, "{\"id\":\"w1\",\"message\":\"\",\"stopped\":true,"
                                   "\"workload_type\":\"test\"}");
    assert_false(test_agent_has(n->self, "w1"));
    scripted_node_free(n);
}

static void test_what_is_not_known_is_met_with_silence(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    scripted_ask(n, SUBJECT("GETWORKLOAD.w9"),
                 "{\"namespace\":\"default\",\"new_target_xkey\":\"\"}");
    assert_int_equal(n->status, NEX_ETIMEOUT);
    scripted_node_free(n);
}

static void test_refusals_and_malformed_bodies(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    n->self->refuse = true;
    scripted_ask(n, SCRIPTED_START_SUBJECT, SCRIPTED_START("{}"));
    assert_string_equal(n->code, "100");
    assert_string_equal(n->error, "refused, as the test wants it");
    assert_string_equal(n->answer, "{\"id\":\"w1\",\"name\":\"hello\"}");
    static const char *const bodies[] = {"", "{", "[]", "{\"request\":5}"};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        scripted_ask(n, SCRIPTED_START_SUBJECT, bodies[i]);
        assert_string_equal(n->code, "100");
        assert_string_not_equal(n->error, "");
    }
    scripted_ask(n, SUBJECT("STOPWORKLOAD.w1"), "[]");
    assert_string_equal(n->code, "100");
    assert_non_null(strstr(n->answer, "\"stopped\":false"));
    assert_int_equal(n->self->count, 0);
    scripted_node_free(n);
}

static void test_ping_and_lameduck(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    scripted_ask(n, SUBJECT("PING"), "");
    assert_non_null(strstr(n->answer, "\"state\":\"running\""));
    assert_string_equal(n->agent_id, SCRIPTED_AGENT);
    scripted_ask(n, SUBJECT("SETLAMEDUCK"), "{\"delay\":\"10s\"}");
    assert_non_null(strstr(n->answer, "\"success\":true"));
    assert_true(n->self->lameduck);
    scripted_ask(n, SUBJECT(SCRIPTED_AGENT ".PING"), "");
    assert_non_null(strstr(n->answer, "\"state\":\"lameduck\""));
    scripted_node_free(n);
}

static void *release_on_a_thread(void *arg) {
    test_agent_release(arg);
    return NULL;
}

static void release(scripted_node *n) {
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, release_on_a_thread, n->self), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

static void test_late_answers_from_another_thread(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    n->self->hold_starts = true;
    scripted_ask_later(n, SCRIPTED_START_SUBJECT, SCRIPTED_START("{}"));
    scripted_run(n, NEX_SECOND);
    assert_false(n->answered);
    release(n);
    scripted_run(n, NEX_SECOND);
    assert_true(n->answered);
    assert_string_equal(n->answer, "{\"id\":\"w1\",\"name\":\"hello\"}");
    scripted_node_free(n);
}

/* It costs its asker a time-out and the agent some memory; the rest goes on. */
static void test_a_callback_that_never_answers(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    n->self->mute = true;
    scripted_ask(n, SCRIPTED_START_SUBJECT, SCRIPTED_START("{}"));
    assert_int_equal(n->status, NEX_ETIMEOUT);
    scripted_ask(n, SUBJECT(SCRIPTED_AGENT ".PING"), "");
    assert_int_equal(n->status, NEX_OK);
    size_t beats = scripted_heard(n, "HEARTBEAT");
    scripted_run(n, 31 * NEX_SECOND);
    assert_true(scripted_heard(n, "HEARTBEAT") >= beats + 3);
    assert_int_equal(scripted_heard(n, "REGISTER"), 1);
    assert_int_equal(n->self->held_count, 1);
    scripted_node_free(n); /* answers it, which nobody hears, and so frees it */
}

/* The nexlet outlives its runner and answers then: from any thread, with any answer. */
static void test_answers_after_the_agent_has_gone(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    n->self->hold_starts = true;
    scripted_ask_later(n, SCRIPTED_START_SUBJECT, SCRIPTED_START("{}"));
    scripted_run(n, NEX_SECOND);
    n->self->mute = true;
    scripted_ask_later(n, SUBJECT("QUERYWORKLOADS"), "{\"namespace\":\"default\",\"filter\":[]}");
    scripted_run(n, NEX_SECOND);
    scripted_ask_later(n, SUBJECT("STOPWORKLOAD.w1"), "{\"namespace\":\"default\"}");
    scripted_run(n, NEX_SECOND);
    assert_int_equal(n->self->held_count, 3);
    nex_agent_free(n->runner);
    n->runner = NULL;
    release(n);
    scripted_run(n, NEX_SECOND);
    assert_false(n->answered);
    scripted_node_free(n);
}

/* An answer that was given but not sent when the agent was freed. */
static void test_an_answer_on_its_way_when_the_agent_goes(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    n->self->hold_starts = true;
    scripted_ask_later(n, SCRIPTED_START_SUBJECT, SCRIPTED_START("{}"));
    scripted_run(n, NEX_SECOND);
    release(n);
    nex_agent_free(n->runner);
    n->runner = NULL;
    scripted_run(n, NEX_SECOND);
    assert_false(n->answered);
    scripted_node_free(n);
}

static void test_a_start_that_spans_a_registration_still_counts(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    nex_agent_options options = {.mode = NEX_AGENT_REMOTE};
    scripted_start(n, options);
    n->self->hold_starts = true;
    scripted_ask_later(n, SCRIPTED_START_SUBJECT, SCRIPTED_START("{}"));
    scripted_run(n, NEX_SECOND);
    scripted_publish(n, "$NEX.FEED.NODE1.event.NODESTARTED", "{}");
    scripted_run(n, NEX_SECOND);
    assert_int_equal(scripted_heard(n, "REGISTER.AGENT1"), 2);
    release(n);
    scripted_run(n, NEX_SECOND);
    scripted_ask(n, SUBJECT("QUERYWORKLOADS"), "{\"namespace\":\"default\",\"filter\":[]}");
    assert_non_null(strstr(n->answer, "\"id\":\"w1\""));
    scripted_node_free(n);
}

/* ---- Sealed environments ------------------------------------------------------------------ */

#define PLAIN "{\"uri\":\"x\",\"environment\":{\"SECRET\":\"planted\"}}"

static char *agent_xkey(scripted_node *n) {
    const scripted_msg *m = scripted_msg_of(n, "REGISTER", 0);
    nex_register_agent_request *request = NULL;
    assert_int_equal(nex_register_agent_request_decode(&request, m->body, strlen(m->body), NULL),
                     NEX_OK);
    char *xkey = strdup(request->public_xkey);
    nex_register_agent_request_free(request);
    return xkey;
}

/* A STARTWORKLOAD body whose environment is sealed to that key. */
static char *sealed_start(const char *xkey) {
    nex_buf sealed = NEX_BUF_INIT;
    nex_buf body = NEX_BUF_INIT;
    assert_int_equal(environment_seal(PLAIN, xkey, &sealed, NULL), NEX_OK);
    assert_null(strstr(sealed.data, "planted"));
    nex_start_workload_request request = {.name = (char *)"hello",
                                          .namespace_ = (char *)"default",
                                          .description = (char *)"",
                                          .workload_type = (char *)"test",
                                          .workload_lifecycle = NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                          .run_request = sealed.data};
    nex_nats_connection_data none = {0};
    nex_agent_start_workload_request start = {.request = &request, .workload_creds = &none};
    assert_int_equal(nex_agent_start_workload_request_encode(&start, &body), NEX_OK);
    nex_buf_free(&sealed);
    return nex_buf_take(&body);
}

static const char *run_request_of(scripted_node *n) {
    assert_int_equal(n->self->count, 1);
    return n->self->workloads[0].request->run_request;
}

static void assert_has_secret(const char *run_request) {
    json_t *request = json_loads(run_request, 0, NULL);
    const char *value =
        json_string_value(json_object_get(json_object_get(request, "environment"), "SECRET"));
    assert_non_null(value);
    assert_string_equal(value, "planted");
    json_decref(request);
}

static char *answered_run_request(scripted_node *n) {
    nex_start_workload_request *request = NULL;
    assert_int_equal(
        nex_start_workload_request_decode(&request, n->answer, strlen(n->answer), NULL), NEX_OK);
    char *run = strdup(request->run_request);
    nex_start_workload_request_free(request);
    return run;
}

static void test_a_sealed_environment_is_opened_and_sealed_anew(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    char *xkey = agent_xkey(n);
    char *body = sealed_start(xkey);
    scripted_ask(n, SCRIPTED_START_SUBJECT, body);
    assert_string_equal(n->error, "");
    assert_has_secret(run_request_of(n));
    /* A client of ours names its key and says that it opens boxes. */
    nex_key *key = NULL;
    char get[512];
    assert_int_equal(nex_key_generate(&key, NEX_KEY_CURVE, NULL), NEX_OK);
    snprintf(get, sizeof get,
             "{\"namespace\":\"default\",\"new_target_xkey\":\"%s\",\"boxed_env\":true}",
             nex_key_public(key));
    scripted_ask(n, SUBJECT("GETWORKLOAD.w1"), get);
    char *run = answered_run_request(n);
    assert_null(strstr(run, "planted"));
    nex_buf opened = NEX_BUF_INIT;
    assert_int_equal(environment_open(run, key, &opened, NULL), NEX_OK);
    assert_has_secret(opened.data);
    nex_buf_free(&opened);
    free(run);
    /* The reference's names a key too, but cannot open a box. */
    snprintf(get, sizeof get, "{\"namespace\":\"default\",\"new_target_xkey\":\"%s\"}",
             nex_key_public(key));
    scripted_ask(n, SUBJECT("GETWORKLOAD.w1"), get);
    run = answered_run_request(n);
    assert_has_secret(run);
    free(run);
    /* What is no key seals nothing. */
    scripted_ask(n, SUBJECT("GETWORKLOAD.w1"),
                 "{\"namespace\":\"default\",\"new_target_xkey\":\"\",\"boxed_env\":true}");
    run = answered_run_request(n);
    assert_has_secret(run);
    free(run);
    nex_key_free(key);
    free(body);
    free(xkey);
    scripted_node_free(n);
}

static void test_a_box_for_somebody_else_is_refused(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    nex_key *other = NULL;
    assert_int_equal(nex_key_generate(&other, NEX_KEY_CURVE, NULL), NEX_OK);
    char *body = sealed_start(nex_key_public(other));
    scripted_ask(n, SCRIPTED_START_SUBJECT, body);
    assert_string_equal(n->code, "100");
    assert_non_null(strstr(n->error, "environment"));
    assert_int_equal(n->self->count, 0);
    free(body);
    nex_key_free(other);
    scripted_node_free(n);
}

static void test_a_sealed_environment_in_the_state_needs_the_same_key(void **state) {
    (void)state;
    nex_key *key = NULL;
    char seed[NEX_KEY_TEXT_SIZE];
    assert_int_equal(nex_key_generate(&key, NEX_KEY_CURVE, NULL), NEX_OK);
    assert_int_equal(nex_key_seed(key, seed), NEX_OK);
    char *body = sealed_start(nex_key_public(key));
    nex_buf existing = NEX_BUF_INIT;
    nex_buf_printf(&existing, "{\"w1\":%s}", body);
    for (int same = 0; same < 2; same++) {
        scripted_node *n = scripted_node_new();
        nex_agent_options options = {.mode = NEX_AGENT_EMBEDDED, .xkey_seed = same ? seed : NULL};
        n->existing = existing.data;
        scripted_start(n, options);
        assert_true(nex_agent_is_registered(n->runner));
        assert_int_equal(n->self->count, same);
        if (same) {
            assert_has_secret(run_request_of(n));
        }
        scripted_node_free(n);
    }
    nex_buf_free(&existing);
    free(body);
    nex_key_free(key);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_start_query_get_stop),
        cmocka_unit_test(test_what_is_not_known_is_met_with_silence),
        cmocka_unit_test(test_refusals_and_malformed_bodies),
        cmocka_unit_test(test_ping_and_lameduck),
        cmocka_unit_test(test_late_answers_from_another_thread),
        cmocka_unit_test(test_a_callback_that_never_answers),
        cmocka_unit_test(test_answers_after_the_agent_has_gone),
        cmocka_unit_test(test_an_answer_on_its_way_when_the_agent_goes),
        cmocka_unit_test(test_a_start_that_spans_a_registration_still_counts),
        cmocka_unit_test(test_a_sealed_environment_is_opened_and_sealed_anew),
        cmocka_unit_test(test_a_box_for_somebody_else_is_refused),
        cmocka_unit_test(test_a_sealed_environment_in_the_state_needs_the_same_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
