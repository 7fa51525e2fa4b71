/*
 * The function nexlet of docs/creating-nexlets.md in the blocking style: triggers and events.
 *
 *     cc agent_reply.c $(pkg-config --cflags --libs nex) -lpthread -o nexlet-greeter
 */
#include <nex/run.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>

typedef struct greeter {
    pthread_mutex_t lock; /* messages and events come side by side */
    bool lameduck;
} greeter;

static nex_status describe(void *self, nex_register_agent_request *out, nex_error *err) {
    static const nex_workload_lifecycle function = NEX_WORKLOAD_LIFECYCLE_FUNCTION;
    (void)self;
    out->name = nex_message_strdup(out, "nexlet-greeter");
    out->register_type = nex_message_strdup(out, "greeter");
    out->version = nex_message_strdup(out, "1.0.0");
    out->start_request_schema = nex_message_strdup(out, "{\"type\":\"object\"}");
    out->supported_lifecycles.items = nex_message_alloc(out, sizeof function);
    if (out->name == NULL || out->register_type == NULL || out->version == NULL ||
        out->start_request_schema == NULL || out->supported_lifecycles.items == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    out->supported_lifecycles.items[0] = function;
    out->supported_lifecycles.count = 1;
    out->has_supported_lifecycles = true;
    return NEX_OK;
}

static nex_status start(void *self, nex_run *run, const char *workload_id,
                        const nex_agent_start_workload_request *request, bool existing,
                        nex_error *err) {
    (void)self;
    (void)request;
    (void)existing;
    return nex_run_trigger(run, workload_id, NULL, err); /* <namespace>.function.<name> */
}

/* The trigger goes with the workload: nothing is left to do. */
static void stop(void *self, nex_run *run, const char *workload_id) {
    (void)self;
    (void)run;
    (void)workload_id;
}

static nex_status trigger(void *self, nex_run *run, const char *workload_id, const nex_msg *msg,
                          nex_buf *reply, nex_error *err) {
    greeter *g = self;
    if (msg->len == 0) {
        return nex_error_set(err, NEX_EINVAL, "nobody to greet");
    }
    pthread_mutex_lock(&g->lock);
    const char *word = g->lameduck ? "goodbye" : "hello";
    pthread_mutex_unlock(&g->lock);
    nex_run_output(run, workload_id, NEX_STDOUT, "greeting\n", 9);
    return nex_buf_printf(reply, "%s %.*s", word, (int)msg->len, (const char *)msg->data);
}

static void event(void *self, nex_run *run, const nex_feed_event *event) {
    greeter *g = self;
    (void)run;
    if (strcmp(event->type, "NODELAMEDUCKSET") == 0) {
        pthread_mutex_lock(&g->lock);
        g->lameduck = true;
        pthread_mutex_unlock(&g->lock);
    }
}

int main(int argc, char **argv) {
    static const nex_run_ops ops = {
        .describe = describe, .start = start, .stop = stop, .trigger = trigger, .event = event};
    static const nex_event_filter events[] = {{.type = "NODELAMEDUCKSET"}};
    greeter g = {.lock = PTHREAD_MUTEX_INITIALIZER};
    const char *server = argc > 1 ? argv[1] : "nats://127.0.0.1:4222";
    nex_run_options options = {.agent = {.connection = {.servers = &server, .server_count = 1}},
                               .events = events,
                               .event_count = 1};
    nex_error err;
    if (nex_agent_run(&ops, &g, &options, &err) != NEX_OK) {
        fprintf(stderr, "nexlet-greeter: %s\n", err.message);
        return 1;
    }
    return 0;
}
