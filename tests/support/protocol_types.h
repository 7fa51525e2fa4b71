/*
 * Every type of the protocol by its C name (without nex_), for tests that go through them all.
 * tests/unit/protocol/wire_test.c sees to it that none is missing.
 */
#ifndef NEX_TESTS_PROTOCOL_TYPES_H
#define NEX_TESTS_PROTOCOL_TYPES_H

#include <nex/protocol.h>
#include <string.h>

typedef struct protocol_type {
    const char *name;
    const nex_type *type;
} protocol_type;

#define PROTOCOL_TYPE(name_)                                                                       \
    { #name_, &nex_##name_##_type }

static const protocol_type protocol_types[] = {
    PROTOCOL_TYPE(agent_heartbeat),
    PROTOCOL_TYPE(agent_ingress_command),
    PROTOCOL_TYPE(agent_ingress_data),
    PROTOCOL_TYPE(agent_ingress_msg),
    PROTOCOL_TYPE(agent_lameduck_set_event),
    PROTOCOL_TYPE(agent_list_workloads_request),
    PROTOCOL_TYPE(agent_list_workloads_response),
    PROTOCOL_TYPE(agent_start_workload_request),
    PROTOCOL_TYPE(agent_started_event),
    PROTOCOL_TYPE(agent_stopped_event),
    PROTOCOL_TYPE(agent_summary),
    PROTOCOL_TYPE(auction_request),
    PROTOCOL_TYPE(auction_response),
    PROTOCOL_TYPE(clone_workload_request),
    PROTOCOL_TYPE(enc_env),
    PROTOCOL_TYPE(lameduck_request),
    PROTOCOL_TYPE(lameduck_response),
    PROTOCOL_TYPE(nats_connection_data),
    PROTOCOL_TYPE(node_agent_summary),
    PROTOCOL_TYPE(node_heartbeat),
    PROTOCOL_TYPE(node_info_request),
    PROTOCOL_TYPE(node_info_response),
    PROTOCOL_TYPE(node_lameduck_set_event),
    PROTOCOL_TYPE(node_ping_request),
    PROTOCOL_TYPE(node_ping_response),
    PROTOCOL_TYPE(node_started_event),
    PROTOCOL_TYPE(node_state),
    PROTOCOL_TYPE(node_stopped_event),
    PROTOCOL_TYPE(ping_workload_response),
    PROTOCOL_TYPE(register_agent_request),
    PROTOCOL_TYPE(register_agent_response),
    PROTOCOL_TYPE(register_remote_agent_request),
    PROTOCOL_TYPE(register_remote_agent_response),
    PROTOCOL_TYPE(service_error),
    PROTOCOL_TYPE(start_workload_request),
    PROTOCOL_TYPE(start_workload_response),
    PROTOCOL_TYPE(stop_workload_request),
    PROTOCOL_TYPE(stop_workload_response),
    PROTOCOL_TYPE(tag_map),
    PROTOCOL_TYPE(workload_error),
    PROTOCOL_TYPE(workload_lifecycle),
    PROTOCOL_TYPE(workload_started_event),
    PROTOCOL_TYPE(workload_state),
    PROTOCOL_TYPE(workload_stopped_event),
    PROTOCOL_TYPE(workload_summary),
    PROTOCOL_TYPE(workload_triggered_event),
};

enum { PROTOCOL_TYPE_COUNT = sizeof protocol_types / sizeof protocol_types[0] };

static inline const nex_type *protocol_type_named(const char *name) {
    for (size_t i = 0; i < PROTOCOL_TYPE_COUNT; i++) {
        if (strcmp(protocol_types[i].name, name) == 0) {
            return protocol_types[i].type;
        }
    }
    return NULL;
}

#endif
