/* Connecting: credentials, TLS, servers that are away, come back, or say nothing. */
#include <nex/bus.h>
#include <nex/keys.h>

#include "files.h"
#include "loop_wait.h"
#include "nats_server.h"

#include <dirent.h>
#include <nats/nats.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TLS_DIR NEX_TEST_DATA "/../unit/bus/tls/"

typedef struct fixture {
    nex_loop *loop;
    nex_bus *bus;
    nex_error err;
    loop_wait wait;
    nex_bus_state states[16];
    size_t state_count;
    nex_status status;
    int heard;
    char text[64];
    /* what the log says */
    char logged[1024];
    size_t dropped;
} fixture;

static void on_state(void *arg, nex_bus_state state) {
    fixture *f = arg;
    if (f->state_count < 16) {
        f->states[f->state_count++] = state;
    }
    loop_wait_done(&f->wait);
}

static void on_log(void *arg, nex_log_level level, const char *message, const nex_log_field *fields,
                   size_t count) {
    fixture *f = arg;
    size_t dropped;
    (void)level;
    snprintf(f->logged, sizeof f->logged, "%s", message);
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(f->logged);
        snprintf(f->logged + used, sizeof f->logged - used, " %s=%s", fields[i].key,
                 fields[i].value);
    }
    if (sscanf(message, "dropped %zu messages", &dropped) == 1) {
        f->dropped += dropped;
    }
    loop_wait_done(&f->wait);
}

static void set_up(fixture *f) {
    memset(f, 0, sizeof *f);
    assert_int_equal(nex_loop_new(&f->loop, &f->err), NEX_OK);
    f->wait.loop = f->loop;
}

static void tear_down(fixture *f) {
    nex_bus_close(f->bus);
    nex_loop_free(f->loop);
}

static nex_status try_connect(fixture *f, const char *url, nex_bus_options options) {
    options.servers = &url;
    options.server_count = 1;
    options.on_state = on_state;
    options.arg = f;
    nex_bus_close(f->bus);
    return nex_bus_connect(&f->bus, f->loop, &options, &f->err);
}

static void hear(void *arg, const nex_msg *msg) {
    fixture *f = arg;
    f->heard++;
    snprintf(f->text, sizeof f->text, "%.*s", (int)msg->len, (const char *)msg->data);
    loop_wait_done(&f->wait);
}

static void say(nex_bus *bus, const char *subject, const char *text) {
    nex_msg msg = {.subject = subject, .data = text, .len = strlen(text)};
    assert_int_equal(nex_bus_publish(bus, &msg), NEX_OK);
}

/* Sends itself a message: the connection works. */
static void check_works(fixture *f) {
    nex_subscription *sub;
    int before = f->heard;
    assert_int_equal(nex_bus_subscribe(f->bus, "check", NULL, hear, f, &sub), NEX_OK);
    say(f->bus, "check", "1 2 3");
    loop_wait_run(&f->wait, "a message to itself");
    assert_int_equal(f->heard, before + 1);
    assert_string_equal(f->text, "1 2 3");
    nex_subscription_free(sub);
}

static void check_connects(fixture *f, const char *url, nex_bus_options options) {
    nex_status status = try_connect(f, url, options);
    if (status != NEX_OK) {
        fail_msg("%s: %s", nex_status_name(status), f->err.message);
    }
    check_works(f);
}

static void check_refused(fixture *f, const char *url, nex_bus_options options, nex_status wanted,
                          const char *says) {
    nex_status status = try_connect(f, url, options);
    assert_null(f->bus);
    if (status != wanted || strstr(f->err.message, says) == NULL) {
        fail_msg("wanted %s and \"%s\", got %s: %s", nex_status_name(wanted), says,
                 nex_status_name(status), f->err.message);
    }
}

/* ---- Credentials -------------------------------------------------------------------------- */

