/*
 * client/op.h - what all operations of a client share: the handle, its outcome, and the ways to
 * ask one node (op_request) or all of them (gather.h).
 */
#ifndef NEX_CLIENT_OP_H
#define NEX_CLIENT_OP_H

#include <nex/client.h>

enum { ERROR_ID_SIZE = 64 };

struct nex_client {
    nex_bus *bus;
    nex_loop *loop;
    char *namespace_;
    char *nexus;
    nex_duration timeout;
    nex_duration stop_timeout;
    nex_duration auction_stall;
    nex_duration stall;
    bool plain_environment;
    nex_client_op *ops;
};

/** First member of every operation's own struct. */
struct nex_client_op {
    nex_client *client;
    nex_client_op *prev, *next;
    nex_request *request; /**< the single request under way, if any */
    nex_client_op *child; /**< an operation that this one waits for, if any */
    nex_client_op **slot; /**< the `child` that points here, if any */
    /** Lets go of what the operation holds beyond this struct. */
    void (*release)(nex_client_op *op);
    nex_loop *loop;
    bool waited; /**< nex_client_wait runs, and frees the memory */
    bool ended;
    /** Set by the callback to keep the operation; runs when its end is over. op_free comes later.
     */
    void (*keep)(void *keeper);
    void *keeper;

    nex_error error;
    char error_id[ERROR_ID_SIZE];
    nex_decline *declines;
    size_t decline_count;
    bool not_placed;
    size_t answered, expected;
};

/** Makes an operation of `size` bytes that the client knows of. */
nex_status op_new(nex_client *client, size_t size, void (*release)(nex_client_op *op), void *out,
                  nex_error *err);
/** Frees an operation without running its callback; one that ended, on any thread. */
void op_free(nex_client_op *op);
/**
 * To be called right before the callback: takes the operation out of the client, so that the
 * callback may free the client, and ends what is under way. op_free comes after the callback.
 */
void op_end(nex_client_op *op, nex_outcome *outcome);

/** Makes child, which was begun for op, end with it. */
void op_set_child(nex_client_op *op, nex_client_op *child);
/** Remembers a node that did not do it. */
nex_status op_decline(nex_client_op *op, const char *node_id, const char *reason,
                      const char *detail);
/** Takes over status, error, declines and counts of a child's outcome. */
void op_adopt(nex_client_op *op, const nex_outcome *outcome);

/** Sends a request to one node. The reply callback sets op->request to NULL first of all. */
nex_status op_request(nex_client_op *op, const char *subject, const nex_buf *body,
                      nex_duration timeout, nex_reply_cb reply, void *arg, nex_error *err);
/** Gives the failure of an encode call an error that names the message. */
nex_status op_encoded(nex_status status, const char *what, nex_error *err);

/** The headers of all requests: Nex-Explain, and Nex-Nexus where a nexus is set. */
enum { CLIENT_HEADERS = 2 };
size_t client_headers(const nex_client *client, nex_header out[CLIENT_HEADERS]);

/**
 * Gives the failure of a subject builder an error: namespace_ and id (of what, "node id" say;
 * NULL: none) are what the subject was built from.
 */
nex_status op_subject(nex_status status, const char *namespace_, const char *what, const char *id,
                      nex_error *err);

/* ---- Replies ------------------------------------------------------------------------------ */

typedef enum reply_kind { REPLY_DATA, REPLY_DECLINE, REPLY_ERROR } reply_kind;

reply_kind reply_get_kind(const nex_msg *reply);
/** The node that says it answers, or "". */
const char *reply_node(const nex_msg *reply);
/** Fills err (and error_id, may be NULL) from a reply of kind REPLY_ERROR or REPLY_DECLINE. */
nex_status reply_get_error(const nex_msg *reply, char error_id[ERROR_ID_SIZE], nex_error *err);

#endif
