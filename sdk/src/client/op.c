#include "client/op.h"

#include <nex/micro.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

nex_status op_new(nex_client *client, size_t size, void (*release)(nex_client_op *op), void *out,
                  nex_error *err) {
    nex_client_op *op = calloc(1, size);
    *(void **)out = op;
    if (!op) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    op->client = client;
    op->loop = client->loop;
    op->release = release;
    op->next = client->ops;
    if (op->next) {
        op->next->prev = op;
    }
    client->ops = op;
    return NEX_OK;
}

static void unlink_op(nex_client_op *op) {
    if (!op->client) {
        return;
    }
    if (op->prev) {
        op->prev->next = op->next;
    } else {
        op->client->ops = op->next;
    }
    if (op->next) {
        op->next->prev = op->prev;
    }
    op->client = NULL;
    if (op->slot) {
        *op->slot = NULL;
        op->slot = NULL;
    }
}

void op_set_child(nex_client_op *op, nex_client_op *child) {
    op->child = child;
    child->slot = &op->child;
}

static void end_requests(nex_client_op *op) {
    nex_request_cancel(op->request);
    op->request = NULL;
    op_free(op->child);
}

static void free_declines(nex_client_op *op) {
    for (size_t i = 0; i < op->decline_count; i++) {
        free((char *)(uintptr_t)op->declines[i].node_id);
        free((char *)(uintptr_t)op->declines[i].reason);
        free((char *)(uintptr_t)op->declines[i].detail);
    }
    free(op->declines);
    op->declines = NULL;
    op->decline_count = 0;
}

void op_free(nex_client_op *op) {
    if (!op) {
        return;
    }
    if (op->keep) {
        void (*keep)(void *) = op->keep;
        op->keep = NULL;
        keep(op->keeper);
        return;
    }
    end_requests(op);
    if (op->release) {
        op->release(op);
    }
    unlink_op(op);
    free_declines(op);
    if (op->waited) {
        op->ended = true;
        nex_loop_stop(op->loop);
        return;
    }
    free(op);
}

void op_end(nex_client_op *op, nex_outcome *outcome) {
    end_requests(op);
    unlink_op(op);
    *outcome = (nex_outcome){
        .status = op->error.code,
        .error = &op->error,
        .error_id = op->error_id,
        .declines = op->declines,
        .decline_count = op->decline_count,
        .not_placed = op->not_placed,
        .answered = op->answered,
        .expected = op->expected,
    };
}

nex_status op_decline(nex_client_op *op, const char *node_id, const char *reason,
                      const char *detail) {
    nex_decline *grown = realloc(op->declines, (op->decline_count + 1) * sizeof *op->declines);
    if (!grown) {
        return NEX_ENOMEM;
    }
    op->declines = grown;
    nex_decline *decline = &grown[op->decline_count];
    decline->node_id = strdup(node_id ? node_id : "");
    decline->reason = strdup(reason ? reason : "");
    decline->detail = strdup(detail ? detail : "");
    if (!decline->node_id || !decline->reason || !decline->detail) {
        free((char *)(uintptr_t)decline->node_id);
        free((char *)(uintptr_t)decline->reason);
        free((char *)(uintptr_t)decline->detail);
        return NEX_ENOMEM;
    }
    op->decline_count++;
    return NEX_OK;
}

void op_adopt(nex_client_op *op, const nex_outcome *outcome) {
    op->error = *outcome->error;
    op->error.code = outcome->status;
    snprintf(op->error_id, sizeof op->error_id, "%s", outcome->error_id);
    op->not_placed = outcome->not_placed;
    op->answered = outcome->answered;
    op->expected = outcome->expected;
    free_declines(op);
    for (size_t i = 0; i < outcome->decline_count; i++) {
        const nex_decline *decline = &outcome->declines[i];
        (void)op_decline(op, decline->node_id, decline->reason, decline->detail);
    }
}

size_t client_headers(const nex_client *client, nex_header out[CLIENT_HEADERS]) {
    size_t count = 0;
    out[count++] = (nex_header){NEX_HEADER_EXPLAIN, "1"};
    if (client->nexus) {
        out[count++] = (nex_header){NEX_HEADER_NEXUS, client->nexus};
    }
    return count;
}

nex_status op_request(nex_client_op *op, const char *subject, const nex_buf *body,
                      nex_duration timeout, nex_reply_cb reply, void *arg, nex_error *err) {
    nex_header headers[CLIENT_HEADERS];
    nex_msg msg = {
        .subject = subject,
        .data = body->data,
        .len = body->len,
        .headers = headers,
        .header_count = client_headers(op->client, headers),
    };
    nex_status status = nex_bus_request(op->client->bus, &msg, timeout, reply, arg, &op->request);
    if (status != NEX_OK) {
        op->request = NULL;
        return nex_error_set(err, status, "cannot send a request of %zu bytes to %s: %s", body->len,
                             subject, nex_status_name(status));
    }
    return NEX_OK;
}

nex_status op_subject(nex_status status, const char *namespace_, const char *what, const char *id,
                      nex_error *err) {
    if (status == NEX_OK) {
        return NEX_OK;
    }
    if (namespace_ && !nex_subject_token_valid(namespace_)) {
        return nex_error_set(err, NEX_EINVAL,
                             "namespace \"%s\" cannot be one: wanted a word without '.', '*', "
                             "'>' and blanks",
                             namespace_);
    }
    return nex_error_set(err, NEX_EINVAL, "\"%s\" is no %s: wanted a word of letters and digits",
                         id ? id : "", what);
}

nex_status op_encoded(nex_status status, const char *what, nex_error *err) {
    if (status == NEX_OK) {
        return NEX_OK;
    }
    return nex_error_set(err, status, "cannot write the %s: %s", what,
                         status == NEX_ENOMEM ? "out of memory"
                                              : "a text is missing or is not UTF-8");
}
