#include "fake_agent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct nex_trigger {
    nex_agent *agent;
    nex_trigger_cb cb;
    void *arg;
};

static void copy(char *out, size_t size, const char *text) {
    snprintf(out, size, "%s", text != NULL ? text : "");
}

void nex_agent_answer_start(nex_agent_call *call, const char *id, const char *name) {
    call->answers++;
    call->started = true;
    copy(call->id, sizeof call->id, id);
    copy(call->name, sizeof call->name, name);
}

void nex_agent_answer_stop(nex_agent_call *call) {
    call->answers++;
    call->stopped = true;
}

void nex_agent_answer_get(nex_agent_call *call, const nex_start_workload_request *request) {
    call->answers++;
    call->got = true;
    if (request != NULL) {
        (void)nex_start_workload_request_clone(request, &call->request);
    }
}

void nex_agent_answer_query(nex_agent_call *call, const nex_agent_list_workloads_response *list) {
    call->answers++;
    call->listed = true;
    (void)nex_agent_list_workloads_response_clone(list, &call->list);
}

void nex_agent_answer_logs(nex_agent_call *call, const nex_workload_logs_response *response) {
    (void)response;
    call->answers++;
}

void nex_agent_answer_lameduck(nex_agent_call *call) {
    call->answers++;
    call->lameduck = true;
}

void nex_agent_fail(nex_agent_call *call, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    vsnprintf(call->error, sizeof call->error, fmt, args);
    va_end(args);
    call->answers++;
    call->failed = true;
}

void fake_call_clear(nex_agent_call *call) {
    nex_start_workload_request_free(call->request);
    nex_agent_list_workloads_response_free(call->list);
    *call = (nex_agent_call){0};
}

bool nex_agent_is_registered(const nex_agent *agent) {
    return agent->registered;
}

nex_bus *nex_agent_bus(nex_agent *agent) {
    (void)agent;
    return NULL;
}

nex_status nex_agent_output(nex_agent *agent, const char *workload_id, const char *namespace_,
                            nex_output output, const void *data, size_t len) {
    return nex_agent_output_piece(agent, workload_id, namespace_, output, 0, data, len);
}

nex_status nex_agent_output_piece(nex_agent *agent, const char *workload_id, const char *namespace_,
                                  nex_output output, uint64_t sequence, const void *data,
                                  size_t len) {
    (void)workload_id;
    (void)namespace_;
    (void)sequence;
    if (agent->output_status == NEX_OK) {
        return nex_buf_append(output == NEX_STDERR ? &agent->err : &agent->out, data, len);
    }
    return agent->output_status;
}

nex_status nex_agent_emit_started(nex_agent *agent, const char *namespace_,
                                  const nex_workload_started_event *event) {
    (void)namespace_;
    if (agent->event_count < FAKE_EVENTS) {
        fake_event *kept = &agent->events[agent->event_count++];
        *kept = (fake_event){0};
        copy(kept->id, sizeof kept->id, event->id);
    }
    return NEX_OK;
}

nex_status nex_agent_emit_stopped(nex_agent *agent, const char *namespace_,
                                  const nex_workload_stopped_event *event) {
    (void)namespace_;
    if (agent->event_count < FAKE_EVENTS) {
        fake_event *kept = &agent->events[agent->event_count++];
        *kept = (fake_event){.stopped = true, .has_error = event->error != NULL};
        copy(kept->id, sizeof kept->id, event->id);
        if (event->error != NULL) {
            copy(kept->code, sizeof kept->code, event->error->code);
            copy(kept->message, sizeof kept->message, event->error->message);
        }
    }
    return NEX_OK;
}

nex_status nex_agent_emit(nex_agent *agent, const char *from, const char *type, const char *json,
                          size_t len) {
    (void)from;
    if (agent->other_count < FAKE_EVENTS) {
        fake_other_event *kept = &agent->others[agent->other_count++];
        copy(kept->type, sizeof kept->type, type);
        snprintf(kept->json, sizeof kept->json, "%.*s", (int)len, json);
    }
    return NEX_OK;
}

void nex_agent_ingress_add(nex_agent *agent, const char *workload_id) {
    (void)workload_id;
    agent->ingress++;
}

void nex_agent_ingress_remove(nex_agent *agent, const char *workload_id) {
    (void)workload_id;
    agent->ingress--;
}

nex_status nex_agent_trigger_add(nex_agent *agent, const char *workload_id, const char *namespace_,
                                 const char *subject, const char *queue, nex_trigger_cb cb,
                                 void *arg, nex_trigger **out, nex_error *err) {
    (void)workload_id;
    (void)namespace_;
    (void)err;
    nex_trigger *trigger = calloc(1, sizeof *trigger);
    *trigger = (nex_trigger){agent, cb, arg};
    copy(agent->trigger_subject, sizeof agent->trigger_subject, subject);
    copy(agent->trigger_queue, sizeof agent->trigger_queue, queue);
    agent->trigger = trigger;
    agent->trigger_count++;
    *out = trigger;
    return NEX_OK;
}

void nex_trigger_free(nex_trigger *trigger) {
    if (trigger != NULL) {
        trigger->agent->trigger_count--;
        if (trigger->agent->trigger == trigger) {
            trigger->agent->trigger = NULL;
        }
        free(trigger);
    }
}

void nex_trigger_reply(nex_trigger_call *call, const char *error, const void *data, size_t len) {
    call->replied = true;
    call->has_error = error != NULL;
    copy(call->error, sizeof call->error, error);
    if (len > 0) {
        (void)nex_buf_append(&call->data, data, len);
    }
}

void nex_trigger_forget(nex_trigger_call *call) {
    call->forgotten = true;
}

void fake_trigger(nex_agent *agent, nex_trigger_call *call, const nex_msg *msg) {
    *call = (nex_trigger_call){0};
    agent->trigger->cb(agent->trigger->arg, call, msg);
}

/* Every secret's value is its name in capitals behind "VALUE-OF-". */
static void put_secret(char **text) {
    static const char scheme[] = "secret://";
    if (strncmp(*text, scheme, strlen(scheme)) == 0) {
        char value[128];
        snprintf(value, sizeof value, "VALUE-OF-%s", *text + strlen(scheme));
        free(*text);
        *text = strdup(value);
    }
}

void fake_answer_secrets(nex_agent *agent) {
    nex_error err = {0};
    for (size_t i = 0; agent->secret_status == NEX_OK && i < agent->asked_environment->count; i++) {
        put_secret(&agent->asked_environment->items[i].value);
    }
    for (size_t i = 0; agent->secret_status == NEX_OK && i < agent->asked_argv->count; i++) {
        put_secret(&agent->asked_argv->items[i]);
    }
    if (agent->secret_status != NEX_OK) {
        (void)nex_error_set(&err, agent->secret_status, "secret of default: there is none");
    }
    agent->asked(agent->asked_arg, agent->secret_status, &err);
}

nex_status nex_agent_resolve_secrets(nex_agent *agent, const char *namespace_,
                                     nex_string_map *environment, nex_string_list *argv,
                                     nex_resolved_cb cb, void *arg) {
    (void)namespace_;
    agent->asked_environment = environment;
    agent->asked_argv = argv;
    agent->asked = cb;
    agent->asked_arg = arg;
    if (!agent->hold_secrets) {
        fake_answer_secrets(agent);
    }
    return NEX_OK;
}
