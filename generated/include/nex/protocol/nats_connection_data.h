/*
 * How to connect to NATS: addresses, TLS files and credentials. A text that is not needed is
 * empty, never absent.
 *
 * Written by nexgen 0.1.0 from nats-connection-data.json (sha256 7b74c4fbbce4352f); do not edit.
 */
#ifndef NEX_PROTOCOL_NATS_CONNECTION_DATA_H
#define NEX_PROTOCOL_NATS_CONNECTION_DATA_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_nats_connection_data nex_nats_connection_data;

/**
 * How to connect to NATS: addresses, TLS files and credentials. A text that is not needed is empty,
 * never absent.
 */
struct nex_nats_connection_data {
    /** Name of the connection as the NATS server shows it. */
    char *conn_name;
    /** URLs of the NATS servers, tried in any order. */
    nex_string_list nats_servers;
    /** Path of the client certificate, PEM. */
    char *tls_cert;
    /** Path of the client certificate's private key, PEM. */
    char *tls_key;
    /** Path of the certificates of the trusted authorities, PEM. */
    char *tls_ca;
    /** Whether the TLS handshake comes before the INFO of the server. */
    bool tls_first;
    /** Seed of the user nkey (SU...); with a JWT it signs the nonce. */
    char *nats_user_seed;
    /** User JWT. */
    char *nats_user_jwt;
    /** Public user nkey (U...), for servers that know users by nkey. */
    char *nats_user_nkey;
    /** User name, for servers with passwords. */
    char *nats_user_name;
    /** Password of nats_user_name. */
    char *nats_user_password;
};

extern NEX_API const nex_type nex_nats_connection_data_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_nats_connection_data *nex_nats_connection_data_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_nats_connection_data_decode(nex_nats_connection_data **out, const char *json,
                                                   size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_nats_connection_data_decode_strict(nex_nats_connection_data **out,
                                                          const char *json, size_t len,
                                                          nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_nats_connection_data_encode(const nex_nats_connection_data *message,
                                                   nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_nats_connection_data_validate(const nex_nats_connection_data *message,
                                                     nex_error *err);
NEX_API nex_status nex_nats_connection_data_clone(const nex_nats_connection_data *message,
                                                  nex_nats_connection_data **out);
NEX_API bool nex_nats_connection_data_equal(const nex_nats_connection_data *a,
                                            const nex_nats_connection_data *b);
NEX_API nex_status nex_nats_connection_data_to_json(const nex_nats_connection_data *message,
                                                    json_t **out);
NEX_API nex_status nex_nats_connection_data_from_json(nex_nats_connection_data **out,
                                                      const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_nats_connection_data_free(nex_nats_connection_data *message);

#ifdef __cplusplus
}
#endif

#endif
