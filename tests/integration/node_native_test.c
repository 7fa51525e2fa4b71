/*
 * What a start request asks of the native nexlet, in a whole node: health, input from a subject,
 * artifacts, functions that are kept warm, figures.
 */
#include "files.h"
#include "node_process.h"

#include <fcntl.h>
#include <nex/keys.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EVENTS = 4096 };

typedef struct fixture {
    nexus_run nexus;
    node_run node;
    char seed[NEX_KEY_TEXT_SIZE]; /* the node is always the same one */
    char resources[96];
    nex_subscription *feed;
    loop_wait wait;     /* its own: what else is waited for is not over with an event */
    char *seen[EVENTS]; /* "SUBJECT BODY" of all that was published on the feed */
    size_t count;
} fixture;

static void on_feed(void *arg, const nex_msg *msg) {
    fixture *f = arg;
    nex_buf text = NEX_BUF_INIT;
    if (f->count == EVENTS) {
        return;
    }
    assert_int_equal(nex_buf_printf(&text, "%s %.*s", msg->subject, (int)msg->len,
                                    msg->data != NULL ? (const char *)msg->data : ""),
                     NEX_OK);
    f->seen[f->count++] = nex_buf_take(&text);
    loop_wait_done(&f->wait);
}

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    nexus_run_start(&f->nexus, true);
    f->wait = (loop_wait){.loop = f->nexus.loop};
    assert_int_equal(
        nex_bus_subscribe(f->nexus.bus, "$NEX.FEED.default.>", NULL, on_feed, f, &f->feed), NEX_OK);
    nex_key *key = NULL;
    assert_int_equal(nex_key_generate(&key, NEX_KEY_SERVER, NULL), NEX_OK);
    assert_int_equal(nex_key_seed(key, f->seed), NEX_OK);
    nex_key_free(key);
    snprintf(f->resources, sizeof f->resources, "%s/resources", f->nexus.dir);
    NODE_START(&f->nexus, &f->node, "--node-seed", f->seed, "--resource-directory", f->resources,
               "--workload-metrics-interval", "100ms");
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    nex_subscription_free(f->feed);
    assert_int_equal(node_end(&f->node, 15), 0);
    nexus_run_end(&f->nexus);
    for (size_t i = 0; i < f->count; i++) {
        free(f->seen[i]);
    }
    free(f);
    return 0;
}

/* Waits until the feed has, from the `from`th on, a subject with one text and a body with another.
 */
static const char *wait_feed(fixture *f, size_t from, const char *subject, const char *body) {
    for (;; from++) {
        while (from == f->count) {
            f->wait.done = false;
            loop_wait_run(&f->wait, body);
        }
        const char *space = strchr(f->seen[from], ' ');
        const char *at = strstr(f->seen[from], subject);
        if (at != NULL && at < space && strstr(space, body) != NULL) {
            return space + 1;
        }
    }
}

static void assert_metadata(fixture *f, const char *text) {
    char *list = raw_request(&f->nexus, "$NEX.SVC.default.control.WPING",
                             "{\"namespace\":\"default\",\"filter\":[]}", 5 * NEX_SECOND);
    assert_non_null(list);
    if (strstr(list, text) == NULL) {
        fail_msg("%s is not in %s", text, list);
    }
    free(list);
}

/* ---- Health --------------------------------------------------------------------------------- */

static void on_question(void *arg, const nex_msg *msg) {
    nex_msg reply = {.subject = msg->reply, .data = "fine", .len = 4};
    assert_int_equal(nex_bus_publish(arg, &reply), NEX_OK);
}

static void a_service_that_answers_no_more_is_started_anew(void **state) {
    fixture *f = *state;
    nex_subscription *answers;
    char id[NEX_ID_SIZE];
    start_of what = {.run = "{\"uri\":\"/bin/sleep\",\"argv\":[\"3600\"],\"health\":{"
                            "\"liveness\":{\"nats\":\"default.api.health\",\"interval\":\"20ms\","
                            "\"failures\":2},"
                            "\"readiness\":{\"nats\":\"default.api.health\"}}}"};
    assert_int_equal(nex_bus_subscribe(f->nexus.bus, "default.api.health", NULL, on_question,
                                       f->nexus.bus, &answers),
                     NEX_OK);
    assert_went_well(workload_start(&f->nexus, what, id));
    assert_metadata(f, "\"ready\":\"true\"");
    pid_t first = find_listed(&f->nexus, id).pid;
    size_t from = f->count;
    nex_subscription_free(answers); /* nobody listens any more */
    const char *event = wait_feed(f, from, "event.WORKLOADRESTARTED", id);
    assert_non_null(strstr(event, "\"reason\":\"liveness: nats default.api.health: nobody "
                                  "listens (2 in a row)\""));
    assert_false(process_lives(first));
}

