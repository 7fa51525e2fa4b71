/* The programs of docs/creating-nexlets.md do what the page says. */
#include "agent_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVICE  NEX_WORKLOAD_LIFECYCLE_SERVICE
#define FUNCTION NEX_WORKLOAD_LIFECYCLE_FUNCTION

static int setup(void **state) {
    *state = af_new(AF_OPEN);
    return 0;
}

static int teardown(void **state) {
    af_free(*state);
    return 0;
}

static void test_touch(void **state) {
    agent_fixture *f = *state;
    char path[128];
    char request[256];
    f->local = (nex_node_agent){.uri = NEX_GUIDE_TOUCH};
    af_node_start(f);
    snprintf(path, sizeof path, "%s/note", f->dir);
    snprintf(request, sizeof request, "{\"path\":\"%s\"}", path);
    af_start_ok(f, "touch", SERVICE, "note", request);
    af_expect(f, f->id, "made the file\n");
    assert_int_equal(access(path, F_OK), 0);
    char id[64];
    snprintf(id, sizeof id, "%s", f->id);
    af_start(f, "touch", SERVICE, "again", request);
    assert_non_null(strstr(f->message, "cannot make the file"));
    assert_int_equal(af_list(f), 1);
    af_stop(f, id);
    assert_int_equal(f->status, NEX_OK);
    assert_int_equal(af_list(f), 0);
}

static pid_t run_pulse(agent_fixture *f, const char *identity) {
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        execl(NEX_GUIDE_PULSE, "nexlet-pulse", nats_server_url(f->server), identity, (char *)NULL);
        _exit(127);
    }
    af_expect(f, "AGENTSTARTED", "\"register_type\":\"pulse\"");
    return pid;
}

static void kill_pulse(pid_t pid) {
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void put_secret(agent_fixture *f) {
    char path[128];
    snprintf(path, sizeof path, "%s/secrets", f->dir);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/secrets/default", f->dir);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/secrets/default/greeting", f->dir);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_int_equal(write(fd, "welcome", 7), 7);
    close(fd);
}

static void test_pulse(void **state) {
    agent_fixture *f = *state;
    char identity[128];
    char id[64];
    snprintf(identity, sizeof identity, "%s/identity", f->dir);
    put_secret(f);
    af_node_start(f);
    pid_t pid = run_pulse(f, identity);
    af_start_ok(f, "pulse", SERVICE, "heart", "{\"port\":8080}");
    snprintf(id, sizeof id, "%s", f->id);
    af_expect(f, ".logs.", "beat\n");
    af_expect(f, ".metrics.", "{\"beats\":1}");
    af_expect(f, ".event.INGRESS", "127.0.0.1:8080");
    af_start_ok(f, "pulse", FUNCTION, "greet",
                "{\"environment\":{\"GREETING\":\"secret://greeting\"}}");
    assert_string_equal(af_ask(f, "default.function.greet", "you"), "welcome you");
    assert_string_equal(af_ask(f, "default.function.greet", ""), "nobody to greet");
    assert_int_equal(af_list(f), 2);
    kill_pulse(pid);
    /* It comes back as itself, with both. */
    pid = run_pulse(f, identity);
    af_expect(f, ".logs.", "beat\n");
    while (strcmp(af_ask(f, "default.function.greet", "you"), "welcome you") != 0) {
    }
    assert_int_equal(af_list(f), 2);
    af_clone(f, id);
    assert_int_equal(f->status, NEX_OK);
    af_stop(f, id);
    assert_int_equal(f->status, NEX_OK);
    assert_int_equal(af_list(f), 2);
    kill_pulse(pid);
}

static void on_drained(void *arg, const nex_outcome *outcome, const nex_lameduck_result *results,
                       size_t count) {
    agent_fixture *f = arg;
    (void)results;
    (void)count;
    f->status = outcome->status;
    loop_wait_done(&f->wait);
}

static void test_reply(void **state) {
    agent_fixture *f = *state;
    f->local = (nex_node_agent){.uri = NEX_GUIDE_REPLY};
    af_node_start(f);
    af_start_ok(f, "greeter", FUNCTION, "greet", "{}");
    assert_string_equal(af_ask(f, "default.function.greet", "you"), "hello you");
    assert_string_equal(af_ask(f, "default.function.greet", ""), "nobody to greet");
    af_expect(f, ".logs.", "greeting\n");
    nex_lameduck_options options = {.node_id = nex_node_id(f->node), .delay = NEX_MINUTE};
    assert_int_equal(nex_client_lameduck(f->client, &options, on_drained, f, NULL, NULL), NEX_OK);
    loop_wait_run(&f->wait, "the lame duck");
    assert_int_equal(f->status, NEX_OK);
    while (strcmp(af_ask(f, "default.function.greet", "you"), "goodbye you") != 0) {
    }
    af_stop(f, f->id);
    assert_int_equal(f->status, NEX_OK);
}

static void test_noop(void **state) {
    agent_fixture *f = *state;
    f->local = (nex_node_agent){.uri = NEX_BIN_DIR "/bin/nexlet-noop"};
    af_node_start(f);
    af_start_ok(f, "noop", SERVICE, "nothing", "{\"label\":\"nothing at all\"}");
    af_expect(f, f->id, "nothing at all");
    af_start(f, "noop", SERVICE, "wrong", "{\"message\":\"no label\"}");
    assert_int_not_equal(f->status, NEX_OK);
    assert_int_equal(af_list(f), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_touch, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pulse, setup, teardown),
        cmocka_unit_test_setup_teardown(test_reply, setup, teardown),
        cmocka_unit_test_setup_teardown(test_noop, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
