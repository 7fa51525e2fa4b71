/*
 * What a node keeps of a workload in its KV bucket nex-<node id>, under the key
 * <register_type>_<workload id>: the request it was started with, and the agent that has it.
 *
 * Written by nexgen 0.1.0 from stored-workload.json (sha256 ae138527dcb491fe); do not edit.
 */
#ifndef NEX_PROTOCOL_STORED_WORKLOAD_H
#define NEX_PROTOCOL_STORED_WORKLOAD_H

#include <nex/codec.h>
#include <nex/protocol/start_workload_request.h>
#include <nex/protocol/tag_map.h>
#include <nex/protocol/workload_lifecycle.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_stored_workload nex_stored_workload;

/**
 * What a node keeps of a workload in its KV bucket nex-<node id>, under the key
 * <register_type>_<workload id>: the request it was started with, and the agent that has it.
 */
struct nex_stored_workload {
    /** Id of the agent that has the workload; the reference leaves it out. Optional. */
    char *agent_id;
    /** Name of the workload. */
    char *name;
    /** Namespace the workload belongs to. */
    char *namespace_;
    /** What it is for; may be empty. */
    char *description;
    /** Workload type: the register_type of the nexlet that runs it. */
    char *workload_type;
    /** How long it lives. */
    nex_workload_lifecycle workload_lifecycle;
    /**
     * The start request as JSON text, in the shape of the nexlet's schema; its environment may be
     * an EncEnv.
     */
    char *run_request;
    /** Tags asked of the node. */
    nex_tag_map tags;
    /** A reference to documentation. Optional. */
    char *reference;
    /** Whatever the client wants to keep with the workload. Optional. */
    nex_start_workload_request_metadata metadata;
    bool has_metadata;
};

extern NEX_API const nex_type nex_stored_workload_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_stored_workload *nex_stored_workload_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_stored_workload_decode(nex_stored_workload **out, const char *json,
                                              size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_stored_workload_decode_strict(nex_stored_workload **out, const char *json,
                                                     size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_stored_workload_encode(const nex_stored_workload *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_stored_workload_validate(const nex_stored_workload *message, nex_error *err);
NEX_API nex_status nex_stored_workload_clone(const nex_stored_workload *message,
                                             nex_stored_workload **out);
NEX_API bool nex_stored_workload_equal(const nex_stored_workload *a, const nex_stored_workload *b);
NEX_API nex_status nex_stored_workload_to_json(const nex_stored_workload *message, json_t **out);
NEX_API nex_status nex_stored_workload_from_json(nex_stored_workload **out, const json_t *json,
                                                 nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_stored_workload_free(nex_stored_workload *message);

#ifdef __cplusplus
}
#endif

#endif
