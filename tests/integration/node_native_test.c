/*
 * What a start request asks of the native nexlet, in a whole node: health, input from a subject,
 * artifacts, functions that are kept warm, figures.
 */
#include "node_process.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EVENTS = 256 };

typedef struct fixture {
    nexus_run nexus;
    node_run node;
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
    NODE_START(&f->nexus, &f->node, "--resource-directory", f->nexus.dir);
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

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
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
    write_file(path, "plain\n");
    snprintf(path, sizeof path, "%s/tool.sh", f->nexus.dir);
    write_file(path, "#!/bin/sh\necho tool\n");
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

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_service_that_answers_no_more_is_started_anew),
        T(a_command_is_asked_as_the_workload_is),
        T(a_port_is_asked),
        T(artifacts_lie_in_the_working_directory),
        T(artifacts_that_cannot_be_placed_are_refused_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
