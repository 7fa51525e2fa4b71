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
#include <time.h>
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

/* ---- Triggers and events ------------------------------------------------------------------ */

typedef struct functions {
    nex_run *run;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool release;     /* messages "wait" may end */
    unsigned waiting; /* so many are held */
    unsigned most;    /* side by side */
    unsigned stopped;
    char events[4][160];
    unsigned event_count;
    nex_run_options options;
    nex_status status;
} functions;

static nex_status functions_describe(void *self, nex_register_agent_request *out, nex_error *err) {
    (void)slow_describe(self, out, err);
    out->supported_lifecycles.items[0] = NEX_WORKLOAD_LIFECYCLE_FUNCTION;
    out->name = nex_message_strdup(out, "functions");
    out->register_type = nex_message_strdup(out, "functions");
    return NEX_OK;
}

static nex_status functions_start(void *self, nex_run *run, const char *workload_id,
                                  const nex_agent_start_workload_request *request, bool existing,
                                  nex_error *err) {
    functions *s = self;
    (void)existing;
    pthread_mutex_lock(&s->lock);
    s->run = run;
    pthread_mutex_unlock(&s->lock);
    assert_int_equal(nex_run_trigger(run, workload_id, "not a subject", err), NEX_EINVAL);
    assert_int_equal(nex_run_trigger(run, "nobody", NULL, err), NEX_ESTATE);
    if (strcmp(request->request->name, "refused") == 0) {
        assert_int_equal(nex_run_trigger(run, workload_id, NULL, err), NEX_OK);
        return nex_error_set(err, NEX_EREFUSED, "it does not want to");
    }
    nex_status status = nex_run_trigger(run, workload_id, NULL, err);
    return status == NEX_OK ? nex_run_trigger(run, workload_id, "default.function.other", err)
                            : status;
}

static nex_status functions_trigger(void *self, nex_run *run, const char *workload_id,
                                    const nex_msg *msg, nex_buf *reply, nex_error *err) {
    functions *s = self;
    (void)run;
    assert_int_equal(strlen(workload_id), 22);
    if (msg->len == 0) {
        return nex_error_set(err, NEX_EINVAL, "nothing to say");
    }
    if (msg->len == 4 && memcmp(msg->data, "wait", 4) == 0) {
        pthread_mutex_lock(&s->lock);
        s->waiting++;
        s->most = s->waiting > s->most ? s->waiting : s->most;
        pthread_cond_broadcast(&s->changed);
        while (!s->release) {
            pthread_cond_wait(&s->changed, &s->lock);
        }
        s->waiting--;
        pthread_mutex_unlock(&s->lock);
    }
    return nex_buf_printf(reply, "%s: %.*s", msg->subject, (int)msg->len, (const char *)msg->data);
}

static void functions_event(void *self, nex_run *run, const nex_feed_event *event) {
    functions *s = self;
    (void)run;
    pthread_mutex_lock(&s->lock);
    if (s->event_count < 4) {
        snprintf(s->events[s->event_count++], sizeof s->events[0], "%s %.*s", event->type,
                 (int)event->len, event->json);
    }
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

static void functions_stop(void *self, nex_run *run, const char *workload_id) {
    functions *s = self;
    (void)run;
    (void)workload_id;
    pthread_mutex_lock(&s->lock);
    assert_int_equal(s->waiting, 0); /* no message is at work */
    s->stopped++;
    pthread_mutex_unlock(&s->lock);
}

static void *run_functions(void *arg) {
    static const nex_run_ops ops = {.describe = functions_describe,
                                    .start = functions_start,
                                    .stop = functions_stop,
                                    .trigger = functions_trigger,
                                    .event = functions_event};
    functions *s = arg;
    nex_error err;
    s->status = nex_agent_run(&ops, s, &s->options, &err);
    return NULL;
}

static void ask_later(agent_fixture *f, const char *subject, const char *body, nex_reply_cb cb,
                      void *arg) {
    nex_msg msg = {.subject = subject, .data = body, .len = strlen(body)};
    assert_int_equal(nex_bus_request(f->bus, &msg, 20 * NEX_SECOND, cb, arg, NULL), NEX_OK);
}

typedef struct answers {
    agent_fixture *f;
    unsigned count;
    unsigned refused; /* with a header error */
    unsigned wanted;
    char error[128];
} answers;

static void on_answer(void *arg, nex_status status, const nex_msg *reply) {
    answers *a = arg;
    assert_int_equal(status, NEX_OK);
    assert_non_null(nex_msg_header(reply, "workload_id"));
    const char *error = nex_msg_header(reply, "error");
    if (error != NULL) {
        a->refused++;
        snprintf(a->error, sizeof a->error, "%s", error);
    }
    if (++a->count == a->wanted) {
        loop_wait_done(&a->f->wait);
    }
}

static bool waits(functions *s, unsigned count) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 20;
    pthread_mutex_lock(&s->lock);
    while (s->waiting < count && pthread_cond_timedwait(&s->changed, &s->lock, &until) == 0) {
    }
    bool enough = s->waiting >= count;
    pthread_mutex_unlock(&s->lock);
    return enough;
}

