/*
 * client/caller.h - a client with a thread of its own, and how other threads hand it work.
 *
 * All that a client does happens on the caller's thread. A thread that calls posts a task there
 * and sleeps until the task has ended.
 */
#ifndef NEX_CLIENT_CALLER_H
#define NEX_CLIENT_CALLER_H

#include "client/op.h"

#include <pthread.h>

typedef struct caller_task caller_task;

struct nex_caller {
    nex_loop *loop;
    nex_bus *bus;
    nex_client *client;
    pthread_t thread;
    caller_task *tasks; /**< begun and not ended; the caller's thread only */
    nex_feed *feeds;    /**< the same */
    pthread_mutex_t mutex;
    pthread_cond_t changed; /**< of what follows, and of every task's `ended` */
    size_t inside;          /**< threads that wait for a task */
    bool closing;
};

/** What a thread waits for; on its stack. */
struct caller_task {
    nex_caller *caller;
    /**
     * Begins it, on the caller's thread. NEX_OK: caller_task_end comes, now or later. Anything
     * else ends it.
     */
    nex_status (*begin)(caller_task *task, nex_error *err);
    const void *options;
    void *arg;
    nex_client_op *op; /**< set by begin, for a cancel */
    nex_answer *answer;
    caller_task *prev, *next;
    nex_error error;
    nex_status status;
    bool ended;
};

/** Runs a task; *err is that of the task. Not on the caller's own thread. */
nex_status caller_run(nex_caller *caller, caller_task *task, nex_error *err);
/** The task has ended; the caller's thread only. */
void caller_task_end(caller_task *task, nex_status status);

/** Ends what waits in a feed; detach: the caller is about to be freed. */
void feed_interrupt(nex_feed *feed, bool detach);
nex_feed *feed_next(const nex_feed *feed);

#endif
