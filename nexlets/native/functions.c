/*
 * Functions: a message at a trigger runs the program once, with the payload as its standard
 * input; what it writes to standard output is the answer. Or it is given to a process that is
 * kept for it (warm.c).
 */
#include "native/warm.h"

#include <nex/micro.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUN_TIMEOUT NEX_MINUTE

enum { QUEUE_DEFAULT = 1024, ANSWER_DEFAULT = 1024 * 1024, WARM_MAX = 256 };

/* A message being worked on, or waiting for its turn. */
typedef struct invocation {
    native_function *function;
    nex_trigger_call *call;
    nex_process *process;   /* its own; or */
    int64_t pid;            /* of that; 0: not known yet */
    native_warm_slot *slot; /* the warm one; both NULL: it waits */
    nex_timer *timeout;
    nex_string_list environment;
    nex_buf input;
    nex_buf output;
    bool wanted;         /* its answer is: else it goes into the log */
    const char *failure; /* why it is being killed; NULL: it is not */
    struct invocation *next;
} invocation;

struct native_function {
    native_workload *workload;
    nex_trigger **triggers;
    size_t trigger_count;
    invocation *running;
    invocation *first; /* waiting */
    invocation **last;
    size_t running_count;
    size_t waiting_count;
    uint64_t calls;  /* messages so far */
    uint64_t failed; /* of them */
    uint64_t told;   /* of them, ended when its figures were published last */
    uint64_t cpu_ns; /* of runs that have ended */
    size_t concurrency;
    size_t queue;
    nex_duration timeout;
    native_warm *warm; /* NULL: a process a message */
    bool stopping;
};

static void run_next(native_function *function);

static void invocation_free(invocation *run) {
    nex_timer_free(run->timeout);
    nex_string_list_free(&run->environment);
    nex_buf_free(&run->input);
    nex_buf_free(&run->output);
    free(run);
}

static void answer(invocation *run, const char *error) {
    run->function->failed += error != NULL ? 1 : 0;
    if (!run->wanted && error == NULL) {
        native_function_log_write(run->function->workload, NEX_PROCESS_STDOUT, run->output.data,
                                  run->output.len);
    }
    if (run->call != NULL) {
        nex_trigger_reply(run->call, error, run->output.data, run->output.len);
        run->call = NULL;
    }
}

/* ---- One run -------------------------------------------------------------------------------- */

static void finish(invocation *run, const char *error) {
    native_function *function = run->function;
    for (invocation **at = &function->running; *at != NULL; at = &(*at)->next) {
        if (*at == run) {
            *at = run->next;
            function->running_count--;
            break;
        }
    }
    answer(run, error);
    invocation_free(run);
    if (function->stopping) {
        if (function->running_count == 0 && function->warm == NULL) {
            native_workload_gone(function->workload);
        }
        return;
    }
    run_next(function);
}

static void kill_run(invocation *run, const char *failure) {
    const nex_process_layer *layer = &run->function->workload->native->processes;
    if (run->slot != NULL) {
        native_warm_kill(run->slot, failure);
    } else if (run->failure == NULL) {
        run->failure = failure;
        layer->ops->stop(layer->self, run->process, 0, -1);
    }
}

static void on_started(void *arg, const nex_process_info *info) {
    invocation *run = arg;
    run->pid = info->pid;
}

static void on_failed(void *arg, const nex_error *err) {
    invocation *run = arg;
    nex_error copy = *err;
    run->process = NULL;
    finish(run, copy.message);
}

static size_t largest_answer(const native_function *function) {
    nex_agent *agent = function->workload->native->agent;
    nex_bus *bus = agent != NULL ? nex_agent_bus(agent) : NULL;
    return bus != NULL ? nex_bus_max_payload(bus) : ANSWER_DEFAULT;
}

static bool on_output(void *arg, nex_process_stream stream, nex_time time, const void *data,
                      size_t len, uint64_t sequence, uint64_t missed) {
    invocation *run = arg;
    (void)time;
    (void)sequence;
    (void)missed;
    if (stream == NEX_PROCESS_STDERR) {
        native_function_log_write(run->function->workload, stream, data, len);
        return true;
    }
    if (run->failure != NULL) {
        return true;
    }
    if (run->output.len + len > largest_answer(run->function)) {
        nex_buf_clear(&run->output);
        kill_run(run, "its answer is larger than the server takes");
    } else if (nex_buf_append(&run->output, data, len) != NEX_OK) {
        nex_buf_clear(&run->output);
        kill_run(run, "out of memory for its answer");
    }
    return true;
}

