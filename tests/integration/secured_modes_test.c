/*
 * Every way to connect to a secured nats-server, each with node, remote nexlet, workload and
 * command line as processes of their own, and every way to hand out credentials.
 */
#include "secured_run.h"

#include <nex/objectstore.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define TLS_DIR NEX_TEST_DATA "/../unit/bus/tls/"

static secured_run run;

static int begin_operated(void **state) {
    *state = &run;
    secured_begin(&run, true);
    return 0;
}

static int begin(void **state) {
    *state = &run;
    secured_begin(&run, false);
    return 0;
}

static int end(void **state) {
    secured_end(*state);
    return 0;
}

static void assert_has(char *text, const char *part) {
    if (strstr(text, part) == NULL) {
        fail_msg("expected \"%s\" in: %s", part, text);
    }
    free(text);
}

/* What everybody does, whatever the connection: how: what the workload connects with. */
static void use_all(secured_run *s, const char *environment, const char *how) {
    char id[NEX_ID_SIZE];
    secured_workload(s, environment, id);
    secured_wait_output(s, how, 1);
    secured_hello(s);
    assert_has(SECURED_NEX(s, "workload", "list", "--json"), id);
    assert_has(SECURED_NEX(s, "node", "list"), s->node.id);
    assert_has(SECURED_NEX(s, "--namespace", "default", "workload", "stop", id), "stopped");
}

static void seed_text(const nex_key *key, char out[NEX_KEY_TEXT_SIZE]) {
    assert_int_equal(nex_key_seed(key, out), NEX_OK);
}

/* ---- What needs more than answers ----------------------------------------------------------- */

#define GREET "#!/bin/sh\nread -r line\necho \"got $line\"\necho greeted >&2\n"

static void on_stored(void *arg, nex_status status, const nex_error *err) {
    if (status != NEX_OK) {
        fail_msg("%s", err->message);
    }
    loop_wait_done(arg);
}

static nex_status read_greet(void *arg, void *buf, size_t size, size_t *len, nex_error *err) {
    static bool done;
    (void)arg;
    (void)err;
    *len = done ? 0 : sizeof GREET - 1;
    assert_true(size >= *len);
    memcpy(buf, GREET, *len);
    done = true;
    return NEX_OK;
}

/* A program from an object store, as a function: fetched, triggered, and heard in the log. */
static void use_function(secured_run *s) {
    nex_objectstore *store = NULL;
    loop_wait *wait = &s->nexus.wait;
    nex_objectstore_options options = {.bucket = "apps"};
    assert_int_equal(nex_objectstore_new(&store, s->nexus.bus, &options, NULL), NEX_OK);
    assert_int_equal(nex_objectstore_create(store, on_stored, wait), NEX_OK);
    loop_wait_run(wait, "the object store");
    assert_int_equal(nex_objectstore_put(store, "greet_1", "", read_greet, on_stored, wait),
                     NEX_OK);
    loop_wait_run(wait, "the object");
    nex_objectstore_free(store);
    char id[NEX_ID_SIZE];
    start_of what = {.name = "greet",
                     .run = "{\"uri\":\"nats://apps/greet:1\"}",
                     .lifecycle = NEX_WORKLOAD_LIFECYCLE_FUNCTION};
    assert_went_well(workload_start(&s->nexus, what, id));
    char *answer = raw_request(&s->nexus, "default.function.greet", "me\n", 20 * NEX_SECOND);
    assert_non_null(answer);
    assert_string_equal(answer, "got me\n");
    free(answer);
    secured_wait_output(s, "greeted\n", 1);
    assert_went_well(workload_stop(&s->nexus, id));
}

/* ---- Ways to connect ------------------------------------------------------------------------ */

static void operator_mode_with_a_creds_file(void **state) {
    secured_run *s = *state;
    char seed[NEX_KEY_TEXT_SIZE];
    const char *creds = secured_file(s, "admin.creds", s->mode.admin_creds.data);
    secured_server(s, NULL);
    s->words[0] = "--nats.creds-file";
    s->words[1] = creds;
    s->nexlet_words[0] = "--nats.creds";
    s->nexlet_words[1] = creds;
    s->connection.creds_file = creds;
    secured_connect(s);
    seed_text(s->mode.signing_key, seed);
    SECURED_NODES(s, "--issuer-signing-key", seed, "--issuer-signing-key-root-account",
                  nex_key_public(s->mode.account));
    use_all(s, "", "ready with a creds file");
    use_function(s);
    assert_has(SECURED_NEX(s, "node", "info", s->node.id), "signing-key");
}

