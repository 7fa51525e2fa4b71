/* bus/nats_options.h - from nex_bus_options to libnats's options: servers, credentials, TLS. */
#ifndef NEX_BUS_NATS_OPTIONS_H
#define NEX_BUS_NATS_OPTIONS_H

#include <nats/nats.h>
#include <nex/bus.h>
#include <nex/keys.h>

/** What libnats's callbacks need for as long as the connection lives. */
typedef struct nats_identity {
    nex_key *key; /**< signs the server's nonce */
    char *jwt;
    char *creds_file; /* instead of both */
} nats_identity;

void nats_identity_clear(nats_identity *identity);

/**
 * Makes libnats options of servers, name, credentials and TLS. `servers` gets the addresses for
 * messages, without passwords. The identity must outlive the connection.
 */
nex_status nats_options_make(natsOptions **out, nats_identity *identity, nex_buf *servers,
                             const nex_bus_options *options, nex_error *err);

/** Appends a server URL with its password or token left out. */
nex_status nats_url_mask(const char *url, nex_buf *out);

/** What a libnats status means here. */
nex_status nats_status_map(natsStatus status);

#endif
