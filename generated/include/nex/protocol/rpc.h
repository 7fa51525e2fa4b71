/*
 * Typed requests of the Nex protocol.
 *
 * Written by nexgen 0.1.0 from asyncapi.json (sha256 ff0253b9349c1117); do not edit.
 *
 * For every operation X that is answered: nex_rpc_X sends a typed request (headers may be NULL;
 * see nex_bus_request and nex_bus_request_many for the rest), and nex_rpc_X_reply, called in the
 * callback, reads an answer: NEX_EREFUSED when it is an error reply, err naming its code and
 * text; NEX_EINVAL when it is not what the protocol says.
 */
#ifndef NEX_PROTOCOL_RPC_H
#define NEX_PROTOCOL_RPC_H

#include <nex/bus.h>
#include <nex/protocol/agent_list_workloads_request.h>
#include <nex/protocol/agent_list_workloads_response.h>
#include <nex/protocol/agent_start_workload_request.h>
#include <nex/protocol/agent_summary.h>
#include <nex/protocol/auction_request.h>
#include <nex/protocol/auction_response.h>
#include <nex/protocol/clone_workload_request.h>
#include <nex/protocol/get_secret_request.h>
#include <nex/protocol/get_secret_response.h>
#include <nex/protocol/lameduck_request.h>
#include <nex/protocol/lameduck_response.h>
#include <nex/protocol/node_info_response.h>
#include <nex/protocol/node_ping_request.h>
#include <nex/protocol/node_ping_response.h>
#include <nex/protocol/ping_workload_response.h>
#include <nex/protocol/register_agent_request.h>
#include <nex/protocol/register_agent_response.h>
#include <nex/protocol/register_remote_agent_request.h>
#include <nex/protocol/register_remote_agent_response.h>
#include <nex/protocol/start_workload_request.h>
#include <nex/protocol/start_workload_response.h>
#include <nex/protocol/stop_workload_request.h>
#include <nex/protocol/stop_workload_response.h>
#include <nex/protocol/tag_map.h>
#include <nex/protocol/workload_info_request.h>
#include <nex/protocol/workload_info_response.h>
#include <nex/protocol/workload_logs_request.h>
#include <nex/protocol/workload_logs_response.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NEX_RPC_ERROR_CODE "Nats-Service-Error-Code"
#define NEX_RPC_ERROR      "Nats-Service-Error"

/** NEX_OK, or NEX_EREFUSED with code and text in err when the message is an error reply. */
NEX_API nex_status nex_rpc_check(const nex_msg *msg, nex_error *err);

/** Tags of every node. */
NEX_API nex_status nex_rpc_ping_placement_tags(nex_bus *bus, const nex_header *headers,
                                               size_t header_count, const nex_many_options *options,
                                               nex_many_cb on_reply, nex_end_cb on_end, void *arg,
                                               nex_request **out);
NEX_API nex_status nex_rpc_ping_placement_tags_reply(const nex_msg *msg, nex_tag_map **out,
                                                     nex_error *err);

/** Which nodes there are. No answer when the node lacks a tag of the filter. */
NEX_API nex_status nex_rpc_ping_nexus(nex_bus *bus, const nex_node_ping_request *request,
                                      const nex_header *headers, size_t header_count,
                                      const nex_many_options *options, nex_many_cb on_reply,
                                      nex_end_cb on_end, void *arg, nex_request **out);
NEX_API nex_status nex_rpc_ping_nexus_reply(const nex_msg *msg, nex_node_ping_response **out,
                                            nex_error *err);

/** Whether one node is there. No answer when the node lacks a tag of the filter. */
NEX_API nex_status nex_rpc_ping_node(nex_bus *bus, const char *node,
                                     const nex_node_ping_request *request,
                                     const nex_header *headers, size_t header_count,
                                     nex_duration timeout, nex_reply_cb cb, void *arg,
                                     nex_request **out);
NEX_API nex_status nex_rpc_ping_node_reply(const nex_msg *msg, nex_node_ping_response **out,
                                           nex_error *err);

