/*
 * Triggers of the blocking style. Messages wait in one queue for worker threads, of which one
 * stays free, so that a flood of messages holds up no start or stop.
 */
#include "agent/run.h"
#include "agent/runner.h"

#include "bus/message.h"

#include <stdlib.h>
#include <string.h>

#define WAITING_BYTES_MAX ((size_t)8 * 1024 * 1024)
enum { WAITING_MAX = 1024, POOL_DEFAULT = 4, POOL_MAX = 1024 };

typedef struct run_job {
    uv_work_t work;
    run_workload *workload;
    nex_trigger_call *call;
    void *memory; /* of msg */
    size_t bytes;
    nex_msg msg;
    nex_buf reply;
    nex_status status;
    nex_error err;
    struct run_job *next;
} run_job;

void run_jobs_init(run_jobs *jobs) {
    const char *text = getenv("UV_THREADPOOL_SIZE");
    long pool = text != NULL ? strtol(text, NULL, 10) : POOL_DEFAULT;
    if (pool > POOL_MAX) {
        pool = POOL_MAX;
    }
    jobs->last = &jobs->first;
    jobs->working_max = pool > 1 ? (size_t)pool - 1 : 1;
}

static void job_free(run_job *job) {
    nex_buf_wipe(&job->reply);
    free(job->memory);
    free(job);
}

static void refuse(run_job *job, const char *why) {
    nex_trigger_reply(job->call, why, NULL, 0);
    job_free(job);
}

/* ---- Working ------------------------------------------------------------------------------ */

static void do_job(uv_work_t *work) {
    run_job *job = work->data;
    nex_run *run = job->workload->run;
    nex_error_clear(&job->err);
    job->status =
        run->ops->trigger(run->self, run, job->workload->id, &job->msg, &job->reply, &job->err);
}

static void after_job(uv_work_t *work, int status) {
    run_job *job = work->data;
    run_workload *workload = job->workload;
    nex_run *run = workload->run;
    const char *error = NULL;
    (void)status; /* work is never cancelled */
    if (job->status != NEX_OK) {
        error = job->err.message[0] != '\0' ? job->err.message : nex_status_name(job->status);
    }
    nex_trigger_reply(job->call, error, job->reply.data, job->reply.len);
    job_free(job);
    run->jobs.working--;
    run_workload_triggered(workload);
    run_jobs_go_on(run);
}

static run_job *take(run_jobs *jobs, run_job **link) {
    run_job *job = *link;
    *link = job->next;
    if (job->next == NULL) {
        jobs->last = link;
    }
    job->next = NULL;
    jobs->count--;
    jobs->bytes -= job->bytes;
    return job;
}

void run_jobs_go_on(nex_run *run) {
    run_jobs *jobs = &run->jobs;
    run_job **link = &jobs->first;
    while (*link != NULL && jobs->working < jobs->working_max) {
        if ((*link)->workload->state == RUN_STARTING) {
            link = &(*link)->next;
            continue;
        }
        run_job *job = take(jobs, link);
        job->work.data = job;
        if (uv_queue_work(nex_loop_uv(run->loop), &job->work, do_job, after_job) != 0) {
            refuse(job, "out of memory");
            continue;
        }
        jobs->working++;
        job->workload->triggers.working++;
    }
}

static void on_message(void *arg, nex_trigger_call *call, const nex_msg *msg) {
    run_workload *workload = arg;
    run_jobs *jobs = &workload->run->jobs;
    size_t bytes = nex_msg_copy_size(msg);
    if (jobs->count >= WAITING_MAX ||
        (jobs->count > 0 && bytes > WAITING_BYTES_MAX - jobs->bytes)) {
        nex_trigger_reply(call, "too many messages wait for this nexlet: try again later", NULL, 0);
        return;
    }
    run_job *job = calloc(1, sizeof *job);
    if (job == NULL || (job->memory = malloc(bytes)) == NULL) {
        free(job);
        nex_trigger_reply(call, "out of memory", NULL, 0);
        return;
    }
    nex_msg_copy(&job->msg, job->memory, msg);
    job->bytes = bytes;
    job->workload = workload;
    job->call = call;
    *jobs->last = job;
    jobs->last = &job->next;
    jobs->count++;
    jobs->bytes += bytes;
    run_jobs_go_on(workload->run);
}

