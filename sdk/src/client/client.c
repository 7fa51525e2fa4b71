#include "client/op.h"

#include <nex/micro.h>
#include <stdlib.h>
#include <string.h>

static nex_duration or_default(nex_duration value, nex_duration fallback) {
    return value > 0 ? value : fallback;
}

nex_status nex_client_new(nex_client **out, const nex_client_options *options, nex_error *err) {
    *out = NULL;
    const char *namespace_ = options->namespace_ ? options->namespace_ : "system";
    if (!options->bus) {
        return nex_error_set(err, NEX_EINVAL, "a client needs a bus");
    }
    if (!nex_subject_token_valid(namespace_)) {
        return nex_error_set(err, NEX_EINVAL,
                             "namespace \"%s\" cannot be one: wanted a word without '.', '*', "
                             "'>' and blanks",
                             namespace_);
    }
    nex_client *client = calloc(1, sizeof *client);
    if (!client) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    client->bus = options->bus;
    client->loop = nex_bus_loop(options->bus);
    client->timeout = or_default(options->timeout, 5 * NEX_SECOND);
    client->stop_timeout = or_default(options->stop_timeout, 30 * NEX_SECOND);
    client->auction_stall = or_default(options->auction_stall, NEX_SECOND);
    client->stall = or_default(options->stall, 2 * NEX_SECOND);
    client->plain_environment = options->plain_environment;
    client->namespace_ = strdup(namespace_);
    if (options->nexus) {
        client->nexus = strdup(options->nexus);
    }
    if (!client->namespace_ || (options->nexus && !client->nexus)) {
        nex_client_free(client);
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    *out = client;
    return NEX_OK;
}

void nex_client_free(nex_client *client) {
    if (!client) {
        return;
    }
    /* Freeing one operation may free its children too: always take the head. */
    while (client->ops) {
        op_free(client->ops);
    }
    free(client->namespace_);
    free(client->nexus);
    free(client);
}

const char *nex_client_namespace(const nex_client *client) {
    return client->namespace_;
}

void nex_client_cancel(nex_client_op *op) {
    op_free(op);
}

void nex_client_wait(nex_client_op *op) {
    op->waited = true;
    while (!op->ended) {
        nex_loop_run(op->loop);
    }
    free(op);
}
