/* The program nex with a real nats-server and a real node, as scripts use it. */
#include "cli_run.h"
#include "files.h"
#include "nats_server.h"

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WORDS_MAX = 48 };

typedef struct fixture {
    nats_server *server;
    cli_child node;
    char dir[64];
    char node_id[80];
} fixture;

static cli_result run_words(fixture *f, const char *const *words) {
    const char *all[WORDS_MAX + 4] = {"-s", nats_server_url(f->server)};
    size_t count = 2;
    for (; *words; words++) {
        assert_true(count < WORDS_MAX);
        all[count++] = *words;
    }
    return cli_run(f->dir, all);
}

#define RUN(f, ...) run_words(f, (const char *const[]){__VA_ARGS__, NULL})

/* Ran well: nothing on standard error. Returns standard output, to be freed. */
static char *good(cli_result r) {
    if (r.status != 0 || *r.err) {
        fail_msg("exit status %d: %s", r.status, r.err);
    }
    free(r.err);
    return r.out;
}

#define GOOD(f, ...) good(RUN(f, __VA_ARGS__))

static json_t *good_json(cli_result r) {
    char *text = good(r);
    json_error_t where;
    json_t *json = json_loads(text, JSON_DECODE_ANY, &where);
    if (!json) {
        fail_msg("%s in %s", where.text, text);
    }
    free(text);
    return json;
}

#define GOOD_JSON(f, ...) good_json(RUN(f, "--json", __VA_ARGS__))

/* Failed with one clear message, soon, and nothing on standard output. */
static void bad(cli_result r, int status, const char *wanted) {
    if (r.status != status || !strstr(r.err, wanted) || *r.out) {
        fail_msg("wanted status %d and \"%s\"; got %d, standard error \"%s\", output \"%s\"",
                 status, wanted, r.status, r.err, r.out);
    }
    assert_true(r.seconds < 2.0);
    cli_result_free(&r);
}

#define BAD(f, status, wanted, ...) bad(RUN(f, __VA_ARGS__), status, wanted)

static void write_named(const fixture *f, const char *name, const char *text) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", f->dir, name);
    write_file(path, text);
}

static void remove_file(const fixture *f, const char *name) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", f->dir, name);
    assert_int_equal(unlink(path), 0);
}

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    strcpy(f->dir, "/tmp/nex-cli-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    assert_int_equal(setenv("XDG_CONFIG_HOME", f->dir, 1), 0);
    assert_int_equal(unsetenv("NEX_NAMESPACE"), 0);
    f->server = nats_server_start(NULL);
    cli_child_start(&f->node, f->dir, "nex node ready",
                    (const char *const[]){"-s", nats_server_url(f->server), "node", "up",
                                          "--node-name", "alpha", "--tags", "region=lab", NULL});
    json_t *nodes = GOOD_JSON(f, "node", "list");
    assert_int_equal(json_array_size(nodes), 1);
    snprintf(f->node_id, sizeof f->node_id, "%s",
             json_string_value(json_object_get(json_array_get(nodes, 0), "node_id")));
    json_decref(nodes);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    if (f->node.pid) {
        kill(f->node.pid, SIGTERM);
        assert_int_equal(cli_child_wait(&f->node), 0);
    }
    nats_server_stop(f->server);
    assert_int_equal(remove_tree(f->dir), 0);
    free(f);
    return 0;
}

static const char nexfile[] = "name: sleeper\n"
                              "description: sleeps\n"
                              "type: native\n"
                              "lifecycle: service\n"
                              "tags:\n"
                              "  region: lab\n"
                              "start_request:\n"
                              "  uri: file:///bin/sleep\n"
                              "  argv: [\"1000\"]\n"
                              "  environment:\n"
                              "    TOKEN: planted-secret\n";

static char *start_sleeper(fixture *f) {
    json_t *started = GOOD_JSON(f, "workload", "start");
    assert_string_equal(json_string_value(json_object_get(started, "name")), "sleeper");
    assert_string_equal(json_string_value(json_object_get(started, "node_id")), f->node_id);
    assert_string_equal(json_string_value(json_object_get(started, "agent_type")), "native");
    assert_string_equal(json_string_value(json_object_get(started, "namespace")), "system");
    char *id = strdup(json_string_value(json_object_get(started, "id")));
    json_decref(started);
    assert_non_null(id);
    return id;
}

