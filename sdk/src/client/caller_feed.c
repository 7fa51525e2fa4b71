/* Feeds of a caller: what the caller's thread hears waits in a bounded queue until it is taken. */
#include "client/caller.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WAITING_MAX ((size_t)8 * 1024 * 1024)

/* One piece, with its texts behind it. */
typedef struct piece {
    struct piece *next;
    size_t size;
    nex_feed_output output;
    nex_feed_event event;
    char texts[];
} piece;

struct nex_feed {
    nex_caller *caller; /**< NULL: closed */
    nex_feed *prev, *next;
    nex_client_op *op;
    bool events;
    pthread_mutex_t mutex; /**< of all below */
    pthread_cond_t changed;
    piece *first;
    piece **last;
    piece *taken; /**< what the last call handed out */
    size_t waiting;
    uint64_t missed;
    bool interrupted;
    bool closed;
};

nex_feed *feed_next(const nex_feed *feed) {
    return feed->next;
}

void feed_interrupt(nex_feed *feed, bool detach) {
    pthread_mutex_lock(&feed->mutex);
    feed->interrupted = true;
    if (detach) {
        feed->closed = true;
        feed->caller = NULL;
        feed->op = NULL;
    }
    pthread_cond_broadcast(&feed->changed);
    pthread_mutex_unlock(&feed->mutex);
}

/* ---- The caller's thread: in -------------------------------------------------------------- */

static char *put(char **at, const void *text, size_t len) {
    char *here = *at;
    if (len > 0) {
        memcpy(here, text, len);
    }
    here[len] = '\0';
    *at += len + 1;
    return here;
}

/* A piece with room for its texts; NULL when it is to be dropped. Mutex held. */
static piece *make_room(nex_feed *feed, size_t texts, uint64_t missed) {
    feed->missed += missed;
    size_t size = sizeof(piece) + texts;
    piece *made = size <= WAITING_MAX - feed->waiting ? malloc(size) : NULL;
    if (!made) {
        feed->missed++;
        return NULL;
    }
    made->next = NULL;
    made->size = size;
    return made;
}

static void add(nex_feed *feed, piece *made) {
    *feed->last = made;
    feed->last = &made->next;
    feed->waiting += made->size;
    feed->missed = 0;
    pthread_cond_signal(&feed->changed);
}

static void on_output(void *arg, const nex_feed_output *o) {
    nex_feed *feed = arg;
    size_t namespace_ = strlen(o->namespace_), id = strlen(o->workload_id);
    size_t stream = strlen(o->stream);
    pthread_mutex_lock(&feed->mutex);
    piece *made = make_room(feed, namespace_ + id + stream + o->len + 4, o->missed);
    if (made) {
        char *at = made->texts;
        made->output = (nex_feed_output){.missed = feed->missed, .len = o->len};
        made->output.namespace_ = put(&at, o->namespace_, namespace_);
        made->output.workload_id = put(&at, o->workload_id, id);
        made->output.stream = put(&at, o->stream, stream);
        made->output.data = put(&at, o->data, o->len);
        add(feed, made);
    }
    pthread_mutex_unlock(&feed->mutex);
}

static void on_event(void *arg, const nex_feed_event *e) {
    nex_feed *feed = arg;
    size_t from = strlen(e->from), type = strlen(e->type);
    pthread_mutex_lock(&feed->mutex);
    piece *made = make_room(feed, from + type + e->len + 3, e->missed);
    if (made) {
        char *at = made->texts;
        made->event = (nex_feed_event){.missed = feed->missed, .len = e->len};
        made->event.from = put(&at, e->from, from);
        made->event.type = put(&at, e->type, type);
        made->event.json = put(&at, e->json, e->len);
        add(feed, made);
    }
    pthread_mutex_unlock(&feed->mutex);
}

static nex_status begin_follow(caller_task *task, nex_error *err) {
    nex_feed *feed = task->arg;
    nex_caller *caller = task->caller;
    nex_status status = feed->events ? nex_client_follow_events(caller->client, task->options,
                                                                on_event, feed, &feed->op, err)
                                     : nex_client_follow_logs(caller->client, task->options,
                                                              on_output, feed, &feed->op, err);
    if (status == NEX_OK) {
        feed->next = caller->feeds;
        if (feed->next) {
            feed->next->prev = feed;
        }
        caller->feeds = feed;
        caller_task_end(task, NEX_OK);
    }
    return status;
}

