/* The nexlet as its runner sees it: the callbacks, and what concerns all workloads. */
#include "native/workload.h"

#include "native/artifact_cache.h"
#include "native/cgroup.h"
#include "native/process_monitor.h"
#include "native/web_probe.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#define NEXLET_NAME        "nexlet-native"
#define NEXLET_DESCRIPTION "Runs programs of the host as processes"

/* An ordered end of a node has ten seconds in all. */
#define STOP_ALL_GRACE   (7 * NEX_SECOND)
#define METRICS_INTERVAL (10 * NEX_SECOND)
#define KEEP_DONE        NEX_HOUR

/* The text of start_request.json, embedded by the build. */
extern const char native_start_request_schema[];
extern const size_t native_start_request_schema_len;

/* ---- Callbacks ------------------------------------------------------------------------------ */

static int64_t count_active(const nex_native *native) {
    int64_t count = 0;
    for (const native_workload *w = native->workloads; w != NULL; w = w->hh.next) {
        count += native_workload_active(w) ? 1 : 0;
    }
    return count;
}

/* The schema travels with every bid: without the white space of the file. */
static char *compact_schema(void *message) {
    json_t *schema =
        json_loadb(native_start_request_schema, native_start_request_schema_len, 0, NULL);
    char *text = schema != NULL ? json_dumps(schema, JSON_COMPACT | JSON_PRESERVE_ORDER) : NULL;
    char *out = nex_message_strdup(message, text);
    free(text);
    json_decref(schema);
    return out;
}

static nex_status on_register(void *self, nex_register_agent_request *out, nex_error *err) {
    static const nex_workload_lifecycle lifecycles[] = {NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                                        NEX_WORKLOAD_LIFECYCLE_JOB,
                                                        NEX_WORKLOAD_LIFECYCLE_FUNCTION};
    const nex_native *native = self;
    out->name = nex_message_strdup(out, NEXLET_NAME);
    out->register_type = nex_message_strdup(out, NATIVE_TYPE);
    out->description = nex_message_strdup(out, NEXLET_DESCRIPTION);
    out->version = nex_message_strdup(out, nex_version());
    out->max_workloads = native->max_workloads;
    out->start_request_schema = compact_schema(out);
    out->supported_lifecycles.items = nex_message_alloc(out, sizeof lifecycles);
    if (out->name == NULL || out->register_type == NULL || out->description == NULL ||
        out->version == NULL || out->start_request_schema == NULL ||
        out->supported_lifecycles.items == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "native nexlet: out of memory");
    }
    memcpy(out->supported_lifecycles.items, lifecycles, sizeof lifecycles);
    out->supported_lifecycles.count = sizeof lifecycles / sizeof lifecycles[0];
    out->has_supported_lifecycles = true;
    return NEX_OK;
}

static size_t count_namespaces(const nex_native *native) {
    size_t count = 0;
    for (const native_workload *w = native->workloads; w != NULL; w = w->hh.next) {
        const native_workload *other = native->workloads;
        while (other != w && strcmp(other->namespace_, w->namespace_) != 0) {
            other = other->hh.next;
        }
        count += other == w ? 1 : 0;
    }
    return count;
}

static nex_status on_heartbeat(void *self, nex_agent_heartbeat *out, nex_error *err) {
    const nex_native *native = self;
    nex_buf data = NEX_BUF_INIT;
    nex_status status =
        nex_buf_printf(&data, "{\"namespace_count\":%zu,\"register_type\":\"" NATIVE_TYPE "\"}",
                       count_namespaces(native));
    out->summary->workload_count = count_active(native);
    out->summary->state = nex_message_strdup(out, native->lameduck ? "lameduck" : "running");
    out->data = nex_message_strdup(out, data.data);
    nex_buf_free(&data);
    if (status != NEX_OK || out->summary->state == NULL || out->data == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "native nexlet: out of memory");
    }
    return NEX_OK;
}

static void start_again(native_workload *workload, nex_agent_call *call) {
    if (workload->phase == NATIVE_STOPPING) {
        nex_agent_fail(call, "workload %s is being stopped", workload->id);
    } else if (workload->phase == NATIVE_STARTING && !workload->answered) {
        (void)native_calls_add(&workload->starts, call);
    } else {
        nex_agent_answer_start(call, workload->id, workload->name);
    }
}

