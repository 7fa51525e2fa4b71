#include "native/question.h"

#include "native/web_probe.h"

#include <nex/bus.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SAID_MAX = 80 }; /* bytes of a command's output that are told */

struct native_question {
    native_workload *workload;
    const nex_native_start_request_probe *probe;
    nex_duration timeout;
    native_answer_cb cb;
    void *arg;
    nex_process *process; /* exec */
    nex_timer *timer;
    bool late;
    char said[SAID_MAX + 1];
    size_t said_len;
    native_web_question *web; /* tcp, http */
    nex_request *request;     /* nats */
};

void native_question_cancel(native_question *question) {
    if (question == NULL) {
        return;
    }
    const nex_process_layer *layer = &question->workload->native->processes;
    if (question->process != NULL) {
        layer->ops->release(layer->self, question->process); /* which ends it */
    }
    native_web_cancel(question->web);
    nex_request_cancel(question->request);
    nex_timer_free(question->timer);
    free(question);
}

static void answer(native_question *question, native_answer what, const char *problem) {
    native_answer_cb cb = question->cb;
    void *arg = question->arg;
    native_question_cancel(question);
    cb(arg, what, problem);
}

static void late_text(const native_question *question, char *out, size_t size) {
    char text[NEX_DURATION_TEXT_SIZE];
    nex_duration_format(question->timeout, text);
    snprintf(out, size, "no answer within %s", text);
}

/* ---- exec ----------------------------------------------------------------------------------- */

static void on_started(void *arg, const nex_process_info *info) {
    (void)arg;
    (void)info;
}

static void on_failed(void *arg, const nex_error *err) {
    native_question *question = arg;
    char problem[sizeof err->message];
    snprintf(problem, sizeof problem, "%s", err->message);
    question->process = NULL;
    answer(question, NATIVE_UNASKED, problem);
}

/* What it says is told in one line when it fails. */
static bool on_output(void *arg, nex_process_stream stream, nex_time time, const void *data,
                      size_t len, uint64_t sequence, uint64_t missed) {
    native_question *question = arg;
    const char *text = data;
    (void)stream;
    (void)time;
    (void)sequence;
    (void)missed;
    for (size_t i = 0; i < len && question->said_len < SAID_MAX; i++) {
        char c = text[i];
        question->said[question->said_len++] = c >= ' ' && c <= '~' ? c : ' ';
    }
    return true;
}

static void on_ended(void *arg, const nex_process_exit *exit) {
    native_question *question = arg;
    char code[32];
    char problem[64 + SAID_MAX];
    question->process = NULL;
    native_exit_text(exit, code, sizeof code);
    if (question->late) {
        late_text(question, problem, sizeof problem);
    } else if (code[0] == '\0') {
        answer(question, NATIVE_WELL, NULL);
        return;
    } else {
        while (question->said_len > 0 && question->said[question->said_len - 1] == ' ') {
            question->said_len--;
        }
        snprintf(problem, sizeof problem, "exit %s%s%.*s", code, question->said_len > 0 ? ": " : "",
                 (int)question->said_len, question->said);
    }
    answer(question, NATIVE_UNWELL, problem);
}

static const nex_process_events exec_events = {
    .started = on_started, .failed = on_failed, .output = on_output, .ended = on_ended};

static void on_late(void *arg) {
    native_question *question = arg;
    const nex_process_layer *layer = &question->workload->native->processes;
    question->late = true;
    layer->ops->stop(layer->self, question->process, SIGKILL, 0);
}

static nex_status ask_exec(native_question *question, nex_error *err) {
    const native_run_options options = {
        .attached = true, .input = "", .command = &question->probe->exec};
    nex_status status =
        nex_timer_new(question->workload->native->loop, &question->timer, on_late, question);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "out of memory");
    }
    status = native_run_start(question->workload, &options, &exec_events, question,
                              &question->process, err);
    if (status == NEX_OK) {
        nex_timer_start(question->timer, question->timeout, 0);
    }
    return status;
}

/* ---- tcp, http ------------------------------------------------------------------------------ */

static void on_web(void *arg, const char *problem) {
    native_question *question = arg;
    question->web = NULL;
    answer(question, problem == NULL ? NATIVE_WELL : NATIVE_UNWELL, problem);
}