static nex_status begin_unfollow(caller_task *task, nex_error *err) {
    nex_feed *feed = task->arg;
    (void)err;
    nex_client_cancel(feed->op);
    feed->op = NULL;
    if (feed->prev) {
        feed->prev->next = feed->next;
    } else {
        task->caller->feeds = feed->next;
    }
    if (feed->next) {
        feed->next->prev = feed->prev;
    }
    caller_task_end(task, NEX_OK);
    return NEX_OK;
}

/* ---- Other threads: out ------------------------------------------------------------------- */

static void free_feed(nex_feed *feed) {
    while (feed->first) {
        piece *first = feed->first;
        feed->first = first->next;
        free(first);
    }
    free(feed->taken);
    pthread_cond_destroy(&feed->changed);
    pthread_mutex_destroy(&feed->mutex);
    free(feed);
}

static nex_status follow(nex_caller *caller, bool events, const char *what, nex_feed **out,
                         nex_error *err) {
    *out = NULL;
    nex_feed *feed = calloc(1, sizeof *feed);
    if (!feed) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&feed->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&feed->mutex, NULL);
    feed->caller = caller;
    feed->events = events;
    feed->last = &feed->first;
    caller_task task = {.begin = begin_follow, .options = what, .arg = feed};
    nex_status status = caller_run(caller, &task, err);
    if (status != NEX_OK) {
        free_feed(feed);
        return status;
    }
    *out = feed;
    return NEX_OK;
}

nex_status nex_caller_follow_logs(nex_caller *caller, const char *workload_id, nex_feed **out,
                                  nex_error *err) {
    return follow(caller, false, workload_id, out, err);
}

nex_status nex_caller_follow_events(nex_caller *caller, const char *type, nex_feed **out,
                                    nex_error *err) {
    return follow(caller, true, type, out, err);
}

static struct timespec deadline_in(nex_duration timeout) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    nex_duration ns = until.tv_nsec + (timeout > 0 ? timeout % NEX_SECOND : 0);
    until.tv_sec += (time_t)((timeout > 0 ? timeout / NEX_SECOND : 0) + ns / NEX_SECOND);
    until.tv_nsec = (long)(ns % NEX_SECOND);
    return until;
}

static nex_status take(nex_feed *feed, nex_duration timeout) {
    struct timespec until = deadline_in(timeout);
    nex_status status = NEX_OK;
    pthread_mutex_lock(&feed->mutex);
    free(feed->taken);
    feed->taken = NULL;
    int waited = 0;
    while (!feed->first && !feed->interrupted && waited != ETIMEDOUT) {
        waited = pthread_cond_timedwait(&feed->changed, &feed->mutex, &until);
    }
    if (feed->interrupted) {
        feed->interrupted = feed->closed;
        status = NEX_ECANCELED;
    } else if (!feed->first) {
        status = NEX_ETIMEOUT;
    } else {
        feed->taken = feed->first;
        feed->first = feed->taken->next;
        if (!feed->first) {
            feed->last = &feed->first;
        }
        feed->waiting -= feed->taken->size;
    }
    pthread_mutex_unlock(&feed->mutex);
    return status;
}

nex_status nex_feed_next_output(nex_feed *feed, nex_duration timeout, nex_feed_output *out) {
    nex_status status = feed->events ? NEX_ESTATE : take(feed, timeout);
    if (status == NEX_OK) {
        *out = feed->taken->output;
    }
    return status;
}

nex_status nex_feed_next_event(nex_feed *feed, nex_duration timeout, nex_feed_event *out) {
    nex_status status = feed->events ? take(feed, timeout) : NEX_ESTATE;
    if (status == NEX_OK) {
        *out = feed->taken->event;
    }
    return status;
}

void nex_feed_free(nex_feed *feed) {
    if (!feed) {
        return;
    }
    pthread_mutex_lock(&feed->mutex);
    nex_caller *caller = feed->caller;
    pthread_mutex_unlock(&feed->mutex);
    nex_status status = NEX_ENOMEM;
    /* Even without memory: the caller's thread must not go on writing here. */
    while (caller && status == NEX_ENOMEM) {
        caller_task task = {.begin = begin_unfollow, .arg = feed};
        status = caller_run(caller, &task, NULL);
    }
    pthread_mutex_lock(&feed->mutex);
    while (status == NEX_ECANCELED && !feed->closed) { /* the caller is just being closed */
        pthread_cond_wait(&feed->changed, &feed->mutex);
    }
    pthread_mutex_unlock(&feed->mutex);
    free_feed(feed);
}