static void user_and_password(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(
        &(nats_server_options){.config = "authorization { user: bob, password: s3cret }\n"});
    const char *url = nats_server_url(server);
    check_connects(&f, url, (nex_bus_options){.user = "bob", .password = "s3cret"});
    assert_string_equal(nex_bus_server(f.bus), url);
    check_refused(&f, url, (nex_bus_options){.user = "bob", .password = "wr0ng"}, NEX_EREFUSED,
                  url);
    assert_null(strstr(f.err.message, "wr0ng"));
    check_refused(&f, url, (nex_bus_options){.keep_trying = true}, NEX_EREFUSED, url);

    char with_password[128];
    snprintf(with_password, sizeof with_password, "nats://bob:s3cret@127.0.0.1:%d",
             nats_server_port(server));
    check_connects(&f, with_password, (nex_bus_options){0});
    assert_null(strstr(nex_bus_server(f.bus), "s3cret"));
    snprintf(with_password, sizeof with_password, "nats://bob:wr0ng@127.0.0.1:%d",
             nats_server_port(server));
    check_refused(&f, with_password, (nex_bus_options){0}, NEX_EREFUSED, "nats://bob:***@127");
    assert_null(strstr(f.err.message, "wr0ng"));
    tear_down(&f);
    nats_server_stop(server);
}

static void token(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server =
        nats_server_start(&(nats_server_options){.config = "authorization { token: t0ken }\n"});
    char url[128];
    snprintf(url, sizeof url, "nats://t0ken@127.0.0.1:%d", nats_server_port(server));
    check_connects(&f, url, (nex_bus_options){0});
    assert_null(strstr(nex_bus_server(f.bus), "t0ken"));
    snprintf(url, sizeof url, "nats://wr0ng@127.0.0.1:%d", nats_server_port(server));
    check_refused(&f, url, (nex_bus_options){0}, NEX_EREFUSED, "nats://***@127");
    assert_null(strstr(f.err.message, "wr0ng"));
    tear_down(&f);
    nats_server_stop(server);
}

static nex_key *make_key(nex_key_kind kind, char seed[NEX_KEY_TEXT_SIZE]) {
    nex_key *key = NULL;
    assert_int_equal(nex_key_generate(&key, kind, NULL), NEX_OK);
    assert_int_equal(nex_key_seed(key, seed), NEX_OK);
    return key;
}

/* Such a server says nothing to sign. */
static void credentials_nobody_asks_for(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    char seed[NEX_KEY_TEXT_SIZE];
    nex_key_free(make_key(NEX_KEY_USER, seed));
    nats_server *server = nats_server_start(NULL);
    const char *url = nats_server_url(server);
    check_connects(&f, url, (nex_bus_options){.nkey_seed = seed});
    check_connects(&f, url, (nex_bus_options){.nkey_seed = seed, .jwt = "e30.e30.AA"});
    check_connects(&f, url, (nex_bus_options){.user = "bob", .password = "s3cret"});
    tear_down(&f);
    nats_server_stop(server);
}

static void nkey(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    char seed[NEX_KEY_TEXT_SIZE];
    char other_seed[NEX_KEY_TEXT_SIZE];
    nex_key *key = make_key(NEX_KEY_USER, seed);
    nex_key *other = make_key(NEX_KEY_USER, other_seed);
    char config[256];
    snprintf(config, sizeof config, "authorization { users: [ { nkey: %s } ] }\n",
             nex_key_public(key));
    nats_server *server = nats_server_start(&(nats_server_options){.config = config});
    const char *url = nats_server_url(server);
    check_connects(&f, url, (nex_bus_options){.nkey_seed = seed});
    check_refused(&f, url, (nex_bus_options){.nkey_seed = other_seed}, NEX_EREFUSED, url);
    assert_null(strstr(f.err.message, other_seed));
    check_refused(&f, url, (nex_bus_options){.nkey_seed = "SUNONSENSE"}, NEX_EINVAL, "seed");
    assert_null(strstr(f.err.message, "SUNONSENSE"));
    nex_key_free(key);
    nex_key_free(other);
    tear_down(&f);
    nats_server_stop(server);
}

static void append_base64url(nex_buf *out, const void *data, size_t len) {
    size_t start = out->len;
    assert_int_equal(nex_base64_encode(data, len, out), NEX_OK);
    for (char *c = out->data + start; *c != '\0'; c++) {
        *c = (char)(*c == '+' ? '-' : *c == '/' ? '_' : *c);
    }
    out->len = start + strcspn(out->data + start, "=");
    out->data[out->len] = '\0';
}

