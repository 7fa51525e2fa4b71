/* What worker threads ask of the loop and wait for. */
#include "agent/run.h"

void run_answer(run_question *q, nex_status status) {
    uv_mutex_lock(&q->lock);
    q->status = status;
    q->done = true;
    uv_cond_signal(&q->answered);
    uv_mutex_unlock(&q->lock);
}

nex_status run_ask(nex_run *run, run_question *q, void (*ask)(void *arg), nex_error *err) {
    nex_error own;
    *q = (run_question){.run = run, .err = err != NULL ? err : &own};
    if (uv_mutex_init(&q->lock) != 0) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (uv_cond_init(&q->answered) != 0) {
        uv_mutex_destroy(&q->lock);
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    nex_status status = nex_loop_post(run->loop, ask, q);
    if (status == NEX_OK) {
        uv_mutex_lock(&q->lock);
        while (!q->done) {
            uv_cond_wait(&q->answered, &q->lock);
        }
        uv_mutex_unlock(&q->lock);
        status = q->status;
    } else {
        nex_error_set(err, status, "out of memory");
    }
    uv_cond_destroy(&q->answered);
    uv_mutex_destroy(&q->lock);
    return status;
}

/* ---- Secrets ------------------------------------------------------------------------------ */

typedef struct secret_question {
    run_question base;
    const char *namespace_;
    const char *name;
    nex_buf *out;
} secret_question;

static void on_secret(void *arg, nex_status status, const void *value, size_t len,
                      const nex_error *err) {
    secret_question *q = arg;
    if (status != NEX_OK) {
        *q->base.err = *err;
    } else if (nex_buf_append(q->out, value, len) != NEX_OK) {
        status = nex_error_set(q->base.err, NEX_ENOMEM, "secret %s: out of memory", q->name);
    }
    run_answer(&q->base, status);
}

static void ask_secret(void *arg) {
    secret_question *q = arg;
    nex_status status =
        nex_agent_get_secret(q->base.run->agent, q->namespace_, q->name, on_secret, q);
    if (status != NEX_OK) {
        nex_error_set(q->base.err, status, "secret %s: cannot ask for it: %s", q->name,
                      nex_status_name(status));
        run_answer(&q->base, status);
    }
}

nex_status nex_run_secret(nex_run *run, const char *namespace_, const char *name, nex_buf *out,
                          nex_error *err) {
    secret_question q = {.namespace_ = namespace_, .name = name, .out = out};
    return run_ask(run, &q.base, ask_secret, err);
}
