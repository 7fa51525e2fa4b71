/*
 * What a nexlet listens to. A listener is its wish and lives until it is freed; its subscriptions
 * belong to the connection, and to the node where it listens to that, and are made anew with them.
 */
#include "agent/runner.h"

#include "events/events.h"

#include <stdlib.h>
#include <string.h>

struct nex_listener {
    nex_agent *agent;
    char *from; /* NULL: the node it is with */
    char *type; /* NULL: any */
    nex_event_cb cb;
    void *arg;
    event_feed *feed;
    nex_listener *next;
    nex_listener **link;
};

static nex_status listen(nex_listener *listener) {
    nex_agent *agent = listener->agent;
    if (agent->state != SESSION_SERVING || listener->feed != NULL) {
        return NEX_OK; /* once it is registered: only those credentials allow it */
    }
    const char *from = listener->from != NULL ? listener->from : agent->node_id;
    return event_feed_open(&listener->feed, agent->bus, strcmp(from, "*") == 0 ? NULL : from,
                           listener->type, listener->cb, listener->arg);
}

void agent_listeners_subscribe(nex_agent *agent) {
    for (nex_listener *l = agent->listeners; l != NULL; l = l->next) {
        nex_status status = listen(l);
        if (status != NEX_OK) {
            nex_log_write(agent->log, NEX_LOG_ERROR, "events not subscribed", "from",
                          l->from != NULL ? l->from : agent->node_id, "type",
                          l->type != NULL ? l->type : "*", "reason", nex_status_name(status), NULL);
        }
    }
}

void agent_listeners_unsubscribe(nex_agent *agent) {
    for (nex_listener *l = agent->listeners; l != NULL; l = l->next) {
        event_feed_free(l->feed);
        l->feed = NULL;
    }
}

void agent_listeners_remove(nex_agent *agent) {
    while (agent->listeners != NULL) {
        nex_listener_free(agent->listeners);
    }
}

static nex_status check(const nex_event_filter *filter, nex_error *err) {
    const char *from = filter->from;
    if (from != NULL && strcmp(from, "*") != 0 && !nex_subject_token_valid(from)) {
        return nex_error_set(err, NEX_EINVAL,
                             "events from \"%s\": expected a namespace, the id of a node or an "
                             "agent, or \"*\"",
                             from);
    }
    if (filter->type != NULL && !nex_subject_token_valid(filter->type)) {
        return nex_error_set(err, NEX_EINVAL,
                             "events of type \"%s\": expected one word such as WORKLOADSTOPPED",
                             filter->type);
    }
    return NEX_OK;
}

nex_status nex_agent_listen(nex_agent *agent, const nex_event_filter *filter, nex_event_cb cb,
                            void *arg, nex_listener **out, nex_error *err) {
    *out = NULL;
    nex_status status = check(filter, err);
    if (status != NEX_OK) {
        return status;
    }
    nex_listener *listener = calloc(1, sizeof *listener);
    if (listener == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "events: out of memory");
    }
    *listener = (nex_listener){.agent = agent,
                               .from = filter->from != NULL ? strdup(filter->from) : NULL,
                               .type = filter->type != NULL ? strdup(filter->type) : NULL,
                               .cb = cb,
                               .arg = arg};
    if ((filter->from != NULL && listener->from == NULL) ||
        (filter->type != NULL && listener->type == NULL)) {
        status = nex_error_set(err, NEX_ENOMEM, "events: out of memory");
    } else if ((status = listen(listener)) != NEX_OK) {
        nex_error_set(err, status, "events: cannot subscribe: %s", nex_status_name(status));
    }
    if (status != NEX_OK) {
        nex_listener_free(listener);
        return status;
    }
    listener->next = agent->listeners;
    listener->link = &agent->listeners;
    if (agent->listeners != NULL) {
        agent->listeners->link = &listener->next;
    }
    agent->listeners = listener;
    *out = listener;
    return NEX_OK;
}

void nex_listener_free(nex_listener *listener) {
    if (listener == NULL) {
        return;
    }
    if (listener->link != NULL) {
        *listener->link = listener->next;
        if (listener->next != NULL) {
            listener->next->link = listener->link;
        }
    }
    event_feed_free(listener->feed);
    free(listener->from);
    free(listener->type);
    free(listener);
}