static void test_life_of_a_workload(void **state) {
    fixture *f = *state;
    write_named(f, "Nexfile", nexfile);
    char *id = start_sleeper(f);

    json_t *list = GOOD_JSON(f, "workload", "ls");
    assert_int_equal(json_array_size(list), 1);
    const json_t *entry = json_array_get(list, 0);
    assert_string_equal(json_string_value(json_object_get(entry, "id")), id);
    assert_string_equal(json_string_value(json_object_get(entry, "node_id")), f->node_id);
    json_decref(list);
    char *text = GOOD(f, "workload", "list", "--show-metadata");
    assert_non_null(strstr(text, "Running Workloads - system"));
    assert_non_null(strstr(text, id));
    assert_non_null(strstr(text, "pid="));
    assert_null(strstr(text, "planted-secret"));
    free(text);
    text = GOOD(f, "workload", "info", id);
    assert_non_null(strstr(text, "sleeper"));
    free(text);
    text = GOOD(f, "--namespace", "default", "workload", "list");
    assert_string_equal(text, "No workloads found\n");
    free(text);
    text = GOOD(f, "workload", "list", "--type", "other");
    assert_string_equal(text, "No workloads found\n");
    free(text);

    text = GOOD(f, "workload", "clone", id, "--stop");
    assert_non_null(strstr(text, "Workload sleeper ["));
    assert_non_null(strstr(text, "] successfully started\nOriginal workload ["));
    free(text);
    list = GOOD_JSON(f, "workload", "list");
    assert_int_equal(json_array_size(list), 1);
    const char *clone = json_string_value(json_object_get(json_array_get(list, 0), "id"));
    assert_string_not_equal(clone, id);
    char wanted[128];
    snprintf(wanted, sizeof wanted, "Workload %s successfully stopped\n", clone);
    text = GOOD(f, "workload", "stop", clone);
    assert_string_equal(text, wanted);
    free(text);
    json_decref(list);
    text = GOOD(f, "--json", "workload", "list");
    assert_string_equal(text, "[]\n");
    free(text);
    free(id);
    remove_file(f, "Nexfile");
}

static void test_flags_go_before_the_nexfile(void **state) {
    fixture *f = *state;
    write_named(f, "other.yaml", nexfile);
    char *text = GOOD(f, "--namespace", "shop", "workload", "run", "-f", "other.yaml", "--name",
                      "mine", "--node-id", f->node_id);
    assert_non_null(strstr(text, "Workload mine ["));
    free(text);
    json_t *list = GOOD_JSON(f, "workload", "list", "--filter", "mine");
    assert_int_equal(json_array_size(list), 1);
    const json_t *entry = json_array_get(list, 0);
    assert_string_equal(json_string_value(json_object_get(entry, "namespace")), "shop");
    /* As system: found in its namespace, stopped there. */
    json_t *stopped =
        GOOD_JSON(f, "workload", "stop", json_string_value(json_object_get(entry, "id")));
    assert_true(json_is_true(json_object_get(stopped, "stopped")));
    json_decref(stopped);
    json_decref(list);
}

static void test_nodes(void **state) {
    fixture *f = *state;
    char *text = GOOD(f, "node", "ls", "--filter", "region=lab");
    assert_non_null(strstr(text, "Nex Nodes"));
    assert_non_null(strstr(text, f->node_id));
    free(text);
    text = GOOD(f, "node", "ls", "--filter", "region=mars");
    assert_string_equal(text, "No nodes found\n");
    free(text);
    text = GOOD(f, "node", "info", f->node_id, "--full");
    assert_non_null(strstr(text, "Node Name: alpha"));
    assert_non_null(strstr(text, "[healthy]"));
    free(text);
    json_t *info = GOOD_JSON(f, "node", "info", f->node_id);
    assert_int_equal(json_array_size(json_object_get(info, "node_agent_summaries")), 1);
    json_decref(info);
}

