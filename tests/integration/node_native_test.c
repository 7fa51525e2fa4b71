/*
 * What a start request asks of the native nexlet, in a whole node: health, input from a subject,
 * artifacts, functions that are kept warm, figures.
 */
#include "node_process.h"

#include <stdlib.h>
#include <string.h>

enum { EVENTS = 256 };

typedef struct fixture {
    nexus_run nexus;
    node_run node;
    nex_subscription *feed;
    loop_wait wait; /* its own: what else is waited for is not over with an event */
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

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_service_that_answers_no_more_is_started_anew),
        T(a_command_is_asked_as_the_workload_is),
        T(a_port_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