/* As natscli writes it; the node is told of nothing else, and the command line not even that. */
static void operator_mode_with_a_nats_context(void **state) {
    secured_run *s = *state;
    char seed[NEX_KEY_TEXT_SIZE];
    char path[192];
    char text[512];
    secured_server(s, NULL);
    const char *creds = secured_file(s, "admin.creds", s->mode.admin_creds.data);
    snprintf(path, sizeof path, "%s/nats", s->nexus.dir);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/nats/context", s->nexus.dir);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(text, sizeof text,
             "{\"description\":\"test\",\"url\":\"%s\",\"token\":\"\",\"user\":\"\","
             "\"password\":\"\",\"creds\":\"%s\",\"nkey\":\"\",\"cert\":\"\",\"key\":\"\","
             "\"ca\":\"\",\"nsc\":\"\",\"jetstream_domain\":\"\",\"inbox_prefix\":\"\"}",
             nats_server_url(s->nexus.server), creds);
    secured_file(s, "nats/context/admin.json", text);
    secured_file(s, "nats/context.txt", "admin");
    s->words[0] = "--nats.context";
    s->words[1] = "admin";
    s->nexlet_words[0] = "--nats.creds";
    s->nexlet_words[1] = creds;
    s->connection.creds_file = creds;
    secured_connect(s);
    seed_text(s->mode.signing_key, seed);
    SECURED_NODES(s, "--issuer-signing-key", seed, "--issuer-signing-key-root-account",
                  nex_key_public(s->mode.account));
    use_all(s, "", "ready with a creds file");
    /* The selected context, with no other word about servers. */
    const char *const words[] = {"node", "list", NULL};
    cli_result result = cli_run(NULL, words);
    assert_int_equal(result.status, 0);
    assert_non_null(strstr(result.out, s->node.id));
    cli_result_free(&result);
}

/* A server of nkeys: the issuer's own nkey is what node, nexlet and command line connect with. */
static void begin_nkey(secured_run *s, nex_key **user, char seed[NEX_KEY_TEXT_SIZE]) {
    char config[256];
    assert_int_equal(nex_key_generate(user, NEX_KEY_USER, NULL), NEX_OK);
    seed_text(*user, seed);
    snprintf(config, sizeof config, "authorization { users = [ { nkey: %s } ] }\n",
             nex_key_public(*user));
    secured_server(s, config);
    const char *file = secured_file(s, "user.nk", seed);
    s->words[0] = "--nats.nkey";
    s->words[1] = file;
    s->nexlet_words[0] = "--nats.nkey";
    s->nexlet_words[1] = file;
    s->connection.nkey_seed = seed;
    secured_connect(s);
}

static void an_nkey_that_is_shared(void **state) {
    secured_run *s = *state;
    nex_key *user = NULL;
    char seed[NEX_KEY_TEXT_SIZE];
    begin_nkey(s, &user, seed);
    SECURED_NODES(s, "--issuer-nkey", nex_key_public(user), "--issuer-nkey-seed", seed,
                  "--issuer-nkey-share");
    use_all(s, "", "ready with an nkey");
    assert_has(SECURED_NEX(s, "node", "info", s->node.id), "nex.credentials=nkey");
    nex_key_free(user);
}

static void an_nkey_that_is_kept(void **state) {
    secured_run *s = *state;
    nex_key *user = NULL;
    char seed[NEX_KEY_TEXT_SIZE];
    char id[NEX_ID_SIZE];
    begin_nkey(s, &user, seed);
    SECURED_NODES(s, "--issuer-nkey", nex_key_public(user), "--issuer-nkey-seed", seed);
    assert_int_equal(process_count_log(&s->node.process, "server addresses only"), 1);
    secured_workload(s, "", id);
    secured_wait_output(s, "cannot connect: ", 1); /* the server does not let it in */
    assert_has(SECURED_NEX(s, "--namespace", "default", "workload", "stop", id), "stopped");
    nex_key_free(user);
}

