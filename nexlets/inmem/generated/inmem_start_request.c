/*
 * What the in-memory nexlet pretends to run: nothing of it leaves the nexlet's process.
 *
 * Written by nexgen 0.1.0 from start_request.json (sha256 6d705f478449ae94); do not edit.
 */
#include <inmem_start_request.h>

/* clang-format off */
static const nex_limits limits_of_nex_inmem_start_request_port = {
    .has = NEX_LIMIT_MIN | NEX_LIMIT_MAX, .int_min = INT64_C(1), .min = 1.0,
    .int_max = INT64_C(65535), .max = 65535.0,
};
static const nex_type nex_inmem_start_request_port_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "inmem_start_request_port",
    .limits = &limits_of_nex_inmem_start_request_port, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/port",
    .doc = "Port that is told to the ingress manager; nothing listens there",
};

static const nex_limits limits_of_nex_inmem_start_request_events_item = {
    .has = 0, .pattern = "^[^.*> \\t]+$|^([^.*> \\t]+|\\*)\\.([^.*> \\t]+|\\*)$",
};
static const nex_type nex_inmem_start_request_events_item_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "inmem_start_request_events_item",
    .limits = &limits_of_nex_inmem_start_request_events_item, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/events/items",
};

static const nex_type nex_inmem_start_request_events_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nex_string_list), .name = "string_list",
    .item = &nex_inmem_start_request_events_item_type, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/events",
    .doc = "Events that become lines of output, FROM TYPE JSON: TYPE for those of the nexlet's "
           "node, FROM.TYPE for those of a namespace, a node or an agent; * for any",
};

static const nex_field fields_of_nex_inmem_start_request[] = {
    {
        .name = "duration", .name_len = 8, .type = &nex_type_duration,
        .offset = offsetof(nex_inmem_start_request, duration),
        .has_offset = offsetof(nex_inmem_start_request, has_duration), .default_json = "\"0s\"",
        .doc = "Jobs: how long they run. Functions: how long a message is worked on",
    },
    {
        .name = "environment", .name_len = 11, .type = &nex_type_string_map,
        .offset = offsetof(nex_inmem_start_request, environment),
        .has_offset = offsetof(nex_inmem_start_request, has_environment), .flags = NEX_FIELD_SECRET,
        .doc = "Values for the texts; a value secret://NAME stands for a secret of the namespace",
    },
    {
        .name = "errors", .name_len = 6, .type = &nex_type_string_list,
        .offset = offsetof(nex_inmem_start_request, errors),
        .has_offset = offsetof(nex_inmem_start_request, has_errors),
        .doc = "The same, to standard error",
    },
    {
        .name = "events", .name_len = 6, .type = &nex_inmem_start_request_events_type,
        .offset = offsetof(nex_inmem_start_request, events),
        .has_offset = offsetof(nex_inmem_start_request, has_events),
        .doc = "Events that become lines of output, FROM TYPE JSON: TYPE for those of the "
               "nexlet's node, FROM.TYPE for those of a namespace, a node or an agent; * for any",
    },
    {
        .name = "fail", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_inmem_start_request, fail), .has_offset = NEX_NO_OFFSET,
        .doc = "Jobs end with this error, functions answer with it",
    },
    {
        .name = "interval", .name_len = 8, .type = &nex_type_duration,
        .offset = offsetof(nex_inmem_start_request, interval),
        .has_offset = offsetof(nex_inmem_start_request, has_interval),
        .doc = "Services: time from one output, and one record of metrics, to the next; without "
               "it there is one at the start",
    },
    {
        .name = "listen", .name_len = 6, .type = &nex_type_bool,
        .offset = offsetof(nex_inmem_start_request, listen),
        .has_offset = offsetof(nex_inmem_start_request, has_listen), .default_json = "false",
        .doc = "What is published to the nexlet's event subject becomes output of the workload",
    },
    {
        .name = "output", .name_len = 6, .type = &nex_type_string_list,
        .offset = offsetof(nex_inmem_start_request, output),
        .has_offset = offsetof(nex_inmem_start_request, has_output),
        .doc = "Lines written to standard output at the start, by services again every interval; "
               "$NAME and ${NAME} stand for values of the environment",
    },
    {
        .name = "port", .name_len = 4, .type = &nex_inmem_start_request_port_type,
        .offset = offsetof(nex_inmem_start_request, port),
        .has_offset = offsetof(nex_inmem_start_request, has_port),
        .doc = "Port that is told to the ingress manager; nothing listens there",
    },
    {
        .name = "refuse", .name_len = 6, .type = &nex_type_string,
        .offset = offsetof(nex_inmem_start_request, refuse), .has_offset = NEX_NO_OFFSET,
        .doc = "The start is refused with this text",
    },
    {
        .name = "reply", .name_len = 5, .type = &nex_type_string,
        .offset = offsetof(nex_inmem_start_request, reply), .has_offset = NEX_NO_OFFSET,
        .doc = "Functions: the answer, in place of the message that came; $NAME as in output",
    },
    {
        .name = "triggers", .name_len = 8, .type = &nex_type_string_list,
        .offset = offsetof(nex_inmem_start_request, triggers),
        .has_offset = offsetof(nex_inmem_start_request, has_triggers),
        .doc = "Functions: NATS subjects whose messages they answer; default "
               "NAMESPACE.function.NAME",
    },
};
const nex_type nex_inmem_start_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_inmem_start_request), .name = "InmemStartRequest",
    .fields = fields_of_nex_inmem_start_request, .field_count = 12, .closed = true,
    .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "What the in-memory nexlet pretends to run: nothing of it leaves the nexlet's process.",
};

/* clang-format on */

nex_duration nex_inmem_start_request_duration_or_default(const nex_inmem_start_request *message) {
    return message->has_duration ? message->duration : INT64_C(0);
}

bool nex_inmem_start_request_listen_or_default(const nex_inmem_start_request *message) {
    return message->has_listen ? message->listen : false;
}

nex_inmem_start_request *nex_inmem_start_request_new(void) {
    return nex_message_new(&nex_inmem_start_request_type);
}

nex_status nex_inmem_start_request_decode(nex_inmem_start_request **out, const char *json,
                                          size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_inmem_start_request_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_inmem_start_request_decode_strict(nex_inmem_start_request **out, const char *json,
                                                 size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_inmem_start_request_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_inmem_start_request_encode(const nex_inmem_start_request *message, nex_buf *out) {
    return nex_message_encode(&nex_inmem_start_request_type, message, out);
}

nex_status nex_inmem_start_request_validate(const nex_inmem_start_request *message,
                                            nex_error *err) {
    return nex_message_validate(&nex_inmem_start_request_type, message, err);
}

nex_status nex_inmem_start_request_clone(const nex_inmem_start_request *message,
                                         nex_inmem_start_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_inmem_start_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_inmem_start_request_equal(const nex_inmem_start_request *a,
                                   const nex_inmem_start_request *b) {
    return nex_message_equal(&nex_inmem_start_request_type, a, b);
}

nex_status nex_inmem_start_request_to_json(const nex_inmem_start_request *message, json_t **out) {
    return nex_message_to_json(&nex_inmem_start_request_type, message, out);
}

nex_status nex_inmem_start_request_from_json(nex_inmem_start_request **out, const json_t *json,
                                             nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_inmem_start_request_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_inmem_start_request_free(nex_inmem_start_request *message) {
    nex_message_free(message);
}