static void a_command_is_asked_as_the_workload_is(void **state) {
    fixture *f = *state;
    /* In the same directory and environment; it is ready once the file is there. */
    start_of what = {
        .run = "{\"uri\":\"/bin/sh\",\"argv\":[\"-c\",\"echo $WORD >ready; exec sleep 3600\"],"
               "\"environment\":{\"WORD\":\"yes\",\"PATH\":\"/bin:/usr/bin\"},\"health\":{"
               "\"readiness\":{\"exec\":[\"/bin/sh\",\"-c\","
               "\"test $(cat ready) = $WORD\"]}}}"};
    assert_went_well(workload_start(&f->nexus, what, NULL));
    assert_metadata(f, "\"ready\":\"true\"");
}

static void a_port_is_asked(void **state) {
    fixture *f = *state;
    char run[256];
    snprintf(run, sizeof run,
             "{\"uri\":\"/bin/sleep\",\"argv\":[\"3600\"],\"health\":{\"readiness\":{\"tcp\":"
             "\"localhost:%d\"}}}",
             nats_server_port(f->nexus.server));
    start_of what = {.run = run};
    assert_went_well(workload_start(&f->nexus, what, NULL));
    assert_metadata(f, "\"ready\":\"true\"");
}

/* ---- Artifacts ------------------------------------------------------------------------------ */

static void write_readable_file(const char *path, const char *text) {
    write_file(path, text);
    assert_int_equal(chmod(path, 0644), 0);
}

static void artifacts_lie_in_the_working_directory(void **state) {
    fixture *f = *state;
    char command[512];
    char path[128];
    char run[1024];
    char id[NEX_ID_SIZE];
    /* Everybody must be able to reach what a nexlet of root hands out. */
    assert_int_equal(chmod(f->nexus.dir, 0755), 0);
    snprintf(path, sizeof path, "%s/plain.txt", f->nexus.dir);
    write_readable_file(path, "plain\n");
    snprintf(path, sizeof path, "%s/tool.sh", f->nexus.dir);
    write_readable_file(path, "#!/bin/sh\necho tool\n");
    snprintf(command, sizeof command,
             "cd %s && mkdir -p tree/sub && echo packed >tree/sub/file && tar -czf tree.tar.gz -C "
             "tree . && chmod 644 tree.tar.gz",
             f->nexus.dir);
    assert_int_equal(system(command), 0);
    snprintf(run, sizeof run,
             "{\"uri\":\"/bin/sh\",\"argv\":[\"-c\",\"/bin/cat conf/plain.txt; bin/tool; /bin/cat "
             "pack/sub/file; exec /bin/sleep 3600\"],\"artifacts\":["
             "{\"uri\":\"file://%s/plain.txt\",\"path\":\"conf/plain.txt\"},"
             "{\"uri\":\"%s/tool.sh\",\"path\":\"bin/tool\",\"executable\":true},"
             "{\"uri\":\"file://%s/tree.tar.gz\",\"path\":\"pack\",\"unpack\":true}]}",
             f->nexus.dir, f->nexus.dir, f->nexus.dir);
    start_of what = {.run = run};
    assert_went_well(workload_start(&f->nexus, what, id));
    wait_feed(f, 0, ".stdout", "packed");
    wait_feed(f, 0, ".stdout", "plain");
    wait_feed(f, 0, ".stdout", "tool");
    const char *event = wait_feed(f, 0, "event.WORKLOADPROGRESS", "\"unpacking\"");
    assert_non_null(strstr(event, "tree.tar.gz"));
    event = wait_feed(f, 0, "event.WORKLOADPROGRESS", "\"done\"");
    assert_non_null(strstr(event, "\"bytes\":6"));
    assert_non_null(strstr(event, "\"total\":6"));
    assert_non_null(strstr(event, id));
}

