/*
 * The nexlet of docs/creating-nexlets.md on the event loop: output, metrics, events, triggers,
 * secrets, ingress.
 *
 *     cc agent_pulse.c $(pkg-config --cflags --libs nex) -o nexlet-pulse
 */
#include <nex/agent.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct pulse pulse;

typedef struct workload {
    pulse *nexlet;
    char *id;
    nex_start_workload_request *request; /* for lists and clones, as it came */
    nex_string_map environment;          /* with secrets in their places */
    nex_agent_call *starting;            /* waits for the secrets */
    nex_timer *timer;                    /* services */
    nex_trigger *trigger;                /* functions */
    nex_writer *out;
    unsigned beats;
    char started[NEX_TIME_TEXT_SIZE];
    struct workload *next;
} workload;

struct pulse {
    nex_loop *loop;
    nex_agent *agent;
    workload *workloads;
    bool lameduck;
};

static const char schema[] =
    "{\"type\":\"object\",\"properties\":{"
    "\"environment\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}},"
    "\"port\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":65535}},"
    "\"additionalProperties\":false}";

static nex_status on_register(void *self, nex_register_agent_request *out, nex_error *err) {
    static const nex_workload_lifecycle lifecycles[] = {NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                                        NEX_WORKLOAD_LIFECYCLE_FUNCTION};
    (void)self;
    out->name = nex_message_strdup(out, "nexlet-pulse");
    out->register_type = nex_message_strdup(out, "pulse");
    out->version = nex_message_strdup(out, "1.0.0");
    out->start_request_schema = nex_message_strdup(out, schema);
    out->supported_lifecycles.items = nex_message_alloc(out, sizeof lifecycles);
    if (out->name == NULL || out->register_type == NULL || out->version == NULL ||
        out->start_request_schema == NULL || out->supported_lifecycles.items == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    memcpy(out->supported_lifecycles.items, lifecycles, sizeof lifecycles);
    out->supported_lifecycles.count = 2;
    out->has_supported_lifecycles = true;
    return NEX_OK;
}

static nex_status on_heartbeat(void *self, nex_agent_heartbeat *out, nex_error *err) {
    const pulse *p = self;
    for (const workload *w = p->workloads; w != NULL; w = w->next) {
        out->summary->workload_count++;
    }
    out->summary->state = nex_message_strdup(out, p->lameduck ? "lameduck" : "running");
    return out->summary->state != NULL ? NEX_OK : nex_error_set(err, NEX_ENOMEM, "out of memory");
}

static void say(const workload *w, const char *text) {
    nex_writer_write(w->out, text, strlen(text));
}

static void beat(void *arg) {
    workload *w = arg;
    char metrics[64];
    w->beats++;
    say(w, "beat\n");
    int len = snprintf(metrics, sizeof metrics, "{\"beats\":%u}", w->beats);
    nex_agent_output(w->nexlet->agent, w->id, w->request->namespace_, NEX_METRICS, metrics,
                     (size_t)len);
}

static void emit_started(const workload *w) {
    nex_workload_started_event event = {.id = w->id,
                                        .namespace_ = w->request->namespace_,
                                        .workload_type = w->request->workload_type};
    nex_agent_emit_started(w->nexlet->agent, w->request->namespace_, &event);
}

static void emit_stopped(const workload *w) {
    nex_workload_stopped_event event = {.id = w->id,
                                        .namespace_ = w->request->namespace_,
                                        .workload_type = w->request->workload_type};
    nex_agent_emit_stopped(w->nexlet->agent, w->request->namespace_, &event);
}

static void on_trigger(void *arg, nex_trigger_call *call, const nex_msg *msg) {
    const workload *w = arg;
    const char *greeting = nex_string_map_get(&w->environment, "GREETING");
    if (msg->len == 0) {
        nex_trigger_reply(call, "nobody to greet", NULL, 0);
        return;
    }
    nex_buf reply = NEX_BUF_INIT;
    if (nex_buf_printf(&reply, "%s %.*s", greeting != NULL ? greeting : "hello", (int)msg->len,
                       (const char *)msg->data) == NEX_OK) {
        nex_trigger_reply(call, NULL, reply.data, reply.len);
    } else {
        nex_trigger_reply(call, "out of memory", NULL, 0);
    }
    nex_buf_free(&reply);
}

static workload *find(const pulse *p, const char *id) {
    workload *w = p->workloads;
    while (w != NULL && strcmp(w->id, id) != 0) {
        w = w->next;
    }
    return w;
}

static void forget(workload *w) {
    for (workload **at = &w->nexlet->workloads; *at != NULL; at = &(*at)->next) {
        if (*at == w) {
            *at = w->next;
            break;
        }
    }
    nex_timer_free(w->timer);
    nex_trigger_free(w->trigger);
    nex_writer_free(w->out);
    nex_string_map_free(&w->environment);
    nex_start_workload_request_free(w->request);
    free(w->id);
    free(w);
}

static nex_status begin(workload *w, nex_error *err) {
    const nex_start_workload_request *request = w->request;
    if (request->workload_lifecycle == NEX_WORKLOAD_LIFECYCLE_FUNCTION) {
        char subject[512];
        snprintf(subject, sizeof subject, "%s.function.%s", request->namespace_, request->name);
        return nex_agent_trigger_add(w->nexlet->agent, w->id, request->namespace_, subject,
                                     request->name, on_trigger, w, &w->trigger, err);
    }
    nex_status status = nex_timer_new(w->nexlet->loop, &w->timer, beat, w);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "no timer");
    }
    nex_timer_start(w->timer, 0, NEX_SECOND);
    return NEX_OK;
}

