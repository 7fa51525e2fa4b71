#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include "credentials_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

fixture fx;

nex_time at(int64_t seconds_from_now) {
    return (nex_time){.seconds = time(NULL) + seconds_from_now};
}

/* ---- Connections -------------------------------------------------------------------------- */

static void ignore_error(natsConnection *nc, natsSubscription *sub, natsStatus status,
                         void *closure) {
    (void)nc;
    (void)sub;
    (void)status;
    (void)closure;
}

static natsStatus give_jwt(char **jwt, char **why, void *creds) {
    nex_buf text = NEX_BUF_INIT;
    nex_buf seed = NEX_BUF_INIT;
    nex_status status = nex_creds_parse(creds, strlen(creds), &text, &seed, NULL);
    (void)why;
    nex_buf_wipe(&seed);
    *jwt = nex_buf_take(&text);
    return status == NEX_OK ? NATS_OK : NATS_ERR;
}

static natsStatus sign_nonce(char **why, unsigned char **signature, int *len, const char *nonce,
                             void *creds) {
    nex_buf text = NEX_BUF_INIT;
    nex_buf seed = NEX_BUF_INIT;
    nex_key *key = NULL;
    (void)why;
    *signature = malloc(NEX_SIGNATURE_SIZE);
    *len = NEX_SIGNATURE_SIZE;
    bool done = *signature != NULL &&
                nex_creds_parse(creds, strlen(creds), &text, &seed, NULL) == NEX_OK &&
                nex_key_from_seed(&key, seed.data, NULL) == NEX_OK &&
                nex_key_sign_nonce(key, nonce, strlen(nonce), *signature, NULL) == NEX_OK;
    nex_key_free(key);
    nex_buf_wipe(&seed);
    nex_buf_free(&text);
    return done ? NATS_OK : NATS_ERR;
}

/* The library's own creds reader and signer prove who we are, not those of nats.c. */
natsStatus connect_with(natsConnection **nc, char *creds) {
    natsOptions *opts = NULL;
    natsStatus s = natsOptions_Create(&opts);
    if (s == NATS_OK) {
        s = natsOptions_SetURL(opts, nats_server_url(fx.server));
    }
    if (s == NATS_OK) {
        s = natsOptions_SetUserCredentialsCallbacks(opts, give_jwt, creds, sign_nonce, creds);
    }
    if (s == NATS_OK) {
        s = natsOptions_SetAllowReconnect(opts, false);
    }
    if (s == NATS_OK) { /* the default one prints every refusal */
        s = natsOptions_SetErrorHandler(opts, ignore_error, NULL);
    }
    if (s == NATS_OK) {
        s = natsConnection_Connect(nc, opts);
    }
    natsOptions_Destroy(opts);
    return s;
}

nex_buf creds_of(nex_nats_connection_data *data) {
    nex_buf creds = NEX_BUF_INIT;
    assert_non_null(data);
    assert_int_equal(nex_creds_format(data->nats_user_jwt, data->nats_user_seed, &creds), NEX_OK);
    nex_credentials_free(data);
    return creds;
}