static bool heard(functions *s, const char *text) {
    struct timespec until;
    bool found = false;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 20;
    pthread_mutex_lock(&s->lock);
    do {
        for (unsigned i = 0; i < s->event_count; i++) {
            found = found || strstr(s->events[i], text) != NULL;
        }
    } while (!found && pthread_cond_timedwait(&s->changed, &s->lock, &until) == 0);
    pthread_mutex_unlock(&s->lock);
    return found;
}

static void test_triggers_and_events(void **state) {
    agent_fixture *f = *state;
    static const nex_event_filter filters[] = {{"default", "WORKLOADSTOPPED"},
                                               {NULL, "NODELAMEDUCKSET"}};
    const char *servers[] = {nats_server_url(f->server)};
    functions s = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    pthread_t thread;
    s.options = (nex_run_options){.keep_signals = true, .events = filters, .event_count = 2};
    s.options.agent.connection.servers = servers;
    s.options.agent.connection.server_count = 1;
    af_node_start(f);
    assert_int_equal(pthread_create(&thread, NULL, run_functions, &s), 0);
    af_expect(f, "AGENTSTARTED", "\"register_type\":\"functions\"");
    af_start(f, "functions", NEX_WORKLOAD_LIFECYCLE_FUNCTION, "refused", "{}");
    assert_non_null(strstr(f->message, "it does not want to"));
    af_start_ok(f, "functions", NEX_WORKLOAD_LIFECYCLE_FUNCTION, "echo", "{}");
    char id[64];
    snprintf(id, sizeof id, "%s", f->id);
    assert_string_equal(af_ask(f, "default.function.echo", "x"), "default.function.echo: x");
    assert_string_equal(af_ask(f, "default.function.other", "y"), "default.function.other: y");
    af_expect(f, "WORKLOADTRIGGERED", id);
    /* More than there are threads: three are worked on, and starts and lists go on. */
    answers a = {.f = f, .wanted = 3};
    ask_later(f, "default.function.echo", "", on_answer, &a);
    for (int i = 0; i < 5; i++) {
        ask_later(f, "default.function.echo", "wait", on_answer, &a);
    }
    af_start_ok(f, "functions", NEX_WORKLOAD_LIFECYCLE_FUNCTION, "beside", "{}");
    assert_true(waits(&s, 3));
    assert_int_equal(af_list(f), 2);
    /* A stop refuses those that wait and comes when the others have ended. */
    nex_run_ended(s.run, f->id, NULL);
    assert_true(heard(&s, f->id));
    assert_int_equal(s.most, 3);
    nex_run_stop(s.run);
    loop_wait_run(&f->wait, "the refusals");
    assert_int_equal(a.refused, 3); /* one by the function itself */
    assert_non_null(strstr(a.error, "being stopped"));
    assert_int_equal(s.stopped, 0);
    a.wanted = 6;
    pthread_mutex_lock(&s.lock);
    s.release = true;
    pthread_cond_broadcast(&s.changed);
    pthread_mutex_unlock(&s.lock);
    loop_wait_run(&f->wait, "the answers");
    assert_int_equal(a.refused, 3);
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
    static const nex_run_ops deaf = {
        .describe = slow_describe, .start = slow_start, .stop = slow_stop};
    const nex_event_filter filter = {0};
    nex_run_options options = {.events = &filter, .event_count = 1};
    assert_int_equal(nex_agent_run(&deaf, NULL, &options, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "event is missing"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_example_as_a_child_of_the_node, setup, teardown),
        cmocka_unit_test_setup_teardown(test_example_as_a_remote_program, setup, teardown),
        cmocka_unit_test_setup_teardown(test_slow_starts_hold_up_nobody, setup, teardown),
        cmocka_unit_test_setup_teardown(test_triggers_and_events, setup, teardown),
        cmocka_unit_test(test_options_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
