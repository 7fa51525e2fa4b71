/*
 * An agent registered.
 *
 * Written by nexgen 0.1.0 from agent-started-event.json (sha256 45edb57db9dea656); do not edit.
 */
#include <nex/protocol/agent_started_event.h>

/* clang-format off */
static const nex_field fields_of_nex_agent_started_event[] = {
    {
        .name = "id", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nex_agent_started_event, id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Agent id: a NUID of 22 base-62 characters",
    },
    {
        .name = "name", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_agent_started_event, name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Name of the nexlet",
    },
    {
        .name = "register_type", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_agent_started_event, register_type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload type it runs",
    },
};
const nex_type nex_agent_started_event_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_agent_started_event), .name = "AgentStartedEvent",
    .fields = fields_of_nex_agent_started_event, .field_count = 3, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "An agent registered.",
};

/* clang-format on */

nex_agent_started_event *nex_agent_started_event_new(void) {
    return nex_message_new(&nex_agent_started_event_type);
}

nex_status nex_agent_started_event_decode(nex_agent_started_event **out, const char *json,
                                          size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_started_event_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_agent_started_event_decode_strict(nex_agent_started_event **out, const char *json,
                                                 size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_started_event_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_agent_started_event_encode(const nex_agent_started_event *message, nex_buf *out) {
    return nex_message_encode(&nex_agent_started_event_type, message, out);
}

nex_status nex_agent_started_event_validate(const nex_agent_started_event *message,
                                            nex_error *err) {
    return nex_message_validate(&nex_agent_started_event_type, message, err);
}

nex_status nex_agent_started_event_clone(const nex_agent_started_event *message,
                                         nex_agent_started_event **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_agent_started_event_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_agent_started_event_equal(const nex_agent_started_event *a,
                                   const nex_agent_started_event *b) {
    return nex_message_equal(&nex_agent_started_event_type, a, b);
}

nex_status nex_agent_started_event_to_json(const nex_agent_started_event *message, json_t **out) {
    return nex_message_to_json(&nex_agent_started_event_type, message, out);
}

nex_status nex_agent_started_event_from_json(nex_agent_started_event **out, const json_t *json,
                                             nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_agent_started_event_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_agent_started_event_free(nex_agent_started_event *message) {
    nex_message_free(message);
}
