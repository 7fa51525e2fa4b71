/*
 * Whether lame duck mode was entered.
 *
 * Written by nexgen 0.1.0 from lameduck-response.json (sha256 f230d398bd01b5d4); do not edit.
 */
#ifndef NEX_PROTOCOL_LAMEDUCK_RESPONSE_H
#define NEX_PROTOCOL_LAMEDUCK_RESPONSE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_lameduck_response nex_lameduck_response;

/** Whether lame duck mode was entered. */
struct nex_lameduck_response {
    /** Whether it was. */
    bool success;
    /** When the node will end, or why it was not; may be empty. */
    char *message;
};

extern NEX_API const nex_type nex_lameduck_response_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_lameduck_response *nex_lameduck_response_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_lameduck_response_decode(nex_lameduck_response **out, const char *json,
                                                size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_lameduck_response_decode_strict(nex_lameduck_response **out,
                                                       const char *json, size_t len,
                                                       nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_lameduck_response_encode(const nex_lameduck_response *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_lameduck_response_validate(const nex_lameduck_response *message,
                                                  nex_error *err);
NEX_API nex_status nex_lameduck_response_clone(const nex_lameduck_response *message,
                                               nex_lameduck_response **out);
NEX_API bool nex_lameduck_response_equal(const nex_lameduck_response *a,
                                         const nex_lameduck_response *b);
NEX_API nex_status nex_lameduck_response_to_json(const nex_lameduck_response *message,
                                                 json_t **out);
NEX_API nex_status nex_lameduck_response_from_json(nex_lameduck_response **out, const json_t *json,
                                                   nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_lameduck_response_free(nex_lameduck_response *message);

#ifdef __cplusplus
}
#endif

#endif