static nex_status ask_web(native_question *question, nex_error *err) {
    nex_native *native = question->workload->native;
    const nex_native_start_request_probe *probe = question->probe;
    nex_buf url = NEX_BUF_INIT;
    nex_status status = NEX_OK;
    if (native->web == NULL) {
        status = native_web_new(&native->web, native->loop, err);
    }
    if (status == NEX_OK &&
        nex_buf_printf(&url, "%s%s", probe->tcp != NULL ? "http://" : "",
                       probe->tcp != NULL ? probe->tcp : probe->http) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (status == NEX_OK) {
        status = native_web_ask(native->web, url.data, probe->tcp != NULL, question->timeout,
                                on_web, question, &question->web, err);
    }
    nex_buf_free(&url);
    return status;
}

/* ---- nats ----------------------------------------------------------------------------------- */

static nex_bus *connected_bus(const native_workload *workload) {
    nex_agent *agent = workload->native->agent;
    nex_bus *bus = agent != NULL ? nex_agent_bus(agent) : NULL;
    return bus != NULL && nex_bus_get_state(bus) == NEX_BUS_CONNECTED ? bus : NULL;
}

static void on_reply(void *arg, nex_status status, const nex_msg *reply) {
    native_question *question = arg;
    char problem[192];
    question->request = NULL;
    if (status == NEX_OK) {
        const char *error = nex_msg_header(reply, "Nats-Service-Error");
        const char *code = nex_msg_header(reply, "Nats-Service-Error-Code");
        if (error == NULL && code == NULL) {
            answer(question, NATIVE_WELL, NULL);
            return;
        }
        snprintf(problem, sizeof problem, "it answered with the error %s",
                 error != NULL ? error : code);
    } else if (status == NEX_ETIMEOUT) {
        late_text(question, problem, sizeof problem);
    } else {
        snprintf(problem, sizeof problem, "nobody listens");
    }
    /* Without a connection of the nexlet's own nobody can be heard. */
    bool asked =
        status == NEX_OK || (status != NEX_ECANCELED && connected_bus(question->workload) != NULL);
    answer(question, asked ? NATIVE_UNWELL : NATIVE_UNASKED,
           asked ? problem : "there is no connection to NATS");
}

static nex_status ask_nats(native_question *question, nex_error *err) {
    nex_bus *bus = connected_bus(question->workload);
    if (bus == NULL) {
        return nex_error_set(err, NEX_EUNREACHABLE, "there is no connection to NATS");
    }
    nex_msg msg = {.subject = question->probe->nats};
    nex_status status =
        nex_bus_request(bus, &msg, question->timeout, on_reply, question, &question->request);
    return status == NEX_OK ? NEX_OK
                            : nex_error_set(err, status, "%s cannot be asked: %s", msg.subject,
                                            nex_status_name(status));
}

/* ---- All ------------------------------------------------------------------------------------ */

static bool is_address(const char *text) {
    const char *colon = strrchr(text, ':');
    char *end = NULL;
    unsigned long port =
        colon != NULL && colon[1] >= '0' && colon[1] <= '9' ? strtoul(colon + 1, &end, 10) : 0;
    return colon != NULL && colon != text && port > 0 && port < 65536 && *end == '\0' &&
           strpbrk(text, "/@?# ") == NULL;
}

bool native_subject_in_namespace(const char *subject, const char *namespace_) {
    size_t len = strlen(namespace_);
    bool own =
        strncmp(subject, namespace_, len) == 0 && subject[len] == '.' && subject[len + 1] != '\0';
    /* The operators' namespace has all subjects but those of NATS and of the nexus itself. */
    bool system = strcmp(namespace_, "system") == 0 && subject[0] != '\0' &&
                  strchr("$_.*>", subject[0]) == NULL;
    return (own || system) && strpbrk(subject, " \t\r\n") == NULL &&
           strstr(subject, "..") == NULL && subject[strlen(subject) - 1] != '.';
}

static nex_status check_kind(const native_workload *workload,
                             const nex_native_start_request_probe *probe, const char *name,
                             nex_error *err) {
    if (probe->has_exec) {
        const char *command = probe->exec.count > 0 ? probe->exec.items[0] : "";
        if (strchr(command, '/') == NULL || (command[0] == '/' && access(command, X_OK) != 0)) {
            return nex_error_set(err, NEX_EINVAL,
                                 "health.%s.exec: \"%s\" cannot be run: expected the path of a "
                                 "program, absolute or relative to the working directory",
                                 name, command);
        }
    }
    if (probe->tcp != NULL && !is_address(probe->tcp)) {
        return nex_error_set(err, NEX_EINVAL, "health.%s.tcp: \"%s\": expected HOST:PORT", name,
                             probe->tcp);
    }
    if (probe->http != NULL && strncmp(probe->http, "http://", 7) != 0 &&
        strncmp(probe->http, "https://", 8) != 0) {
        return nex_error_set(err, NEX_EINVAL,
                             "health.%s.http: \"%s\": expected a URL that begins with http:// or "
                             "https://",
                             name, probe->http);
    }
    if (probe->nats != NULL && (!native_subject_in_namespace(probe->nats, workload->namespace_) ||
                                strpbrk(probe->nats, "*>") != NULL)) {
        return nex_error_set(err, NEX_EINVAL,
                             "health.%s.nats: \"%s\": expected a subject of the workload's "
                             "namespace, %s.<name>, without wildcards",
                             name, probe->nats, workload->namespace_);
    }
    return NEX_OK;
}

nex_status native_question_check(const native_workload *workload,
                                 const nex_native_start_request_probe *probe, const char *name,
                                 nex_error *err) {
    int kinds = (probe->has_exec ? 1 : 0) + (probe->tcp != NULL) + (probe->http != NULL) +
                (probe->nats != NULL);
    if (kinds != 1) {
        return nex_error_set(err, NEX_EINVAL,
                             "health.%s: exactly one of exec, tcp, http and nats is needed, got %d",
                             name, kinds);
    }
    if ((probe->has_interval && probe->interval <= 0) ||
        (probe->has_timeout && probe->timeout <= 0) || (probe->has_delay && probe->delay < 0)) {
        return nex_error_set(err, NEX_EINVAL,
                             "health.%s: interval and timeout must be more than 0s, and delay not "
                             "less",
                             name);
    }
    return check_kind(workload, probe, name, err);
}

nex_status native_question_ask(native_question **out, native_workload *workload,
                               const nex_native_start_request_probe *probe, native_answer_cb cb,
                               void *arg, nex_error *err) {
    *out = NULL;
    native_question *question = calloc(1, sizeof *question);
    if (question == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    question->workload = workload;
    question->probe = probe;
    question->timeout = probe->has_timeout ? probe->timeout : NEX_SECOND;
    question->cb = cb;
    question->arg = arg;
    nex_status status = probe->has_exec       ? ask_exec(question, err)
                        : probe->nats != NULL ? ask_nats(question, err)
                                              : ask_web(question, err);
    if (status != NEX_OK) {
        native_question_cancel(question);
        return status;
    }
    *out = question;
    return NEX_OK;
}