/* NULL when a new workload may be started. */
static const char *refusal(const nex_native *native) {
    if (native->lameduck) {
        return "the nexlet is in lame duck mode and takes no new work";
    }
    if (native->stopping_all) {
        return "the nexlet is stopping";
    }
    if (native->max_workloads > 0 && count_active(native) >= native->max_workloads) {
        return "the nexlet runs as many workloads as it may";
    }
    return NULL;
}

/*
 * A node that asks for it all the same has lost the record of its end. It gets the answer of a
 * start, since after a refusal it would be asked for again and again.
 */
static bool is_retired(const nex_native *native, const char *workload_id, bool existing,
                       nex_agent_call *call) {
    const nex_process_layer *layer = &native->processes;
    if (!layer->ops->retired(layer->self, workload_id)) {
        return false;
    }
    nex_log_write(native->log, NEX_LOG_WARN,
                  "a workload that was stopped, or has ended for good, is asked for: it is not "
                  "started",
                  "workload_id", workload_id, NULL);
    if (existing) {
        nex_agent_answer_start(call, NULL, NULL);
    } else {
        nex_agent_fail(call, "workload %s was stopped: it is not started again under this id",
                       workload_id);
    }
    return true;
}

static nex_status begin(native_workload *workload, bool existing, nex_error *err) {
    bool function = workload->lifecycle == NEX_WORKLOAD_LIFECYCLE_FUNCTION;
    if (existing && !function && native_workload_adopt(workload, err) == NEX_OK) {
        return NEX_OK;
    }
    return native_workload_start(workload, err);
}

static void on_start(void *self, const char *workload_id,
                     const nex_agent_start_workload_request *request, bool existing,
                     nex_agent_call *call) {
    nex_native *native = self;
    nex_error err;
    native_workload *workload = native_workload_find(native, workload_id);
    if (workload != NULL) {
        if (existing) {
            native_workload_renew(workload, request);
        }
        start_again(workload, call);
        return;
    }
    if (is_retired(native, workload_id, existing, call)) {
        return;
    }
    const char *refused = existing ? NULL : refusal(native);
    if (refused != NULL) {
        nex_agent_fail(call, "%s", refused);
        return;
    }
    if (native_workload_new(native, workload_id, request, &workload, &err) != NEX_OK) {
        nex_agent_fail(call, "%s", err.message);
        return;
    }
    if (native_calls_add(&workload->starts, call) != NEX_OK) {
        native_workload_free(workload);
        return;
    }
    if (begin(workload, existing, &err) != NEX_OK) {
        native_calls_failed(&workload->starts, err.message);
        workload->phase = NATIVE_STARTING;
        native_workload_gone(workload);
    }
}

static void on_stop(void *self, const char *workload_id, const nex_stop_workload_request *request,
                    nex_agent_call *call) {
    (void)request;
    native_workload *workload = native_workload_find(self, workload_id);
    if (workload == NULL) {
        nex_agent_fail(call, "workload not found");
        return;
    }
    native_workload_retire(workload);
    native_workload_stop(workload, call, 0);
}

static bool on_has(void *self, const char *workload_id, const char *namespace_) {
    const native_workload *workload = native_workload_find(self, workload_id);
    return workload != NULL &&
           (namespace_ == NULL || strcmp(namespace_, workload->namespace_) == 0);
}

static void on_get(void *self, const char *workload_id, const char *namespace_,
                   const char *target_xkey, nex_agent_call *call) {
    (void)target_xkey;
    const native_workload *workload = native_workload_find(self, workload_id);
    bool known = workload != NULL && (strcmp(namespace_, "system") == 0 ||
                                      strcmp(namespace_, workload->namespace_) == 0);
    nex_agent_answer_get(call, known ? workload->request->request : NULL);
}

static void on_query(void *self, const char *namespace_, const nex_string_list *filter,
                     nex_agent_call *call) {
    nex_agent_list_workloads_response *list = NULL;
    if (native_list(self, namespace_, filter, &list) != NEX_OK) {
        nex_agent_fail(call, "out of memory");
        return;
    }
    nex_agent_answer_query(call, list);
    nex_agent_list_workloads_response_free(list);
}

