/*
 * Agents embedded in a node, as its children, and remote, on a real nats-server: they run work,
 * they come back after a crash of theirs or of their node, and get back what they had.
 */
#include "agent_fixture.h"

#include <nex/objectstore.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SERVICE  NEX_WORKLOAD_LIFECYCLE_SERVICE
#define JOB      NEX_WORKLOAD_LIFECYCLE_JOB
#define FUNCTION NEX_WORKLOAD_LIFECYCLE_FUNCTION
#define HELLO    "{\"output\":[\"hello $WHO\"],\"environment\":{\"WHO\":\"world\"}}"

static int setup(void **state) {
    *state = af_new(AF_OPEN);
    return 0;
}

static int setup_secured(void **state) {
    *state = af_new(AF_SECURED);
    return 0;
}

static int setup_tls(void **state) {
    *state = af_new(AF_TLS);
    return 0;
}

static int teardown(void **state) {
    af_free(*state);
    return 0;
}

/* What an author can do with one nexlet, whatever its mode. */
static void use_agent(agent_fixture *f, const char *type) {
    char id[64];
    char subject[128];
    af_start_ok(f, type, SERVICE, "hello", HELLO);
    snprintf(id, sizeof id, "%s", f->id);
    snprintf(subject, sizeof subject, "$NEX.FEED.default.logs.%s.stdout", id);
    af_expect(f, subject, "hello world\n");
    af_expect(f, "$NEX.FEED.default.event.WORKLOADSTARTED", id);
    af_start_ok(f, type, FUNCTION, "echo", "{}");
    assert_string_equal(af_ask(f, "default.function.echo", "ping"), "ping");
    af_expect(f, "$NEX.FEED.default.event.WORKLOADTRIGGERED", f->id);
    assert_int_equal(af_list(f), 2);
    af_stop(f, f->id);
    assert_int_equal(f->status, NEX_OK);
    af_ask(f, "default.function.echo", "ping");
    assert_int_not_equal(f->status, NEX_OK);
    af_clone(f, id);
    assert_int_equal(f->status, NEX_OK);
    assert_string_not_equal(f->id, id);
    snprintf(subject, sizeof subject, "$NEX.FEED.default.logs.%s.stdout", f->id);
    af_expect(f, subject, "hello world\n");
    af_stop(f, f->id);
    af_start_ok(f, type, JOB, "job", "{\"output\":[\"done\"],\"fail\":\"as wanted\"}");
    af_expect(f, "$NEX.FEED.default.event.WORKLOADSTOPPED", "as wanted");
    af_start_ok(f, type, SERVICE, "listener", "{\"events\":[\"default.WORKLOADSTOPPED\"]}");
    char listener[64];
    snprintf(listener, sizeof listener, "%s", f->id);
    snprintf(subject, sizeof subject, "$NEX.FEED.default.logs.%s.stdout", listener);
    af_start_ok(f, type, JOB, "heard", "{\"fail\":\"for all to hear\"}");
    af_expect(f, subject, "for all to hear");
    af_stop(f, listener);
    assert_int_equal(f->status, NEX_OK);
    af_start(f, type, SERVICE, "odd", "{\"events\":[\"a.b.c\"]}");
    assert_int_not_equal(f->status, NEX_OK);
    af_start(f, type, SERVICE, "no", "{\"refuse\":\"not this one\"}");
    assert_int_not_equal(f->status, NEX_OK);
    assert_non_null(strstr(f->message, "not this one"));
    af_stop(f, id);
    assert_int_equal(f->status, NEX_OK);
    assert_int_equal(af_list(f), 0);
}

static void test_embedded(void **state) {
    agent_fixture *f = *state;
    af_node_start(f);
    use_agent(f, "inmem");
}

static void test_remote(void **state) {
    agent_fixture *f = *state;
    af_node_start(f);
    af_remote_start(f, NULL);
    use_agent(f, "remote");
}

static void local_options(agent_fixture *f) {
    static const char *const argv[] = {"--type", "local"};
    f->local = (nex_node_agent){.uri = NEX_BIN_DIR "/bin/nexlet-inmem", .argv = argv, .argc = 2};
}

static void test_local(void **state) {
    agent_fixture *f = *state;
    local_options(f);
    af_node_start(f);
    use_agent(f, "local");
}

/* ---- From an object store ----------------------------------------------------------------- */