static void on_ended(void *arg, const nex_process_exit *exit) {
    invocation *run = arg;
    char code[32];
    char error[64];
    run->process = NULL;
    run->function->cpu_ns += exit->cpu_ns;
    native_exit_text(exit, code, sizeof code);
    snprintf(error, sizeof error, "exit %s", code);
    const char *failure = run->failure != NULL ? run->failure : error;
    finish(run, run->failure == NULL && code[0] == '\0' ? NULL : failure);
}

static const nex_process_events run_events = {
    .started = on_started, .failed = on_failed, .output = on_output, .ended = on_ended};

static void on_timeout(void *arg) {
    kill_run(arg, "it took too long and was ended");
}

static void on_warm_answer(void *arg, const char *error, const void *data, size_t len) {
    invocation *run = arg;
    run->slot = NULL;
    if (len > 0 && nex_buf_append(&run->output, data, len) != NEX_OK) {
        error = "out of memory for its answer";
    }
    finish(run, error);
}

static nex_status start_run(invocation *run, nex_error *err) {
    native_function *function = run->function;
    const void *input = run->input.data != NULL ? run->input.data : "";
    if (function->warm != NULL) {
        return native_warm_run(function->warm, &run->environment, input, run->input.len,
                               on_warm_answer, run, &run->slot, err);
    }
    const native_run_options options = {.attached = true,
                                        .input = input,
                                        .input_len = run->input.len,
                                        .more_env = &run->environment};
    return native_run_start(function->workload, &options, &run_events, run, &run->process, err);
}

static void begin(invocation *run) {
    native_function *function = run->function;
    nex_error err;
    run->next = function->running;
    function->running = run;
    function->running_count++;
    if (start_run(run, &err) != NEX_OK) {
        finish(run, err.message);
        return;
    }
    nex_buf_free(&run->input);
    if (nex_timer_new(function->workload->native->loop, &run->timeout, on_timeout, run) == NEX_OK) {
        nex_timer_start(run->timeout, function->timeout, 0);
    }
}

static bool is_busy(const native_function *function) {
    return function->running_count >= function->concurrency ||
           (function->warm != NULL && !native_warm_is_idle(function->warm));
}

static void run_next(native_function *function) {
    invocation *run = function->first;
    if (run == NULL || is_busy(function)) {
        return;
    }
    function->first = run->next;
    if (function->first == NULL) {
        function->last = &function->first;
    }
    function->waiting_count--;
    begin(run);
}

/* ---- Messages ------------------------------------------------------------------------------- */

/* A header becomes a variable: NEX_HEADER_ and its name in capitals, _ for what has no place. */
static nex_status add_header(nex_string_list *environment, const nex_header *header) {
    nex_buf entry = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&entry, "NEX_HEADER_%s", header->name);
    for (size_t i = 0; status == NEX_OK && i < entry.len; i++) {
        char c = entry.data[i];
        if (c >= 'a' && c <= 'z') {
            entry.data[i] = (char)(c - 'a' + 'A');
        } else if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) {
            entry.data[i] = '_';
        }
    }
    if (status == NEX_OK) {
        status = nex_buf_printf(&entry, "=%s", header->value != NULL ? header->value : "");
    }
    if (status == NEX_OK) {
        status = nex_string_list_add(environment, entry.data);
    }
    nex_buf_free(&entry);
    return status;
}

static nex_status take_message(invocation *run, const nex_msg *msg) {
    nex_buf subject = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&subject, "NEX_TRIGGER_SUBJECT=%s", msg->subject);
    if (status == NEX_OK) {
        status = nex_string_list_add(&run->environment, subject.data);
    }
    nex_buf_free(&subject);
    for (size_t i = 0; i < msg->header_count && status == NEX_OK; i++) {
        status = add_header(&run->environment, &msg->headers[i]);
    }
    if (status == NEX_OK && msg->len > 0) {
        status = nex_buf_append(&run->input, msg->data, msg->len);
    }
    return status;
}