static void on_logs(void *self, const char *workload_id, const nex_workload_logs_request *request,
                    nex_agent_call *call) {
    native_workload *workload = native_workload_find(self, workload_id);
    if (workload == NULL) {
        nex_agent_fail(call, "workload not found");
        return;
    }
    native_logs(workload, request, call);
}

static void on_lameduck(void *self, nex_duration delay, nex_agent_call *call) {
    nex_native *native = self;
    native->lameduck = true;
    nex_timer_start(native->lameduck_end, delay > 0 ? delay : 0, 0);
    nex_agent_answer_lameduck(call);
}

static int on_port(void *self, const char *workload_id) {
    const native_workload *workload = native_workload_find(self, workload_id);
    if (workload == NULL || workload->start->expose_ports.count == 0) {
        return 0;
    }
    int64_t port = workload->start->expose_ports.items[0];
    return port > 0 && port < 65536 ? (int)port : 0;
}

static void resume_output(void *arg) {
    nex_native *native = arg;
    for (native_workload *w = native->workloads; w != NULL; w = w->hh.next) {
        if (w->refused && w->process != NULL) {
            w->refused = false;
            native->processes.ops->resume(native->processes.self, w->process);
        }
    }
}

/* Functions that were found on record: their secrets can be had once there is a node. */
static void start_functions(nex_native *native) {
    native_workload *workload;
    native_workload *next;
    HASH_ITER(hh, native->workloads, workload, next) {
        nex_error err;
        bool waits = workload->lifecycle == NEX_WORKLOAD_LIFECYCLE_FUNCTION &&
                     workload->phase == NATIVE_STARTING && workload->answered &&
                     workload->function == NULL && workload->resolution == NULL;
        if (waits && native_workload_start(workload, &err) != NEX_OK) {
            workload->phase = NATIVE_FAILED;
            workload->reason = strdup(err.message);
            nex_log_write(native->log, NEX_LOG_ERROR, "function not restored", "workload_id",
                          workload->id, "reason", err.message, NULL);
        }
    }
}

static void on_registered(void *self, const char *node_id, const char *agent_id) {
    (void)node_id;
    (void)agent_id;
    start_functions(self);
    native_emit_due(self);
    resume_output(self);
}

static const nex_agent_ops native_ops = {.register_agent = on_register,
                                         .heartbeat = on_heartbeat,
                                         .start_workload = on_start,
                                         .stop_workload = on_stop,
                                         .get_workload = on_get,
                                         .query_workloads = on_query,
                                         .set_lameduck = on_lameduck,
                                         .read_logs = on_logs,
                                         .has_workload = on_has,
                                         .workload_port = on_port,
                                         .registered = on_registered};

const nex_agent_ops *nex_native_ops(void) {
    return &native_ops;
}

/* ---- All workloads -------------------------------------------------------------------------- */

void nex_native_stop_all(nex_native *native, void (*done)(void *arg), void *arg) {
    native_workload *workload;
    native_workload *next;
    HASH_ITER(hh, native->workloads, workload, next) {
        if (native_workload_active(workload)) {
            native_workload_stop(workload, NULL, STOP_ALL_GRACE);
        }
    }
    if (count_active(native) > 0) {
        native->stopping_all = true;
        native->stopped_all = done;
        native->stopped_all_arg = arg;
    } else if (done != NULL && nex_loop_post(native->loop, done, arg) != NEX_OK) {
        done(arg);
    }
}

static void on_lameduck_end(void *arg) {
    nex_native *native = arg;
    if (!native->stopping_all) {
        nex_native_stop_all(native, NULL, NULL);
    }
}

/* ---- Finding workloads again ---------------------------------------------------------------- */

/* A run that ended unseen counts towards giving up unless it was a healthy one. */
static void take_exit(native_workload *workload, const nex_process_exit *exit) {
    nex_duration lasted = nex_time_sub(exit->ended, exit->started);
    workload->answered = true;
    workload->restarts.failures = lasted >= workload->policy.reset_after ? 0 : exit->failures;
    workload->has_exit = true;
    workload->exit = *exit;
    workload->run.run = exit->run;
    workload->run.started = exit->started;
}

