/* Secrets asked of the node, texts that name them, and credentials renewed before they expire. */
#include "scripted_node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct secret_store {
    scripted_node *node;
    nex_subscription *sub;
    nex_key *key;
    const char *receiver; /* the key it seals to; NULL: the agent's */
    const char *agent_key;
    unsigned asked;
} secret_store;

typedef struct result {
    unsigned count;
    nex_status status;
    char value[64];
    size_t len;
    char message[512];
} result;

static void answer(secret_store *s, const nex_msg *msg, const char *value) {
    nex_buf box = NEX_BUF_INIT;
    nex_buf text = NEX_BUF_INIT;
    nex_buf body = NEX_BUF_INIT;
    assert_int_equal(nex_box_seal(s->key, s->receiver != NULL ? s->receiver : s->agent_key, value,
                                  strlen(value), &box, NULL),
                     NEX_OK);
    assert_int_equal(nex_base64_encode(box.data, box.len, &text), NEX_OK);
    nex_buf_printf(&body, "{\"encrypted_by\":\"%s\",\"base64_encrypted_value\":\"%s\"}",
                   nex_key_public(s->key), text.data);
    nex_msg reply = {.subject = msg->reply, .data = body.data, .len = body.len};
    assert_int_equal(nex_bus_publish(s->node->bus, &reply), NEX_OK);
    nex_buf_free(&box);
    nex_buf_free(&text);
    nex_buf_free(&body);
}

static void on_ask(void *arg, const nex_msg *msg) {
    secret_store *s = arg;
    nex_get_secret_request *request = NULL;
    s->asked++;
    assert_int_equal(nex_get_secret_request_decode(&request, msg->data, msg->len, NULL), NEX_OK);
    assert_string_equal(request->namespace_, "default");
    if (strcmp(request->name, "missing") == 0) {
        nex_header headers[] = {{"Nats-Service-Error-Code", "404"},
                                {"Nats-Service-Error", "no such secret"}};
        nex_msg reply = {.subject = msg->reply, .headers = headers, .header_count = 2};
        assert_int_equal(nex_bus_publish(s->node->bus, &reply), NEX_OK);
    } else if (strcmp(request->name, "never") != 0) {
        answer(s, msg, strcmp(request->name, "empty") == 0 ? "" : "planted");
    }
    nex_get_secret_request_free(request);
}

static char *xkey_of(scripted_node *n) {
    const scripted_msg *m = scripted_msg_of(n, "REGISTER", 0);
    nex_register_agent_request *request = NULL;
    assert_int_equal(nex_register_agent_request_decode(&request, m->body, strlen(m->body), NULL),
                     NEX_OK);
    char *xkey = strdup(request->public_xkey);
    nex_register_agent_request_free(request);
    return xkey;
}

static secret_store *store_new(void) {
    secret_store *s = calloc(1, sizeof *s);
    assert_non_null(s);
    s->node = scripted_node_new();
    scripted_start_embedded(s->node);
    s->agent_key = xkey_of(s->node);
    assert_int_equal(nex_key_generate(&s->key, NEX_KEY_CURVE, NULL), NEX_OK);
    assert_int_equal(nex_bus_subscribe(s->node->bus, "$NEX.SVC.NODE1.agent.SECRET.AGENT1", NULL,
                                       on_ask, s, &s->sub),
                     NEX_OK);
    scripted_run(s->node, NEX_SECOND);
    return s;
}

static void store_free(secret_store *s) {
    scripted_node_free(s->node);
    nex_key_free(s->key);
    free((char *)(uintptr_t)s->agent_key);
    free(s);
}

static void on_secret(void *arg, nex_status status, const void *value, size_t len,
                      const nex_error *err) {
    result *r = arg;
    r->count++;
    r->status = status;
    r->len = len;
    snprintf(r->value, sizeof r->value, "%s", value != NULL ? (const char *)value : "(none)");
    snprintf(r->message, sizeof r->message, "%s", err->message);
}

static result get(secret_store *s, const char *name) {
    result r = {0};
    assert_int_equal(nex_agent_get_secret(s->node->runner, "default", name, on_secret, &r), NEX_OK);
    assert_int_equal(r.count, 0);
    scripted_run(s->node, 20 * NEX_SECOND);
    assert_int_equal(r.count, 1);
    return r;
}