static void on_done(void *arg, nex_status status, const nex_error *err) {
    agent_fixture *f = arg;
    f->status = status;
    snprintf(f->message, sizeof f->message, "%s", err->message);
    loop_wait_done(&f->wait);
}

static FILE *object_file; /* read and end share one argument, the fixture */

static nex_status read_file(void *arg, void *buf, size_t size, size_t *len, nex_error *err) {
    (void)arg;
    (void)err;
    *len = fread(buf, 1, size, object_file);
    return NEX_OK;
}

static void put_object(agent_fixture *f, const char *name, const char *path) {
    nex_objectstore *store = NULL;
    nex_objectstore_options options = {.bucket = "apps"};
    object_file = fopen(path, "rb");
    assert_non_null(object_file);
    assert_int_equal(nex_objectstore_new(&store, f->bus, &options, NULL), NEX_OK);
    assert_int_equal(nex_objectstore_create(store, on_done, f), NEX_OK);
    loop_wait_run(&f->wait, "the object store");
    assert_int_equal(f->status, NEX_OK);
    assert_int_equal(nex_objectstore_put(store, name, "", read_file, on_done, f), NEX_OK);
    loop_wait_run(&f->wait, "the object");
    assert_int_equal(f->status, NEX_OK);
    nex_objectstore_free(store);
    fclose(object_file);
}