static void assert_start_refused(fixture *f, const char *run, const char *words) {
    start_of what = {.run = run};
    outcome o = workload_start(&f->nexus, what, NULL);
    assert_int_not_equal(o.status, NEX_OK);
    if (strstr(o.message, words) == NULL && strstr(o.reasons, words) == NULL) {
        fail_msg("\"%s\" %s does not say \"%s\"", o.message, o.reasons, words);
    }
}

#define ARTIFACT(text) "{\"uri\":\"/bin/true\",\"artifacts\":[{" text "}]}"

static void artifacts_that_cannot_be_placed_are_refused_in_words(void **state) {
    fixture *f = *state;
    assert_start_refused(f, ARTIFACT("\"uri\":\"/etc/hostname\",\"path\":\"../x\""),
                         "artifacts[0]: path \"../x\"");
    assert_start_refused(f, ARTIFACT("\"uri\":\"/etc/hostname\",\"path\":\"/x\""), "path \"/x\"");
    assert_start_refused(f, ARTIFACT("\"uri\":\"/no/such/file\""), "/no/such/file");
    assert_start_refused(f, ARTIFACT("\"uri\":\"/etc\""), "is not a file");
    assert_start_refused(f, ARTIFACT("\"uri\":\"ftp://x/y\""), "ftp://x/y");
    assert_start_refused(f, ARTIFACT("\"uri\":\"nats://apps/none\""), "nats://apps/none");
    assert_start_refused(f, ARTIFACT("\"uri\":\"/bin/sh\",\"unpack\":true,\"executable\":true"),
                         "unpack");
    assert_start_refused(f, ARTIFACT("\"uri\":\"/etc/hostname\",\"unpack\":true"),
                         "no sound tar archive");
    if (geteuid() == 0) {
        assert_start_refused(f, ARTIFACT("\"uri\":\"/etc/shadow\""), "readable by everybody");
    }
    /* What failed left nothing behind. */
    size_t count;
    listed list[LISTED_MAX];
    assert_went_well(workloads_list(&f->nexus, list, &count));
    assert_int_equal(count, 0);
}

/* ---- Functions ------------------------------------------------------------------------------ */

typedef struct answer {
    fixture *f;
    bool came;
    nex_status status;
    char body[256];
    char error[256];
} answer;

static void on_reply(void *arg, nex_status status, const nex_msg *reply) {
    answer *a = arg;
    a->came = true;
    a->status = status;
    if (status == NEX_OK) {
        const char *error = nex_msg_header(reply, "error");
        snprintf(a->error, sizeof a->error, "%s", error != NULL ? error : "");
        snprintf(a->body, sizeof a->body, "%.*s", (int)reply->len,
                 reply->data != NULL ? (const char *)reply->data : "");
    }
    loop_wait_done(&a->f->wait);
}

/* Sends a message to a function; fail NULL: without that header. */
static void ask(fixture *f, const char *subject, const char *body, const char *fail, answer *out) {
    nex_header header = {"Fail", fail};
    nex_msg msg = {.subject = subject,
                   .data = body,
                   .len = strlen(body),
                   .headers = &header,
                   .header_count = fail != NULL ? 1 : 0};
    *out = (answer){.f = f};
    assert_int_equal(nex_bus_request(f->nexus.bus, &msg, 20 * NEX_SECOND, on_reply, out, NULL),
                     NEX_OK);
}

static void wait_answer(answer *a) {
    while (!a->came) {
        a->f->wait.done = false;
        loop_wait_run(&a->f->wait, "the answer of a function");
    }
    assert_int_equal(a->status, NEX_OK);
}

static void start_function(fixture *f, const char *name, const char *run) {
    start_of what = {.name = name, .run = run, .lifecycle = NEX_WORKLOAD_LIFECYCLE_FUNCTION};
    assert_went_well(workload_start(&f->nexus, what, NULL));
}

