/* Functions: each message of a trigger is answered, at once or when `duration` has passed. */
#include "inmem/workload.h"

#include <nex/keys.h>
#include <stdlib.h>
#include <string.h>

typedef struct inmem_reply {
    inmem_workload *workload;
    nex_trigger_call *call;
    nex_timer *timer;
    nex_buf body;
    struct inmem_reply *next;
    struct inmem_reply **link;
} inmem_reply;

static void reply_free(inmem_reply *reply) {
    *reply->link = reply->next;
    if (reply->next != NULL) {
        reply->next->link = reply->link;
    }
    nex_timer_free(reply->timer);
    nex_buf_wipe(&reply->body);
    free(reply);
}

static void send(void *arg) {
    inmem_reply *reply = arg;
    nex_trigger_reply(reply->call, reply->workload->start->fail, reply->body.data, reply->body.len);
    reply_free(reply);
}

static void on_message(void *arg, nex_trigger_call *call, const nex_msg *msg) {
    inmem_workload *workload = ((inmem_trigger *)arg)->workload;
    const nex_inmem_start_request *start = workload->start;
    inmem_reply *reply = calloc(1, sizeof *reply);
    if (reply == NULL) {
        nex_trigger_reply(call, "out of memory", NULL, 0);
        return;
    }
    reply->workload = workload;
    reply->call = call;
    reply->next = workload->replies;
    reply->link = &workload->replies;
    if (workload->replies != NULL) {
        workload->replies->link = &reply->next;
    }
    workload->replies = reply;
    nex_status status = start->reply != NULL ? inmem_expand(workload, start->reply, &reply->body)
                                             : nex_buf_append(&reply->body, msg->data, msg->len);
    if (status == NEX_OK && start->duration > 0) {
        status = nex_timer_new(workload->inmem->loop, &reply->timer, send, reply);
    }
    if (status != NEX_OK) {
        nex_trigger_reply(call, "out of memory", NULL, 0);
        reply_free(reply);
        return;
    }
    inmem_write_all(workload);
    if (reply->timer != NULL) {
        nex_timer_start(reply->timer, start->duration, 0);
    } else {
        send(reply);
    }
}

static nex_status add(inmem_workload *workload, const char *subject, nex_error *err) {
    /* The group is the function's: copies of it, on any node, share the messages. */
    nex_buf queue = NEX_BUF_INIT;
    const nex_start_workload_request *request = workload->request;
    nex_status status = nex_buf_printf(&queue, "%s.%s", request->namespace_, request->name);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "trigger %s: out of memory", subject);
    }
    for (char *c = queue.data; *c != '\0'; c++) {
        if (*c == ' ' || *c == '\t') {
            *c = '_'; /* the name is the user's, a queue group has no blanks */
        }
    }
    inmem_trigger *trigger = &workload->triggers[workload->trigger_count];
    trigger->workload = workload;
    status =
        nex_agent_trigger_add(workload->inmem->agent, workload->id, request->namespace_, subject,
                              queue.data, on_message, trigger, &trigger->trigger, err);
    nex_buf_free(&queue);
    if (status == NEX_OK) {
        workload->trigger_count++;
    }
    return status;
}

nex_status inmem_function_start(inmem_workload *workload, nex_error *err) {
    const nex_string_list *subjects = &workload->start->triggers;
    size_t room = subjects->count > 0 ? subjects->count : 1;
    workload->triggers = calloc(room, sizeof *workload->triggers);
    if (workload->triggers == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    nex_status status = NEX_OK;
    for (size_t i = 0; i < subjects->count && status == NEX_OK; i++) {
        status = add(workload, subjects->items[i], err);
    }
    if (subjects->count == 0) {
        nex_buf subject = NEX_BUF_INIT;
        status = nex_buf_printf(&subject, "%s.function.%s", workload->request->namespace_,
                                workload->request->name);
        status = status == NEX_OK ? add(workload, subject.data, err)
                                  : nex_error_set(err, status, "out of memory");
        nex_buf_free(&subject);
    }
    return status;
}

void inmem_function_stop(inmem_workload *workload) {
    while (workload->replies != NULL) {
        inmem_reply *reply = workload->replies;
        nex_trigger_reply(reply->call, "the function was stopped", NULL, 0);
        reply_free(reply);
    }
    for (size_t i = 0; i < workload->trigger_count; i++) {
        nex_trigger_free(workload->triggers[i].trigger);
    }
    free(workload->triggers);
    workload->triggers = NULL;
    workload->trigger_count = 0;
}