/* ---- Triggers ----------------------------------------------------------------------------- */

void run_triggers_close(run_workload *workload) {
    run_jobs *jobs = &workload->run->jobs;
    if (workload->triggers.closed) {
        return;
    }
    workload->triggers.closed = true;
    for (size_t i = 0; i < workload->triggers.count; i++) {
        agent_trigger_close(workload->triggers.items[i]);
    }
    for (run_job **link = &jobs->first; *link != NULL;) {
        if ((*link)->workload == workload) {
            refuse(take(jobs, link), "the function is being stopped");
        } else {
            link = &(*link)->next;
        }
    }
}

void run_triggers_free(run_workload *workload) {
    run_triggers *triggers = &workload->triggers;
    if (triggers->count > 0) {
        run_triggers_close(workload);
    }
    for (size_t i = 0; i < triggers->count; i++) {
        nex_trigger_free(triggers->items[i]);
    }
    free(triggers->items);
    *triggers = (run_triggers){0};
}

typedef struct trigger_question {
    run_question base;
    const char *id;
    const char *subject;
} trigger_question;

/* The group is the function's: copies of it, on any node, share the messages. */
static nex_status add(run_workload *workload, const char *subject, nex_error *err) {
    const nex_start_workload_request *request = workload->request->request;
    run_triggers *triggers = &workload->triggers;
    nex_buf queue = NEX_BUF_INIT;
    nex_buf usual = NEX_BUF_INIT;
    nex_trigger **grown = realloc(triggers->items, (triggers->count + 1) * sizeof *grown);
    nex_status status = NEX_ENOMEM;
    if (grown != NULL) {
        triggers->items = grown;
        status = nex_buf_printf(&queue, "%s.%s", request->namespace_, request->name);
    }
    if (status == NEX_OK && subject == NULL) {
        status = nex_buf_printf(&usual, "%s.function.%s", request->namespace_, request->name);
        subject = usual.data;
    }
    if (status != NEX_OK) {
        nex_error_set(err, status, "trigger: out of memory");
    } else {
        for (char *c = queue.data; *c != '\0'; c++) {
            *c = *c == ' ' || *c == '\t' ? '_' : *c; /* the name is the user's */
        }
        status = nex_agent_trigger_add(workload->run->agent, workload->id, request->namespace_,
                                       subject, queue.data, on_message, workload,
                                       &triggers->items[triggers->count], err);
    }
    if (status == NEX_OK) {
        triggers->count++;
    }
    nex_buf_free(&queue);
    nex_buf_free(&usual);
    return status;
}

static void ask_trigger(void *arg) {
    trigger_question *q = arg;
    nex_run *run = q->base.run;
    run_workload *workload = run_find(run, q->id);
    nex_status status;
    if (run->ops->trigger == NULL) {
        status = nex_error_set(q->base.err, NEX_EINVAL, "trigger: the callback trigger is missing");
    } else if (workload == NULL || workload->ended || workload->stop_wanted) {
        status = nex_error_set(q->base.err, NEX_ESTATE,
                               "trigger: workload %s is gone, or is being stopped", q->id);
    } else {
        status = add(workload, q->subject, q->base.err);
    }
    run_answer(&q->base, status);
}

nex_status nex_run_trigger(nex_run *run, const char *workload_id, const char *subject,
                           nex_error *err) {
    trigger_question q = {.id = workload_id, .subject = subject};
    return run_ask(run, &q.base, ask_trigger, err);
}