/* The JWT of an account without limits, signed by its operator. */
static nex_buf account_jwt(const nex_key *operator_key, const nex_key *account) {
    static const char header[] = "{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}";
    nex_buf claims = NEX_BUF_INIT;
    nex_buf jwt = NEX_BUF_INIT;
    assert_int_equal(
        nex_buf_printf(&claims,
                       "{\"jti\":\"x\",\"iat\":1700000000,\"iss\":\"%s\",\"name\":\"A\","
                       "\"sub\":\"%s\",\"nats\":{\"type\":\"account\",\"version\":2,\"limits\":"
                       "{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,"
                       "\"wildcards\":true,\"conn\":-1,\"leaf\":-1}}}",
                       nex_key_public(operator_key), nex_key_public(account)),
        NEX_OK);
    append_base64url(&jwt, header, strlen(header));
    assert_int_equal(nex_buf_append_str(&jwt, "."), NEX_OK);
    append_base64url(&jwt, claims.data, claims.len);
    uint8_t signature[NEX_SIGNATURE_SIZE];
    assert_int_equal(nex_key_sign(operator_key, jwt.data, jwt.len, signature, NULL), NEX_OK);
    assert_int_equal(nex_buf_append_str(&jwt, "."), NEX_OK);
    append_base64url(&jwt, signature, sizeof signature);
    nex_buf_free(&claims);
    return jwt;
}

static void jwt_and_creds_file(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    char seed[NEX_KEY_TEXT_SIZE];
    char other_seed[NEX_KEY_TEXT_SIZE];
    nex_key *operator_key = make_key(NEX_KEY_OPERATOR, seed);
    nex_key *account = make_key(NEX_KEY_ACCOUNT, seed);
    nex_key *other = make_key(NEX_KEY_USER, other_seed);
    nex_key *user = make_key(NEX_KEY_USER, seed);
    nex_buf account_text = account_jwt(operator_key, account);
    nex_buf config = NEX_BUF_INIT;
    assert_int_equal(nex_buf_printf(&config,
                                    "trusted_keys: [ %s ]\nresolver: MEMORY\n"
                                    "resolver_preload: { %s: \"%s\" }\n",
                                    nex_key_public(operator_key), nex_key_public(account),
                                    account_text.data),
                     NEX_OK);
    nex_user_claims claims = {
        .subject = nex_key_public(user), .name = "me", .issued_at = 1700000000};
    nex_buf jwt = NEX_BUF_INIT;
    assert_int_equal(nex_jwt_mint_user(&claims, account, &jwt, &f.err), NEX_OK);

    nats_server *server = nats_server_start(&(nats_server_options){.config = config.data});
    const char *url = nats_server_url(server);
    check_connects(&f, url, (nex_bus_options){.jwt = jwt.data, .nkey_seed = seed});
    check_refused(&f, url, (nex_bus_options){.jwt = jwt.data, .nkey_seed = other_seed},
                  NEX_EREFUSED, url);
    check_refused(&f, url, (nex_bus_options){.jwt = jwt.data}, NEX_EINVAL, "needs the seed");

    nex_buf creds = NEX_BUF_INIT;
    char path[256];
    snprintf(path, sizeof path, "%s/user.creds", nats_server_dir(server));
    assert_int_equal(nex_creds_format(jwt.data, seed, &creds), NEX_OK);
    write_file(path, creds.data);
    check_connects(&f, url, (nex_bus_options){.creds_file = path});
    check_refused(&f, url, (nex_bus_options){.creds_file = "/nonexistent/x.creds"}, NEX_ENOTFOUND,
                  "/nonexistent/x.creds");

    nex_buf_free(&creds);
    nex_buf_free(&jwt);
    nex_buf_free(&config);
    nex_buf_free(&account_text);
    nex_key_free(operator_key);
    nex_key_free(account);
    nex_key_free(user);
    nex_key_free(other);
    tear_down(&f);
    nats_server_stop(server);
}

static void a_refusal_for_good_closes(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(
        &(nats_server_options){.config = "authorization { user: bob, password: one }\n"});
    nex_bus_options options = {.user = "bob", .password = "one"};
    check_connects(&f, nats_server_url(server), options);
    nats_server_kill(server);
    char path[256];
    snprintf(path, sizeof path, "%s/server.conf", nats_server_dir(server));
    write_file(path, "authorization { user: bob, password: two }\n");
    nats_server_restart(server);
    while (nex_bus_get_state(f.bus) != NEX_BUS_CLOSED) {
        loop_wait_run(&f.wait, "the bus to give up");
    }
    assert_int_equal(f.states[0], NEX_BUS_DISCONNECTED);
    assert_int_equal(f.states[1], NEX_BUS_CLOSED);
    assert_int_equal(nex_bus_publish(f.bus, &(nex_msg){.subject = "x"}), NEX_ESTATE);
    tear_down(&f);
    nats_server_stop(server);
}