static void on_message(void *arg, nex_trigger_call *call, const nex_msg *msg) {
    native_function *function = arg;
    function->calls++;
    native_metrics_go_on(function->workload);
    if (is_busy(function) && function->waiting_count >= function->queue) {
        function->failed++;
        nex_trigger_reply(call, "too many messages wait for this function", NULL, 0);
        return;
    }
    invocation *run = calloc(1, sizeof *run);
    if (run == NULL) {
        function->failed++;
        nex_trigger_reply(call, "out of memory", NULL, 0);
        return;
    }
    run->function = function;
    run->call = call;
    run->wanted = msg->reply != NULL;
    if (take_message(run, msg) != NEX_OK) {
        answer(run, "out of memory");
        invocation_free(run);
        return;
    }
    *function->last = run;
    function->last = &run->next;
    function->waiting_count++;
    run_next(function);
}

/* ---- Figures -------------------------------------------------------------------------------- */

native_function_figures native_function_figures_of(const native_workload *workload) {
    const native_function *function = workload->function;
    return function != NULL ? (native_function_figures){.calls = function->calls,
                                                        .failed = function->failed,
                                                        .running = function->running_count,
                                                        .waiting = function->waiting_count}
                            : (native_function_figures){0};
}

static uint64_t calls_ended(const native_function *function) {
    return function->calls - function->running_count - function->waiting_count;
}

bool native_function_is_busy(const native_workload *workload) {
    const native_function *function = workload->function;
    return function != NULL && (function->running_count > 0 || function->warm != NULL ||
                                calls_ended(function) != function->told);
}

void native_function_told(native_workload *workload) {
    if (workload->function != NULL) {
        workload->function->told = calls_ended(workload->function);
    }
}

void native_function_measure(const native_workload *workload, native_usage *out) {
    const native_function *function = workload->function;
    *out = (native_usage){0};
    if (function == NULL) {
        return;
    }
    out->cpu_seconds = (double)function->cpu_ns / 1e9;
    for (const invocation *run = function->running; run != NULL; run = run->next) {
        if (run->pid > 0 && run->process != NULL) {
            native_usage_add(run->pid, out);
        }
    }
    if (function->warm != NULL) {
        native_warm_measure(function->warm, out);
    }
}

/* ---- The function --------------------------------------------------------------------------- */

static void remove_triggers(native_function *function) {
    for (size_t i = 0; i < function->trigger_count; i++) {
        nex_trigger_free(function->triggers[i]);
    }
    function->trigger_count = 0;
}

static void drop_waiting(native_function *function, const char *error) {
    while (function->first != NULL) {
        invocation *run = function->first;
        function->first = run->next;
        if (error != NULL) {
            answer(run, error);
        }
        invocation_free(run);
    }
    function->last = &function->first;
    function->waiting_count = 0;
}

void native_function_free(native_function *function) {
    if (function == NULL) {
        return;
    }
    const nex_process_layer *layer = &function->workload->native->processes;
    remove_triggers(function);
    drop_waiting(function, NULL);
    while (function->running != NULL) {
        invocation *run = function->running;
        function->running = run->next;
        if (run->process != NULL) {
            layer->ops->release(layer->self, run->process); /* which ends an attached run */
        }
        invocation_free(run);
    }
    native_warm_free(function->warm);
    free(function->triggers);
    free(function);
}

void native_function_stop(native_workload *workload) {
    native_function *function = workload->function;
    if (function == NULL) {
        native_workload_gone(workload);
        return;
    }
    remove_triggers(function);
    drop_waiting(function, "the function is being stopped");
    function->stopping = true;
    if (function->warm != NULL) {
        native_warm_stop(function->warm);
        return;
    }
    if (function->running_count == 0) {
        native_workload_gone(workload);
        return;
    }
    for (invocation *run = function->running; run != NULL; run = run->next) {
        kill_run(run, "the function is being stopped");
    }
}

/* ---- Warm processes ------------------------------------------------------------------------- */

static void on_idle(void *arg) {
    native_function *function = arg;
    if (!function->stopping) {
        run_next(function);
    }
}

static void on_gone(void *arg) {
    native_function *function = arg;
    native_workload *workload = function->workload;
    native_workload_gone(workload);
}

static void on_gave_up(void *arg, const char *reason) {
    native_function *function = arg;
    native_workload *workload = function->workload;
    remove_triggers(function);
    drop_waiting(function, reason);
    native_workload_failed(workload, reason); /* and with it all that is left of the function */
}