static void on_resolved(void *arg, nex_status status, const nex_error *why) {
    workload *w = arg;
    nex_error err = *why;
    nex_agent_call *call = w->starting;
    w->starting = NULL;
    if (status == NEX_OK) {
        status = begin(w, &err);
    }
    if (status != NEX_OK) {
        nex_agent_fail(call, "%s", err.message);
        forget(w);
        return;
    }
    emit_started(w);
    nex_agent_answer_start(call, w->id, w->request->name);
}

static void copy_environment(workload *w) {
    json_t *start = json_loads(w->request->run_request, 0, NULL);
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(start, "environment"), key, value) {
        nex_string_map_set(&w->environment, key, json_string_value(value));
    }
    json_decref(start);
}

static void on_start(void *self, const char *workload_id,
                     const nex_agent_start_workload_request *request, bool existing,
                     nex_agent_call *call) {
    pulse *p = self;
    workload *w = find(p, workload_id);
    if (w != NULL) {
        nex_agent_answer_start(call, w->id, w->request->name);
        return;
    }
    if (p->lameduck && !existing) {
        nex_agent_fail(call, "the nexlet takes no new work");
        return;
    }
    w = calloc(1, sizeof *w);
    if (w == NULL || (w->id = strdup(workload_id)) == NULL ||
        nex_start_workload_request_clone(request->request, &w->request) != NEX_OK ||
        nex_writer_new(&w->out, p->agent, w->id, w->request->namespace_, NEX_STDOUT) != NEX_OK) {
        if (w != NULL) {
            nex_start_workload_request_free(w->request);
            free(w->id);
        }
        free(w);
        nex_agent_fail(call, "out of memory");
        return;
    }
    w->nexlet = p;
    w->starting = call;
    nex_time_format(nex_loop_time(p->loop), w->started);
    w->next = p->workloads;
    p->workloads = w;
    copy_environment(w);
    if (nex_agent_resolve_secrets(p->agent, w->request->namespace_, &w->environment, NULL,
                                  on_resolved, w) != NEX_OK) {
        nex_agent_fail(call, "out of memory");
        forget(w);
    }
}

static void on_stop(void *self, const char *workload_id, const nex_stop_workload_request *request,
                    nex_agent_call *call) {
    workload *w = find(self, workload_id);
    (void)request;
    if (w == NULL || w->starting != NULL) {
        nex_agent_fail(call, "workload %s is not running", workload_id);
        return;
    }
    emit_stopped(w);
    forget(w);
    nex_agent_answer_stop(call);
}

static bool on_has(void *self, const char *workload_id, const char *namespace_) {
    const workload *w = find(self, workload_id);
    return w != NULL && (namespace_ == NULL || strcmp(w->request->namespace_, namespace_) == 0);
}

/* The runner seals the environment for whoever asked. */
static void on_get(void *self, const char *workload_id, const char *namespace_,
                   const char *target_xkey, nex_agent_call *call) {
    const workload *w = find(self, workload_id);
    bool known = w != NULL && (strcmp(namespace_, "system") == 0 ||
                               strcmp(namespace_, w->request->namespace_) == 0);
    (void)target_xkey;
    nex_agent_answer_get(call, known ? w->request : NULL);
}