/** All about one node and its agents. */
NEX_API nex_status nex_rpc_get_node_info(nex_bus *bus, const char *node, const nex_header *headers,
                                         size_t header_count, nex_duration timeout, nex_reply_cb cb,
                                         void *arg, nex_request **out);
NEX_API nex_status nex_rpc_get_node_info_reply(const nex_msg *msg, nex_node_info_response **out,
                                               nex_error *err);

/** Puts a node into lame duck mode. No answer when the node lacks the tag. */
NEX_API nex_status nex_rpc_set_lameduck(nex_bus *bus, const char *node,
                                        const nex_lameduck_request *request,
                                        const nex_header *headers, size_t header_count,
                                        nex_duration timeout, nex_reply_cb cb, void *arg,
                                        nex_request **out);
NEX_API nex_status nex_rpc_set_lameduck_reply(const nex_msg *msg, nex_lameduck_response **out,
                                              nex_error *err);

/** Id of the agent of that name. No answer when the name is unknown. */
NEX_API nex_status nex_rpc_get_agent_id_by_name(nex_bus *bus, const char *node, const void *data,
                                                size_t len, const nex_header *headers,
                                                size_t header_count, nex_duration timeout,
                                                nex_reply_cb cb, void *arg, nex_request **out);

/** A remote agent asks for an id and credentials; one node of the nexus answers. */
NEX_API nex_status nex_rpc_register_remote_agent(nex_bus *bus, const char *nexus,
                                                 const nex_register_remote_agent_request *request,
                                                 const nex_header *headers, size_t header_count,
                                                 nex_duration timeout, nex_reply_cb cb, void *arg,
                                                 nex_request **out);
NEX_API nex_status nex_rpc_register_remote_agent_reply(const nex_msg *msg,
                                                       nex_register_remote_agent_response **out,
                                                       nex_error *err);

/** An agent registers. */
NEX_API nex_status nex_rpc_register_agent(nex_bus *bus, const char *node, const char *agent,
                                          const nex_register_agent_request *request,
                                          const nex_header *headers, size_t header_count,
                                          nex_duration timeout, nex_reply_cb cb, void *arg,
                                          nex_request **out);
NEX_API nex_status nex_rpc_register_agent_reply(const nex_msg *msg,
                                                nex_register_agent_response **out, nex_error *err);

/** An agent asks for a secret of a namespace in which it has a workload. */
NEX_API nex_status nex_rpc_get_secret(nex_bus *bus, const char *node, const char *agent,
                                      const nex_get_secret_request *request,
                                      const nex_header *headers, size_t header_count,
                                      nex_duration timeout, nex_reply_cb cb, void *arg,
                                      nex_request **out);
NEX_API nex_status nex_rpc_get_secret_reply(const nex_msg *msg, nex_get_secret_response **out,
                                            nex_error *err);

/**
 * Asks for bids. No answer without the header Nex-Explain when the node cannot run such a workload.
 */
NEX_API nex_status nex_rpc_auction_request(nex_bus *bus, const char *namespace_,
                                           const nex_auction_request *request,
                                           const nex_header *headers, size_t header_count,
                                           const nex_many_options *options, nex_many_cb on_reply,
                                           nex_end_cb on_end, void *arg, nex_request **out);
NEX_API nex_status nex_rpc_auction_request_reply(const nex_msg *msg, nex_auction_response **out,
                                                 nex_error *err);

/**
 * Stops a workload; every node answers. In place of the workload's id there may be that of the bid
 * it was started with, of which then nothing starts any more.
 */
NEX_API nex_status nex_rpc_stop_workload(nex_bus *bus, const char *namespace_, const char *workload,
                                         const nex_stop_workload_request *request,
                                         const nex_header *headers, size_t header_count,
                                         const nex_many_options *options, nex_many_cb on_reply,
                                         nex_end_cb on_end, void *arg, nex_request **out);
NEX_API nex_status nex_rpc_stop_workload_reply(const nex_msg *msg, nex_stop_workload_response **out,
                                               nex_error *err);

