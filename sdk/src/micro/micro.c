/* A service: its life and its endpoints. */
#include "micro/micro.h"

#include <stdlib.h>
#include <string.h>

static void free_endpoint(micro_endpoint *endpoint) {
    nex_subscription_free(endpoint->sub);
    free(endpoint->name);
    free(endpoint->subject);
    free(endpoint->queue);
    free(endpoint);
}

void nex_micro_free(nex_micro *micro) {
    if (micro == NULL) {
        return;
    }
    nex_micro_orphan_calls(micro);
    for (size_t i = 0; i < DISCOVERY_SUBJECTS; i++) {
        nex_subscription_free(micro->discovery[i]);
    }
    while (micro->first != NULL) {
        micro_endpoint *endpoint = micro->first;
        micro->first = endpoint->next;
        free_endpoint(endpoint);
    }
    free(micro->name);
    free(micro->version);
    free(micro->description);
    free(micro);
}

nex_status nex_micro_new(nex_micro **out, nex_bus *bus, const nex_micro_options *options,
                         nex_error *err) {
    *out = NULL;
    if (!nex_subject_token_valid(options->name)) {
        return nex_error_set(err, NEX_EINVAL,
                             "service name \"%s\": wanted a word without dots, blanks, * or >",
                             options->name != NULL ? options->name : "");
    }
    nex_micro *micro = calloc(1, sizeof *micro);
    if (micro == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "service %s: out of memory", options->name);
    }
    micro->bus = bus;
    micro->last = &micro->first;
    micro->name = strdup(options->name);
    micro->version = strdup(options->version != NULL ? options->version : "0.0.0");
    micro->description = strdup(options->description != NULL ? options->description : "");
    micro->started = nex_loop_time(nex_bus_loop(bus));
    nex_loop_id(nex_bus_loop(bus), micro->id);
    nex_status status = NEX_ENOMEM;
    if (micro->name != NULL && micro->version != NULL && micro->description != NULL) {
        status = nex_micro_discovery(micro);
    }
    if (status != NEX_OK) {
        nex_error_set(err, status, "service %s: cannot subscribe its $SRV subjects: %s",
                      options->name, nex_status_name(status));
        nex_micro_free(micro);
        return status;
    }
    *out = micro;
    return NEX_OK;
}

const char *nex_micro_id(const nex_micro *micro) {
    return micro->id;
}

nex_status nex_micro_add_endpoint(nex_micro *micro, const char *name, const char *subject,
                                  const char *queue, nex_call_cb cb, void *arg, nex_error *err) {
    micro_endpoint *endpoint = calloc(1, sizeof *endpoint);
    if (endpoint == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "endpoint %s: out of memory", name);
    }
    endpoint->micro = micro;
    endpoint->cb = cb;
    endpoint->arg = arg;
    endpoint->name = strdup(name);
    endpoint->subject = strdup(subject);
    endpoint->queue = queue != NULL ? strdup(queue) : NULL;
    nex_status status = NEX_ENOMEM;
    if (endpoint->name != NULL && endpoint->subject != NULL &&
        (queue == NULL || endpoint->queue != NULL)) {
        status = nex_bus_subscribe(micro->bus, subject, queue, nex_micro_on_request, endpoint,
                                   &endpoint->sub);
    }
    if (status != NEX_OK) {
        free_endpoint(endpoint);
        return nex_error_set(err, status,
                             "service %s, endpoint %s: cannot subscribe \"%s\" (queue group "
                             "\"%s\"): %s",
                             micro->name, name, subject, queue != NULL ? queue : "",
                             nex_status_name(status));
    }
    *micro->last = endpoint;
    micro->last = &endpoint->next;
    return NEX_OK;
}
