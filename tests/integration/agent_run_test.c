/*
 * The blocking style, by its example: as a node's child and as a remote program, with signals,
 * starts that take their time, ends of their own, and secrets.
 */
#include "agent_fixture.h"

#include <nex/run.h>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVICE NEX_WORKLOAD_LIFECYCLE_SERVICE
#define JOB     NEX_WORKLOAD_LIFECYCLE_JOB

static int setup(void **state) {
    *state = af_new(AF_OPEN);
    return 0;
}

static int teardown(void **state) {
    af_free(*state);
    return 0;
}

static void use_example(agent_fixture *f) {
    char id[64];
    af_start_ok(f, "say", SERVICE, "hello", "{\"text\":\"hello\",\"every_ms\":20}");
    snprintf(id, sizeof id, "%s", f->id);
    af_expect(f, id, "hello\n");
    af_expect(f, id, "hello\n");
    assert_int_equal(af_list(f), 1);
    af_start_ok(f, "say", JOB, "twice", "{\"text\":\"job\",\"every_ms\":1,\"times\":2}");
    af_expect(f, "WORKLOADSTARTED", f->id);
    af_expect(f, "WORKLOADSTOPPED", f->id);
    assert_int_equal(af_list(f), 1);
    af_clone(f, id);
    assert_int_equal(f->status, NEX_OK);
    af_stop(f, f->id);
    assert_int_equal(f->status, NEX_OK);
    af_stop(f, id);
    assert_int_equal(f->status, NEX_OK);
    assert_int_equal(af_list(f), 0);
}

static void test_example_as_a_child_of_the_node(void **state) {
    agent_fixture *f = *state;
    f->local = (nex_node_agent){.uri = NEX_AGENT_BLOCKING};
    af_node_start(f);
    use_example(f);
}

static pid_t run_example(agent_fixture *f) {
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        execl(NEX_AGENT_BLOCKING, "nexlet-say", nats_server_url(f->server), (char *)NULL);
        _exit(127);
    }
    return pid;
}

