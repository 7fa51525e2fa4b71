/*
 * What the in-memory nexlet pretends to run: nothing of it leaves the nexlet's process.
 *
 * Written by nexgen 0.1.0 from start_request.json (sha256 6d705f478449ae94); do not edit.
 */
#ifndef INMEM_START_REQUEST_H
#define INMEM_START_REQUEST_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_inmem_start_request nex_inmem_start_request;

/** What the in-memory nexlet pretends to run: nothing of it leaves the nexlet's process. */
struct nex_inmem_start_request {
    /**
     * Lines written to standard output at the start, by services again every interval; $NAME and
     * ${NAME} stand for values of the environment. Optional.
     */
    nex_string_list output;
    bool has_output;
    /** The same, to standard error. Optional. */
    nex_string_list errors;
    bool has_errors;
    /**
     * Services: time from one output, and one record of metrics, to the next; without it there is
     * one at the start. Optional.
     */
    nex_duration interval;
    bool has_interval;
    /**
     * Jobs: how long they run. Functions: how long a message is worked on. Optional. Default: "0s".
     */
    nex_duration duration;
    bool has_duration;
    /** Jobs end with this error, functions answer with it. Optional. */
    char *fail;
    /** The start is refused with this text. Optional. */
    char *refuse;
    /**
     * Values for the texts; a value secret://NAME stands for a secret of the namespace. Optional.
     */
    nex_string_map environment;
    bool has_environment;
    /**
     * Functions: NATS subjects whose messages they answer; default NAMESPACE.function.NAME.
     * Optional.
     */
    nex_string_list triggers;
    bool has_triggers;
    /** Functions: the answer, in place of the message that came; $NAME as in output. Optional. */
    char *reply;
    /**
     * Port that is told to the ingress manager; nothing listens there. Optional. At least 1. At
     * most 65535.
     */
    int64_t port;
    bool has_port;
    /**
     * What is published to the nexlet's event subject becomes output of the workload. Optional.
     * Default: false.
     */
    bool listen;
    bool has_listen;
    /**
     * Events that become lines of output, FROM TYPE JSON: TYPE for those of the nexlet's node,
     * FROM.TYPE for those of a namespace, a node or an agent; * for any. Optional.
     */
    nex_string_list events;
    bool has_events;
};

extern const nex_type nex_inmem_start_request_type;

nex_duration nex_inmem_start_request_duration_or_default(const nex_inmem_start_request *message);
bool nex_inmem_start_request_listen_or_default(const nex_inmem_start_request *message);

/** A zeroed message; NULL when out of memory. */
nex_inmem_start_request *nex_inmem_start_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status nex_inmem_start_request_decode(nex_inmem_start_request **out, const char *json,
                                          size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status nex_inmem_start_request_decode_strict(nex_inmem_start_request **out, const char *json,
                                                 size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status nex_inmem_start_request_encode(const nex_inmem_start_request *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status nex_inmem_start_request_validate(const nex_inmem_start_request *message, nex_error *err);
nex_status nex_inmem_start_request_clone(const nex_inmem_start_request *message,
                                         nex_inmem_start_request **out);
bool nex_inmem_start_request_equal(const nex_inmem_start_request *a,
                                   const nex_inmem_start_request *b);
nex_status nex_inmem_start_request_to_json(const nex_inmem_start_request *message, json_t **out);
nex_status nex_inmem_start_request_from_json(nex_inmem_start_request **out, const json_t *json,
                                             nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void nex_inmem_start_request_free(nex_inmem_start_request *message);

#ifdef __cplusplus
}
#endif

#endif