static void test_placements_that_fail(void **state) {
    fixture *f = *state;
    cli_result r = RUN(f, "workload", "start", "--type", "wasm", "--start-request", "{}");
    assert_non_null(strstr(r.err, f->node_id));
    bad(r, 1, "native");
    BAD(f, 1, "tags", "workload", "start", "--tags", "zone=mars", "--start-request", "{}");
    BAD(f, 1, "\"code\":\"not_placed\"", "--json", "workload", "start", "--tags", "zone=mars",
        "--start-request", "{}");
    BAD(f, 1, "not found", "workload", "start", "--node-id", "NOSUCH", "--start-request", "{}");
}

static void test_start_requests_that_do_not_fit(void **state) {
    fixture *f = *state;
    write_named(f, "bad.yaml",
                "name: x\n"
                "start_request:\n"
                "  uri: file:///bin/sleep\n"
                "  argv:\n"
                "    - 7\n");
    BAD(f, 1, "bad.yaml:5:7: /start_request/argv/0", "workload", "start", "-f", "bad.yaml");
    BAD(f, 1, "uri", "workload", "start", "--start-request", "{\"argv\":[]}");
    BAD(f, 1, "\"pointer\":\"/start_request/argv/0\"", "--json", "workload", "start", "-f",
        "bad.yaml");
    BAD(f, 1, "bad.yaml:5:7", "workload", "check", "-f", "bad.yaml");
    char *text = GOOD(f, "--json", "workload", "list");
    assert_string_equal(text, "[]\n"); /* nothing of it was sent */
    free(text);
}

static void test_mistakes(void **state) {
    fixture *f = *state;
    write_named(f, "broken.yaml", "name: x\nlifecycle: forever\n");
    write_named(f, "broken.json", "{\n  \"nats\": {\"timeuot\": \"1s\"}\n}");
    BAD(f, 1, "broken.yaml:2:12", "workload", "start", "-f", "broken.yaml");
    BAD(f, 1, "missing.yaml", "workload", "start", "-f", "missing.yaml");
    BAD(f, 2, "nothing to start", "workload", "start");
    BAD(f, 2, "broken.json:2:", "--config", "broken.json", "node", "list");
    BAD(f, 2, "did you mean --filter?", "node", "list", "--fliter", "a=b");
    BAD(f, 2, "--node-seed", "node", "up", "--node-seed", "SUWRONG");
    BAD(f, 2, "--nats.seed", "--nats.seed", "SUWRONG", "node", "list");
    BAD(f, 2, "tag nex.x", "node", "up", "--tags", "nex.x=1");
    BAD(f, 2, "agent 1 needs a uri", "node", "up", "--agents", "[{}]");
    BAD(f, 1, "\"nosuch\"", "--nats.context", "nosuch", "node", "list");
    BAD(f, 1, "workload nosuch not found", "workload", "stop", "nosuch");
    BAD(f, 1, "\"code\":\"not_found\"", "--json", "workload", "stop", "nosuch");
    BAD(f, 1, "nosuch", "workload", "clone", "nosuch");
    BAD(f, 1, "nosuch", "workload", "info", "nosuch");
    BAD(f, 1, "NOSUCH not found", "node", "info", "NOSUCH");
    BAD(f, 1, "zone=mars", "node", "lameduck", "--tag", "zone=mars");
    BAD(f, 2, "needs a node", "node", "lameduck");
    const char *const nowhere[] = {"-s", "nats://127.0.0.1:1", "node", "list", NULL};
    bad(cli_run(f->dir, nowhere), 1, "127.0.0.1:1");
    const char *const nowhere_json[] = {"--json", "-s", "nats://127.0.0.1:1", "node", "list", NULL};
    bad(cli_run(f->dir, nowhere_json), 1, "\"code\":\"unreachable\"");
}

static void test_server_that_does_not_answer(void **state) {
    fixture *f = *state;
    nats_server *frozen = nats_server_start(NULL);
    nats_server_freeze(frozen);
    const char *const words[] = {
        "-s", nats_server_url(frozen), "--nats.timeout", "500ms", "node", "list", NULL};
    bad(cli_run(f->dir, words), 1, nats_server_url(frozen));
    nats_server_thaw(frozen);
    nats_server_stop(frozen);
}

