#include "client/caller.h"

#include <sched.h>
#include <stdlib.h>

/* ---- Tasks -------------------------------------------------------------------------------- */

static void link_task(caller_task *task) {
    nex_caller *caller = task->caller;
    task->next = caller->tasks;
    if (task->next) {
        task->next->prev = task;
    }
    caller->tasks = task;
}

static void unlink_task(caller_task *task) {
    if (task->prev) {
        task->prev->next = task->next;
    } else {
        task->caller->tasks = task->next;
    }
    if (task->next) {
        task->next->prev = task->prev;
    }
}

void caller_task_end(caller_task *task, nex_status status) {
    nex_caller *caller = task->caller;
    unlink_task(task);
    pthread_mutex_lock(&caller->mutex);
    task->status = status;
    task->ended = true;
    pthread_cond_broadcast(&caller->changed);
    pthread_mutex_unlock(&caller->mutex);
}

static void on_begin(void *arg) {
    caller_task *task = arg;
    link_task(task);
    nex_status status = task->begin(task, &task->error);
    if (status != NEX_OK) {
        caller_task_end(task, status);
    }
}

/* Under the mutex, so that nothing is posted behind the caller's end. */
static nex_status post(nex_caller *caller, caller_task *task, nex_error *err) {
    if (pthread_equal(pthread_self(), caller->thread)) {
        return nex_error_set(err, NEX_ESTATE,
                             "a blocking call on the caller's own thread would wait for itself");
    }
    pthread_mutex_lock(&caller->mutex);
    nex_status status =
        caller->closing ? NEX_ECANCELED : nex_loop_post(caller->loop, on_begin, task);
    caller->inside += status == NEX_OK;
    pthread_mutex_unlock(&caller->mutex);
    return status == NEX_OK ? NEX_OK
                            : nex_error_set(err, status, "%s",
                                            status == NEX_ECANCELED ? "the caller is being closed"
                                                                    : "out of memory");
}

nex_status caller_run(nex_caller *caller, caller_task *task, nex_error *err) {
    nex_error_clear(&task->error);
    task->caller = caller;
    nex_status status = post(caller, task, err);
    if (status != NEX_OK) {
        return status;
    }
    pthread_mutex_lock(&caller->mutex);
    while (!task->ended) {
        pthread_cond_wait(&caller->changed, &caller->mutex);
    }
    caller->inside--;
    pthread_cond_broadcast(&caller->changed);
    pthread_mutex_unlock(&caller->mutex);
    if (task->status == NEX_OK) {
        nex_error_clear(err);
    } else if (err) {
        *err = task->error;
    }
    return task->status;
}

static void cancel_all(void *arg) {
    nex_caller *caller = arg;
    while (caller->tasks) {
        caller_task *task = caller->tasks;
        nex_client_cancel(task->op);
        nex_error_set(&task->error, NEX_ECANCELED, "canceled");
        caller_task_end(task, NEX_ECANCELED);
    }
    for (nex_feed *feed = caller->feeds; feed; feed = feed_next(feed)) {
        feed_interrupt(feed, false);
    }
}

nex_status nex_caller_cancel(nex_caller *caller) {
    return nex_loop_post(caller->loop, cancel_all, caller);
}

/* ---- Doing --------------------------------------------------------------------------------- */

typedef struct doing {
    nex_status (*fn)(void *arg, nex_client *client, nex_error *err);
    void *arg;
} doing;

static nex_status begin_doing(caller_task *task, nex_error *err) {
    const doing *what = task->options;
    nex_status status = what->fn(what->arg, task->caller->client, err);
    if (status == NEX_OK) {
        caller_task_end(task, NEX_OK);
    }
    return status;
}

nex_status nex_caller_do(nex_caller *caller,
                         nex_status (*fn)(void *arg, nex_client *client, nex_error *err), void *arg,
                         nex_error *err) {
    doing what = {fn, arg};
    caller_task task = {.begin = begin_doing, .options = &what};
    return caller_run(caller, &task, err);
}

/* ---- Opening and closing ------------------------------------------------------------------ */

static void *run(void *arg) {
    nex_loop_run(((nex_caller *)arg)->loop);
    return NULL;
}

static void free_parts(nex_caller *caller) {
    nex_client_free(caller->client);
    nex_bus_close(caller->bus);
    nex_loop_free(caller->loop);
    pthread_cond_destroy(&caller->changed);
    pthread_mutex_destroy(&caller->mutex);
    free(caller);
}

nex_status nex_caller_open(nex_caller **out, const nex_bus_options *connection,
                           const nex_client_options *options, nex_error *err) {
    *out = NULL;
    nex_caller *caller = calloc(1, sizeof *caller);
    if (!caller) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    pthread_mutex_init(&caller->mutex, NULL);
    pthread_cond_init(&caller->changed, NULL);
    /* All of it belongs to this thread until the other one is there. */
    nex_status status = nex_loop_new(&caller->loop, err);
    if (status == NEX_OK) {
        status = nex_bus_connect(&caller->bus, caller->loop, connection, err);
    }
    if (status == NEX_OK) {
        nex_client_options own = options ? *options : (nex_client_options){0};
        own.bus = caller->bus;
        status = nex_client_new(&caller->client, &own, err);
    }
    if (status == NEX_OK && pthread_create(&caller->thread, NULL, run, caller) != 0) {
        status = nex_error_set(err, NEX_EIO, "cannot start a thread for the client");
    }
    if (status != NEX_OK) {
        free_parts(caller);
        return status;
    }
    *out = caller;
    return NEX_OK;
}

static void on_close(void *arg) {
    nex_caller *caller = arg;
    cancel_all(caller);
    nex_loop_stop(caller->loop);
}

void nex_caller_close(nex_caller *caller) {
    if (!caller) {
        return;
    }
    pthread_mutex_lock(&caller->mutex);
    caller->closing = true;
    pthread_mutex_unlock(&caller->mutex);
    while (nex_loop_post(caller->loop, on_close, caller) != NEX_OK) {
        sched_yield(); /* no memory: closing cannot fail, and the thread must be told */
    }
    pthread_join(caller->thread, NULL);
    pthread_mutex_lock(&caller->mutex);
    while (caller->inside > 0) {
        pthread_cond_wait(&caller->changed, &caller->mutex);
    }
    pthread_mutex_unlock(&caller->mutex);
    while (caller->feeds) {
        nex_feed *feed = caller->feeds;
        caller->feeds = feed_next(feed);
        feed_interrupt(feed, true);
    }
    free_parts(caller);
}