/* One process, so that it counts all messages. */
static void keeps_warm(fixture *f, const char *name, const char *program) {
    char run[512];
    char subject[64];
    answer a;
    snprintf(run, sizeof run,
             "{\"uri\":\"file://%s\",\"environment\":{\"PATH\":\"/usr/bin:/bin\"},"
             "\"function\":{\"warm\":1}}",
             program);
    snprintf(subject, sizeof subject, "default.function.%s", name);
    start_function(f, name, run);
    ask(f, subject, "hello\n", NULL, &a);
    wait_answer(&a);
    assert_string_equal(a.error, "");
    assert_string_equal(a.body, "HELLO\n (1)");
    ask(f, subject, "x", "no, not this", &a);
    wait_answer(&a);
    assert_string_equal(a.error, "no, not this");
    assert_string_equal(a.body, "");
    ask(f, subject, "", NULL, &a);
    wait_answer(&a);
    assert_string_equal(a.body, " (2)"); /* the same process */
    const char *event = wait_feed(f, 0, "event.WORKLOADTRIGGERED", "\"duration\":");
    assert_non_null(strstr(event, "\"namespace\":\"default\""));
}

static void the_examples_stay_warm(void **state) {
    keeps_warm(*state, "inc", NEX_WARM_C);
    keeps_warm(*state, "insh", NEX_WARM_SH);
}

static void messages_are_spread_over_warm_processes(void **state) {
    enum { MESSAGES = 40 };
    fixture *f = *state;
    answer a[MESSAGES];
    char run[512];
    bool many = false;
    snprintf(run, sizeof run, "{\"uri\":\"file://%s\",\"function\":{\"warm\":4}}", NEX_WARM_C);
    start_function(f, "spread", run);
    for (size_t i = 0; i < MESSAGES; i++) {
        ask(f, "default.function.spread", "m", NULL, &a[i]);
    }
    unsigned long sum = 0;
    for (size_t i = 0; i < MESSAGES; i++) {
        unsigned long count;
        wait_answer(&a[i]);
        assert_string_equal(a[i].error, "");
        assert_int_equal(sscanf(a[i].body, "M (%lu)", &count), 1);
        many = many || count > 1; /* one answered more than once: none is started a message */
        sum++;
    }
    assert_int_equal(sum, MESSAGES);
    assert_true(many);
}

/* What it does with a message is told by the message. */
#define ODD                                                                                        \
    "{\"uri\":\"/bin/sh\",\"argv\":[\"-c\",\"while read -r w h b; do head -c $h >h; m=$(head -c "  \
    "$b); "                                                                                        \
    "case $m in die) exit 3;; hang) sleep 3600;; noise) echo what; sleep 3600;; "                  \
    "long) printf 'ok 2\\\\nabc'; sleep 3600;; huge) echo ok 99999999999; sleep 3600;; "           \
    "*) printf 'ok %%d\\\\n%%s' ${#m} $m;; esac; done\"],"                                         \
    "\"environment\":{\"PATH\":\"/usr/bin:/bin\"},"                                                \
    "\"function\":{\"warm\":1,\"timeout\":\"%s\"},\"stop\":{\"grace\":\"100ms\"}}"

static void a_warm_process_that_fails_is_replaced(void **state) {
    static const struct {
        const char *message, *error;
    } cases[] = {
        {"die", "exit 3"},
        {"noise", "its answer does not begin with ok or error and a number of bytes"},
        {"long", "its answer is longer than it said"},
        {"huge", "its answer is larger than the server takes"},
    };
    fixture *f = *state;
    char run[1024];
    answer a;
    snprintf(run, sizeof run, ODD, "1m");
    start_function(f, "odd", run);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ask(f, "default.function.odd", cases[i].message, NULL, &a);
        wait_answer(&a);
        assert_string_equal(a.error, cases[i].error);
        ask(f, "default.function.odd", "fine", NULL, &a);
        wait_answer(&a);
        assert_string_equal(a.error, "");
        assert_string_equal(a.body, "fine");
    }
}

static void a_warm_process_that_hangs_is_ended(void **state) {
    fixture *f = *state;
    char run[1024];
    answer hangs;
    answer waits;
    snprintf(run, sizeof run, ODD, "300ms");
    start_function(f, "odd", run);
    ask(f, "default.function.odd", "hang", NULL, &hangs);
    ask(f, "default.function.odd", "next", NULL, &waits);
    wait_answer(&hangs);
    assert_string_equal(hangs.error, "it took too long and was ended");
    wait_answer(&waits);
    assert_string_equal(waits.body, "next");
}