static void who_keeps_trying_is_let_in_again(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(
        &(nats_server_options){.config = "authorization { user: bob, password: one }\n"});
    nex_bus_options options = {.user = "bob", .password = "one", .keep_trying = true};
    nex_log log = {.write = on_log, .arg = &f, .level = NEX_LOG_WARN};
    options.log = &log;
    check_connects(&f, nats_server_url(server), options);
    nex_subscription *kept;
    nex_subscription *freed;
    assert_int_equal(nex_bus_subscribe(f.bus, "kept", NULL, hear, &f, &kept), NEX_OK);
    assert_int_equal(nex_bus_subscribe(f.bus, "kept", NULL, hear, &f, &freed), NEX_OK);
    nats_server_kill(server);
    char path[256];
    snprintf(path, sizeof path, "%s/server.conf", nats_server_dir(server));
    write_file(path, "authorization { user: bob, password: two }\n");
    nats_server_restart(server);
    while (strstr(f.logged, "NATS refused this client") == NULL) {
        loop_wait_run(&f.wait, "the refusal");
    }
    assert_int_equal(nex_bus_get_state(f.bus), NEX_BUS_DISCONNECTED);
    nex_subscription_free(freed);
    say(f.bus, "kept", "still here");
    nats_server_kill(server);
    write_file(path, "authorization { user: bob, password: one }\n");
    nats_server_restart(server);
    f.heard = 0;
    while (f.heard == 0) {
        loop_wait_run(&f.wait, "the message held");
    }
    assert_string_equal(f.text, "still here");
    assert_int_equal(f.heard, 1);
    assert_int_equal(f.state_count, 2);
    assert_int_equal(f.states[1], NEX_BUS_CONNECTED);
    check_works(&f);
    tear_down(&f);
    nats_server_stop(server);
}

/* ---- TLS ---------------------------------------------------------------------------------- */

static const char tls_config[] = "tls { cert_file: \"" TLS_DIR "%s.pem\", key_file: \"" TLS_DIR
                                 "%s.key\", ca_file: \"" TLS_DIR "ca.pem\", verify: %s }\n";

static nats_server *tls_server(const char *cert, const char *verify) {
    char config[1024];
    snprintf(config, sizeof config, tls_config, cert, cert, verify);
    return nats_server_start(&(nats_server_options){.config = config});
}

static char *read_file(const char *path) {
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char *text = calloc(1, 8192);
    assert_non_null(text);
    assert_true(fread(text, 1, 8191, file) > 0);
    fclose(file);
    return text;
}

static void tls_with_and_without_client_certificate(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = tls_server("server", "false");
    const char *url = nats_server_url(server);
    check_connects(&f, url, (nex_bus_options){.tls_ca = TLS_DIR "ca.pem"});
    char *pem = read_file(TLS_DIR "ca.pem");
    check_connects(&f, url, (nex_bus_options){.tls_ca = pem});
    check_refused(&f, url, (nex_bus_options){.tls_ca = TLS_DIR "other-ca.pem"}, NEX_EREFUSED, url);
    check_refused(&f, url, (nex_bus_options){0}, NEX_EREFUSED, url); /* an unknown CA */
    nats_server_stop(server);

    server = tls_server("server", "true");
    url = nats_server_url(server);
    nex_bus_options options = {.tls_ca = TLS_DIR "ca.pem",
                               .tls_cert = TLS_DIR "client.pem",
                               .tls_key = TLS_DIR "client.key"};
    check_connects(&f, url, options);
    char *cert = read_file(TLS_DIR "client.pem");
    char *key = read_file(TLS_DIR "client.key");
    check_connects(&f, url, (nex_bus_options){.tls_ca = pem, .tls_cert = cert, .tls_key = key});
    check_refused(&f, url, (nex_bus_options){.tls_ca = pem, .tls_cert = cert}, NEX_EINVAL,
                  "only the certificate was given");
    options.tls_key = TLS_DIR "server.key";
    check_refused(&f, url, options, NEX_EINVAL, "client certificate and key");
    options.tls_key = "/nonexistent/key.pem";
    check_refused(&f, url, options, NEX_ENOTFOUND, "/nonexistent/key.pem");
    options.tls_key = "/etc/hostname";
    check_refused(&f, url, options, NEX_EINVAL, "not a PEM file");
    free(cert);
    free(key);
    free(pem);
    tear_down(&f);
    nats_server_stop(server);
}

