/* The nexlet's life, and what a node asks of it. */
#include "inmem/workload.h"

#include <stdlib.h>
#include <string.h>

extern const char inmem_start_request_schema[];

nex_status nex_inmem_new(nex_inmem **out, const nex_inmem_options *options, nex_error *err) {
    *out = NULL;
    nex_inmem *inmem = calloc(1, sizeof *inmem);
    if (inmem == NULL ||
        (inmem->type = strdup(options->type != NULL ? options->type : "inmem")) == NULL) {
        free(inmem);
        return nex_error_set(err, NEX_ENOMEM, "inmem nexlet: out of memory");
    }
    inmem->loop = options->loop;
    inmem->log = options->log;
    inmem->max_workloads = options->max_workloads;
    *out = inmem;
    return NEX_OK;
}

void nex_inmem_attach(nex_inmem *inmem, nex_agent *agent) {
    inmem->agent = agent;
}

static void end_all(nex_inmem *inmem) {
    while (inmem->workloads != NULL) {
        inmem_workload_end(inmem->workloads, NULL);
    }
}

void nex_inmem_stop_all(nex_inmem *inmem, void (*done)(void *arg), void *arg) {
    end_all(inmem);
    done(arg);
}

void nex_inmem_detach(nex_inmem *inmem) {
    inmem->agent = NULL;
    end_all(inmem);
}

void nex_inmem_free(nex_inmem *inmem) {
    if (inmem != NULL) {
        nex_inmem_detach(inmem);
        free(inmem->type);
        free(inmem);
    }
}

size_t nex_inmem_count(const nex_inmem *inmem) {
    return HASH_COUNT(inmem->workloads);
}

static nex_status on_register(void *self, nex_register_agent_request *out, nex_error *err) {
    static const nex_workload_lifecycle lifecycles[] = {NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                                        NEX_WORKLOAD_LIFECYCLE_JOB,
                                                        NEX_WORKLOAD_LIFECYCLE_FUNCTION};
    const nex_inmem *inmem = self;
    out->name = nex_message_strdup(out, "nexlet-inmem");
    out->register_type = nex_message_strdup(out, inmem->type);
    out->description = nex_message_strdup(out, "Workloads that exist in memory only");
    out->version = nex_message_strdup(out, nex_version());
    out->start_request_schema = nex_message_strdup(out, inmem_start_request_schema);
    out->max_workloads = inmem->max_workloads;
    out->supported_lifecycles.items = nex_message_alloc(out, sizeof lifecycles);
    if (out->name == NULL || out->register_type == NULL || out->description == NULL ||
        out->version == NULL || out->start_request_schema == NULL ||
        out->supported_lifecycles.items == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "inmem nexlet: out of memory");
    }
    memcpy(out->supported_lifecycles.items, lifecycles, sizeof lifecycles);
    out->supported_lifecycles.count = sizeof lifecycles / sizeof lifecycles[0];
    out->has_supported_lifecycles = true;
    return NEX_OK;
}

static nex_status on_heartbeat(void *self, nex_agent_heartbeat *out, nex_error *err) {
    const nex_inmem *inmem = self;
    out->summary->workload_count = (int64_t)HASH_COUNT(inmem->workloads);
    out->summary->state = nex_message_strdup(out, inmem->lameduck ? "lameduck" : "running");
    return out->summary->state != NULL
               ? NEX_OK
               : nex_error_set(err, NEX_ENOMEM, "inmem nexlet: out of memory");
}

static void on_start(void *self, const char *workload_id,
                     const nex_agent_start_workload_request *request, bool existing,
                     nex_agent_call *call) {
    nex_inmem *inmem = self;
    inmem_workload *workload = inmem_workload_find(inmem, workload_id);
    if (workload != NULL) {
        inmem_workload_join(workload, call);
    } else if (inmem->lameduck && !existing) {
        nex_agent_fail(call, "the nexlet is in lame duck mode and takes no new work");
    } else if (inmem->max_workloads > 0 && !existing &&
               (int64_t)HASH_COUNT(inmem->workloads) >= inmem->max_workloads) {
        nex_agent_fail(call, "the nexlet runs as many workloads as it may");
    } else {
        inmem_workload_start(inmem, workload_id, request->request, call);
    }
}

static void on_stop(void *self, const char *workload_id, const nex_stop_workload_request *request,
                    nex_agent_call *call) {
    (void)request;
    inmem_workload *workload = inmem_workload_find(self, workload_id);
    if (workload == NULL) {
        nex_agent_fail(call, "workload not found");
        return;
    }
    inmem_workload_end(workload, NULL);
    nex_agent_answer_stop(call);
}

static bool may_see(const inmem_workload *workload, const char *namespace_) {
    return strcmp(namespace_, "system") == 0 ||
           strcmp(namespace_, workload->request->namespace_) == 0;
}

static void on_get(void *self, const char *workload_id, const char *namespace_,
                   const char *target_xkey, nex_agent_call *call) {
    (void)target_xkey; /* the runner seals */
    const inmem_workload *workload = inmem_workload_find(self, workload_id);
    nex_agent_answer_get(call, workload != NULL && may_see(workload, namespace_) ? workload->request
                                                                                 : NULL);
}

static void on_query(void *self, const char *namespace_, const nex_string_list *filter,
                     nex_agent_call *call) {
    nex_agent_list_workloads_response *list = NULL;
    if (inmem_list(self, namespace_, filter, &list) == NEX_OK) {
        nex_agent_answer_query(call, list);
    } else {
        nex_agent_fail(call, "out of memory");
    }
    nex_agent_list_workloads_response_free(list);
}

static void on_lameduck(void *self, nex_duration delay, nex_agent_call *call) {
    nex_inmem *inmem = self;
    (void)delay; /* the node stops what still runs when it has passed */
    inmem->lameduck = true;
    nex_agent_answer_lameduck(call);
}

static bool on_has(void *self, const char *workload_id, const char *namespace_) {
    const inmem_workload *workload = inmem_workload_find(self, workload_id);
    return workload != NULL &&
           (namespace_ == NULL || strcmp(namespace_, workload->request->namespace_) == 0);
}

static int on_port(void *self, const char *workload_id) {
    const inmem_workload *workload = inmem_workload_find(self, workload_id);
    return workload != NULL ? (int)workload->start->port : 0;
}

static void on_event(void *self, const void *data, size_t len) {
    const nex_inmem *inmem = self;
    for (inmem_workload *w = inmem->workloads; w != NULL; w = w->hh.next) {
        if (w->start->listen) {
            inmem_write(w, NEX_STDOUT, data, len);
        }
    }
}

static const nex_agent_ops ops = {
    .register_agent = on_register,
    .heartbeat = on_heartbeat,
    .start_workload = on_start,
    .stop_workload = on_stop,
    .get_workload = on_get,
    .query_workloads = on_query,
    .set_lameduck = on_lameduck,
    .has_workload = on_has,
    .workload_port = on_port,
    .event = on_event,
};

const nex_agent_ops *nex_inmem_ops(void) {
    return &ops;
}
