/* Requests of a service and their answers. */
#include "bus/message.h"
#include "micro/micro.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The call, its bookkeeping and the copy of its message are one block of memory. */
struct micro_call {
    nex_call call;            /**< first: nex_call * and micro_call * are the same address */
    micro_endpoint *endpoint; /**< NULL once the service is gone */
    micro_call *next;
    micro_call **link;
    uint64_t arrived;
};

void nex_micro_on_request(void *arg, const nex_msg *msg) {
    micro_endpoint *endpoint = arg;
    nex_micro *micro = endpoint->micro;
    const size_t align = _Alignof(max_align_t);
    size_t head = (sizeof(micro_call) + align - 1) / align * align;
    size_t size = nex_msg_copy_size(msg);
    micro_call *call = size < SIZE_MAX - head ? malloc(head + size) : NULL;
    endpoint->requests++;
    if (call == NULL) {
        endpoint->errors++;
        snprintf(endpoint->last_error, sizeof endpoint->last_error, "500:out of memory");
        return;
    }
    nex_msg_copy(&call->call.msg, (char *)call + head, msg);
    call->call.endpoint = endpoint->arg;
    call->endpoint = endpoint;
    call->arrived = nex_loop_now(nex_bus_loop(micro->bus));
    call->next = micro->open;
    call->link = &micro->open;
    if (call->next != NULL) {
        call->next->link = &call->next;
    }
    micro->open = call;
    endpoint->cb(endpoint->arg, &call->call); /* may free the service: nothing may follow */
}

void nex_micro_orphan_calls(nex_micro *micro) {
    for (micro_call *call = micro->open; call != NULL; call = call->next) {
        call->endpoint = NULL;
    }
}

static void end_call(micro_call *call) {
    if (call->endpoint != NULL) {
        nex_micro *micro = call->endpoint->micro;
        uint64_t now = nex_loop_now(nex_bus_loop(micro->bus));
        call->endpoint->nanoseconds += now - call->arrived;
        *call->link = call->next;
        if (call->next != NULL) {
            call->next->link = call->link;
        }
    }
    free(call);
}

static void note_error(micro_call *call, const char *code, const char *description) {
    micro_endpoint *endpoint = call->endpoint;
    endpoint->errors++;
    snprintf(endpoint->last_error, sizeof endpoint->last_error, "%s:%s", code, description);
}

static nex_status send(micro_call *call, const nex_header *headers, size_t header_count,
                       const void *data, size_t len) {
    nex_msg reply = {.subject = call->call.msg.reply,
                     .data = data,
                     .len = len,
                     .headers = headers,
                     .header_count = header_count};
    return nex_bus_publish(call->endpoint->micro->bus, &reply);
}

static nex_status send_error(micro_call *call, const char *code, const char *description,
                             const void *body, size_t len) {
    nex_header headers[] = {{"Nats-Service-Error", description}, {"Nats-Service-Error-Code", code}};
    return send(call, headers, 2, body, len);
}

/* The asker must not wait for its time-out because an answer does not fit a message. */
static void send_failed(micro_call *call, nex_status status) {
    char text[96];
    snprintf(text, sizeof text, "the answer cannot be sent: %s",
             status == NEX_ELIMIT ? "it is larger than the server allows"
                                  : nex_status_name(status));
    note_error(call, "500", text);
    send_error(call, "500", text, NULL, 0);
}

static bool wants_answer(const micro_call *call) {
    return call->endpoint != NULL && call->call.msg.reply != NULL;
}

void nex_call_reply(nex_call *base, const nex_header *headers, size_t header_count,
                    const void *data, size_t len) {
    micro_call *call = (micro_call *)base;
    if (wants_answer(call)) {
        nex_status status = send(call, headers, header_count, data, len);
        if (status != NEX_OK) {
            send_failed(call, status);
        }
    }
    end_call(call);
}

void nex_call_error(nex_call *base, const char *code, const char *description, const void *body,
                    size_t len) {
    micro_call *call = (micro_call *)base;
    if (call->endpoint != NULL) {
        note_error(call, code, description);
    }
    if (wants_answer(call)) {
        nex_status status = send_error(call, code, description, body, len);
        if (status != NEX_OK) {
            send_failed(call, status);
        }
    }
    end_call(call);
}

void nex_call_drop(nex_call *base) {
    end_call((micro_call *)base);
}