static void test_check_needs_no_server(void **state) {
    fixture *f = *state;
    write_named(f, "checked.yaml", nexfile);
    const char *const words[] = {
        "--check", "-s",   "nats://127.0.0.1:1", "workload", "start", "-f", "checked.yaml",
        "--name",  "mine", "--nats.password",    "hunter2",  NULL};
    char *text = good(cli_run(f->dir, words));
    assert_non_null(strstr(text, "flag --name"));
    assert_non_null(strstr(text, "Nexfile checked.yaml:4:12"));
    assert_null(strstr(text, "hunter2"));
    assert_null(strstr(text, "planted-secret"));
    free(text);
}

static void test_schema_validate(void **state) {
    fixture *f = *state;
    write_named(f, "schema.json", "{\"type\":\"object\",\"required\":[\"a\"]}");
    write_named(f, "yes.yaml", "a: 1\n");
    write_named(f, "no.jsonl", "{\"a\":1}\n\n{\"b\":1}\n");
    char *text = GOOD(f, "schema", "validate", "schema.json", "yes.yaml");
    assert_string_equal(text, "");
    free(text);
    BAD(f, 1, "no.jsonl:3:", "schema", "validate", "--jsonl", "schema.json", "no.jsonl");
    BAD(f, 2, "nosuch.json", "schema", "validate", "nosuch.json", "yes.yaml");
}

static void test_logs(void **state) {
    fixture *f = *state;
    json_t *started = GOOD_JSON(f, "workload", "start", "--lifecycle", "service", "--name",
                                "talker", "--start-request",
                                "{\"uri\":\"file:///bin/sh\",\"argv\":[\"-c\",\"while :; do echo "
                                "hello; echo oops >&2; sleep 0.1; done\"]}");
    const char *id = json_string_value(json_object_get(started, "id"));
    cli_child reader;
    cli_child_start(&reader, f->dir, "hello\n",
                    (const char *const[]){"-s", nats_server_url(f->server), "workload", "logs",
                                          "--follow", id, NULL});
    char *text = GOOD(f, "workload", "stop", id);
    free(text);
    assert_int_equal(cli_child_wait(&reader), 0); /* it ends with the workload */
    json_decref(started);
    BAD(f, 1, "nosuch not found", "workload", "logs", "--follow", "nosuch");
    BAD(f, 1, "nosuch not found", "workload", "logs", "nosuch");
}

static void ends_by_signal(fixture *f, int number) {
    cli_child node;
    cli_child_start(&node, f->dir, "nex node ready",
                    (const char *const[]){"-s", nats_server_url(f->server), "node", "up",
                                          "--disable-native-start", "--logger.with-pid", NULL});
    assert_int_equal(kill(node.pid, number), 0);
    assert_int_equal(cli_child_wait(&node), 0);
    assert_non_null(strstr(node.log, "stopping"));
}

static void test_signals_end_a_node(void **state) {
    fixture *f = *state;
    ends_by_signal(f, SIGTERM);
    ends_by_signal(f, SIGINT);
}

static void test_lameduck_ends_the_node(void **state) {
    fixture *f = *state;
    char *text = GOOD(f, "node", "lameduck", f->node_id, "--delay", "10ms");
    assert_non_null(strstr(text, "successfully commanded into lame duck mode"));
    free(text);
    assert_int_equal(cli_child_wait(&f->node), 0);
    f->node.pid = 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_life_of_a_workload),
        cmocka_unit_test(test_flags_go_before_the_nexfile),
        cmocka_unit_test(test_nodes),
        cmocka_unit_test(test_placements_that_fail),
        cmocka_unit_test(test_start_requests_that_do_not_fit),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_server_that_does_not_answer),
        cmocka_unit_test(test_check_needs_no_server),
        cmocka_unit_test(test_schema_validate),
        cmocka_unit_test(test_logs),
        cmocka_unit_test(test_signals_end_a_node),
        cmocka_unit_test(test_lameduck_ends_the_node),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