static void tls_checks_the_servers_name(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = tls_server("elsewhere", "false");
    check_refused(&f, nats_server_url(server), (nex_bus_options){.tls_ca = TLS_DIR "ca.pem"},
                  NEX_EREFUSED, nats_server_url(server));
    tear_down(&f);
    nats_server_stop(server);
}

static void tls_is_not_given_up_for_a_plain_server(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(NULL);
    check_refused(&f, nats_server_url(server), (nex_bus_options){.tls_ca = TLS_DIR "ca.pem"},
                  NEX_EREFUSED, nats_server_url(server));
    char url[64];
    snprintf(url, sizeof url, "tls://127.0.0.1:%d", nats_server_port(server));
    check_refused(&f, url, (nex_bus_options){0}, NEX_EREFUSED, url);
    snprintf(url, sizeof url, "ws://127.0.0.1:%d", nats_server_port(server));
    check_refused(&f, url, (nex_bus_options){0}, NEX_EUNSUPPORTED, "\"ws\"");
#if NATS_VERSION_NUMBER < 0x030900
    check_refused(&f, nats_server_url(server), (nex_bus_options){.tls_first = true},
                  NEX_EUNSUPPORTED, "libnats 3.9 or newer");
#endif
    tear_down(&f);
    nats_server_stop(server);
}

/* ---- Servers that are away ---------------------------------------------------------------- */

static void on_answer(void *arg, nex_status status, const nex_msg *reply) {
    fixture *f = arg;
    f->status = status;
    (void)reply;
    loop_wait_done(&f->wait);
}

static void nobody_there(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(NULL);
    nats_server_kill(server);
    check_refused(&f, nats_server_url(server), (nex_bus_options){0}, NEX_EUNREACHABLE,
                  nats_server_url(server));
    tear_down(&f);
    nats_server_stop(server);
}

static void the_second_server_will_do(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *dead = nats_server_start(NULL);
    nats_server_kill(dead);
    nats_server *server = nats_server_start(NULL);
    const char *urls[] = {nats_server_url(dead), nats_server_url(server)};
    nex_bus_options options = {.servers = urls, .server_count = 2};
    assert_int_equal(nex_bus_connect(&f.bus, f.loop, &options, &f.err), NEX_OK);
    assert_string_equal(nex_bus_server(f.bus), nats_server_url(server));
    check_works(&f);
    nats_server_kill(server);
    assert_int_equal(nex_bus_connect(&(nex_bus *){NULL}, f.loop, &options, &f.err),
                     NEX_EUNREACHABLE);
    assert_non_null(strstr(f.err.message, urls[0])); /* names both */
    assert_non_null(strstr(f.err.message, urls[1]));
    tear_down(&f);
    nats_server_stop(server);
    nats_server_stop(dead);
}

static void a_silent_server_does_not_hold_us_up(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(NULL);
    nats_server_freeze(server);
    uint64_t start = nex_loop_now(f.loop);
    check_refused(&f, nats_server_url(server), (nex_bus_options){.timeout = 300 * NEX_MILLISECOND},
                  NEX_EUNREACHABLE, nats_server_url(server));
    uint64_t took = nex_loop_now(f.loop) - start;
    assert_true(took >= (uint64_t)(250 * NEX_MILLISECOND));
    assert_true(took < (uint64_t)(2 * NEX_SECOND));

    start = nex_loop_now(f.loop);
    assert_int_equal(
        try_connect(&f, nats_server_url(server),
                    (nex_bus_options){.timeout = 300 * NEX_MILLISECOND, .keep_trying = true}),
        NEX_OK);
    assert_int_equal(nex_bus_get_state(f.bus), NEX_BUS_CONNECTING);
    assert_true(nex_loop_now(f.loop) - start < (uint64_t)(2 * NEX_SECOND));
    nats_server_thaw(server);
    while (nex_bus_get_state(f.bus) != NEX_BUS_CONNECTED) {
        loop_wait_run(&f.wait, "the connection");
    }
    check_works(&f);

    nats_server_freeze(server);
    say(f.bus, "x", "nobody takes this");
    start = nex_loop_now(f.loop);
    nex_bus_close(f.bus);
    f.bus = NULL;
    assert_true(nex_loop_now(f.loop) - start < (uint64_t)(3 * NEX_SECOND));
    tear_down(&f);
    nats_server_stop(server);
}

