/*
 * Health: whether a run is alive, and whether it is ready, by questions asked again and again.
 * What follows from the answers is workload.c's business.
 */
#include "native/question.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INTERVAL (10 * NEX_SECOND)
/* A start waits for readiness: it is asked often until it is there, and not waited for for ever,
 * since the node gives up after a minute. */
#define INTERVAL_UNTIL_READY (250 * NEX_MILLISECOND)
#define READY_AT_LAST        (45 * NEX_SECOND)

enum { FAILURES = 3, SUCCESSES = 1 };

typedef struct probe {
    native_workload *workload;
    const nex_native_start_request_probe *spec; /* NULL: there is none */
    const char *name;
    nex_timer *timer;
    native_question *question;
    int64_t failures; /* in a row */
    int64_t successes;
    bool well;
    bool ever_well;
    bool told_unasked;
    char problem[256]; /* of the last question; "" */
} probe;

struct native_health {
    probe liveness;
    probe readiness;
    nex_timer *patience; /* with a start that waits for readiness */
};

static void ask(void *arg);

static void later(const probe *p) {
    nex_duration interval = p->spec->has_interval ? p->spec->interval : INTERVAL;
    bool starting = p == &p->workload->health->readiness && !p->ever_well;
    nex_timer_start(
        p->timer, starting && interval > INTERVAL_UNTIL_READY ? INTERVAL_UNTIL_READY : interval, 0);
}

/* ---- Answers -------------------------------------------------------------------------------- */

static void describe(const probe *p, char *out, size_t size) {
    const nex_native_start_request_probe *spec = p->spec;
    const char *kind = spec->has_exec       ? "exec"
                       : spec->tcp != NULL  ? "tcp"
                       : spec->http != NULL ? "http"
                                            : "nats";
    const char *what = spec->has_exec       ? spec->exec.items[0]
                       : spec->tcp != NULL  ? spec->tcp
                       : spec->http != NULL ? spec->http
                                            : spec->nats;
    snprintf(out, size, "%s: %s %.128s: %s", p->name, kind, what, p->problem);
}

/* Both may free all of the health. */
static void turned(probe *p, bool well) {
    native_workload *workload = p->workload;
    char reason[512];
    p->well = well;
    if (p == &workload->health->readiness) {
        native_workload_ready(workload, well);
    } else if (!well) {
        char text[448];
        describe(p, text, sizeof text);
        snprintf(reason, sizeof reason, "%s (%lld in a row)", text, (long long)p->failures);
        native_workload_unwell(workload, reason);
    }
}

static void on_answer(void *arg, native_answer answer, const char *problem) {
    probe *p = arg;
    int64_t failures = p->spec->has_failures ? p->spec->failures : FAILURES;
    int64_t successes = p->spec->has_successes ? p->spec->successes : SUCCESSES;
    p->question = NULL;
    if (answer == NATIVE_UNASKED) {
        if (!p->told_unasked) {
            nex_log_write(p->workload->native->log, NEX_LOG_WARN, "health cannot be asked",
                          "workload_id", p->workload->id, "probe", p->name, "reason", problem,
                          NULL);
        }
        p->told_unasked = true;
        later(p);
        return;
    }
    p->told_unasked = false;
    snprintf(p->problem, sizeof p->problem, "%s", problem != NULL ? problem : "");
    if (answer == NATIVE_WELL) {
        p->failures = 0;
        p->successes++;
        p->ever_well = p->ever_well || p->successes >= successes;
    } else {
        p->successes = 0;
        p->failures++;
    }
    later(p);
    if (!p->well && p->successes >= successes) {
        turned(p, true);
    } else if (p->well && p->failures >= failures) {
        turned(p, false);
    }
}

static void ask(void *arg) {
    probe *p = arg;
    nex_error err;
    if (native_question_ask(&p->question, p->workload, p->spec, on_answer, p, &err) != NEX_OK) {
        on_answer(p, NATIVE_UNASKED, err.message);
    }
}

