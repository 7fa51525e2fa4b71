/* Events of the blocking style: one worker thread takes them, one after the other. */
#include "agent/run.h"

#include <stdlib.h>
#include <string.h>

#define WAITING_BYTES_MAX ((size_t)8 * 1024 * 1024)
enum { WAITING_MAX = 4096 };

typedef struct run_event {
    uv_work_t work;
    nex_run *run;
    nex_feed_event event; /* its texts follow */
    size_t bytes;
    struct run_event *next;
    char texts[];
} run_event;

static void go_on(nex_run *run);

static void do_event(uv_work_t *work) {
    run_event *event = work->data;
    event->run->ops->event(event->run->self, event->run, &event->event);
}

static void after_event(uv_work_t *work, int status) {
    run_event *event = work->data;
    nex_run *run = event->run;
    (void)status; /* work is never cancelled */
    free(event);
    run->events.busy = false;
    go_on(run);
    run_check_over(run);
}

static run_event *take(run_events *events) {
    run_event *event = events->first;
    events->first = event->next;
    if (events->first == NULL) {
        events->last = &events->first;
    }
    events->count--;
    events->bytes -= event->bytes;
    return event;
}

static void go_on(nex_run *run) {
    while (!run->events.busy && run->events.first != NULL) {
        run_event *event = take(&run->events);
        event->work.data = event;
        if (uv_queue_work(nex_loop_uv(run->loop), &event->work, do_event, after_event) == 0) {
            run->events.busy = true;
        } else {
            run->events.missed++;
            free(event);
        }
    }
}

void run_events_drop(nex_run *run) {
    while (run->events.first != NULL) {
        free(take(&run->events));
    }
}

static run_event *copy(nex_run *run, const nex_feed_event *from) {
    size_t from_size = strlen(from->from) + 1;
    size_t type_size = strlen(from->type) + 1;
    size_t bytes = from_size + type_size + from->len + 1;
    run_events *events = &run->events;
    bool room = events->count == 0 ||
                (events->count < WAITING_MAX && bytes <= WAITING_BYTES_MAX - events->bytes);
    run_event *event = room ? malloc(sizeof *event + bytes) : NULL;
    if (event == NULL) {
        return NULL;
    }
    char *type = event->texts + from_size;
    char *json = type + type_size;
    memcpy(event->texts, from->from, from_size);
    memcpy(type, from->type, type_size);
    if (from->len > 0) {
        memcpy(json, from->json, from->len);
    }
    json[from->len] = '\0';
    event->run = run;
    event->bytes = bytes;
    event->next = NULL;
    event->event = (nex_feed_event){.from = event->texts,
                                    .type = type,
                                    .json = json,
                                    .len = from->len,
                                    .missed = from->missed + events->missed};
    return event;
}

static void on_event(void *arg, const nex_feed_event *from) {
    nex_run *run = arg;
    if (run->ending) {
        return;
    }
    run_event *event = copy(run, from);
    if (event == NULL) {
        if (run->events.missed++ == 0) {
            nex_log_write(run->log, NEX_LOG_WARN, "events dropped: too many wait for the nexlet",
                          "type", from->type, "from", from->from, NULL);
        }
        return;
    }
    run->events.missed = 0;
    *run->events.last = event;
    run->events.last = &event->next;
    run->events.count++;
    run->events.bytes += event->bytes;
    go_on(run);
}

void run_event_own(void *self, const void *data, size_t len) {
    nex_run *run = self;
    nex_feed_event event = {
        .from = nex_agent_id(run->agent), .type = "", .json = len > 0 ? data : "", .len = len};
    on_event(run, &event);
}

nex_status run_events_begin(nex_run *run, const nex_run_options *options, nex_error *err) {
    run->events.last = &run->events.first;
    for (size_t i = 0; options != NULL && i < options->event_count; i++) {
        nex_listener *listener = NULL; /* lives as long as the agent */
        nex_status status =
            nex_agent_listen(run->agent, &options->events[i], on_event, run, &listener, err);
        if (status != NEX_OK) {
            return status;
        }
    }
    return NEX_OK;
}