/**
 * Starts a workload on the bid that was taken. No answer when the bid is of another node. With the
 * header Nex-Progress, empty messages with it come before the answer while the agent is at it.
 */
NEX_API nex_status nex_rpc_auction_deploy_workload(nex_bus *bus, const char *namespace_,
                                                   const char *bidder,
                                                   const nex_start_workload_request *request,
                                                   const nex_header *headers, size_t header_count,
                                                   nex_duration timeout, nex_reply_cb cb, void *arg,
                                                   nex_request **out);
NEX_API nex_status nex_rpc_auction_deploy_workload_reply(const nex_msg *msg,
                                                         nex_start_workload_response **out,
                                                         nex_error *err);

/**
 * The start request of a running workload. No answer without the header Nex-Explain when the
 * workload is unknown or of another namespace.
 */
NEX_API nex_status nex_rpc_clone_workload(nex_bus *bus, const char *namespace_,
                                          const char *workload,
                                          const nex_clone_workload_request *request,
                                          const nex_header *headers, size_t header_count,
                                          const nex_many_options *options, nex_many_cb on_reply,
                                          nex_end_cb on_end, void *arg, nex_request **out);
NEX_API nex_status nex_rpc_clone_workload_reply(const nex_msg *msg,
                                                nex_start_workload_request **out, nex_error *err);

/** Workloads of a namespace. */
NEX_API nex_status nex_rpc_namespace_ping_request(nex_bus *bus, const char *namespace_,
                                                  const nex_agent_list_workloads_request *request,
                                                  const nex_header *headers, size_t header_count,
                                                  const nex_many_options *options,
                                                  nex_many_cb on_reply, nex_end_cb on_end,
                                                  void *arg, nex_request **out);
NEX_API nex_status nex_rpc_namespace_ping_request_reply(const nex_msg *msg,
                                                        nex_agent_list_workloads_response **out,
                                                        nex_error *err);

/**
 * What a workload wrote, as far as it is kept. Not of the Go reference. Asked of the node that has
 * the workload, piece by piece: each answer says where the next one begins.
 */
NEX_API nex_status nex_rpc_workload_logs(nex_bus *bus, const char *namespace_, const char *node,
                                         const char *workload,
                                         const nex_workload_logs_request *request,
                                         const nex_header *headers, size_t header_count,
                                         nex_duration timeout, nex_reply_cb cb, void *arg,
                                         nex_request **out);
NEX_API nex_status nex_rpc_workload_logs_reply(const nex_msg *msg, nex_workload_logs_response **out,
                                               nex_error *err);

/**
 * All that a node knows of a workload beside its summary. Not of the Go reference. Values that may
 * be secret are masked.
 */
NEX_API nex_status nex_rpc_workload_info(nex_bus *bus, const char *namespace_, const char *node,
                                         const char *workload,
                                         const nex_workload_info_request *request,
                                         const nex_header *headers, size_t header_count,
                                         nex_duration timeout, nex_reply_cb cb, void *arg,
                                         nex_request **out);
NEX_API nex_status nex_rpc_workload_info_reply(const nex_msg *msg, nex_workload_info_response **out,
                                               nex_error *err);

/** The node tells an agent to start a workload. */
NEX_API nex_status nex_rpc_agent_start_workload(nex_bus *bus, const char *node, const char *agent,
                                                const char *workload,
                                                const nex_agent_start_workload_request *request,
                                                const nex_header *headers, size_t header_count,
                                                nex_duration timeout, nex_reply_cb cb, void *arg,
                                                nex_request **out);
NEX_API nex_status nex_rpc_agent_start_workload_reply(const nex_msg *msg,
                                                      nex_start_workload_response **out,
                                                      nex_error *err);

/** The node tells its agents to stop a workload. */
NEX_API nex_status nex_rpc_agent_stop_workload(nex_bus *bus, const char *node, const char *workload,
                                               const nex_stop_workload_request *request,
                                               const nex_header *headers, size_t header_count,
                                               const nex_many_options *options,
                                               nex_many_cb on_reply, nex_end_cb on_end, void *arg,
                                               nex_request **out);
