/*
 * nex/bus.h - NATS without blocking: publish, subscribe, request, request-many on a nex_loop.
 *
 * All functions are called on the loop thread and all callbacks run on it. nats.c's own threads
 * only hand messages over. Messages passed to callbacks are valid during the callback only.
 *
 * What goes wrong, and what comes of it:
 *  - Out of memory: a call answers NEX_ENOMEM and has done nothing; a message that arrives and
 *    cannot be kept is dropped, with a line in the log. Requests end all the same.
 *  - The connection closes: requests under way end with NEX_EUNREACHABLE or their time-out, what
 *    is published is held up to a limit (max_pending), subscriptions come back with the
 *    connection. Refused for good (and without keep_trying) it is NEX_BUS_CLOSED.
 *  - The loop is slow: see max_pending. Answers to requests are never dropped for that.
 *  - nex_bus_close: all ends with NEX_ECANCELED, once.
 */
#ifndef NEX_BUS_H
#define NEX_BUS_H

#include <nex/core.h>
#include <nex/log.h>
#include <nex/loop.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_bus nex_bus;
typedef struct nex_subscription nex_subscription;
typedef struct nex_request nex_request;

typedef struct nex_header {
    const char *name;
    const char *value;
} nex_header;

typedef struct nex_msg {
    const char *subject;
    const char *reply; /**< NULL: no answer wanted */
    const void *data;
    size_t len;
    const nex_header *headers;
    size_t header_count;
} nex_msg;

/** The first header of that name (case-sensitive, as NATS has it), or NULL. */
NEX_API const char *nex_msg_header(const nex_msg *msg, const char *name);

typedef enum nex_bus_state {
    NEX_BUS_CONNECTING,
    NEX_BUS_CONNECTED,
    NEX_BUS_DISCONNECTED, /**< trying again, for ever, with growing jittered pauses */
    NEX_BUS_CLOSED        /**< refused for good (not with keep_trying): make a new one */
} nex_bus_state;

/** How to connect. Texts are copied. Zero is the default of every field. */
typedef struct nex_bus_options {
    const char *const *servers; /**< URLs; none: nats://127.0.0.1:4222 */
    size_t server_count;
    const char *name;
    const char *user;
    const char *password;
    const char *nkey_seed;  /**< user seed, alone (nkey) or with jwt */
    const char *jwt;        /**< user JWT; needs nkey_seed */
    const char *creds_file; /**< file with a user JWT and its seed */
    const char *tls_cert;   /**< client certificate: file name, or PEM text */
    const char *tls_key;
    const char *tls_ca;
    bool tls_first;
    const char *inbox_prefix; /**< default "_INBOX" */
    nex_duration timeout;     /**< for the first connection; default 5 s */
    bool keep_trying; /**< an unreachable server at the start, or a refusal later, is no error */
    /**
     * Messages queued for the loop, above which those of ordinary subscriptions are dropped (and
     * counted in the log); also how many published ones are held while there is no connection,
     * above which publishing is NEX_ELIMIT (as it is above 8 MiB). Default 65,536.
     */
    size_t max_pending;
    const nex_log *log;                               /**< borrowed, must outlive the bus */
    void (*on_state)(void *arg, nex_bus_state state); /**< may be NULL */
    void *arg;
} nex_bus_options;

/**
 * Connects. Blocks at most `timeout`. Without keep_trying an unreachable server is
 * NEX_EUNREACHABLE, refused credentials NEX_EREFUSED, and err names the server.
 */
NEX_API nex_status nex_bus_connect(nex_bus **out, nex_loop *loop, const nex_bus_options *options,
                                   nex_error *err);
/**
 * Ends all requests and flushes with NEX_ECANCELED, waits until the server took what was
 * published (at most one second), closes the connection and frees the bus with the subscriptions
 * that are left, whose pointers are no longer good. No callback runs after it returns. Allowed
 * in callbacks. NULL is fine.
 */
NEX_API void nex_bus_close(nex_bus *bus);
NEX_API nex_bus_state nex_bus_get_state(const nex_bus *bus);
NEX_API nex_loop *nex_bus_loop(const nex_bus *bus);
/** The largest payload the server takes, in bytes (1 MiB until it said so). */
NEX_API size_t nex_bus_max_payload(const nex_bus *bus);
/** The URL of the server connected to, or "" (valid until the next call). */
NEX_API const char *nex_bus_server(const nex_bus *bus);