static void warm_processes_that_do_not_stay_give_up(void **state) {
    fixture *f = *state;
    answer a;
    start_function(f, "short",
                   "{\"uri\":\"/bin/sh\",\"argv\":[\"-c\",\"exit 4\"],"
                   "\"function\":{\"warm\":1}}");
    ask(f, "default.function.short", "x", NULL, &a);
    wait_answer(&a); /* as it waited, or as it was worked on: it never hangs */
    assert_non_null(strstr(a.error, "exit 4"));
    const char *event = wait_feed(f, 0, "event.WORKLOADSTOPPED", "gave up after 6 warm processes");
    assert_non_null(strstr(event, "exit 4"));
    assert_metadata(f, "\"workload_state\":\"error\"");
}

/* ---- Limits of functions -------------------------------------------------------------------- */

static void messages_wait_and_too_many_are_refused(void **state) {
    fixture *f = *state;
    answer a[4];
    char fifo[96];
    char run[512];
    snprintf(fifo, sizeof fifo, "%s/go", f->nexus.dir);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    /* Each run waits for a line of the test. */
    snprintf(run, sizeof run,
             "{\"uri\":\"/bin/sh\",\"argv\":[\"-c\",\"read -r x <%s; /bin/cat\"],"
             "\"isolation\":\"off\",\"function\":{\"concurrency\":2,\"queue\":1}}",
             fifo);
    start_function(f, "slow", run);
    static const char *const bodies[] = {"one", "two", "three", "four"};
    for (size_t i = 0; i < 4; i++) {
        ask(f, "default.function.slow", bodies[i], NULL, &a[i]);
    }
    wait_answer(&a[3]); /* two run, one waits */
    assert_string_equal(a[3].error, "too many messages wait for this function");
    for (size_t i = 0; i < 3; i++) {
        assert_false(a[i].came);
    }
    int fd = open(fifo, O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "1\n2\n3\n", 6), 6);
    for (size_t i = 0; i < 3; i++) {
        wait_answer(&a[i]);
        assert_string_equal(a[i].error, "");
        assert_string_equal(a[i].body, bodies[i]);
    }
    close(fd);
}

/* ---- Standard input from a subject ---------------------------------------------------------- */

static void say(fixture *f, const char *subject, const char *text) {
    nex_msg msg = {.subject = subject, .data = text, .len = strlen(text)};
    assert_int_equal(nex_bus_publish(f->nexus.bus, &msg), NEX_OK);
}

static const char reader[] =
    "{\"uri\":\"/bin/sh\",\"argv\":[\"-c\",\"while read -r l; do [ $l = die ] && exit 1; echo got "
    "$l; "
    "done\"],\"stdin_subject\":\"default.in.*\",\"restart\":{\"delay\":\"1ms\"}}";

static void messages_become_standard_input(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    start_of what = {.run = reader};
    assert_went_well(workload_start(&f->nexus, what, id));
    say(f, "default.in.a", "one\ntw");
    say(f, "default.other", "not\n");
    say(f, "default.in.b", "o\n");
    wait_feed(f, 0, ".stdout", "got one");
    wait_feed(f, 0, ".stdout", "got two");
    /* The next run has it, too; nothing of the last one's is left. */
    size_t from = f->count;
    say(f, "default.in.a", "die\nrest\n");
    wait_feed(f, from, "event.WORKLOADRESTARTED", "exit 1");
    say(f, "default.in.a", "three\n");
    const char *got = wait_feed(f, from, ".stdout", "got");
    assert_int_equal(strncmp(got, "got three", 9), 0);
    /* These messages run nothing. */
    for (size_t i = 0; i < f->count; i++) {
        assert_null(strstr(f->seen[i], "WORKLOADTRIGGERED"));
    }
}