static nex_status start_warm(native_function *function, nex_error *err) {
    const nex_native_start_request_function *wanted = function->workload->start->function;
    if (wanted == NULL || wanted->warm == 0) {
        return NEX_OK;
    }
    if (!wanted->has_concurrency) {
        function->concurrency = (size_t)wanted->warm;
    }
    native_warm_options options = {.workload = function->workload,
                                   .processes = (size_t)wanted->warm,
                                   .idle = on_idle,
                                   .gave_up = on_gave_up,
                                   .gone = on_gone,
                                   .arg = function};
    return native_warm_new(&function->warm, &options, err);
}

nex_status native_function_check(const native_workload *workload, nex_error *err) {
    const nex_native_start_request_function *wanted = workload->start->function;
    if (wanted != NULL && wanted->warm > WARM_MAX) {
        return nex_error_set(err, NEX_EINVAL, "function.warm: %lld processes, expected at most %d",
                             (long long)wanted->warm, WARM_MAX);
    }
    if (wanted != NULL && wanted->warm > 0 && wanted->has_concurrency &&
        wanted->concurrency > wanted->warm) {
        return nex_error_set(err, NEX_EINVAL,
                             "function.concurrency: %lld messages side by side need as many warm "
                             "processes, and function.warm is %lld",
                             (long long)wanted->concurrency, (long long)wanted->warm);
    }
    /* The nexlet may be able to listen to more than a workload may hear. */
    const nex_string_list *subjects = &workload->start->triggers;
    for (size_t i = 0; i < subjects->count; i++) {
        if (!native_subject_in_namespace(subjects->items[i], workload->namespace_)) {
            return nex_error_set(err, NEX_EINVAL,
                                 "triggers: \"%s\": expected a subject of the workload's "
                                 "namespace, %s.<name>",
                                 subjects->items[i], workload->namespace_);
        }
    }
    return NEX_OK;
}

/* ---- Triggers ------------------------------------------------------------------------------- */

static nex_status add_trigger(native_function *function, const char *subject, nex_error *err) {
    native_workload *workload = function->workload;
    nex_trigger *trigger = NULL;
    const char *queue = nex_subject_token_valid(workload->name) ? workload->name : workload->id;
    nex_status status =
        nex_agent_trigger_add(workload->native->agent, workload->id, workload->namespace_, subject,
                              queue, on_message, function, &trigger, err);
    if (status == NEX_OK) {
        function->triggers[function->trigger_count++] = trigger;
    }
    return status;
}

static nex_status add_default_trigger(native_function *function, nex_error *err) {
    native_workload *workload = function->workload;
    nex_buf subject = NEX_BUF_INIT;
    nex_status status;
    if (!nex_subject_token_valid(workload->name)) {
        status = nex_error_set(err, NEX_EINVAL,
                               "function \"%s\": without triggers its name must be one word, for "
                               "it is triggered at %s.function.<name>",
                               workload->name, workload->namespace_);
    } else if (nex_buf_printf(&subject, "%s.function.%s", workload->namespace_, workload->name) !=
               NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "function: out of memory");
    } else {
        status = add_trigger(function, subject.data, err);
    }
    nex_buf_free(&subject);
    return status;
}

static void take_limits(native_function *function,
                        const nex_native_start_request_function *limits) {
    function->concurrency = 1;
    function->queue = QUEUE_DEFAULT;
    function->timeout = RUN_TIMEOUT;
    if (limits == NULL) {
        return;
    }
    if (limits->has_concurrency) {
        function->concurrency = (size_t)limits->concurrency;
    }
    if (limits->has_queue) {
        function->queue = (size_t)limits->queue;
    }
    if (limits->has_timeout) {
        function->timeout = limits->timeout;
    }
}

nex_status native_function_start(native_workload *workload, nex_error *err) {
    const nex_string_list *subjects = &workload->start->triggers;
    native_function *function = calloc(1, sizeof *function);
    if (function == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "function: out of memory");
    }
    workload->function = function;
    function->workload = workload;
    function->last = &function->first;
    take_limits(function, workload->start->function);
    function->triggers = calloc(subjects->count + 1, sizeof(nex_trigger *));
    if (function->triggers == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "function: out of memory");
    }
    nex_status status = NEX_OK;
    if (subjects->count == 0) {
        status = add_default_trigger(function, err);
    }
    for (size_t i = 0; i < subjects->count && status == NEX_OK; i++) {
        status = add_trigger(function, subjects->items[i], err);
    }
    if (status == NEX_OK) {
        status = start_warm(function, err);
    }
    if (status == NEX_OK) {
        workload->phase = NATIVE_WARM;
        native_metrics_wake(workload);
    }
    return status;
}