static void test_local_from_an_object_store(void **state) {
    agent_fixture *f = *state;
    char path[160];
    put_object(f, "inmem_1.2", NEX_BIN_DIR "/bin/nexlet-inmem");
    local_options(f);
    f->local.uri = "nats://apps/inmem:1.2";
    af_node_start(f);
    af_start_ok(f, "local", SERVICE, "hello", HELLO);
    af_expect(f, f->id, "hello world\n");
    snprintf(path, sizeof path, "%s/agents/apps/inmem_1.2", f->dir);
    assert_int_equal(access(path, X_OK), 0);
    snprintf(path, sizeof path, "%s/agents/apps/inmem_1.2.new", f->dir);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void test_an_object_that_is_not_there(void **state) {
    agent_fixture *f = *state;
    f->local = (nex_node_agent){.uri = "nats://apps/missing"};
    f->options.agent_restart_limit = 1;
    af_node_start(f); /* it gave that agent up and is ready without it */
    assert_int_equal(af_list(f), 0);
    af_start_ok(f, "inmem", SERVICE, "hello", HELLO);
}

static void test_uris_of_objects(void **state) {
    agent_fixture *f = *state;
    static const char *const uris[] = {"nats://apps",     "nats://apps/", "nats:///x",
                                       "nats://apps/a/b", "nats://../x",  "https://apps/x"};
    nex_bus *bus = f->bus;
    for (size_t i = 0; i < sizeof uris / sizeof uris[0]; i++) {
        nex_node *node = NULL;
        nex_error err;
        nex_node_agent agent = {.uri = uris[i]};
        nex_node_options options = {.loop = f->loop,
                                    .bus = bus,
                                    .resource_dir = f->dir,
                                    .agents = &agent,
                                    .agent_count = 1};
        assert_int_equal(nex_node_new(&node, &options, &err), NEX_OK);
        assert_int_not_equal(nex_node_start(node, &err), NEX_OK);
        if (strstr(err.message, uris[i]) == NULL) {
            fail_msg("%s: %s", uris[i], err.message);
        }
        nex_node_free(node);
    }
}

/* ---- Coming back -------------------------------------------------------------------------- */

static void test_a_local_agent_that_crashed_gets_its_workloads_back(void **state) {
    agent_fixture *f = *state;
    char id[64];
    char subject[128];
    local_options(f);
    af_node_start(f);
    af_start_ok(f, "local", SERVICE, "hello", HELLO);
    snprintf(id, sizeof id, "%s", f->id);
    snprintf(subject, sizeof subject, "$NEX.FEED.default.logs.%s.stdout", id);
    af_expect(f, subject, "hello world\n");
    assert_int_equal(kill(af_local_pid(), SIGKILL), 0);
    /* The environment came sealed: that it is known again shows that the key is the same. */
    af_expect(f, subject, "hello world\n");
    assert_int_equal(af_list(f), 1);
    af_stop(f, id);
    assert_int_equal(f->status, NEX_OK);
}

static void test_a_node_that_crashed_gets_its_sealed_workloads_back(void **state) {
    agent_fixture *f = *state;
    char id[64];
    char subject[128];
    af_node_start(f);
    af_forget(f);
    af_start_ok(f, "inmem", SERVICE, "hello",
                "{\"output\":[\"it is $LENGTH\"],\"environment\":{\"LENGTH\":\"long\","
                "\"SECRET\":\"planted-in-environment\"}}");
    snprintf(id, sizeof id, "%s", f->id);
    snprintf(subject, sizeof subject, "$NEX.FEED.default.logs.%s.stdout", id);
    af_expect(f, subject, "it is long\n");
    /* The tap hears what is written to the bucket as well. */
    af_expect(f, "$KV.nex-", "base64_encrypted_env");
    assert_false(af_leaked(f, "planted-in-environment"));
    af_node_crash(f);
    af_node_start(f);
    af_expect(f, subject, "it is long\n");
    assert_int_equal(af_list(f), 1);
    af_clone(f, id);
    assert_int_equal(f->status, NEX_OK);
    snprintf(subject, sizeof subject, "$NEX.FEED.default.logs.%s.stdout", f->id);
    af_expect(f, subject, "it is long\n");
    assert_false(af_leaked(f, "planted-in-environment"));
}

static void test_a_remote_agent_outlives_its_node(void **state) {
    agent_fixture *f = *state;
    char id[64];
    af_node_start(f);
    af_remote_start(f, NULL);
    af_start_ok(f, "remote", SERVICE, "hello", HELLO);
    snprintf(id, sizeof id, "%s", f->id);
    char agent_id[64];
    snprintf(agent_id, sizeof agent_id, "%s", nex_agent_id(f->remote_runner));
    af_forget(f);
    af_node_crash(f);
    af_node_start(f);
    /* It hears NODESTARTED and registers as who it was. */
    char subject[160];
    snprintf(subject, sizeof subject, ".REGISTER.%s", agent_id);
    af_expect(f, subject, "\"register_type\":\"remote\"");
    while (!nex_agent_is_registered(f->remote_runner)) {
        af_ask(f, "$NEX.SVC.system.control.PING", "{\"filter\":null}");
    }
    assert_int_equal(af_list(f), 1);
    assert_int_equal(nex_inmem_count(f->remote), 1);
    assert_false(af_leaked(f, "hello world")); /* it was not started once more */
    af_stop(f, id);
    assert_int_equal(f->status, NEX_OK);
}

static void test_a_remote_agent_with_an_identity_comes_back_as_itself(void **state) {
    agent_fixture *f = *state;
    char identity[128];
    char id[64];
    char agent_id[64];
    char subject[128];
    snprintf(identity, sizeof identity, "%s/identity", f->dir);
    af_node_start(f);
    af_remote_start(f, identity);
    snprintf(agent_id, sizeof agent_id, "%s", nex_agent_id(f->remote_runner));
    af_start_ok(f, "remote", SERVICE, "hello", HELLO);
    snprintf(id, sizeof id, "%s", f->id);
    snprintf(subject, sizeof subject, "$NEX.FEED.default.logs.%s.stdout", id);
    af_expect(f, subject, "hello world\n");
    af_remote_crash(f);
    af_remote_start(f, identity);
    assert_string_equal(nex_agent_id(f->remote_runner), agent_id);
    af_expect(f, subject, "hello world\n");
    assert_int_equal(af_list(f), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_embedded, setup, teardown),
        cmocka_unit_test_setup_teardown(test_remote, setup, teardown),
        cmocka_unit_test_setup_teardown(test_local, setup, teardown),
        cmocka_unit_test_setup_teardown(test_local_from_an_object_store, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_object_that_is_not_there, setup, teardown),
        cmocka_unit_test_setup_teardown(test_uris_of_objects, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_local_agent_that_crashed_gets_its_workloads_back,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_node_that_crashed_gets_its_sealed_workloads_back,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_remote_agent_outlives_its_node, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_remote_agent_with_an_identity_comes_back_as_itself,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_embedded, setup_secured, teardown),
        cmocka_unit_test_setup_teardown(test_remote, setup_secured, teardown),
        cmocka_unit_test_setup_teardown(test_local, setup_secured, teardown),
        cmocka_unit_test_setup_teardown(test_embedded, setup_tls, teardown),
        cmocka_unit_test_setup_teardown(test_remote, setup_tls, teardown),
        cmocka_unit_test_setup_teardown(test_local, setup_tls, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