static void user_and_password(void **state) {
    secured_run *s = *state;
    secured_server(s, "authorization { users = [ { user: nex, password: s3cret } ] }\n");
    static const char *const words[] = {"--nats.user", "nex", "--nats.password", "s3cret"};
    memcpy(s->words, words, sizeof words);
    s->nexlet_words[0] = "--nats.user";
    s->nexlet_words[1] = "nex";
    assert_int_equal(setenv("NEX_NATS_PASSWORD", "s3cret", 1), 0);
    s->connection.user = "nex";
    s->connection.password = "s3cret";
    secured_connect(s);
    SECURED_NODES(s, "--events", "nats");
    assert_int_equal(unsetenv("NEX_NATS_PASSWORD"), 0);
    assert_int_equal(process_count_log(&s->node.process, "full access"), 1);
    assert_has(SECURED_NEX(s, "node", "info", s->node.id), "full access");
    /* Full access hands out no credentials: the workload is told some as a secret. */
    char secret[512];
    snprintf(secret, sizeof secret,
             "printf s3cret | %s --nats.servers %s --nats.user nex --nats.password s3cret "
             "--namespace default secret set nats-password >&2",
             NEX_BIN_DIR "/bin/nex", nats_server_url(s->nexus.server));
    assert_int_equal(system(secret), 0);
    use_all(s, ",\"TEST_USER\":\"nex\",\"TEST_PASSWORD\":\"secret://nats-password\"",
            "ready with a user");
}

static void tls_with_client_certificates(void **state) {
    secured_run *s = *state;
    secured_server(s, "tls { cert_file: \"" TLS_DIR "server.pem\", key_file: \"" TLS_DIR
                      "server.key\", ca_file: \"" TLS_DIR "ca.pem\", verify: true }\n");
    static const char *const words[] = {"--nats.tlscert", TLS_DIR "client.pem",
                                        "--nats.tlskey",  TLS_DIR "client.key",
                                        "--nats.tlsca",   TLS_DIR "ca.pem"};
    memcpy(s->words, words, sizeof words);
    memcpy(s->nexlet_words, words, sizeof words);
    s->connection.tls_cert = TLS_DIR "client.pem";
    s->connection.tls_key = TLS_DIR "client.key";
    s->connection.tls_ca = TLS_DIR "ca.pem";
    secured_connect(s);
    SECURED_NODES(s, "--events", "nats");
    use_all(s,
            ",\"TEST_TLS_CERT\":\"" TLS_DIR "client.pem\",\"TEST_TLS_KEY\":\"" TLS_DIR
            "client.key\",\"TEST_TLS_CA\":\"" TLS_DIR "ca.pem\"",
            "ready with nothing");
}

/* nats-server and libnats must both know it; where one does not, everybody says so and ends. */
static void tls_first_is_refused_in_words(void **state) {
    secured_run *s = *state;
    secured_server(s, "tls { cert_file: \"" TLS_DIR "server.pem\", key_file: \"" TLS_DIR
                      "server.key\", ca_file: \"" TLS_DIR "ca.pem\", verify: true }\n");
    const char *url = nats_server_url(s->nexus.server);
    static const char *const commands[][2] = {{"node", "up"}, {"node", "list"}};
    for (size_t i = 0; i < 2; i++) {
        const char *const words[] = {commands[i][0], commands[i][1],   "--nats.servers",  url,
                                     "--nats.tlsca", TLS_DIR "ca.pem", "--nats.tlsfirst", NULL};
        cli_result result = cli_run(NULL, words);
        assert_int_equal(result.status, 1);
        if (strstr(result.err, "TLS handshake") == NULL) {
            fail_msg("%s", result.err);
        }
        cli_result_free(&result);
    }
    const char *const words[] = {"--nats.servers",  url,           "--nats.tlsca", TLS_DIR "ca.pem",
                                 "--nats.tlsfirst", "--state-dir", s->nexus.dir,   NULL};
    process_start(&s->nexus, &s->nexlet, NEX_NEXLET_NATIVE, words);
    process_wait_log(&s->nexlet, "TLS handshake", 1);
}

int main(void) {
    cmocka_set_test_filter(getenv("ONLY"));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(operator_mode_with_a_creds_file, begin_operated, end),
        cmocka_unit_test_setup_teardown(operator_mode_with_a_nats_context, begin_operated, end),
        cmocka_unit_test_setup_teardown(an_nkey_that_is_shared, begin, end),
        cmocka_unit_test_setup_teardown(an_nkey_that_is_kept, begin, end),
        cmocka_unit_test_setup_teardown(user_and_password, begin, end),
        cmocka_unit_test_setup_teardown(tls_with_client_certificates, begin, end),
        cmocka_unit_test_setup_teardown(tls_first_is_refused_in_words, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
