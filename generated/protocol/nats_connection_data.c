/*
 * How to connect to NATS: addresses, TLS files and credentials. A text that is not needed is
 * empty, never absent.
 *
 * Written by nexgen 0.1.0 from nats-connection-data.json (sha256 7b74c4fbbce4352f); do not edit.
 */
#include <nex/protocol/nats_connection_data.h>

/* clang-format off */
static const nex_field fields_of_nex_nats_connection_data[] = {
    {
        .name = "conn_name", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_nats_connection_data, conn_name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Name of the connection as the NATS server shows it",
    },
    {
        .name = "nats_servers", .name_len = 12, .type = &nex_type_string_list,
        .offset = offsetof(nex_nats_connection_data, nats_servers), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "URLs of the NATS servers, tried in any order",
    },
    {
        .name = "nats_user_jwt", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_nats_connection_data, nats_user_jwt), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED | NEX_FIELD_SECRET, .doc = "User JWT",
    },
    {
        .name = "nats_user_name", .name_len = 14, .type = &nex_type_string,
        .offset = offsetof(nex_nats_connection_data, nats_user_name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "User name, for servers with passwords",
    },
    {
        .name = "nats_user_nkey", .name_len = 14, .type = &nex_type_string,
        .offset = offsetof(nex_nats_connection_data, nats_user_nkey), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Public user nkey (U...), for servers that know users by nkey",
    },
    {
        .name = "nats_user_password", .name_len = 18, .type = &nex_type_string,
        .offset = offsetof(nex_nats_connection_data, nats_user_password),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED | NEX_FIELD_SECRET,
        .doc = "Password of nats_user_name",
    },
    {
        .name = "nats_user_seed", .name_len = 14, .type = &nex_type_string,
        .offset = offsetof(nex_nats_connection_data, nats_user_seed), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED | NEX_FIELD_SECRET,
        .doc = "Seed of the user nkey (SU...); with a JWT it signs the nonce",
    },
    {
        .name = "tls_ca", .name_len = 6, .type = &nex_type_string,
        .offset = offsetof(nex_nats_connection_data, tls_ca), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Path of the certificates of the trusted authorities, PEM",
    },
    {
        .name = "tls_cert", .name_len = 8, .type = &nex_type_string,
        .offset = offsetof(nex_nats_connection_data, tls_cert), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Path of the client certificate, PEM",
    },
    {
        .name = "tls_first", .name_len = 9, .type = &nex_type_bool,
        .offset = offsetof(nex_nats_connection_data, tls_first), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Whether the TLS handshake comes before the INFO of the server",
    },
    {
        .name = "tls_key", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_nats_connection_data, tls_key), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Path of the client certificate's private key, PEM",
    },
};
const nex_type nex_nats_connection_data_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_nats_connection_data), .name = "NatsConnectionData",
    .fields = fields_of_nex_nats_connection_data, .field_count = 11, .rest_offset = NEX_NO_OFFSET,
    .pointer = "",
    .doc = "How to connect to NATS: addresses, TLS files and credentials. A text that is not "
           "needed is empty, never absent.",
};

/* clang-format on */

nex_nats_connection_data *nex_nats_connection_data_new(void) {
    return nex_message_new(&nex_nats_connection_data_type);
}

nex_status nex_nats_connection_data_decode(nex_nats_connection_data **out, const char *json,
                                           size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_nats_connection_data_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_nats_connection_data_decode_strict(nex_nats_connection_data **out, const char *json,
                                                  size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_nats_connection_data_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_nats_connection_data_encode(const nex_nats_connection_data *message, nex_buf *out) {
    return nex_message_encode(&nex_nats_connection_data_type, message, out);
}

nex_status nex_nats_connection_data_validate(const nex_nats_connection_data *message,
                                             nex_error *err) {
    return nex_message_validate(&nex_nats_connection_data_type, message, err);
}

nex_status nex_nats_connection_data_clone(const nex_nats_connection_data *message,
                                          nex_nats_connection_data **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_nats_connection_data_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_nats_connection_data_equal(const nex_nats_connection_data *a,
                                    const nex_nats_connection_data *b) {
    return nex_message_equal(&nex_nats_connection_data_type, a, b);
}

nex_status nex_nats_connection_data_to_json(const nex_nats_connection_data *message, json_t **out) {
    return nex_message_to_json(&nex_nats_connection_data_type, message, out);
}

nex_status nex_nats_connection_data_from_json(nex_nats_connection_data **out, const json_t *json,
                                              nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_nats_connection_data_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_nats_connection_data_free(nex_nats_connection_data *message) {
    nex_message_free(message);
}
