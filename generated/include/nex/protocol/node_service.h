/*
 * The endpoints of the service node: one typed handler for each.
 *
 * Written by nexgen 0.1.0 from asyncapi.json (sha256 ff0253b9349c1117); do not edit.
 */
#ifndef NEX_NODE_SERVICE_H
#define NEX_NODE_SERVICE_H

#include <nex/micro.h>
#include <nex/protocol/agent_list_workloads_request.h>
#include <nex/protocol/auction_request.h>
#include <nex/protocol/clone_workload_request.h>
#include <nex/protocol/get_secret_request.h>
#include <nex/protocol/lameduck_request.h>
#include <nex/protocol/node_ping_request.h>
#include <nex/protocol/register_agent_request.h>
#include <nex/protocol/register_remote_agent_request.h>
#include <nex/protocol/start_workload_request.h>
#include <nex/protocol/stop_workload_request.h>
#include <nex/protocol/workload_info_request.h>
#include <nex/protocol/workload_logs_request.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The handlers. An endpoint whose handler is NULL is not served. Each handler gets a call, which
 * it must end once, now or later; the request and the parameters of the subject are valid until
 * the handler returns.
 */
typedef struct nex_node_service {
    void *self; /**< handed to every handler */
    /** A body that could not be decoded: must end the call. NULL: answered with 400. */
    void (*invalid)(void *self, nex_call *call, const char *endpoint, const nex_error *err);
    /** Tags of every node. */
    void (*ping_placement_tags)(void *self, nex_call *call);
    /** Which nodes there are. No answer when the node lacks a tag of the filter. */
    void (*ping_nexus)(void *self, nex_call *call, const nex_node_ping_request *request);
    /** Whether one node is there. No answer when the node lacks a tag of the filter. */
    void (*ping_node)(void *self, nex_call *call, const nex_node_ping_request *request);
    /** All about one node and its agents. */
    void (*get_node_info)(void *self, nex_call *call);
    /** Puts a node into lame duck mode. No answer when the node lacks the tag. */
    void (*set_lameduck)(void *self, nex_call *call, const nex_lameduck_request *request);
    /** Id of the agent of that name. No answer when the name is unknown. */
    void (*get_agent_id_by_name)(void *self, nex_call *call);
    /**
     * A remote agent asks for an id and credentials; one node of the nexus answers. Only for: node
     * up --allow-remote-agent-registration.
     */
    void (*register_remote_agent)(void *self, nex_call *call,
                                  const nex_register_remote_agent_request *request);
    /** An agent registers. */
    void (*register_agent)(void *self, nex_call *call, const nex_register_agent_request *request,
                           const char *agent);
    /**
     * An agent asks for a secret of a namespace in which it has a workload. Only for: node up
     * --secrets-directory.
     */
    void (*get_secret)(void *self, nex_call *call, const nex_get_secret_request *request,
                       const char *agent);
    /**
     * Asks for bids. No answer without the header Nex-Explain when the node cannot run such a
     * workload.
     */
    void (*auction_request)(void *self, nex_call *call, const nex_auction_request *request,
                            const char *namespace_);
    /**
     * Stops a workload; every node answers. In place of the workload's id there may be that of the
     * bid it was started with, of which then nothing starts any more.
     */
    void (*stop_workload)(void *self, nex_call *call, const nex_stop_workload_request *request,
                          const char *namespace_, const char *workload);
    /**
     * Starts a workload on the bid that was taken. No answer when the bid is of another node. With
     * the header Nex-Progress, empty messages with it come before the answer while the agent is at
     * it.
     */
    void (*auction_deploy_workload)(void *self, nex_call *call,
                                    const nex_start_workload_request *request,
                                    const char *namespace_, const char *bidder);
    /**
     * The start request of a running workload. No answer without the header Nex-Explain when the
     * workload is unknown or of another namespace.
     */
    void (*clone_workload)(void *self, nex_call *call, const nex_clone_workload_request *request,
                           const char *namespace_, const char *workload);
    /** Workloads of a namespace. */
    void (*namespace_ping_request)(void *self, nex_call *call,
                                   const nex_agent_list_workloads_request *request,
                                   const char *namespace_);
    /**
     * What a workload wrote, as far as it is kept. Not of the Go reference. Asked of the node that
     * has the workload, piece by piece: each answer says where the next one begins.
     */
    void (*workload_logs)(void *self, nex_call *call, const nex_workload_logs_request *request,
                          const char *namespace_, const char *workload);
    /**
     * All that a node knows of a workload beside its summary. Not of the Go reference. Values that
     * may be secret are masked.
     */
    void (*workload_info)(void *self, nex_call *call, const nex_workload_info_request *request,
                          const char *namespace_, const char *workload);
} nex_node_service;

/**
 * Adds an endpoint for each handler, in the protocol's order. The service must live as long as
 * micro; the texts are needed during the call only.
 */
NEX_API nex_status nex_node_service_add(nex_micro *micro, const nex_node_service *service,
                                        const char *node, const char *nexus, nex_error *err);

#ifdef __cplusplus
}
#endif

#endif
