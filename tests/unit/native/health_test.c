/* Health: what is asked when, and what follows. The questions are commands, which the process
 * layer pretends to run. */
#include "fake_native.h"

#include <native/workload.h>

#include <signal.h>
#include <string.h>

static const char alive[] =
    "{\"uri\":\"/bin/sh\",\"health\":{\"liveness\":{\"exec\":[\"/bin/true\",\"-v\"],"
    "\"delay\":\"2s\",\"interval\":\"5s\",\"failures\":2}},"
    "\"stop\":{\"signal\":\"INT\",\"grace\":\"3s\"}}";
static const char ready[] =
    "{\"uri\":\"/bin/sh\",\"health\":{\"readiness\":{\"exec\":[\"/bin/true\"],"
    "\"interval\":\"5s\",\"failures\":1}}}";

static fake_workload *main_run(rig *r) {
    for (size_t i = 0; i < r->machine.count; i++) {
        if (!r->machine.workloads[i].attached) {
            return &r->machine.workloads[i];
        }
    }
    return NULL;
}

/* The question that is being asked; NULL: none is. */
static fake_workload *question(rig *r) {
    for (size_t i = 0; i < r->machine.count; i++) {
        if (r->machine.workloads[i].attached && r->machine.workloads[i].running) {
            return &r->machine.workloads[i];
        }
    }
    return NULL;
}

static void answer(rig *r, int code) {
    fake_workload *asked = question(r);
    assert_non_null(asked);
    fake_started(asked);
    fake_ended(asked, code);
}

static const fake_event *last_event(const rig *r) {
    assert_true(r->agent.event_count > 0);
    return &r->agent.events[r->agent.event_count - 1];
}

static void a_workload_that_is_not_alive_is_started_anew(void **state) {
    rig *r = *state;
    fake_workload *w = begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, alive);
    fake_loop_advance(r->loop, 2 * NEX_SECOND - 1);
    assert_null(question(r)); /* not before the delay */
    fake_loop_advance(r->loop, 1);
    assert_string_equal(question(r)->path, "/bin/true");
    assert_string_equal(question(r)->argv, "/bin/true\n-v\n");
    answer(r, 0);
    assert_metadata(r, "w1", "unwell", NULL);
    fake_loop_advance(r->loop, 5 * NEX_SECOND);
    answer(r, 3);
    assert_int_equal(w->stops, 0); /* one failure is not enough */
    assert_metadata(r, "w1", "unwell", "liveness: exec /bin/true: exit 3");
    fake_loop_advance(r->loop, 5 * NEX_SECOND);
    assert_true(fake_output(question(r), NEX_PROCESS_STDERR, "no\nway\n"));
    answer(r, 4);
    assert_int_equal(w->stops, 1);
    assert_int_equal(w->stop_signal, SIGINT);
    assert_int_equal(w->stop_grace, 3 * NEX_SECOND);
    fake_loop_advance(r->loop, 10 * NEX_SECOND);
    assert_null(question(r)); /* nothing is asked of a run that is being ended */
    fake_ended(w, -SIGINT);
    assert_int_equal(r->agent.other_count, 1);
    const fake_other_event *event = &r->agent.others[0];
    assert_string_equal(event->type, "WORKLOADRESTARTED");
    assert_non_null(strstr(event->json,
                           "\"reason\":\"liveness: exec /bin/true: exit 4: no way (2 in a row)\""));
    assert_non_null(strstr(event->json, "\"restarts\":1"));
    assert_state(r, "w1", NEX_WORKLOAD_STATE_STARTING);
    fake_loop_advance(r->loop, NEX_SECOND);
    assert_int_equal(w->starts, 2);
    fake_started(w);
    fake_loop_advance(r->loop, 2 * NEX_SECOND);
    assert_non_null(question(r)); /* the new run is asked, too */
    answer(r, 0);
    assert_metadata(r, "w1", "restarts", "1");
}

static void a_run_that_was_ended_for_its_health_is_never_taken_for_stopped(void **state) {
    rig *r = *state;
    fake_workload *w = begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, alive);
    fake_loop_advance(r->loop, 2 * NEX_SECOND);
    answer(r, 1);
    fake_loop_advance(r->loop, 5 * NEX_SECOND);
    answer(r, 1);
    assert_int_equal(w->stops, 1);
    nex_native_free(r->native);
    r->native = NULL;
    fake_ended(w, -SIGINT); /* while no nexlet is there; on record as asked for */
    assert_true(w->exit.requested);
    crash(r);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_STARTING);
    fake_loop_advance(r->loop, NEX_SECOND);
    assert_int_equal(w->starts, 2);
}