static void recover_active(native_workload *workload, const nex_process_record *record) {
    nex_native *native = workload->native;
    nex_error err;
    if (workload->lifecycle == NEX_WORKLOAD_LIFECYCLE_FUNCTION) {
        workload->answered = true; /* start_functions does the rest */
        return;
    }
    switch (record->found) {
    case NEX_PROCESS_LIVE:
    case NEX_PROCESS_LOST:
        if (native_workload_adopt(workload, &err) == NEX_OK) {
            return;
        }
        nex_log_write(native->log, NEX_LOG_ERROR, "workload not adopted", "workload_id",
                      workload->id, "reason", err.message, NULL);
        native_workload_free(workload);
        return;
    case NEX_PROCESS_ENDED:
        take_exit(workload, &record->exit);
        native_workload_ended(workload, &record->exit);
        return;
    case NEX_PROCESS_NONE:
        /* Its start was never answered. */
        native_workload_gone(workload);
        return;
    case NEX_PROCESS_DAMAGED:
        workload->answered = true;
        workload->phase = NATIVE_FAILED;
        workload->reason = strdup("the record of its run is damaged, and no monitor holds it: it "
                                  "is not started, since it may run");
        nex_log_write(native->log, NEX_LOG_ERROR, "workload failed", "workload_id", workload->id,
                      "reason", workload->reason, NULL);
        /* The damaged one is aside: the next nexlet would take it for one that never ran. */
        if (native_saved_write(workload, &err) != NEX_OK) {
            nex_log_write(native->log, NEX_LOG_ERROR, err.message, "workload_id", workload->id,
                          NULL);
        }
        return;
    }
}

/* Its stop was cut short: it goes on. */
static void recover_retired(native_workload *workload, const nex_process_record *record) {
    nex_error err;
    bool may_run = record->found == NEX_PROCESS_LIVE || record->found == NEX_PROCESS_LOST;
    if (may_run && workload->lifecycle != NEX_WORKLOAD_LIFECYCLE_FUNCTION &&
        native_workload_adopt(workload, &err) == NEX_OK) {
        native_workload_stop(workload, NULL, 0);
        return;
    }
    if (record->found == NEX_PROCESS_ENDED) {
        take_exit(workload, &record->exit);
    }
    workload->phase = NATIVE_STOPPING;
    native_workload_gone(workload);
}

static void recover_one(void *arg, const nex_process_record *record) {
    nex_native *native = arg;
    native_workload *workload = NULL;
    nex_error err;
    if (native_workload_find(native, record->workload_id) != NULL) {
        return;
    }
    if (record->saved == NULL && record->retired && record->found != NEX_PROCESS_LIVE) {
        native->processes.ops->forget(native->processes.self, record->workload_id);
        return;
    }
    if (record->saved == NULL) {
        nex_log_write(native->log, NEX_LOG_ERROR,
                      "what was recorded of a workload is damaged: it waits for its node to ask "
                      "for it",
                      "workload_id", record->workload_id, NULL);
        return;
    }
    if (native_saved_read(native, record->workload_id, record->saved, record->saved_len, &workload,
                          &err) != NEX_OK) {
        nex_log_write(native->log, NEX_LOG_ERROR, "workload not restored", "workload_id",
                      record->workload_id, "reason", err.message, NULL);
        return;
    }
    if (record->retired) {
        recover_retired(workload, record);
        return;
    }
    if (native_workload_active(workload)) {
        recover_active(workload, record);
        return;
    }
    workload->answered = true;
    if (record->found == NEX_PROCESS_ENDED) {
        take_exit(workload, &record->exit);
    }
    if (workload->phase == NATIVE_DONE) {
        nex_duration age = nex_time_sub(nex_loop_time(native->loop), workload->exit.ended);
        nex_timer_start(workload->timer, age < KEEP_DONE ? KEEP_DONE - age : 0, 0);
    }
}

void nex_native_attach(nex_native *native, nex_agent *agent) {
    nex_error err;
    native->agent = agent;
    if (native->private_dir != NULL) { /* real processes, and all options of the node are good */
        native_cgroup_sweep(native->workload_cgroup);
        native_cgroup_report(native->workload_cgroup, native->log);
    }
    if (native->processes.ops->recover(native->processes.self, recover_one, native, &err) !=
        NEX_OK) {
        nex_log_write(native->log, NEX_LOG_ERROR, "workloads not restored", "reason", err.message,
                      NULL);
    }
    if (nex_agent_is_registered(agent)) {
        start_functions(native);
    }
}

