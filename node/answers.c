/* Answers of the node: with the headers our clients read, errors, and reasons for silence. */
#include "node/internal.h"

#include <stdio.h>
#include <string.h>

enum { ANSWER_HEADERS = 5 };

/*
 * The headers that tell our clients how many nodes there are, and which one speaks. Who asks one
 * nexus is told of its nodes; who asks all is told of all.
 */
static size_t common_headers(const nex_node *node, const nex_call *call,
                             nex_header out[ANSWER_HEADERS], char count[24]) {
    bool one_nexus = node_asks_one_nexus(call);
    snprintf(count, 24, "%zu", node_peers_count(node, one_nexus));
    out[0] = (nex_header){"Nex-Nodes", count};
    out[1] = (nex_header){"Nex-Node", node->id};
    if (!one_nexus) {
        return 2;
    }
    out[2] = (nex_header){"Nex-Nexus", node->options.nexus};
    return 3;
}

static bool wants_reasons(const nex_call *call) {
    const char *explain = nex_msg_header(&call->msg, "Nex-Explain");
    return explain != NULL && strcmp(explain, "1") == 0;
}

void node_reply(nex_node *node, nex_call *call, const void *data, size_t len) {
    node_reply_bid(node, call, data, len, false);
}

void node_reply_bid(nex_node *node, nex_call *call, const void *data, size_t len, bool boxed_env) {
    nex_header headers[ANSWER_HEADERS];
    char count[24];
    size_t n = common_headers(node, call, headers, count);
    if (boxed_env) {
        headers[n++] = (nex_header){"Nex-Boxed-Env", "1"};
    }
    if (wants_reasons(call)) {
        node_peers_probe(node, call);
    }
    nex_call_reply(call, headers, n, data, len);
}

void node_decline(nex_node *node, nex_call *call, const char *reason, const char *fmt, ...) {
    if (!wants_reasons(call)) {
        nex_call_drop(call);
        return;
    }
    char detail[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(detail, sizeof detail, fmt, args);
    va_end(args);
    nex_header headers[ANSWER_HEADERS];
    char count[24];
    size_t n = common_headers(node, call, headers, count);
    headers[n++] = (nex_header){"Nex-Decline", reason};
    headers[n++] = (nex_header){"Nex-Decline-Detail", detail};
    node_peers_probe(node, call);
    nex_call_reply(call, headers, n, NULL, 0);
}

void node_fail(nex_node *node, nex_call *call, const char *code, const char *what,
               const char *cause) {
    char id[NEX_ID_SIZE];
    nex_loop_id(node->loop, id);
    nex_log_write(node->log, code[0] == '5' ? NEX_LOG_ERROR : NEX_LOG_WARN, what, "err", cause,
                  "error_id", id, "subject", call->msg.subject, NULL);
    nex_service_error body = {.error_id = id,
                              .error = (char *)(code[0] == '5' ? "internal server error" : cause)};
    nex_buf json = NEX_BUF_INIT;
    if (nex_service_error_encode(&body, &json) != NEX_OK) {
        nex_buf_clear(&json);
    }
    nex_call_error(call, code, what, json.data, json.len);
    nex_buf_free(&json);
}

bool node_asks_one_nexus(const nex_call *call) {
    return nex_msg_header(&call->msg, "Nex-Nexus") != NULL;
}

bool node_same_nexus(nex_node *node, nex_call *call) {
    const char *nexus = nex_msg_header(&call->msg, "Nex-Nexus");
    if (nexus == NULL || strcmp(nexus, node->options.nexus) == 0) {
        return true;
    }
    nex_call_drop(call);
    return false;
}

bool node_same_namespace(nex_node *node, nex_call *call, const char *subject_namespace,
                         const char *body_namespace) {
    if (body_namespace == NULL) {
        body_namespace = "";
    }
    if (strcmp(subject_namespace, body_namespace) == 0 ||
        strcmp(subject_namespace, NODE_SYSTEM_NAMESPACE) == 0) {
        return true;
    }
    char what[NEX_ERROR_MESSAGE_SIZE];
    snprintf(what, sizeof what, "namespace mismatch: %s != %s", subject_namespace, body_namespace);
    node_fail(node, call, "403", what, "namespace mismatch");
    return false;
}

const nex_string_entry *node_tag_missing(const nex_node *node, const nex_string_map *wanted) {
    for (size_t i = 0; i < wanted->count; i++) {
        const char *have = nex_string_map_get(&node->tags, wanted->items[i].key);
        const char *want = wanted->items[i].value != NULL ? wanted->items[i].value : "";
        if (have == NULL || strcmp(have, want) != 0) {
            return &wanted->items[i];
        }
    }
    return NULL;
}
