/*
 * Triggers of functions. A trigger is the workload's wish and lives until it is freed; its
 * subscription belongs to the connection and is made anew with every new one.
 */
#include "agent/runner.h"

#include <stdlib.h>
#include <string.h>

struct nex_trigger {
    nex_agent *agent;
    char *workload_id;
    char *namespace_;
    char *subject;
    char *queue;
    nex_trigger_cb cb;
    void *arg;
    nex_subscription *sub;
    nex_trigger_call *calls;
    nex_trigger *next;
    nex_trigger **link;
};

struct nex_trigger_call {
    nex_trigger *trigger; /* NULL once the trigger is gone */
    char *reply;
    uint64_t began;
    nex_trigger_call *next;
    nex_trigger_call **link;
};

static void call_unlink(nex_trigger_call *call) {
    if (call->link != NULL) {
        *call->link = call->next;
        if (call->next != NULL) {
            call->next->link = call->link;
        }
        call->link = NULL;
        call->next = NULL;
    }
}

static void on_message(void *arg, const nex_msg *msg) {
    nex_trigger *trigger = arg;
    nex_trigger_call *call = calloc(1, sizeof *call);
    if (call == NULL || (msg->reply != NULL && (call->reply = strdup(msg->reply)) == NULL)) {
        free(call);
        nex_log_write(trigger->agent->log, NEX_LOG_ERROR, "out of memory: message dropped",
                      "workload_id", trigger->workload_id, "subject", msg->subject, NULL);
        return;
    }
    call->trigger = trigger;
    call->began = nex_loop_now(trigger->agent->loop);
    call->next = trigger->calls;
    call->link = &trigger->calls;
    if (trigger->calls != NULL) {
        trigger->calls->link = &call->next;
    }
    trigger->calls = call;
    trigger->cb(trigger->arg, call, msg);
}

static nex_status subscribe(nex_trigger *trigger) {
    nex_agent *agent = trigger->agent;
    nex_subscription_free(trigger->sub);
    trigger->sub = NULL;
    if (agent->bus == NULL) {
        return NEX_OK; /* made when there is a connection */
    }
    return nex_bus_subscribe(agent->bus, trigger->subject, trigger->queue, on_message, trigger,
                             &trigger->sub);
}

void agent_triggers_subscribe(nex_agent *agent) {
    for (nex_trigger *t = agent->triggers; t != NULL; t = t->next) {
        nex_status status = t->sub != NULL ? NEX_OK : subscribe(t);
        if (status != NEX_OK) {
            nex_log_write(agent->log, NEX_LOG_ERROR, "trigger not subscribed", "subject",
                          t->subject, "workload_id", t->workload_id, "reason",
                          nex_status_name(status), NULL);
        }
    }
}

void agent_triggers_unsubscribe(nex_agent *agent) {
    for (nex_trigger *t = agent->triggers; t != NULL; t = t->next) {
        nex_subscription_free(t->sub);
        t->sub = NULL;
    }
}

void agent_triggers_remove(nex_agent *agent) {
    while (agent->triggers != NULL) {
        nex_trigger_free(agent->triggers);
    }
}

nex_status nex_agent_trigger_add(nex_agent *agent, const char *workload_id, const char *namespace_,
                                 const char *subject, const char *queue, nex_trigger_cb cb,
                                 void *arg, nex_trigger **out, nex_error *err) {
    *out = NULL;
    nex_trigger *trigger = calloc(1, sizeof *trigger);
    if (trigger == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "trigger %s: out of memory", subject);
    }
    trigger->agent = agent;
    trigger->cb = cb;
    trigger->arg = arg;
    trigger->workload_id = strdup(workload_id);
    trigger->namespace_ = strdup(namespace_);
    trigger->subject = strdup(subject);
    trigger->queue = queue != NULL ? strdup(queue) : NULL;
    nex_status status = NEX_OK;
    if (trigger->workload_id == NULL || trigger->namespace_ == NULL || trigger->subject == NULL ||
        (queue != NULL && trigger->queue == NULL)) {
        status = nex_error_set(err, NEX_ENOMEM, "trigger %s: out of memory", subject);
    } else {
        status = subscribe(trigger);
        if (status != NEX_OK) {
            nex_error_set(err, status, "trigger %s: cannot subscribe: %s", subject,
                          nex_status_name(status));
        }
    }
    if (status != NEX_OK) {
        nex_trigger_free(trigger);
        return status;
    }
    trigger->next = agent->triggers;
    trigger->link = &agent->triggers;
    if (agent->triggers != NULL) {
        agent->triggers->link = &trigger->next;
    }
    agent->triggers = trigger;
    *out = trigger;
    return NEX_OK;
}

void agent_trigger_close(nex_trigger *trigger) {
    if (trigger->link != NULL) {
        *trigger->link = trigger->next;
        if (trigger->next != NULL) {
            trigger->next->link = trigger->link;
        }
        trigger->link = NULL;
    }
    nex_subscription_free(trigger->sub);
    trigger->sub = NULL;
}

void nex_trigger_free(nex_trigger *trigger) {
    if (trigger == NULL) {
        return;
    }
    agent_trigger_close(trigger);
    while (trigger->calls != NULL) {
        nex_trigger_call *call = trigger->calls;
        call_unlink(call);
        call->trigger = NULL;
    }
    free(trigger->workload_id);
    free(trigger->namespace_);
    free(trigger->subject);
    free(trigger->queue);
    free(trigger);
}

void nex_trigger_reply(nex_trigger_call *call, const char *error, const void *data, size_t len) {
    nex_trigger *trigger = call->trigger;
    nex_agent *agent = trigger != NULL ? trigger->agent : NULL;
    if (agent != NULL && agent->bus != NULL && call->reply != NULL) {
        nex_header headers[] = {{"workload_id", trigger->workload_id},
                                {"namespace", trigger->namespace_},
                                {"error", error}};
        nex_msg msg = {.subject = call->reply,
                       .data = data,
                       .len = len,
                       .headers = headers,
                       .header_count = error != NULL ? 3 : 2};
        nex_status status = nex_bus_publish(agent->bus, &msg);
        if (status != NEX_OK) {
            nex_log_write(agent->log, NEX_LOG_WARN, "trigger not answered", "workload_id",
                          trigger->workload_id, "reason", nex_status_name(status), NULL);
        }
    }
    if (agent != NULL) {
        uint64_t took = nex_loop_now(agent->loop) - call->began;
        nex_workload_triggered_event event = {.id = trigger->workload_id,
                                              .namespace_ = trigger->namespace_,
                                              .duration = (double)(took / 1000000)};
        nex_agent_emit_triggered(agent, trigger->namespace_, &event);
    }
    nex_trigger_forget(call);
}

void nex_trigger_forget(nex_trigger_call *call) {
    call_unlink(call);
    free(call->reply);
    free(call);
}