/* ---- Making and freeing --------------------------------------------------------------------- */

/* The state directory is this nexlet's alone from now on, and it fetches nothing yet. */
static void sweep_cache(const nex_native *native) {
    nex_buf cache = NEX_BUF_INIT;
    const nex_process_layer *layer = &native->processes;
    if (layer->ops->directory(layer->self, NULL, &cache, NULL) == NEX_OK) {
        native_cache_sweep(cache.data);
        native_cache_clean(cache.data, native->cache_bytes);
    }
    nex_buf_free(&cache);
}

static nex_status make_processes(nex_native *native, const nex_native_options *options,
                                 nex_error *err) {
    if (options->state_dir == NULL) {
        return nex_error_set(err, NEX_EINVAL, "native nexlet: no state directory is given");
    }
    nex_status status = nex_process_monitor_new(&native->processes, options->loop, options->log,
                                                options->state_dir, options->monitor_path, err);
    if (status == NEX_OK) {
        status = nex_process_monitor_claim(&native->processes, options->ephemeral, err);
    }
    const char *private_dir =
        options->private_dir != NULL ? options->private_dir : options->state_dir;
    if (status == NEX_OK && (native->private_dir = realpath(private_dir, NULL)) == NULL) {
        status = nex_error_set(err, NEX_EIO, "native nexlet: cannot find its directory %s: %s",
                               private_dir, strerror(errno));
    }
    if (status == NEX_OK) {
        sweep_cache(native);
    }
    return status;
}

nex_status nex_native_new(nex_native **out, const nex_native_options *options, nex_error *err) {
    *out = NULL;
    nex_native *native = calloc(1, sizeof *native);
    if (native == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "native nexlet: out of memory");
    }
    native->loop = options->loop;
    native->log = options->log;
    native->max_workloads = options->max_workloads;
    native->cache_bytes = options->cache_bytes > 0 ? options->cache_bytes : NATIVE_CACHE_BYTES;
    native->workload_files = options->workload_files;
    nex_status status = nex_timer_new(native->loop, &native->lameduck_end, on_lameduck_end, native);
    if (status == NEX_OK && options->workload_cgroup != NULL &&
        (native->workload_cgroup = strdup(options->workload_cgroup)) == NULL) {
        status = NEX_ENOMEM;
    }
    if (status == NEX_OK) {
        status = nex_timer_new(native->loop, &native->resume, resume_output, native);
    }
    if (status == NEX_OK) {
        status =
            nex_timer_new(native->loop, &native->renewal, native_workloads_write_renewed, native);
    }
    if (status == NEX_OK) {
        nex_duration interval = options->metrics_interval;
        status = native_metrics_new(native, interval == 0 ? METRICS_INTERVAL : interval, err);
    }
    if (status != NEX_OK) {
        (void)nex_error_set(err, status, "native nexlet: out of memory");
    } else if (options->processes != NULL) {
        native->processes = *options->processes;
    } else {
        status = make_processes(native, options, err);
    }
    if (status != NEX_OK) {
        nex_native_free(native);
        return status;
    }
    if (options->processes == NULL) {
        native_say_what_is_missing(native);
    }
    *out = native;
    return NEX_OK;
}

void nex_native_detach(nex_native *native) {
    native_workload *workload;
    native_workload *next;
    HASH_ITER(hh, native->workloads, workload, next) {
        native_workload_free(workload);
    }
    native->agent = NULL;
}

void nex_native_free(nex_native *native) {
    if (native == NULL) {
        return;
    }
    nex_native_detach(native);
    /* Threads that still fetch or read hand their end to the loop, which may be freed next. */
    while (native->fetching + native->reading > 0 &&
           uv_run(nex_loop_uv(native->loop), UV_RUN_ONCE) != 0) {
    }
    native_web_free(native->web);
    native_metrics_free(native->metrics);
    nex_timer_free(native->lameduck_end);
    nex_timer_free(native->resume);
    nex_timer_free(native->renewal);
    if (native->processes.ops != NULL) {
        native->processes.ops->free(native->processes.self);
    }
    native_filters_free(&native->filters);
    free(native->private_dir);
    free(native->workload_cgroup);
    free(native);
}