static bool wanted(const workload *w, const char *namespace_, const nex_string_list *filter) {
    bool found = filter->count == 0;
    for (size_t i = 0; i < filter->count && !found; i++) {
        found =
            strcmp(filter->items[i], w->id) == 0 || strcmp(filter->items[i], w->request->name) == 0;
    }
    return found &&
           (strcmp(namespace_, "system") == 0 || strcmp(namespace_, w->request->namespace_) == 0);
}

static void on_query(void *self, const char *namespace_, const nex_string_list *filter,
                     nex_agent_call *call) {
    pulse *p = self;
    nex_workload_summary items[256];
    size_t count = 0;
    for (workload *w = p->workloads; w != NULL && count < 256; w = w->next) {
        if (wanted(w, namespace_, filter)) {
            const char *lifecycle = nex_workload_lifecycle_text(w->request->workload_lifecycle);
            items[count++] = (nex_workload_summary){.id = w->id,
                                                    .namespace_ = w->request->namespace_,
                                                    .name = w->request->name,
                                                    .start_time = w->started,
                                                    .runtime = (char *)"--",
                                                    .workload_type = w->request->workload_type,
                                                    .workload_lifecycle = (char *)lifecycle,
                                                    .workload_state = NEX_WORKLOAD_STATE_RUNNING,
                                                    .tags = w->request->tags};
        }
    }
    nex_agent_list_workloads_response list = {.items = items, .count = count};
    nex_agent_answer_query(call, &list);
}

static void on_lameduck(void *self, nex_duration delay, nex_agent_call *call) {
    pulse *p = self;
    (void)delay;
    p->lameduck = true;
    nex_agent_answer_lameduck(call);
}

static int on_port(void *self, const char *workload_id) {
    const workload *w = find(self, workload_id);
    json_t *start = w != NULL ? json_loads(w->request->run_request, 0, NULL) : NULL;
    int port = (int)json_integer_value(json_object_get(start, "port"));
    json_decref(start);
    return port;
}

static void on_event(void *self, const void *data, size_t len) {
    const pulse *p = self;
    char text[256];
    snprintf(text, sizeof text, "event: %.*s\n", (int)len, (const char *)data);
    for (const workload *w = p->workloads; w != NULL; w = w->next) {
        say(w, text);
    }
}

static void on_node_lameduck(void *arg, const nex_feed_event *event) {
    on_event(arg, event->json, event->len);
}

static const nex_agent_ops ops = {.register_agent = on_register,
                                  .heartbeat = on_heartbeat,
                                  .start_workload = on_start,
                                  .stop_workload = on_stop,
                                  .get_workload = on_get,
                                  .query_workloads = on_query,
                                  .set_lameduck = on_lameduck,
                                  .has_workload = on_has,
                                  .workload_port = on_port,
                                  .event = on_event};

int main(int argc, char **argv) {
    const char *server = argc > 1 ? argv[1] : "nats://127.0.0.1:4222";
    pulse p = {0};
    nex_error err;
    nex_agent_options options;
    nex_status status = nex_agent_options_from_env(&options, &err);
    if (status == NEX_ENOTFOUND) { /* no node started this program */
        options = (nex_agent_options){
            .mode = NEX_AGENT_REMOTE,
            .identity_file = argc > 2 ? argv[2] : NULL,
            .connection = {.servers = &server, .server_count = 1, .keep_trying = true}};
        status = NEX_OK;
    }
    options.ingress_address = "127.0.0.1";
    if (status == NEX_OK) {
        status = nex_loop_new(&p.loop, &err);
        options.loop = p.loop;
    }
    if (status == NEX_OK) {
        status = nex_agent_new(&p.agent, &ops, &p, &options, &err);
    }
    if (options.mode == NEX_AGENT_LOCAL) {
        nex_agent_options_free(&options); /* the agent has copied them */
    }
    if (status == NEX_OK) {
        const nex_event_filter filter = {.type = "NODELAMEDUCKSET"};
        nex_listener *listener; /* lives as long as the agent */
        status = nex_agent_listen(p.agent, &filter, on_node_lameduck, &p, &listener, &err);
    }
    if (status == NEX_OK) {
        status = nex_agent_start(p.agent, &err);
    }
    if (status != NEX_OK) {
        fprintf(stderr, "nexlet-pulse: %s\n", err.message);
        return 1;
    }
    nex_loop_run(p.loop); /* until somebody calls nex_loop_stop */
    while (p.workloads != NULL) {
        forget(p.workloads);
    }
    nex_agent_stop(p.agent, "ended");
    nex_agent_free(p.agent);
    nex_loop_free(p.loop);
    return 0;
}