nex_buf workload_creds(const char *namespace_) {
    nex_nats_connection_data *data;
    nex_error err;
    if (nex_minter_workload(fx.minter, WORKLOAD, namespace_, AGENT, at(0), &data, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    return creds_of(data);
}

nex_buf agent_creds(const nex_string_list *namespaces) {
    nex_nats_connection_data *data;
    nex_error err;
    if (nex_minter_agent(fx.minter, AGENT, NODE, namespaces, true, at(0), &data, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    return creds_of(data);
}

nex_buf registration_creds(int64_t made) {
    nex_nats_connection_data *data;
    assert_int_equal(nex_minter_registration(fx.minter, AGENT, NODE, true, at(made), &data, NULL),
                     NEX_OK);
    return creds_of(data);
}

natsConnection *connect_ok(const nex_buf *creds) {
    natsConnection *nc = NULL;
    natsStatus s = connect_with(&nc, creds->data);
    if (s != NATS_OK) {
        fail_msg("the server refused the credentials: %s", natsStatus_GetText(s));
    }
    return nc;
}

/* Whether the server said "Permissions Violation" since the connection was made. The flush
   brings the answer to all that was sent before. */
bool was_refused(natsConnection *nc) {
    const char *text = NULL;
    assert_int_equal(natsConnection_FlushTimeout(nc, WAIT_MS), NATS_OK);
    natsConnection_GetLastError(nc, &text);
    return text != NULL && strstr(text, "ermissions") != NULL;
}

/* A publish is allowed when an all-seeing tap gets it; a new connection each, so that one
   refusal is not taken for another. */
void check_publish(const nex_buf *creds, const char *subject, bool wanted) {
    natsSubscription *tap = NULL;
    natsMsg *msg = NULL;
    natsConnection *nc = connect_ok(creds);
    bool service = strncmp(subject, "$JS.API", 7) == 0;
    if (!service) { /* JetStream's own subjects are not delivered to taps */
        assert_int_equal(natsConnection_SubscribeSync(&tap, fx.admin, subject), NATS_OK);
        assert_int_equal(natsConnection_FlushTimeout(fx.admin, WAIT_MS), NATS_OK);
    }
    assert_int_equal(natsConnection_PublishString(nc, subject, "{}"), NATS_OK);
    bool refused = was_refused(nc);
    if (refused == wanted) {
        fail_msg("publishing %s was %s", subject, refused ? "refused" : "allowed");
    }
    if (!service) {
        assert_int_equal(natsConnection_FlushTimeout(fx.admin, WAIT_MS), NATS_OK);
        natsStatus got = natsSubscription_NextMsg(&msg, tap, wanted ? WAIT_MS : 1);
        if ((got == NATS_OK) != wanted) {
            fail_msg("publishing %s: the message %s", subject, wanted ? "got lost" : "got through");
        }
    }
    natsMsg_Destroy(msg);
    natsSubscription_Destroy(tap);
    natsConnection_Destroy(nc);
}

void check_subscribe(const nex_buf *creds, const char *subject, bool wanted) {
    natsSubscription *sub = NULL;
    natsConnection *nc = connect_ok(creds);
    assert_int_equal(natsConnection_SubscribeSync(&sub, nc, subject), NATS_OK);
    bool refused = was_refused(nc);
    if (refused == wanted) {
        fail_msg("subscribing %s was %s", subject, refused ? "refused" : "allowed");
    }
    natsSubscription_Destroy(sub);
    natsConnection_Destroy(nc);
}

void each(check what, const nex_buf *creds, const char *const *subjects, bool wanted) {
    for (; *subjects != NULL; subjects++) {
        what(creds, *subjects, wanted);
    }
}

/* ---- Group set-up ------------------------------------------------------------------------- */

static void add_stream(jsCtx *js, const char *name, const char **subjects, int count) {
    jsStreamConfig config;
    jsStreamConfig_Init(&config);
    config.Name = name;
    config.Subjects = subjects;
    config.SubjectsLen = count;
    config.AllowDirect = true;
    config.AllowRollup = true;
    config.Storage = js_MemoryStorage;
    assert_int_equal(js_AddStream(NULL, js, &config, NULL, NULL), NATS_OK);
}

/* A stream, a KV bucket and an object store named after a namespace. */
static void add_stores(jsCtx *js, const char *namespace_) {
    char name[64];
    char first[64];
    char second[64];
    const char *subjects[] = {first, second};
    kvStore *kv = NULL;
    kvConfig config;
    snprintf(first, sizeof first, "%s.jobs.>", namespace_);
    add_stream(js, namespace_, subjects, 1);
    snprintf(name, sizeof name, "OBJ_%s", namespace_);
    snprintf(first, sizeof first, "$O.%s.C.>", namespace_);
    snprintf(second, sizeof second, "$O.%s.M.>", namespace_);
    add_stream(js, name, subjects, 2);
    kvConfig_Init(&config);
    config.Bucket = namespace_;
    config.History = 5;
    config.StorageType = js_MemoryStorage;
    assert_int_equal(js_CreateKeyValue(&kv, js, &config), NATS_OK);
    assert_int_equal(kvStore_PutString(NULL, kv, "planted", "of the bucket"), NATS_OK);
    kvStore_Destroy(kv);
}

int credentials_set_up(void **state) {
    (void)state;
    jsCtx *js = NULL;
    nex_error err;
    char seed[NEX_KEY_TEXT_SIZE];
    operator_mode_init(&fx.mode);
    nats_server_options server = {.jetstream = true, .config = fx.mode.config.data};
    fx.server = nats_server_start(&server);
    assert_int_equal(nex_key_seed(fx.mode.signing_key, seed), NEX_OK);
    const char *servers[] = {nats_server_url(fx.server)};
    nex_minter_options options = {.servers = servers,
                                  .server_count = 1,
                                  .nexus = "nexus",
                                  .issuer_signing_key = seed,
                                  .issuer_root_account = nex_key_public(fx.mode.account)};
    if (nex_minter_new(&fx.minter, &options, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    nex_wipe(seed, sizeof seed);
    assert_int_equal(connect_with(&fx.admin, fx.mode.admin_creds.data), NATS_OK);
    assert_int_equal(natsConnection_JetStream(&js, fx.admin, NULL), NATS_OK);
    add_stores(js, "alpha");
    add_stores(js, "beta");
    jsCtx_Destroy(js);
    return 0;
}

int credentials_tear_down(void **state) {
    (void)state;
    natsConnection_Destroy(fx.admin);
    nex_minter_free(fx.minter);
    nats_server_stop(fx.server);
    operator_mode_free(&fx.mode);
    nats_Close();
    return 0;
}

jsCtx *jetstream(natsConnection *nc) {
    jsCtx *js = NULL;
    jsOptions options;
    jsOptions_Init(&options);
    options.Wait = WAIT_MS;
    assert_int_equal(natsConnection_JetStream(&js, nc, &options), NATS_OK);
    return js;
}

void take(natsSubscription *sub, const char *text, bool ack) {
    natsMsg *msg = NULL;
    assert_int_equal(natsSubscription_NextMsg(&msg, sub, WAIT_MS), NATS_OK);
    assert_string_equal(natsMsg_GetData(msg), text);
    if (ack) { /* first "still at it", then done: more than one answer to one message */
        assert_int_equal(natsMsg_InProgress(msg, NULL), NATS_OK);
        assert_int_equal(natsMsg_AckSync(msg, NULL, NULL), NATS_OK);
    }
    natsMsg_Destroy(msg);
}

void request_expect(natsConnection *nc, const char *subject, const char *body, const char *part) {
    natsMsg *reply = NULL;
    natsStatus s = natsConnection_RequestString(&reply, nc, subject, body, WAIT_MS);
    if (s != NATS_OK) {
        fail_msg("%s: %s", subject, natsStatus_GetText(s));
    }
    if (strstr(natsMsg_GetData(reply), part) == NULL) {
        fail_msg("%s: expected \"%s\" in: %s", subject, part, natsMsg_GetData(reply));
    }
    natsMsg_Destroy(reply);
}