static void test_secrets_and_their_absence(void **state) {
    (void)state;
    secret_store *s = store_new();
    result r = get(s, "password");
    assert_int_equal(r.status, NEX_OK);
    assert_string_equal(r.value, "planted");
    assert_int_equal(r.len, 7);
    r = get(s, "empty");
    assert_int_equal(r.status, NEX_OK);
    assert_string_equal(r.value, "");
    r = get(s, "missing");
    assert_int_equal(r.status, NEX_ENOTFOUND);
    assert_string_equal(r.message, "secret missing: no such secret");
    r = get(s, "never");
    assert_int_equal(r.status, NEX_ETIMEOUT);
    s->receiver = nex_key_public(s->key);
    r = get(s, "password");
    assert_int_not_equal(r.status, NEX_OK);
    assert_null(strstr(r.message, "planted"));
    nex_subscription_free(s->sub);
    r = get(s, "password");
    assert_int_equal(r.status, NEX_EUNREACHABLE);
    store_free(s);
}

static void test_an_agent_that_goes_ends_its_questions(void **state) {
    (void)state;
    secret_store *s = store_new();
    result r = {0};
    assert_int_equal(nex_agent_get_secret(s->node->runner, "default", "never", on_secret, &r),
                     NEX_OK);
    scripted_run(s->node, NEX_SECOND);
    nex_agent_free(s->node->runner);
    s->node->runner = NULL;
    assert_int_equal(r.count, 1);
    assert_int_equal(r.status, NEX_ECANCELED);
    store_free(s);
}

/* ---- Texts that name secrets -------------------------------------------------------------- */

static void on_resolved(void *arg, nex_status status, const nex_error *err) {
    result *r = arg;
    r->count++;
    r->status = status;
    snprintf(r->message, sizeof r->message, "%s", err->message);
}

static void test_texts_are_resolved(void **state) {
    (void)state;
    secret_store *s = store_new();
    result r = {0};
    nex_string_map environment = {0};
    nex_string_list argv = {0};
    nex_string_map_set(&environment, "PLAIN", "text");
    nex_string_map_set(&environment, "PASSWORD", "secret://password");
    nex_string_map_set(&environment, "INSIDE", "not secret://password");
    nex_string_list_add(&argv, "secret://password");
    assert_int_equal(
        nex_agent_resolve_secrets(s->node->runner, "default", &environment, &argv, on_resolved, &r),
        NEX_OK);
    scripted_run(s->node, NEX_SECOND);
    assert_int_equal(r.count, 1);
    assert_int_equal(r.status, NEX_OK);
    assert_string_equal(nex_string_map_get(&environment, "PASSWORD"), "planted");
    assert_string_equal(nex_string_map_get(&environment, "PLAIN"), "text");
    assert_string_equal(nex_string_map_get(&environment, "INSIDE"), "not secret://password");
    assert_string_equal(argv.items[0], "planted");
    /* Nothing left to ask for. */
    assert_int_equal(s->asked, 2);
    assert_int_equal(
        nex_agent_resolve_secrets(s->node->runner, "default", &environment, NULL, on_resolved, &r),
        NEX_OK);
    assert_int_equal(r.count, 2);
    nex_string_map_set(&environment, "MISSING", "secret://missing");
    assert_int_equal(
        nex_agent_resolve_secrets(s->node->runner, "default", &environment, &argv, on_resolved, &r),
        NEX_OK);
    scripted_run(s->node, NEX_SECOND);
    assert_int_equal(r.count, 3);
    assert_int_equal(r.status, NEX_ENOTFOUND);
    assert_non_null(strstr(r.message, "missing"));
    nex_string_map_free(&environment);
    nex_string_list_free(&argv);
    store_free(s);
}

/* ---- Renewal ------------------------------------------------------------------------------ */

