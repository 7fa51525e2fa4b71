/*
 * A node tells an agent to start a workload.
 *
 * Written by nexgen 0.1.0 from agent-start-workload-request.json (sha256 d4ba1a94be826615); do not
 * edit.
 */
#ifndef NEX_PROTOCOL_AGENT_START_WORKLOAD_REQUEST_H
#define NEX_PROTOCOL_AGENT_START_WORKLOAD_REQUEST_H

#include <nex/codec.h>
#include <nex/protocol/nats_connection_data.h>
#include <nex/protocol/start_workload_request.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_agent_start_workload_request nex_agent_start_workload_request;
typedef struct nex_agent_start_workload_request_map nex_agent_start_workload_request_map;
typedef struct nex_agent_start_workload_request_map_entry nex_agent_start_workload_request_map_entry;

struct nex_agent_start_workload_request_map {
    nex_agent_start_workload_request_map_entry *items;
    size_t count;
};

/** A node tells an agent to start a workload. */
struct nex_agent_start_workload_request {
    /** The workload. */
    nex_start_workload_request *request;
    /** Credentials minted for the workload. */
    nex_nats_connection_data *workload_creds;
};

struct nex_agent_start_workload_request_map_entry {
    char *key;
    nex_agent_start_workload_request value;
};

extern NEX_API const nex_type nex_agent_start_workload_request_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
NEX_API nex_agent_start_workload_request *nex_agent_start_workload_request_map_get(
    const nex_agent_start_workload_request_map *map, const char *key);

/** A zeroed message; NULL when out of memory. */
NEX_API nex_agent_start_workload_request *nex_agent_start_workload_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_agent_start_workload_request_decode(nex_agent_start_workload_request **out,
                                                           const char *json, size_t len,
                                                           nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_agent_start_workload_request_decode_strict(
    nex_agent_start_workload_request **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_agent_start_workload_request_encode(
    const nex_agent_start_workload_request *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_agent_start_workload_request_validate(
    const nex_agent_start_workload_request *message, nex_error *err);
NEX_API nex_status nex_agent_start_workload_request_clone(
    const nex_agent_start_workload_request *message, nex_agent_start_workload_request **out);
NEX_API bool nex_agent_start_workload_request_equal(const nex_agent_start_workload_request *a,
                                                    const nex_agent_start_workload_request *b);
NEX_API nex_status nex_agent_start_workload_request_to_json(
    const nex_agent_start_workload_request *message, json_t **out);
NEX_API nex_status nex_agent_start_workload_request_from_json(
    nex_agent_start_workload_request **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_agent_start_workload_request_free(nex_agent_start_workload_request *message);

#ifdef __cplusplus
}
#endif

#endif
