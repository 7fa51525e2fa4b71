/* How to reach NATS: contexts of the nats command, servers, credentials. */
#include "cli.h"
#include "files.h"
#include "nats_context.h"

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];

static void write_named(const char *name, const char *text) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    write_file(path, text);
}

static nex_status make(connection *c, nex_error *err, const char *const *words) {
    char *argv[24] = {(char *)(uintptr_t) "nex"};
    int argc = 1;
    for (; *words; words++) {
        argv[argc++] = (char *)(uintptr_t)*words;
    }
    argv[argc++] = (char *)(uintptr_t) "node";
    argv[argc++] = (char *)(uintptr_t) "list";
    options o;
    assert_int_equal(options_parse(&o, &cli_root, argc, argv, err), NEX_OK);
    nex_status status = connection_make(c, &o.settings, err);
    /* The settings go; what the connection needs of them it has copied, but for the name. */
    if (status == NEX_OK) {
        c->options.name = NULL;
    }
    options_free(&o);
    return status;
}

#define MAKE(c, err, ...) make(c, err, (const char *const[]){__VA_ARGS__, NULL})

static void test_named_context(void **state) {
    (void)state;
    connection c;
    nex_error err;
    if (MAKE(&c, &err, "--nats.context", "dev", "-s", "nats://other") != NEX_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(c.options.server_count, 2);
    assert_string_equal(c.options.servers[0], "nats://one:4222");
    assert_string_equal(c.options.servers[1], "nats://two:4222");
    assert_string_equal(c.options.user, "me");
    assert_string_equal(c.options.password, "pw");
    assert_string_equal(c.options.inbox_prefix, "_INBOX_me");
    assert_string_equal(c.js_domain, "hub");
    assert_true(c.options.tls_first);
    char ca[160];
    snprintf(ca, sizeof ca, "%s/ca.pem", dir);
    assert_string_equal(c.options.tls_ca, ca); /* ~ is the home directory */
    connection_free(&c);
}

static void test_selected_context(void **state) {
    (void)state;
    connection c;
    nex_error err;
    write_named("nats/context.txt", "token\n");
    assert_int_equal(MAKE(&c, &err, "--json"), NEX_OK);
    assert_int_equal(c.options.server_count, 1);
    assert_string_equal(c.options.servers[0], "nats://t0ken@host:4222");
    connection_free(&c);
    /* A server that is named goes before the selected context. */
    assert_int_equal(MAKE(&c, &err, "-s", "nats://mine"), NEX_OK);
    assert_string_equal(c.options.servers[0], "nats://mine");
    connection_free(&c);
    write_named("nats/context.txt", "");
    assert_int_equal(MAKE(&c, &err, "--json"), NEX_OK);
    assert_int_equal(c.options.server_count, 0); /* the bus's default */
    connection_free(&c);
}

static void test_bad_contexts(void **state) {
    (void)state;
    connection c;
    nex_error err;
    assert_int_equal(MAKE(&c, &err, "--nats.context", "nosuch"), NEX_ENOTFOUND);
    assert_non_null(strstr(err.message, "nosuch"));
    assert_int_equal(MAKE(&c, &err, "--nats.context", "../dev"), NEX_EINVAL);
    assert_int_equal(MAKE(&c, &err, "--nats.context", "broken"), NEX_EINVAL);
    assert_non_null(strstr(err.message, "broken.json"));
    assert_int_equal(MAKE(&c, &err, "--nats.context", "number"), NEX_EINVAL);
    assert_non_null(strstr(err.message, "\"user\""));
    /* Credentials that another program would find: not connecting without them. */
    assert_int_equal(MAKE(&c, &err, "--nats.context", "nsc"), NEX_EUNSUPPORTED);
    assert_non_null(strstr(err.message, "nsc generate creds"));
}

static void test_credentials(void **state) {
    (void)state;
    connection c;
    nex_error err;
    assert_int_equal(MAKE(&c, &err, "-s", "x", "--nats.user", "u", "--nats.password", "p"), NEX_OK);
    assert_string_equal(c.options.user, "u");
    assert_string_equal(c.options.password, "p");
    connection_free(&c);
    char path[160];
    snprintf(path, sizeof path, "%s/user.nk", dir);
    assert_int_equal(MAKE(&c, &err, "-s", "x", "--nats.nkey", path), NEX_OK);
    assert_string_equal(c.options.nkey_seed,
                        "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY");
    connection_free(&c);
    assert_int_equal(MAKE(&c, &err, "-s", "x", "--nats.nkey", "/nonexistent"), NEX_ENOTFOUND);
    assert_int_equal(MAKE(&c, &err, "-s", "x", "--nats.jwt", "eyJ"), NEX_EINVAL);
    assert_non_null(strstr(err.message, "--nats.seed"));
}

static int make_dir(void **state) {
    (void)state;
    char path[160];
    strcpy(dir, "/tmp/nex-connection-XXXXXX");
    if (!mkdtemp(dir) || setenv("XDG_CONFIG_HOME", dir, 1) != 0 || setenv("HOME", dir, 1) != 0) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/nats", dir);
    (void)mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/nats/context", dir);
    (void)mkdir(path, 0700);
    write_named("nats/context/dev.json",
                "{\"url\":\"nats://one:4222, nats://two:4222\",\"user\":\"me\",\"password\":\"pw\","
                "\"creds\":\"\",\"ca\":\"~/ca.pem\",\"jetstream_domain\":\"hub\","
                "\"inbox_prefix\":\"_INBOX_me\",\"tls_first\":true,\"description\":\"x\"}");
    write_named("nats/context/token.json", "{\"url\":\"nats://host:4222\",\"token\":\"t0ken\"}");
    write_named("nats/context/broken.json", "{");
    write_named("nats/context/number.json", "{\"user\":7}");
    write_named("nats/context/nsc.json",
                "{\"url\":\"nats://host\",\"user\":\"\",\"nsc\":\"nsc://op/account/user\"}");
    write_named("user.nk", "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY\n");
    return 0;
}

static int remove_dir(void **state) {
    (void)state;
    return remove_tree(dir);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_named_context),
        cmocka_unit_test(test_selected_context),
        cmocka_unit_test(test_bad_contexts),
        cmocka_unit_test(test_credentials),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
