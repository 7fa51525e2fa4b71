#include "client/op.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_ERROR_CODE "Nats-Service-Error-Code"
#define HEADER_ERROR      "Nats-Service-Error"

reply_kind reply_get_kind(const nex_msg *reply) {
    if (nex_msg_header(reply, HEADER_ERROR_CODE)) {
        return REPLY_ERROR;
    }
    return nex_msg_header(reply, NEX_HEADER_DECLINE) ? REPLY_DECLINE : REPLY_DATA;
}

const char *reply_node(const nex_msg *reply) {
    const char *node = nex_msg_header(reply, NEX_HEADER_NODE);
    return node ? node : "";
}

/* Agents use code 100 whatever the cause; nodes use HTTP's. */
static nex_status status_of_code(const char *code) {
    static const struct {
        const char *code;
        nex_status status;
    } codes[] = {
        {"100", NEX_EREFUSED},
        {"400", NEX_EINVAL},
        {"403", NEX_EREFUSED},
        {"404", NEX_ENOTFOUND},
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (strcmp(code, codes[i].code) == 0) {
            return codes[i].status;
        }
    }
    return NEX_EINTERNAL;
}

nex_status reply_get_error(const nex_msg *reply, char error_id[ERROR_ID_SIZE], nex_error *err) {
    const char *code = nex_msg_header(reply, HEADER_ERROR_CODE);
    if (!code) {
        const char *reason = nex_msg_header(reply, NEX_HEADER_DECLINE);
        const char *detail = nex_msg_header(reply, NEX_HEADER_DECLINE_DETAIL);
        nex_status status = reason && strcmp(reason, "unknown") == 0 ? NEX_ENOTFOUND : NEX_EREFUSED;
        return nex_error_set(err, status, "%s",
                             detail && *detail ? detail
                             : reason          ? reason
                                               : "declined");
    }
    const char *text = nex_msg_header(reply, HEADER_ERROR);
    nex_status status = status_of_code(code);
    if (!text || !*text) {
        text = "the node sent an error without a text";
    }
    nex_service_error *body = NULL;
    if (reply->len > 0 &&
        nex_service_error_decode(&body, reply->data, reply->len, NULL) == NEX_OK) {
        if (error_id && body->error_id) {
            snprintf(error_id, ERROR_ID_SIZE, "%s", body->error_id);
        }
        if (body->error && *body->error && strcmp(body->error, text) != 0) {
            nex_error_set(err, status, "%s: %s", text, body->error);
            nex_service_error_free(body);
            return status;
        }
    }
    nex_service_error_free(body);
    return nex_error_set(err, status, "%s", text);
}