/** How many messages of ordinary subscriptions were dropped so far, see max_pending. */
NEX_API uint64_t nex_bus_dropped(const nex_bus *bus);

/**
 * Sends a message. Subject, reply, headers and data are copied before it returns. NEX_EINVAL: a
 * subject, reply or header name that cannot be sent (line breaks in header values become
 * blanks); NEX_ELIMIT: larger than nex_bus_max_payload, headers included, or too much is held
 * for want of a connection.
 */
NEX_API nex_status nex_bus_publish(nex_bus *bus, const nex_msg *msg);

typedef void (*nex_msg_cb)(void *arg, const nex_msg *msg);

/**
 * Subscribes a subject, in a queue group when queue is not NULL. A status line of the server
 * ("NATS/1.0 404") reaches cb as a header named Status.
 */
NEX_API nex_status nex_bus_subscribe(nex_bus *bus, const char *subject, const char *queue,
                                     nex_msg_cb cb, void *arg, nex_subscription **out);
/** Ends a subscription; its callback runs no more. NULL is fine; allowed in its callback. */
NEX_API void nex_subscription_free(nex_subscription *sub);

/**
 * The end of a request: NEX_OK with a reply, or NEX_ETIMEOUT, NEX_EUNREACHABLE (no listeners,
 * or no connection), NEX_ECANCELED (the bus was closed), with reply NULL. Runs exactly once,
 * never inside nex_bus_request, and not at all after nex_request_cancel. A reply that carries
 * an error header is NEX_OK here: what it means is the protocol's business.
 */
typedef void (*nex_reply_cb)(void *arg, nex_status status, const nex_msg *reply);

/** Sends msg (its reply field is set by the bus) and waits for one answer. out may be NULL. */
NEX_API nex_status nex_bus_request(nex_bus *bus, const nex_msg *msg, nex_duration timeout,
                                   nex_reply_cb cb, void *arg, nex_request **out);

typedef struct nex_many_options {
    nex_duration timeout; /**< of the whole request */
    nex_duration stall;   /**< ends this long after the last answer; 0: only at timeout */
    size_t max;           /**< ends after so many answers; 0: any number */
} nex_many_options;

/** One answer of many; return false to end the request (on_end then runs with NEX_OK). */
typedef bool (*nex_many_cb)(void *arg, const nex_msg *reply);
/**
 * The end: NEX_OK (stalled, enough, or the callback said so), NEX_ETIMEOUT (the whole timeout
 * passed), NEX_EUNREACHABLE (no listeners), NEX_ECANCELED. Runs exactly once.
 */
typedef void (*nex_end_cb)(void *arg, nex_status status);

NEX_API nex_status nex_bus_request_many(nex_bus *bus, const nex_msg *msg,
                                        const nex_many_options *options, nex_many_cb on_reply,
                                        nex_end_cb on_end, void *arg, nex_request **out);
/** Forgets a request; neither of its callbacks runs any more. NULL is fine. */
NEX_API void nex_request_cancel(nex_request *request);

/**
 * Runs cb, later, once the server has taken all that was published before, or with NEX_ETIMEOUT,
 * NEX_EUNREACHABLE (no connection) or NEX_ECANCELED (the bus was closed).
 */
NEX_API nex_status nex_bus_flush(nex_bus *bus, nex_duration timeout,
                                 void (*cb)(void *arg, nex_status status), void *arg);

/**
 * Says that only subscriptions of this bus listen to subjects that begin with `prefix` (copied):
 * what it publishes to one of them is handed over in the next turn of the loop, and not sent to
 * the server. Replies to its own requests always are. With no subscription that matches the
 * server is asked as ever. A prefix is removed as often as it was added.
 */
NEX_API nex_status nex_bus_near_add(nex_bus *bus, const char *prefix);
NEX_API void nex_bus_near_remove(nex_bus *bus, const char *prefix);

/** The i-th token of the subject from 0, copied into out; NEX_ENOTFOUND if there is none. */
NEX_API nex_status nex_subject_token(const char *subject, size_t i, char *out, size_t size);
/** The last token of a subject, or the whole subject when it has one. */
NEX_API const char *nex_subject_last_token(const char *subject);
/** Whether a text can stand as one token of a subject: not empty, no '.', '*', '>', blanks. */
NEX_API bool nex_subject_token_valid(const char *token);
/** Whether a subject matches a pattern with * and >. */
NEX_API bool nex_subject_matches(const char *pattern, const char *subject);

#ifdef __cplusplus
}
#endif

#endif
