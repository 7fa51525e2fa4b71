/*
 * A workload to run: sent to the node whose bid was taken, kept by the node, and given back by
 * CLONE and GETWORKLOAD.
 *
 * Written by nexgen 0.1.0 from start-workload-request.json (sha256 2ef9605f0b9e3578); do not edit.
 */
#ifndef NEX_PROTOCOL_START_WORKLOAD_REQUEST_H
#define NEX_PROTOCOL_START_WORKLOAD_REQUEST_H

#include <nex/codec.h>
#include <nex/protocol/tag_map.h>
#include <nex/protocol/workload_lifecycle.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_start_workload_request nex_start_workload_request;
typedef struct nex_start_workload_request_metadata nex_start_workload_request_metadata;
typedef struct nex_start_workload_request_metadata_entry nex_start_workload_request_metadata_entry;

/** Whatever the client wants to keep with the workload */
struct nex_start_workload_request_metadata {
    nex_start_workload_request_metadata_entry *items;
    size_t count;
};

/**
 * A workload to run: sent to the node whose bid was taken, kept by the node, and given back by
 * CLONE and GETWORKLOAD.
 */
struct nex_start_workload_request {
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

struct nex_start_workload_request_metadata_entry {
    char *key;
    json_t *value;
};

extern NEX_API const nex_type nex_start_workload_request_type;
extern NEX_API const nex_type nex_start_workload_request_metadata_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
NEX_API json_t **nex_start_workload_request_metadata_get(
    const nex_start_workload_request_metadata *map, const char *key);

/** A zeroed message; NULL when out of memory. */
NEX_API nex_start_workload_request *nex_start_workload_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_start_workload_request_decode(nex_start_workload_request **out,
                                                     const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_start_workload_request_decode_strict(nex_start_workload_request **out,
                                                            const char *json, size_t len,
                                                            nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_start_workload_request_encode(const nex_start_workload_request *message,
                                                     nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_start_workload_request_validate(const nex_start_workload_request *message,
                                                       nex_error *err);
NEX_API nex_status nex_start_workload_request_clone(const nex_start_workload_request *message,
                                                    nex_start_workload_request **out);
NEX_API bool nex_start_workload_request_equal(const nex_start_workload_request *a,
                                              const nex_start_workload_request *b);
NEX_API nex_status nex_start_workload_request_to_json(const nex_start_workload_request *message,
                                                      json_t **out);
NEX_API nex_status nex_start_workload_request_from_json(nex_start_workload_request **out,
                                                        const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_start_workload_request_free(nex_start_workload_request *message);

#ifdef __cplusplus
}
#endif

#endif
