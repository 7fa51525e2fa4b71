/*
 * The messages, subjects, services and requests of the Nex protocol.
 *
 * Written by nexgen 0.1.0 from schemas/protocol (sha256 a55c50c238ae52f2); do not edit.
 */
#ifndef NEX_PROTOCOL_H
#define NEX_PROTOCOL_H

#include <nex/protocol/agent_heartbeat.h>
#include <nex/protocol/agent_ingress_command.h>
#include <nex/protocol/agent_ingress_data.h>
#include <nex/protocol/agent_ingress_msg.h>
#include <nex/protocol/agent_lameduck_set_event.h>
#include <nex/protocol/agent_list_workloads_request.h>
#include <nex/protocol/agent_list_workloads_response.h>
#include <nex/protocol/agent_service.h>
#include <nex/protocol/agent_start_workload_request.h>
#include <nex/protocol/agent_started_event.h>
#include <nex/protocol/agent_stopped_event.h>
#include <nex/protocol/agent_summary.h>
#include <nex/protocol/auction_request.h>
#include <nex/protocol/auction_response.h>
#include <nex/protocol/clone_workload_request.h>
#include <nex/protocol/enc_env.h>
#include <nex/protocol/get_secret_request.h>
#include <nex/protocol/get_secret_response.h>
#include <nex/protocol/lameduck_request.h>
#include <nex/protocol/lameduck_response.h>
#include <nex/protocol/native_metrics.h>
#include <nex/protocol/nats_connection_data.h>
#include <nex/protocol/node_agent_summary.h>
#include <nex/protocol/node_heartbeat.h>
#include <nex/protocol/node_info_request.h>
#include <nex/protocol/node_info_response.h>
#include <nex/protocol/node_lameduck_set_event.h>
#include <nex/protocol/node_ping_request.h>
#include <nex/protocol/node_ping_response.h>
#include <nex/protocol/node_service.h>
#include <nex/protocol/node_started_event.h>
#include <nex/protocol/node_state.h>
#include <nex/protocol/node_stopped_event.h>
#include <nex/protocol/ping_workload_response.h>
#include <nex/protocol/register_agent_request.h>
#include <nex/protocol/register_agent_response.h>
#include <nex/protocol/register_remote_agent_request.h>
#include <nex/protocol/register_remote_agent_response.h>
#include <nex/protocol/rpc.h>
#include <nex/protocol/service_error.h>
#include <nex/protocol/start_workload_request.h>
#include <nex/protocol/start_workload_response.h>
#include <nex/protocol/stop_workload_request.h>
#include <nex/protocol/stop_workload_response.h>
#include <nex/protocol/stored_workload.h>
#include <nex/protocol/subjects.h>
#include <nex/protocol/tag_map.h>
#include <nex/protocol/workload_error.h>
#include <nex/protocol/workload_info_request.h>
#include <nex/protocol/workload_info_response.h>
#include <nex/protocol/workload_lifecycle.h>
#include <nex/protocol/workload_log_piece.h>
#include <nex/protocol/workload_log_stream.h>
#include <nex/protocol/workload_logs_request.h>
#include <nex/protocol/workload_logs_response.h>
#include <nex/protocol/workload_progress_event.h>
#include <nex/protocol/workload_restarted_event.h>
#include <nex/protocol/workload_started_event.h>
#include <nex/protocol/workload_state.h>
#include <nex/protocol/workload_stopped_event.h>
#include <nex/protocol/workload_summary.h>
#include <nex/protocol/workload_triggered_event.h>

#endif