NEX_API nex_status nex_rpc_agent_stop_workload_reply(const nex_msg *msg,
                                                     nex_stop_workload_response **out,
                                                     nex_error *err);

/**
 * The node asks its agents for the start request of a workload. No answer when the workload is
 * unknown.
 */
NEX_API nex_status nex_rpc_agent_get_workload(nex_bus *bus, const char *node, const char *workload,
                                              const void *data, size_t len,
                                              const nex_header *headers, size_t header_count,
                                              const nex_many_options *options, nex_many_cb on_reply,
                                              nex_end_cb on_end, void *arg, nex_request **out);
NEX_API nex_status nex_rpc_agent_get_workload_reply(const nex_msg *msg,
                                                    nex_start_workload_request **out,
                                                    nex_error *err);

/** The node asks its agents for their workloads. */
NEX_API nex_status nex_rpc_agent_query_workloads(nex_bus *bus, const char *node,
                                                 const nex_agent_list_workloads_request *request,
                                                 const nex_header *headers, size_t header_count,
                                                 const nex_many_options *options,
                                                 nex_many_cb on_reply, nex_end_cb on_end, void *arg,
                                                 nex_request **out);
NEX_API nex_status nex_rpc_agent_query_workloads_reply(const nex_msg *msg,
                                                       nex_agent_list_workloads_response **out,
                                                       nex_error *err);

/** One agent says who it is. */
NEX_API nex_status nex_rpc_ping_agent(nex_bus *bus, const char *node, const char *agent,
                                      const nex_header *headers, size_t header_count,
                                      nex_duration timeout, nex_reply_cb cb, void *arg,
                                      nex_request **out);
NEX_API nex_status nex_rpc_ping_agent_reply(const nex_msg *msg, nex_agent_summary **out,
                                            nex_error *err);

/** Every agent of a node says who it is. */
NEX_API nex_status nex_rpc_ping_all_agents(nex_bus *bus, const char *node,
                                           const nex_header *headers, size_t header_count,
                                           const nex_many_options *options, nex_many_cb on_reply,
                                           nex_end_cb on_end, void *arg, nex_request **out);
NEX_API nex_status nex_rpc_ping_all_agents_reply(const nex_msg *msg, nex_agent_summary **out,
                                                 nex_error *err);

/** The node puts its agents into lame duck mode. */
NEX_API nex_status nex_rpc_agent_set_lameduck(nex_bus *bus, const char *node,
                                              const nex_lameduck_request *request,
                                              const nex_header *headers, size_t header_count,
                                              const nex_many_options *options, nex_many_cb on_reply,
                                              nex_end_cb on_end, void *arg, nex_request **out);
NEX_API nex_status nex_rpc_agent_set_lameduck_reply(const nex_msg *msg, nex_lameduck_response **out,
                                                    nex_error *err);

/** Which node runs a workload. No answer when the workload is unknown. */
NEX_API nex_status nex_rpc_workload_discovery(nex_bus *bus, const char *nexus, const char *workload,
                                              const nex_header *headers, size_t header_count,
                                              const nex_many_options *options, nex_many_cb on_reply,
                                              nex_end_cb on_end, void *arg, nex_request **out);
NEX_API nex_status nex_rpc_workload_discovery_reply(const nex_msg *msg,
                                                    nex_ping_workload_response **out,
                                                    nex_error *err);

/**
 * The node asks an agent for what a workload wrote. Not of the Go reference, whose agents do not
 * listen here.
 */
NEX_API nex_status nex_rpc_agent_workload_logs(nex_bus *bus, const char *node, const char *agent,
                                               const char *workload,
                                               const nex_workload_logs_request *request,
                                               const nex_header *headers, size_t header_count,
                                               nex_duration timeout, nex_reply_cb cb, void *arg,
                                               nex_request **out);
NEX_API nex_status nex_rpc_agent_workload_logs_reply(const nex_msg *msg,
                                                     nex_workload_logs_response **out,
                                                     nex_error *err);

#ifdef __cplusplus
}
#endif

#endif