static void test_example_as_a_remote_program(void **state) {
    agent_fixture *f = *state;
    af_node_start(f);
    pid_t pid = run_example(f);
    af_expect(f, "AGENTSTARTED", "\"register_type\":\"say\"");
    use_example(f);
    af_start_ok(f, "say", SERVICE, "last", "{\"text\":\"last\",\"every_ms\":20}");
    assert_int_equal(kill(pid, SIGTERM), 0);
    af_expect(f, "WORKLOADSTOPPED", f->id);
    af_expect(f, "AGENTSTOPPED", "\"reason\":\"stopped\"");
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* ---- In this process: what only a program of its own making can show ----------------------- */

typedef struct slow {
    nex_run *run;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool release; /* starts may end */
    unsigned starting;
    unsigned stopped;
    char secret[64];
    nex_run_options options;
    nex_status status;
} slow;

static nex_status slow_describe(void *self, nex_register_agent_request *out, nex_error *err) {
    (void)self;
    (void)err;
    out->supported_lifecycles.items = nex_message_alloc(out, sizeof(nex_workload_lifecycle));
    out->supported_lifecycles.items[0] = SERVICE;
    out->supported_lifecycles.count = 1;
    out->has_supported_lifecycles = true;
    out->name = nex_message_strdup(out, "slow");
    out->register_type = nex_message_strdup(out, "slow");
    out->version = nex_message_strdup(out, "0.0.1");
    out->start_request_schema = nex_message_strdup(out, "{\"type\":\"object\"}");
    return NEX_OK;
}

static nex_status slow_start(void *self, nex_run *run, const char *workload_id,
                             const nex_agent_start_workload_request *request, bool existing,
                             nex_error *err) {
    slow *s = self;
    nex_buf value = NEX_BUF_INIT;
    nex_error why;
    (void)workload_id;
    (void)existing;
    nex_error_clear(&why);
    (void)nex_run_secret(run, request->request->namespace_, "db-password", &value, &why);
    pthread_mutex_lock(&s->lock);
    s->run = run;
    s->starting++;
    snprintf(s->secret, sizeof s->secret, "%s", value.data != NULL ? value.data : "");
    pthread_cond_broadcast(&s->changed);
    while (!s->release) {
        pthread_cond_wait(&s->changed, &s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    nex_buf_free(&value);
    if (strcmp(request->request->name, "fail") == 0) {
        return nex_error_set(err, NEX_EREFUSED, "it does not want to");
    }
    return NEX_OK;
}

static void slow_stop(void *self, nex_run *run, const char *workload_id) {
    slow *s = self;
    (void)run;
    (void)workload_id;
    pthread_mutex_lock(&s->lock);
    s->stopped++;
    pthread_mutex_unlock(&s->lock);
}

static void *run_slow(void *arg) {
    static const nex_run_ops ops = {
        .describe = slow_describe, .start = slow_start, .stop = slow_stop};
    slow *s = arg;
    nex_error err;
    s->status = nex_agent_run(&ops, s, &s->options, &err);
    return NULL;
}

static void set_release(slow *s, bool release) {
    pthread_mutex_lock(&s->lock);
    s->release = release;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

static void put_secret(agent_fixture *f) {
    char path[128];
    snprintf(path, sizeof path, "%s/secrets", f->dir);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/secrets/default", f->dir);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/secrets/default/db-password", f->dir);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_int_equal(write(fd, "planted", 7), 7);
    close(fd);
}

static void on_begun(void *arg, const nex_outcome *outcome, const nex_started *started) {
    agent_fixture *f = arg;
    f->status = outcome->status;
    snprintf(f->message, sizeof f->message, "%s", outcome->error->message);
    snprintf(f->id, sizeof f->id, "%s", started->id);
    loop_wait_done(&f->wait);
}

static void begin(agent_fixture *f, const char *name) {
    nex_start_workload_request request = {.name = (char *)(uintptr_t)name,
                                          .namespace_ = (char *)"default",
                                          .description = (char *)"",
                                          .workload_type = (char *)"slow",
                                          .workload_lifecycle = SERVICE,
                                          .run_request = (char *)"{}"};
    nex_start_options options = {.request = &request};
    assert_int_equal(nex_client_start(f->client, &options, on_begun, f, NULL, NULL), NEX_OK);
}

static void test_slow_starts_hold_up_nobody(void **state) {
    agent_fixture *f = *state;
    const char *servers[] = {nats_server_url(f->server)};
    slow s = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    pthread_t thread;
    s.options.keep_signals = true;
    s.options.agent.connection.servers = servers;
    s.options.agent.connection.server_count = 1;
    put_secret(f);
    af_node_start(f);
    assert_int_equal(pthread_create(&thread, NULL, run_slow, &s), 0);
    af_expect(f, "AGENTSTARTED", "\"register_type\":\"slow\"");
    begin(f, "one");
    af_expect(f, ".agent.SECRET.", "db-password");
    /* While one start blocks its thread, the nexlet lists it and answers pings. */
    assert_int_equal(af_list(f), 1);
    set_release(&s, true);
    loop_wait_run(&f->wait, "the start");
    assert_int_equal(f->status, NEX_OK);
    assert_string_equal(s.secret, "planted");
    char id[64];
    snprintf(id, sizeof id, "%s", f->id);
    af_start(f, "slow", SERVICE, "fail", "{}");
    assert_int_not_equal(f->status, NEX_OK);
    assert_non_null(strstr(f->message, "it does not want to"));
    assert_int_equal(af_list(f), 1);
    nex_run_ended(s.run, id, "it broke");
    af_expect(f, "WORKLOADSTOPPED", "it broke");
    assert_int_equal(af_list(f), 0);
    assert_int_equal(s.stopped, 0);
    af_start_ok(f, "slow", SERVICE, "two", "{}");
    nex_run_stop(s.run);
    af_expect(f, "AGENTSTOPPED", "stopped");
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(s.status, NEX_OK);
    assert_int_equal(s.stopped, 1);
}

static void test_options_are_checked(void **state) {
    (void)state;
    static const nex_run_ops ops = {.describe = slow_describe, .start = slow_start};
    nex_error err;
    assert_int_equal(nex_agent_run(&ops, NULL, NULL, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "stop"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_example_as_a_child_of_the_node, setup, teardown),
        cmocka_unit_test_setup_teardown(test_example_as_a_remote_program, setup, teardown),
        cmocka_unit_test_setup_teardown(test_slow_starts_hold_up_nobody, setup, teardown),
        cmocka_unit_test(test_options_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