static void a_server_may_come_later(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(NULL);
    nats_server_kill(server);
    assert_int_equal(
        try_connect(&f, nats_server_url(server), (nex_bus_options){.keep_trying = true}), NEX_OK);
    assert_int_equal(nex_bus_get_state(f.bus), NEX_BUS_CONNECTING);
    nex_subscription *sub;
    nex_subscription *unwanted;
    assert_int_equal(nex_bus_subscribe(f.bus, "early", NULL, hear, &f, &sub), NEX_OK);
    assert_int_equal(nex_bus_subscribe(f.bus, "early", NULL, hear, &f, &unwanted), NEX_OK);
    nex_subscription_free(unwanted);
    say(f.bus, "early", "bird");
    nex_msg msg = {.subject = "early"};
    assert_int_equal(nex_bus_request(f.bus, &msg, NEX_MINUTE, on_answer, &f, NULL), NEX_OK);
    loop_wait_run(&f.wait, "the request to fail");
    assert_int_equal(f.status, NEX_EUNREACHABLE); /* said at once */

    nats_server_restart(server);
    while (f.heard == 0) {
        loop_wait_run(&f.wait, "the message held");
    }
    assert_string_equal(f.text, "bird");
    assert_int_equal(f.heard, 1);
    assert_int_equal(f.state_count, 1);
    assert_int_equal(f.states[0], NEX_BUS_CONNECTED);
    tear_down(&f);
    nats_server_stop(server);
}

static void a_connection_comes_back(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(NULL);
    assert_int_equal(try_connect(&f, nats_server_url(server), (nex_bus_options){0}), NEX_OK);
    nex_subscription *kept;
    nex_subscription *freed;
    nex_subscription *made;
    assert_int_equal(nex_bus_subscribe(f.bus, "kept", NULL, hear, &f, &kept), NEX_OK);
    assert_int_equal(nex_bus_subscribe(f.bus, "freed", NULL, hear, &f, &freed), NEX_OK);
    nats_server_kill(server);
    while (nex_bus_get_state(f.bus) != NEX_BUS_DISCONNECTED) {
        loop_wait_run(&f.wait, "the loss to be noticed");
    }
    nex_subscription_free(freed);
    assert_int_equal(nex_bus_subscribe(f.bus, "made", NULL, hear, &f, &made), NEX_OK);
    say(f.bus, "freed", "to nobody");
    say(f.bus, "kept", "one");
    say(f.bus, "made", "two");
    nats_server_restart(server);
    while (f.heard < 2) {
        loop_wait_run(&f.wait, "the messages held");
    }
    assert_string_equal(f.text, "two"); /* in order */
    assert_int_equal(f.state_count, 2);
    assert_int_equal(f.states[0], NEX_BUS_DISCONNECTED);
    assert_int_equal(f.states[1], NEX_BUS_CONNECTED);
    check_works(&f);
    assert_int_equal(f.heard, 3);
    tear_down(&f);
    nats_server_stop(server);
}

static void what_is_held_has_a_limit(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(NULL);
    nats_server_kill(server);
    assert_int_equal(try_connect(&f, nats_server_url(server),
                                 (nex_bus_options){.keep_trying = true, .max_pending = 3}),
                     NEX_OK);
    nex_msg msg = {.subject = "x"};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(nex_bus_publish(f.bus, &msg), NEX_OK);
    }
    assert_int_equal(nex_bus_publish(f.bus, &msg), NEX_ELIMIT);
    tear_down(&f);
    nats_server_stop(server);
}

/* ---- Too much, not allowed, and how many threads ------------------------------------------ */

static void count_message(void *arg, const nex_msg *msg) {
    (void)msg;
    fixture *f = arg;
    f->heard++;
    loop_wait_done(&f->wait);
}