static void on_patience_end(void *arg) {
    native_workload *workload = arg;
    nex_log_write(workload->native->log, NEX_LOG_WARN,
                  "the workload is not ready yet: its start is answered all the same",
                  "workload_id", workload->id, "problem", workload->health->readiness.problem,
                  NULL);
    native_workload_not_ready_yet(workload);
}

/* ---- A run's questions ---------------------------------------------------------------------- */

nex_status native_health_check(const native_workload *workload, nex_error *err) {
    const nex_native_start_request_health *health = workload->start->health;
    nex_status status = NEX_OK;
    if (health == NULL || (health->liveness == NULL && health->readiness == NULL)) {
        return NEX_OK;
    }
    if (workload->lifecycle == NEX_WORKLOAD_LIFECYCLE_FUNCTION) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "health: a function has nothing to ask between its runs; give "
                             "function.timeout for runs that hang");
    }
    if (health->liveness != NULL) {
        status = native_question_check(workload, health->liveness, "liveness", err);
    }
    if (status == NEX_OK && health->readiness != NULL) {
        status = native_question_check(workload, health->readiness, "readiness", err);
    }
    return status;
}

static nex_status begin(native_workload *workload, probe *p, const char *name,
                        const nex_native_start_request_probe *spec, nex_duration age) {
    *p = (probe){.workload = workload, .spec = spec, .name = name};
    if (spec == NULL) {
        return NEX_OK;
    }
    p->well = p == &workload->health->liveness; /* until the contrary is known */
    nex_status status = nex_timer_new(workload->native->loop, &p->timer, ask, p);
    if (status == NEX_OK) {
        nex_duration delay = spec->has_delay && spec->delay > age ? spec->delay - age : 0;
        nex_timer_start(p->timer, delay, 0);
    }
    return status;
}

nex_status native_health_begin(native_workload *workload, nex_duration age) {
    const nex_native_start_request_health *wanted = workload->start->health;
    native_health_end(workload);
    if (wanted == NULL || (wanted->liveness == NULL && wanted->readiness == NULL)) {
        return NEX_OK;
    }
    native_health *health = calloc(1, sizeof *health);
    if (health == NULL) {
        return NEX_ENOMEM;
    }
    workload->health = health;
    nex_status status = begin(workload, &health->liveness, "liveness", wanted->liveness, age);
    if (status == NEX_OK) {
        status = begin(workload, &health->readiness, "readiness", wanted->readiness, age);
    }
    if (status == NEX_OK && wanted->readiness != NULL) {
        status =
            nex_timer_new(workload->native->loop, &health->patience, on_patience_end, workload);
        if (status == NEX_OK && !workload->answered) {
            uint64_t waited = nex_loop_now(workload->native->loop) - workload->asked;
            nex_duration left = READY_AT_LAST - (nex_duration)waited;
            nex_timer_start(health->patience, left > 0 ? left : 0, 0);
        }
    }
    if (status != NEX_OK) {
        native_health_end(workload);
    }
    return status;
}

static void end(probe *p) {
    native_question_cancel(p->question);
    nex_timer_free(p->timer);
}

void native_health_end(native_workload *workload) {
    native_health *health = workload->health;
    if (health == NULL) {
        return;
    }
    workload->health = NULL;
    end(&health->liveness);
    end(&health->readiness);
    nex_timer_free(health->patience);
    free(health);
}

bool native_health_has_readiness(const native_workload *workload) {
    const nex_native_start_request_health *health = workload->start->health;
    return health != NULL && health->readiness != NULL;
}

bool native_health_ready(const native_workload *workload) {
    return workload->health != NULL && workload->health->readiness.well;
}

bool native_health_live(const native_workload *workload) {
    const native_health *health = workload->health;
    return health == NULL || health->liveness.spec == NULL ||
           (health->liveness.ever_well && health->liveness.failures == 0);
}

const char *native_health_problem(const native_workload *workload, char *out, size_t size) {
    const native_health *health = workload->health;
    if (health == NULL) {
        return NULL;
    }
    const probe *p = health->liveness.problem[0] != '\0' ? &health->liveness : &health->readiness;
    if (p->problem[0] == '\0') {
        return NULL;
    }
    describe(p, out, size);
    return out;
}
