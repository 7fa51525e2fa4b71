/*
 * What was read from a stream at once: whole lines where that is possible.
 *
 * Written by nexgen 0.1.0 from workload-log-piece.json (sha256 ecfb48e2870f0af3); do not edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_LOG_PIECE_H
#define NEX_PROTOCOL_WORKLOAD_LOG_PIECE_H

#include <nex/codec.h>
#include <nex/protocol/workload_log_stream.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_workload_log_piece nex_workload_log_piece;
typedef struct nex_workload_log_piece_list nex_workload_log_piece_list;

struct nex_workload_log_piece_list {
    nex_workload_log_piece *items;
    size_t count;
};

/** What was read from a stream at once: whole lines where that is possible. */
struct nex_workload_log_piece {
    /** Number of the piece in the log; both streams are counted together. At least 1. */
    int64_t sequence;
    /** When it was written. */
    nex_time time;
    /** Where it was written. */
    nex_workload_log_stream stream;
    /** The bytes. */
    nex_bytes data;
};

extern NEX_API const nex_type nex_workload_log_piece_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_workload_log_piece *nex_workload_log_piece_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_workload_log_piece_decode(nex_workload_log_piece **out, const char *json,
                                                 size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_workload_log_piece_decode_strict(nex_workload_log_piece **out,
                                                        const char *json, size_t len,
                                                        nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_workload_log_piece_encode(const nex_workload_log_piece *message,
                                                 nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_workload_log_piece_validate(const nex_workload_log_piece *message,
                                                   nex_error *err);
NEX_API nex_status nex_workload_log_piece_clone(const nex_workload_log_piece *message,
                                                nex_workload_log_piece **out);
NEX_API bool nex_workload_log_piece_equal(const nex_workload_log_piece *a,
                                          const nex_workload_log_piece *b);
NEX_API nex_status nex_workload_log_piece_to_json(const nex_workload_log_piece *message,
                                                  json_t **out);
NEX_API nex_status nex_workload_log_piece_from_json(nex_workload_log_piece **out,
                                                    const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_workload_log_piece_free(nex_workload_log_piece *message);

#ifdef __cplusplus
}
#endif

#endif