static void the_next_node_writes_on(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    start_of what = {.run = reader};
    assert_went_well(workload_start(&f->nexus, what, id));
    say(f, "default.in.a", "before\n");
    wait_feed(f, 0, ".stdout", "got before");
    pid_t pid = find_listed(&f->nexus, id).pid;
    assert_int_equal(node_end(&f->node, SIGKILL), 128 + SIGKILL);
    NODE_START(&f->nexus, &f->node, "--node-seed", f->seed, "--resource-directory", f->resources);
    assert_int_equal(find_listed(&f->nexus, id).pid, pid);
    say(f, "default.in.a", "after\n");
    wait_feed(f, 0, ".stdout", "got after");
    assert_int_equal(find_listed(&f->nexus, id).pid, pid);
}

static void input_from_elsewhere_is_refused(void **state) {
    fixture *f = *state;
#define INPUT(subject) "{\"uri\":\"/bin/cat\",\"stdin_subject\":\"" subject "\"}"
    assert_start_refused(f, INPUT(">"), "expected a subject of the workload's namespace");
    assert_start_refused(f, INPUT("other.in"), "expected a subject of the workload's namespace");
    assert_start_refused(f, INPUT("$NEX.>"), "expected a subject of the workload's namespace");
    assert_start_refused(f, INPUT("default"), "expected a subject of the workload's namespace");
    assert_start_refused(f, INPUT("default.a b"), "expected a subject of the workload's namespace");
}

/* ---- Figures -------------------------------------------------------------------------------- */

static double number_in(const char *json, const char *key) {
    const char *at = strstr(json, key);
    if (at == NULL) {
        fail_msg("%s is not in %s", key, json);
        return 0;
    }
    return strtod(at + strlen(key), NULL);
}

static void figures_are_published_and_listed(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    char subject[64];
    /* Three processes, one of them twice forked; one burns what the others do not. */
    start_of what = {
        .run =
            "{\"uri\":\"/bin/sh\",\"argv\":[\"-c\",\"(setsid sleep 3600 &) ; i=0; while [ $i -lt "
            "300000 ]; do i=$((i+1)); done; echo burnt; sleep 3600\"],"
            "\"environment\":{\"PATH\":\"/usr/bin:/bin\"}}"};
    assert_went_well(workload_start(&f->nexus, what, id));
    wait_feed(f, 0, ".stdout", "burnt");
    size_t from = f->count;
    snprintf(subject, sizeof subject, "$NEX.FEED.default.metrics.%s", id);
    const char *json;
    do { /* measured once the last of them was there */
        json = wait_feed(f, from, subject, "cpu_seconds");
        from = f->count;
    } while (number_in(json, "\"pids\":") < 3);
    assert_int_equal((int)number_in(json, "\"pids\":"), 3);
    assert_true(number_in(json, "\"cpu_seconds\":") > 0.01);
    assert_true(number_in(json, "\"memory\":") > 100000);
    assert_int_equal((int)number_in(json, "\"restarts\":"), 0);
    assert_non_null(strstr(json, "\"source\":\""));
    assert_non_null(strstr(json, id));
    assert_metadata(f, "\"pids\":\"3\"");
    assert_metadata(f, "\"memory\":\"");
    assert_metadata(f, "\"cpu_seconds\":\"");
    /* With what ends, its figures go. */
    assert_went_well(workload_stop(&f->nexus, id));
    char *list = raw_request(&f->nexus, "$NEX.SVC.default.control.WPING",
                             "{\"namespace\":\"default\",\"filter\":[]}", 5 * NEX_SECOND);
    assert_non_null(list);
    assert_null(strstr(list, "cpu_seconds"));
    free(list);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_service_that_answers_no_more_is_started_anew),
        T(a_command_is_asked_as_the_workload_is),
        T(a_port_is_asked),
        T(artifacts_lie_in_the_working_directory),
        T(artifacts_that_cannot_be_placed_are_refused_in_words),
        T(the_examples_stay_warm),
        T(messages_are_spread_over_warm_processes),
        T(a_warm_process_that_fails_is_replaced),
        T(a_warm_process_that_hangs_is_ended),
        T(warm_processes_that_do_not_stay_give_up),
        T(messages_wait_and_too_many_are_refused),
        T(messages_become_standard_input),
        T(the_next_node_writes_on),
        T(input_from_elsewhere_is_refused),
        T(figures_are_published_and_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
