/*
 * The endpoints of the service agent: one typed handler for each.
 *
 * Written by nexgen 0.1.0 from asyncapi.json (sha256 ff0253b9349c1117); do not edit.
 */
#ifndef NEX_AGENT_SERVICE_H
#define NEX_AGENT_SERVICE_H

#include <nex/micro.h>
#include <nex/protocol/agent_list_workloads_request.h>
#include <nex/protocol/agent_start_workload_request.h>
#include <nex/protocol/lameduck_request.h>
#include <nex/protocol/stop_workload_request.h>
#include <nex/protocol/workload_logs_request.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The handlers. An endpoint whose handler is NULL is not served. Each handler gets a call, which
 * it must end once, now or later; the request and the parameters of the subject are valid until
 * the handler returns.
 */
typedef struct nex_agent_service {
    void *self; /**< handed to every handler */
    /** A body that could not be decoded: must end the call. NULL: answered with 400. */
    void (*invalid)(void *self, nex_call *call, const char *endpoint, const nex_error *err);
    /** The node tells an agent to start a workload. */
    void (*start_workload)(void *self, nex_call *call,
                           const nex_agent_start_workload_request *request, const char *workload);
    /** The node tells its agents to stop a workload. */
    void (*stop_workload)(void *self, nex_call *call, const nex_stop_workload_request *request,
                          const char *workload);
    /**
     * The node asks its agents for the start request of a workload. No answer when the workload is
     * unknown.
     */
    void (*get_workload)(void *self, nex_call *call, const char *workload);
    /** The node asks its agents for their workloads. */
    void (*query_workloads)(void *self, nex_call *call,
                            const nex_agent_list_workloads_request *request);
    /** One agent says who it is. */
    void (*ping_agent)(void *self, nex_call *call);
    /** Every agent of a node says who it is. */
    void (*ping_all_agents)(void *self, nex_call *call);
    /** The node puts its agents into lame duck mode. */
    void (*set_lameduck)(void *self, nex_call *call, const nex_lameduck_request *request);
    /**
     * Which node runs a workload. No answer when the workload is unknown. Only for: nexlets with
     * ingress.
     */
    void (*workload_discovery)(void *self, nex_call *call, const char *workload);
    /**
     * Events handed to a nexlet that listens for them. Only for: nexlets that listen for events.
     */
    void (*event_listener)(void *self, nex_call *call);
    /**
     * The node asks an agent for what a workload wrote. Not of the Go reference, whose agents do
     * not listen here. Only for: nexlets that keep the output of workloads.
     */
    void (*workload_logs)(void *self, nex_call *call, const nex_workload_logs_request *request,
                          const char *workload);
} nex_agent_service;

/**
 * Adds an endpoint for each handler, in the protocol's order. The service must live as long as
 * micro; the texts are needed during the call only.
 */
NEX_API nex_status nex_agent_service_add(nex_micro *micro, const nex_agent_service *service,
                                         const char *node, const char *nexus, const char *agent,
                                         nex_error *err);

#ifdef __cplusplus
}
#endif

#endif
