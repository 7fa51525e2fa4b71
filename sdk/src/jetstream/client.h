/*
 * jetstream/client.h - requests to JetStream, and operations made of several of them.
 *
 * A js_client is the inside of a nex_kv or nex_objectstore; each of its operations is a js_op,
 * which ends by itself, or with the client.
 */
#ifndef NEX_JETSTREAM_CLIENT_H
#define NEX_JETSTREAM_CLIENT_H

#include <jansson.h>
#include <nex/bus.h>

typedef struct js_client js_client;
typedef struct js_op js_op;

/** An answer, parsed; reply is NULL unless status is NEX_OK. err is never NULL. */
typedef void (*js_reply_fn)(js_op *op, nex_status status, const json_t *reply,
                            const nex_error *err);

typedef void (*js_done_fn)(js_op *op, nex_status status, const nex_error *err);

/** The last message on a subject of a stream. */
typedef struct js_last {
    const void *data;
    size_t len;
    uint64_t sequence;
    nex_time time;
    bool deleted; /**< a key-value mark of deletion */
} js_last;

/** last is NULL unless status is NEX_OK (NEX_ENOTFOUND: none, or no stream). */
typedef void (*js_last_fn)(js_op *op, nex_status status, const js_last *last, const nex_error *err);

struct js_client {
    nex_bus *bus;
    char *api;    /**< "$JS.API." or "$JS.<domain>.API." */
    char *direct; /**< what stands before $KV. and $O. when publishing: "" or `api` */
    char *name;   /**< "key-value bucket x", for messages */
    char *stream;
    nex_duration timeout;
    js_op *ops;
    bool known;        /**< the stream was seen, and */
    bool allow_direct; /**< whether it answers direct gets */
};

/** The head of every operation's struct. */
struct js_op {
    js_client *client;
    js_op *next;
    js_op **link;
    nex_request *request;
    js_reply_fn on_reply;
    js_done_fn on_done; /**< of js_create_stream */
    js_last_fn on_last; /**< of js_ask_last ... */
    char *subject;      /**< ... and what it asks for */
    char *doing;        /**< "get <key>", "list", ... for messages */
    void (*destroy)(js_op *op);
};

/** Fills in a client; cleared by js_client_clear in either case. */
nex_status js_client_init(js_client *client, nex_bus *bus, const char *domain, const char *kind,
                          const char *bucket, const char *stream_prefix, nex_duration timeout,
                          nex_error *err);
/** Ends all operations without a callback. */
void js_client_clear(js_client *client);

/**
 * A zeroed operation of `size` bytes. verb and what (may be NULL) say in messages what it does;
 * destroy (may be NULL) frees what it holds.
 */
void *js_op_new(js_client *client, size_t size, const char *verb, const char *what,
                void (*destroy)(js_op *op));
/** Ends an operation: no callback of it runs any more. */
void js_op_free(js_op *op);

/** Sends a message and waits for a JSON answer. One at a time an operation. */
nex_status js_ask(js_op *op, const nex_msg *msg, js_reply_fn fn);
/** The same for "<api><verb>.<stream>" with a JSON text as body. */
nex_status js_ask_api(js_op *op, const char *verb, const char *body, js_reply_fn fn);
/** Sends to "<api><verb>.<stream>" and does not care for the answer. */
void js_tell_api(js_client *client, const char *verb, const char *body);
/** Reads a decimal number that ends with the text or with a dot. */
bool js_read_number(const char *text, uint64_t *out);
/** A formatted text to free(), or NULL. */
char *js_format(const char *fmt, ...) NEX_PRINTF(1, 2);

/** A failure of a request on the wire, said in words. */
nex_status js_request_error(const js_op *op, nex_status status, nex_error *err);
/** The "error" member of an answer, as a status; NEX_OK when there is none. */
nex_status js_reply_error(const js_op *op, const json_t *reply, nex_error *err);

/** Makes a stream from its configuration text unless it exists. */
nex_status js_create_stream(js_op *op, const char *config, js_done_fn done);

/** Remembers what an answer says of the stream. */
void js_stream_seen(js_client *client, const json_t *reply);

/** Letters, digits, - and _: what a bucket's name is made of. */
bool js_bucket_valid(const char *bucket);

/** Asks for the last message on a subject. */
nex_status js_ask_last(js_op *op, const char *subject, js_last_fn fn);

#endif