/* NatsConnectionData with a user JWT that expires so long from now. */
static void creds(const scripted_node *n, nex_duration lifetime, char *out, size_t size) {
    nex_key *account = NULL;
    nex_key *user = NULL;
    nex_buf jwt = NEX_BUF_INIT;
    assert_int_equal(nex_key_generate(&account, NEX_KEY_ACCOUNT, NULL), NEX_OK);
    assert_int_equal(nex_key_generate(&user, NEX_KEY_USER, NULL), NEX_OK);
    nex_time now = nex_loop_time(n->loop);
    nex_user_claims claims = {.subject = nex_key_public(user),
                              .name = "x",
                              .issued_at = now.seconds,
                              .expires = nex_time_add(now, lifetime).seconds};
    assert_int_equal(nex_jwt_mint_user(&claims, account, &jwt, NULL), NEX_OK);
    snprintf(out, size,
             "{\"conn_name\":\"\",\"nats_servers\":[],\"tls_cert\":\"\",\"tls_key\":\"\","
             "\"tls_ca\":\"\",\"tls_first\":false,\"nats_user_seed\":\"\",\"nats_user_jwt\":\"%s\","
             "\"nats_user_nkey\":\"\",\"nats_user_name\":\"\",\"nats_user_password\":\"\"}",
             jwt.data);
    nex_buf_free(&jwt);
    nex_key_free(account);
    nex_key_free(user);
}

static void test_credentials_are_renewed_at_half_time(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    char agent[2048];
    char workload[2048];
    char existing[4096];
    creds(n, 365 * 24 * NEX_HOUR, agent, sizeof agent);
    creds(n, 24 * NEX_HOUR, workload, sizeof workload);
    snprintf(existing, sizeof existing,
             "{\"w1\":{\"request\":{\"name\":\"w\",\"namespace\":\"default\",\"description\":\"\","
             "\"workload_type\":\"test\",\"workload_lifecycle\":\"service\",\"run_request\":\"{}\","
             "\"tags\":{}},\"workload_creds\":%s}}",
             workload);
    n->connection = agent;
    n->existing = existing;
    scripted_start_embedded(n);
    for (int hour = 0; hour < 11; hour++) {
        for (int i = 0; i < 60; i++) {
            n->log_count = 1; /* of the heartbeats none is kept */
            scripted_run(n, NEX_MINUTE);
            assert_int_equal(scripted_heard(n, "REGISTER"), 1);
        }
    }
    unsigned registered = 0;
    for (int i = 0; i < 120 && registered == 0; i++) {
        n->log_count = 1;
        scripted_run(n, NEX_MINUTE);
        registered = scripted_heard(n, "REGISTER") > 1;
    }
    assert_int_equal(registered, 1);
    assert_true(nex_agent_is_registered(n->runner));
    assert_int_equal(n->self->count, 1);
    scripted_node_free(n);
}

/* Its answer would come by a connection that is gone. */
static void test_a_start_under_way_is_waited_for(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    char agent[2048];
    creds(n, 10 * NEX_MINUTE, agent, sizeof agent);
    n->connection = agent;
    n->self->hold_starts = true;
    scripted_start_embedded(n);
    scripted_run(n, 4 * NEX_MINUTE + 50 * NEX_SECOND);
    scripted_ask_later(
        n, "$NEX.SVC." SCRIPTED_NODE ".agent." SCRIPTED_AGENT ".STARTWORKLOAD.w1",
        "{\"request\":{\"name\":\"w\",\"namespace\":\"default\",\"description\":\"\","
        "\"workload_type\":\"test\",\"workload_lifecycle\":\"service\","
        "\"run_request\":\"{}\",\"tags\":{}},\"workload_creds\":" SCRIPTED_CREDS "}");
    scripted_run(n, 30 * NEX_SECOND); /* half of the time is over */
    assert_int_equal(scripted_heard(n, "REGISTER"), 1);
    test_agent_release(n->self);
    scripted_run(n, 2 * NEX_SECOND);
    assert_int_equal(scripted_heard(n, "REGISTER"), 2);
    scripted_node_free(n);
}

static void test_credentials_without_an_end_are_not(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    for (int i = 0; i < 48 * 60; i++) {
        n->log_count = 1;
        scripted_run(n, NEX_MINUTE);
        assert_int_equal(scripted_heard(n, "REGISTER"), 1);
    }
    scripted_node_free(n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_secrets_and_their_absence),
        cmocka_unit_test(test_an_agent_that_goes_ends_its_questions),
        cmocka_unit_test(test_texts_are_resolved),
        cmocka_unit_test(test_credentials_are_renewed_at_half_time),
        cmocka_unit_test(test_a_start_under_way_is_waited_for),
        cmocka_unit_test(test_credentials_without_an_end_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