static void without_restarts_the_reason_ends_it(void **state) {
    rig *r = *state;
    fake_workload *w = begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_JOB, alive);
    fake_loop_advance(r->loop, 2 * NEX_SECOND);
    answer(r, 1);
    fake_loop_advance(r->loop, 5 * NEX_SECOND);
    answer(r, 1);
    fake_ended(w, 0);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_ERROR);
    const fake_event *event = last_event(r);
    assert_true(event->stopped);
    assert_true(event->has_error);
    assert_string_equal(event->message, "liveness: exec /bin/true: exit 1 (2 in a row)");
}

static void ends_for_want_of_health_count_towards_giving_up(void **state) {
    rig *r = *state;
    fake_workload *w = begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE,
                             "{\"uri\":\"/bin/sh\",\"restart\":{\"limit\":1},\"health\":{"
                             "\"liveness\":{\"exec\":[\"/bin/true\"],\"interval\":\"30s\","
                             "\"failures\":1}}}");
    for (int run = 0; run < 2; run++) {
        fake_loop_advance(r->loop, 0);
        assert_non_null(question(r));
        /* Longer than reset_after, but never well. */
        fake_loop_advance(r->loop, 800 * NEX_MILLISECOND);
        answer(r, 1);
        fake_ended(w, -SIGTERM);
        if (run == 0) {
            fake_loop_advance(r->loop, NEX_SECOND);
            fake_started(w);
        }
    }
    assert_state(r, "w1", NEX_WORKLOAD_STATE_ERROR);
    assert_non_null(strstr(last_event(r)->message, "liveness: exec /bin/true: exit 1"));
}

static void a_question_without_an_answer_is_a_failure(void **state) {
    rig *r = *state;
    begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, alive);
    fake_loop_advance(r->loop, 2 * NEX_SECOND);
    fake_workload *asked = question(r);
    fake_started(asked);
    fake_loop_advance(r->loop, NEX_SECOND);
    assert_int_equal(asked->stops, 1);
    assert_int_equal(asked->stop_signal, SIGKILL);
    fake_ended(asked, -SIGKILL);
    assert_metadata(r, "w1", "unwell", "liveness: exec /bin/true: no answer within 1s");
}

static void what_cannot_be_asked_ends_nothing(void **state) {
    rig *r = *state;
    fake_workload *w = begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, alive);
    r->machine.start_status = NEX_EIO; /* no process is to be had */
    fake_loop_advance(r->loop, 60 * NEX_SECOND);
    assert_int_equal(w->stops, 0);
    r->machine.start_status = NEX_OK;
    for (int i = 0; i < 5; i++) {
        fake_loop_advance(r->loop, 5 * NEX_SECOND);
        fake_failed(question(r), NEX_EIO, "no new process can be had");
    }
    assert_int_equal(w->stops, 0);
    /* NATS cannot be asked without a connection of the nexlet's own. */
    fake_workload *other = begin(r, "w2", NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                 "{\"uri\":\"/bin/sh\",\"health\":{\"liveness\":{\"nats\":"
                                 "\"default.x\",\"interval\":\"1s\",\"failures\":1}}}");
    fake_loop_advance(r->loop, 10 * NEX_SECOND);
    assert_int_equal(other->stops, 0);
}

static void a_start_is_answered_when_it_is_ready(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, ready, false, &call);
    fake_started(main_run(r));
    fake_loop_advance(r->loop, 0);
    assert_metadata(r, "w1", "ready", "false");
    answer(r, 1);
    assert_int_equal(call.answers, 0);
    fake_loop_advance(r->loop, 250 * NEX_MILLISECOND); /* often, until it is */
    answer(r, 0);
    assert_true(call.started);
    assert_metadata(r, "w1", "ready", "true");
    assert_metadata(r, "w1", "unwell", NULL);
    assert_int_equal(r->agent.ingress, 0); /* the answer tells it */
    fake_loop_advance(r->loop, 5 * NEX_SECOND - 1);
    assert_null(question(r));
    fake_loop_advance(r->loop, 1);
    answer(r, 1);
    assert_metadata(r, "w1", "ready", "false");
    assert_metadata(r, "w1", "unwell", "readiness: exec /bin/true: exit 1");
    assert_int_equal(r->agent.ingress, -1);
    assert_int_equal(main_run(r)->stops, 0); /* it is not ended for that */
    fake_loop_advance(r->loop, 5 * NEX_SECOND);
    answer(r, 0);
    assert_metadata(r, "w1", "ready", "true");
    assert_int_equal(r->agent.ingress, 0);
}

static void a_start_does_not_wait_for_ever(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, ready, false, &call);
    fake_started(main_run(r));
    fake_loop_advance(r->loop, 44 * NEX_SECOND);
    assert_int_equal(call.answers, 0); /* its question is without an answer */
    fake_loop_advance(r->loop, NEX_SECOND);
    assert_true(call.started);
    assert_int_equal(r->agent.ingress, -1);
    assert_metadata(r, "w1", "ready", "false");
}

