/*
 * Branches of one JSON type: the type they share, told apart at run time.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 bfe3246365f0e396); do not edit.
 */
#ifndef PORT_H
#define PORT_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct port port;

/** Branches of one JSON type: the type they share, told apart at run time. */
struct port {
    /** Optional. */
    int64_t port_value;
    bool has_port_value;
    /** Optional. */
    char *address;
};

extern const nex_type port_type;

/** A zeroed message; NULL when out of memory. */
port *port_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status port_decode(port **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status port_decode_strict(port **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status port_encode(const port *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status port_validate(const port *message, nex_error *err);
nex_status port_clone(const port *message, port **out);
bool port_equal(const port *a, const port *b);
nex_status port_to_json(const port *message, json_t **out);
nex_status port_from_json(port **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void port_free(port *message);

#ifdef __cplusplus
}
#endif

#endif