static void a_flood_is_dropped_and_counted(void **state) {
    (void)state;
    enum { FLOOD = 20000 };
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(NULL);
    nex_log log = {.write = on_log, .arg = &f, .level = NEX_LOG_WARN};
    assert_int_equal(
        try_connect(&f, nats_server_url(server), (nex_bus_options){.max_pending = 10, .log = &log}),
        NEX_OK);
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "flood", NULL, count_message, &f, &sub), NEX_OK);
    check_works(&f);
    fixture source;
    set_up(&source);
    assert_int_equal(try_connect(&source, nats_server_url(server), (nex_bus_options){0}), NEX_OK);
    f.heard = 0;
    for (int i = 0; i < FLOOD; i++) {
        say(source.bus, "flood", "water");
    }
    tear_down(&source); /* the server has taken all; our loop has not run meanwhile */
    while ((size_t)f.heard + f.dropped < FLOOD) {
        loop_wait_run(&f.wait, "the rest of the flood");
    }
    assert_int_equal((size_t)f.heard + f.dropped, FLOOD);
    assert_true(f.dropped > 0);
    assert_true(f.heard >= 10);
    tear_down(&f);
    nats_server_stop(server);
}

static void a_forbidden_subject_is_logged(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(&(nats_server_options){
        .config = "authorization { users: [ { user: a, password: b, permissions: "
                  "{ subscribe: { deny: secret } } } ] }\n"});
    nex_log log = {.write = on_log, .arg = &f, .level = NEX_LOG_WARN};
    assert_int_equal(try_connect(&f, nats_server_url(server),
                                 (nex_bus_options){.user = "a", .password = "b", .log = &log}),
                     NEX_OK);
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f.bus, "secret", NULL, hear, &f, &sub), NEX_OK);
    loop_wait_run(&f.wait, "the complaint");
    assert_non_null(strstr(f.logged, "Permissions Violation for Subscription to"));
    assert_non_null(strstr(f.logged, "secret"));
    check_works(&f);
    tear_down(&f);
    nats_server_stop(server);
}

#if !defined(__SANITIZE_THREAD__) /* which has a thread of its own */
static size_t threads(void) {
    size_t count = 0;
    DIR *dir = opendir("/proc/self/task");
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        count += entry->d_name[0] != '.' ? 1 : 0;
    }
    closedir(dir);
    return count;
}

static void a_bus_needs_few_threads(void **state) {
    (void)state;
    fixture f;
    set_up(&f);
    nats_server *server = nats_server_start(NULL);
    assert_int_equal(try_connect(&f, nats_server_url(server), (nex_bus_options){0}), NEX_OK);
    for (int i = 0; i < 30; i++) {
        char subject[16];
        nex_subscription *sub;
        snprintf(subject, sizeof subject, "s.%d", i);
        assert_int_equal(nex_bus_subscribe(f.bus, subject, NULL, hear, &f, &sub), NEX_OK);
    }
    check_works(&f);
    assert_in_range(threads(), 2, 6);
    tear_down(&f);
    nats_server_stop(server);
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
#if !defined(__SANITIZE_THREAD__)
        cmocka_unit_test(a_bus_needs_few_threads),
#endif
        cmocka_unit_test(user_and_password),
        cmocka_unit_test(token),
        cmocka_unit_test(credentials_nobody_asks_for),
        cmocka_unit_test(nkey),
        cmocka_unit_test(jwt_and_creds_file),
        cmocka_unit_test(a_refusal_for_good_closes),
        cmocka_unit_test(who_keeps_trying_is_let_in_again),
        cmocka_unit_test(tls_with_and_without_client_certificate),
        cmocka_unit_test(tls_checks_the_servers_name),
        cmocka_unit_test(tls_is_not_given_up_for_a_plain_server),
        cmocka_unit_test(nobody_there),
        cmocka_unit_test(the_second_server_will_do),
        cmocka_unit_test(a_silent_server_does_not_hold_us_up),
        cmocka_unit_test(a_server_may_come_later),
        cmocka_unit_test(a_connection_comes_back),
        cmocka_unit_test(what_is_held_has_a_limit),
        cmocka_unit_test(a_flood_is_dropped_and_counted),
        cmocka_unit_test(a_forbidden_subject_is_logged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
