/*
 * nex/micro.h - NATS micro services (ADR-32): endpoints with statistics and $SRV discovery.
 */
#ifndef NEX_MICRO_H
#define NEX_MICRO_H

#include <nex/bus.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_micro nex_micro;

/**
 * An incoming request. It lives until it is ended, exactly once, by nex_call_reply,
 * nex_call_error or nex_call_drop, at once or later; the fields are its own copies.
 */
typedef struct nex_call {
    nex_msg msg;    /**< subject, headers, payload; msg.reply may be NULL */
    void *endpoint; /**< the arg of nex_micro_add_endpoint */
} nex_call;

typedef void (*nex_call_cb)(void *arg, nex_call *call);

/**
 * Sends the answer and frees the call. headers may be NULL. An answer larger than the server
 * allows becomes an error 500.
 */
NEX_API void nex_call_reply(nex_call *call, const nex_header *headers, size_t header_count,
                            const void *data, size_t len);
/**
 * Sends an error answer and frees the call: headers Nats-Service-Error-Code and
 * Nats-Service-Error, body as given (may be empty). Counted in the endpoint's statistics.
 */
NEX_API void nex_call_error(nex_call *call, const char *code, const char *description,
                            const void *body, size_t len);
/** Sends nothing and frees the call. */
NEX_API void nex_call_drop(nex_call *call);

typedef struct nex_micro_options {
    const char *name;        /**< service name */
    const char *version;     /**< semantic version */
    const char *description; /**< may be NULL */
} nex_micro_options;

/** Makes a service with an id of its own and answers $SRV.PING, INFO and STATS for it. */
NEX_API nex_status nex_micro_new(nex_micro **out, nex_bus *bus, const nex_micro_options *options,
                                 nex_error *err);
NEX_API const char *nex_micro_id(const nex_micro *micro);
/** Adds an endpoint. queue NULL: no queue group. cb gets every request, on the loop. */
NEX_API nex_status nex_micro_add_endpoint(nex_micro *micro, const char *name, const char *subject,
                                          const char *queue, nex_call_cb cb, void *arg,
                                          nex_error *err);
/**
 * Ends the subscriptions and frees the service, which must come before its bus is closed; calls
 * still open become drops. NULL is fine.
 */
NEX_API void nex_micro_free(nex_micro *micro);

#ifdef __cplusplus
}
#endif

#endif