static void a_start_that_never_gets_ready_leaves_nothing(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE,
                  "{\"uri\":\"/bin/sh\",\"restart\":{\"limit\":1},\"health\":{\"readiness\":{"
                  "\"exec\":[\"/bin/true\"]}}}",
                  false, &call);
    fake_started(main_run(r));
    fake_ended(main_run(r), 7);
    assert_int_equal(call.answers, 0);
    fake_loop_advance(r->loop, NEX_SECOND);
    fake_started(main_run(r));
    fake_ended(main_run(r), 7);
    assert_true(call.failed);
    assert_non_null(strstr(call.error, "exit 7"));
    assert_false(has(r, "w1"));
    assert_int_equal(main_run(r)->forgotten, 1);
    assert_true(last_event(r)->stopped);
}

static void a_job_that_is_done_before_it_is_ready_was_started(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_JOB, ready, false, &call);
    fake_started(main_run(r));
    fake_ended(main_run(r), 0);
    assert_true(call.started);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_STOPPED);
}

static void an_adopted_run_is_asked_on(void **state) {
    rig *r = *state;
    fake_workload *w = begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, alive);
    crash(r);
    w->info.age = NEX_MINUTE;
    fake_started(w);
    fake_loop_advance(r->loop, 0);
    assert_non_null(question(r)); /* the delay counts from the start of the run */
    answer(r, 0);
    assert_int_equal(w->starts, 1);
}

static void a_stop_ends_the_questions(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    fake_workload *w = begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, alive);
    fake_loop_advance(r->loop, 2 * NEX_SECOND);
    assert_non_null(question(r));
    stop(r, "w1", &call);
    assert_null(question(r));
    fake_loop_advance(r->loop, NEX_MINUTE);
    assert_null(question(r));
    fake_ended(w, 0);
    assert_true(call.stopped);
}

#define PROBE(text) "{\"uri\":\"/bin/sh\",\"health\":{\"liveness\":{" text "}}}"

static void what_cannot_be_a_question_is_refused(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    assert_refused(r, PROBE(""), "exactly one of exec, tcp, http and nats is needed, got 0");
    assert_refused(r, PROBE("\"tcp\":\"a:1\",\"nats\":\"default.x\""), "got 2");
    assert_refused(r, PROBE("\"exec\":[]"), "health.liveness.exec");
    assert_refused(r, PROBE("\"exec\":[\"/no/such/thing\"]"), "/no/such/thing");
    assert_refused(r, PROBE("\"exec\":[\"true\"]"), "expected the path");
    assert_refused(r, PROBE("\"tcp\":\"8080\""), "expected HOST:PORT");
    assert_refused(r, PROBE("\"tcp\":\"h:70000\""), "expected HOST:PORT");
    assert_refused(r, PROBE("\"http\":\"file:///etc/passwd\""), "begins with http://");
    assert_refused(r, PROBE("\"nats\":\"other.x\""), "default.<name>");
    assert_refused(r, PROBE("\"nats\":\"$NEX.SVC.default.control.WPING\""), "default.<name>");
    assert_refused(r, PROBE("\"nats\":\"default.>\""), "without wildcards");
    assert_refused(r, PROBE("\"nats\":\"default.x\",\"interval\":\"0s\""), "more than 0s");
    start_request(r, "f", NEX_WORKLOAD_LIFECYCLE_FUNCTION, PROBE("\"tcp\":\"a:1\""), false, &call);
    assert_true(call.failed);
    assert_non_null(strstr(call.error, "function.timeout"));
}

static void subjects_belong_to_namespaces(void **state) {
    (void)state;
    assert_true(native_subject_in_namespace("default.a.b", "default"));
    assert_false(native_subject_in_namespace("defaults.a", "default"));
    assert_false(native_subject_in_namespace("default.", "default"));
    assert_false(native_subject_in_namespace("default.a..b", "default"));
    assert_true(native_subject_in_namespace("orders.new", "system"));
    assert_false(native_subject_in_namespace("$NEX.SVC.x", "system"));
    assert_false(native_subject_in_namespace("_INBOX.x", "system"));
    assert_false(native_subject_in_namespace(">", "system"));
    assert_false(native_subject_in_namespace("*.x", "system"));
    assert_false(native_subject_in_namespace("", "system"));
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(a_workload_that_is_not_alive_is_started_anew),
        T(a_run_that_was_ended_for_its_health_is_never_taken_for_stopped),
        T(without_restarts_the_reason_ends_it),
        T(ends_for_want_of_health_count_towards_giving_up),
        T(a_question_without_an_answer_is_a_failure),
        T(what_cannot_be_asked_ends_nothing),
        T(a_start_is_answered_when_it_is_ready),
        T(a_start_does_not_wait_for_ever),
        T(a_start_that_never_gets_ready_leaves_nothing),
        T(a_job_that_is_done_before_it_is_ready_was_started),
        T(an_adopted_run_is_asked_on),
        T(a_stop_ends_the_questions),
        T(what_cannot_be_a_question_is_refused),
        cmocka_unit_test(subjects_belong_to_namespaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
