/* Requests: one inbox wildcard for all replies, a table of those that wait, a timer each. */
#include "bus/bus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A loop that was held up finds its timers due before it has read the answers that came
 * meanwhile: a request whose timer is so late gets so much more, once. */
#define LATE  (20 * NEX_MILLISECOND)
#define GRACE (20 * NEX_MILLISECOND)

struct nex_request {
    nex_bus *bus;
    nex_timer *timer;
    uint64_t due; /**< when the timer is to fire */
    uint32_t slot;
    uint64_t number; /**< how many messages were published up to this one; 0: it needed no server */
    nex_status at_timer; /**< what it means when the timer fires */
    nex_reply_cb on_one; /**< one answer ... */
    nex_many_cb on_each; /**< ... or many */
    nex_end_cb on_end;
    void *arg;
    uint64_t deadline;
    nex_duration stall;
    size_t max;
    size_t count;
    bool graced;
    bool ended;
    bool in_callback;
};

/* ---- The table ---------------------------------------------------------------------------- */

static nex_status take_slot(nex_bus *bus, nex_request *request) {
    if (bus->free_slot == 0) {
        uint32_t count = bus->slot_count == 0 ? 16 : bus->slot_count * 2;
        if (count > UINT32_MAX / 4) {
            return NEX_ELIMIT;
        }
        request_slot *slots = realloc(bus->slots, count * sizeof *slots);
        if (slots == NULL) {
            return NEX_ENOMEM;
        }
        for (uint32_t i = count; i > bus->slot_count; i--) {
            slots[i - 1] = (request_slot){NULL, 0, bus->free_slot};
            bus->free_slot = i;
        }
        bus->slots = slots;
        bus->slot_count = count;
    }
    uint32_t i = bus->free_slot - 1;
    bus->free_slot = bus->slots[i].next_free;
    bus->slots[i].request = request;
    bus->slots[i].generation++;
    request->slot = i;
    return NEX_OK;
}

static void give_slot_back(nex_request *request) {
    request_slot *slot = &request->bus->slots[request->slot];
    slot->request = NULL;
    slot->next_free = request->bus->free_slot;
    request->bus->free_slot = request->slot + 1;
}

static nex_request *find(nex_bus *bus, const char *token) {
    char *end;
    unsigned long slot = strtoul(token, &end, 16);
    if (end == token || *end != '_' || slot >= bus->slot_count) {
        return NULL;
    }
    token = end + 1;
    unsigned long generation = strtoul(token, &end, 16);
    if (end == token || *end != '\0' || bus->slots[slot].generation != generation) {
        return NULL;
    }
    return bus->slots[slot].request;
}

/* ---- The end of a request ----------------------------------------------------------------- */

/* Takes a request out of the table; its callbacks run no more unless the caller runs them. */
static void detach(nex_request *request) {
    request->ended = true;
    give_slot_back(request);
    nex_timer_free(request->timer);
    request->timer = NULL;
}

static void finish(nex_request *request, nex_status status, const nex_msg *reply) {
    detach(request);
    /* Within a callback of this request the frame below frees it. */
    bool nested = request->in_callback;
    request->in_callback = true;
    if (request->on_one != NULL) {
        request->on_one(request->arg, status, reply);
    } else {
        request->on_end(request->arg, status);
    }
    if (!nested) {
        free(request);
    }
}

void nex_request_cancel(nex_request *request) {
    if (request == NULL || request->ended) {
        return;
    }
    detach(request);
    if (!request->in_callback) {
        free(request);
    }
}

void nex_bus_end_requests(nex_bus *bus, nex_status status) {
    for (uint32_t i = 0; i < bus->slot_count; i++) {
        if (bus->slots[i].request != NULL) {
            finish(bus->slots[i].request, status, NULL);
        }
    }
}

static void arm(nex_request *request, nex_duration delay) {
    request->due = nex_loop_now(request->bus->loop) + (delay > 0 ? (uint64_t)delay : 0);
    nex_timer_start(request->timer, delay, 0);
}

static void on_timer(void *arg) {
    nex_request *request = arg;
    bool late = nex_loop_now(request->bus->loop) > request->due + (uint64_t)LATE;
    if (late && !request->graced) {
        request->graced = true;
        arm(request, GRACE);
        return;
    }
    finish(request, request->at_timer, NULL);
}

/* ---- Answers ------------------------------------------------------------------------------ */

static bool no_responders(const nex_msg *msg) {
    const char *status = msg->len == 0 ? nex_msg_header(msg, "Status") : NULL;
    return status != NULL && strcmp(status, "503") == 0;
}

static void arm_stall(nex_request *request) {
    uint64_t now = nex_loop_now(request->bus->loop);
    uint64_t left = request->deadline > now ? request->deadline - now : 0;
    if (left > (uint64_t)request->stall) {
        request->at_timer = NEX_OK;
        arm(request, request->stall);
    } else {
        request->at_timer = NEX_ETIMEOUT;
        arm(request, (nex_duration)left);
    }
}

static void one_of_many(nex_request *request, const nex_msg *msg) {
    request->count++;
    request->in_callback = true;
    bool more = request->on_each(request->arg, msg);
    request->in_callback = false;
    if (request->ended) { /* cancelled, or the bus was closed, by the callback */
        free(request);
    } else if (!more || (request->max > 0 && request->count >= request->max)) {
        finish(request, NEX_OK, NULL);
    } else if (request->stall > 0) {
        arm_stall(request);
    }
}

static void on_reply(void *arg, const nex_msg *msg) {
    nex_bus *bus = arg;
    if (strlen(msg->subject) <= bus->inbox_len) {
        return;
    }
    nex_request *request = find(bus, msg->subject + bus->inbox_len);
    if (request == NULL) {
        return; /* too late, or cancelled */
    }
    if (bus->confirmed < request->number) {
        bus->confirmed = request->number;
    }
    if (no_responders(msg)) {
        finish(request, request->count > 0 ? NEX_OK : NEX_EUNREACHABLE, NULL);
    } else if (request->on_one != NULL) {
        finish(request, NEX_OK, msg);
    } else {
        one_of_many(request, msg);
    }
}

/* ---- The beginning ------------------------------------------------------------------------ */

static nex_status send_request(nex_request *request, const nex_msg *msg, nex_duration timeout) {
    nex_bus *bus = request->bus;
    if (bus->transport->state != NEX_BUS_CONNECTED) {
        request->at_timer = NEX_EUNREACHABLE;
        arm(request, 0);
        return NEX_OK;
    }
    if (bus->mux == NULL) {
        char subject[512];
        int n = snprintf(subject, sizeof subject, "%s*", bus->inbox);
        if (n < 0 || (size_t)n >= sizeof subject) {
            return NEX_EINVAL;
        }
        nex_status status = nex_bus_subscribe_vital(bus, subject, on_reply, bus, &bus->mux);
        if (status != NEX_OK) {
            return status;
        }
    }
    char reply[512];
    int n = snprintf(reply, sizeof reply, "%s%x_%x", bus->inbox, request->slot,
                     bus->slots[request->slot].generation);
    if (n < 0 || (size_t)n >= sizeof reply) {
        return NEX_EINVAL;
    }
    uint64_t before = bus->published;
    nex_status status = nex_bus_send(bus, msg, reply);
    if (status != NEX_OK) {
        return status;
    }
    request->number = bus->published > before ? bus->published : 0;
    request->at_timer = NEX_ETIMEOUT;
    arm(request, timeout);
    return NEX_OK;
}

static nex_status begin(nex_bus *bus, const nex_msg *msg, const nex_request *kind,
                        nex_duration timeout, nex_request **out) {
    if (out != NULL) {
        *out = NULL;
    }
    if (bus->closing) {
        return NEX_ESTATE;
    }
    nex_request *request = malloc(sizeof *request);
    if (request == NULL) {
        return NEX_ENOMEM;
    }
    *request = *kind;
    request->bus = bus;
    request->deadline = nex_loop_now(bus->loop) + (timeout > 0 ? (uint64_t)timeout : 0);
    nex_status status = nex_timer_new(bus->loop, &request->timer, on_timer, request);
    if (status == NEX_OK) {
        status = take_slot(bus, request);
        if (status != NEX_OK) {
            nex_timer_free(request->timer);
        }
    }
    if (status != NEX_OK) {
        free(request);
        return status;
    }
    status = send_request(request, msg, timeout);
    if (status != NEX_OK) {
        detach(request);
        free(request);
        return status;
    }
    if (out != NULL) {
        *out = request;
    }
    return NEX_OK;
}

nex_status nex_bus_request(nex_bus *bus, const nex_msg *msg, nex_duration timeout, nex_reply_cb cb,
                           void *arg, nex_request **out) {
    nex_request kind = {.on_one = cb, .arg = arg};
    return begin(bus, msg, &kind, timeout, out);
}

nex_status nex_bus_request_many(nex_bus *bus, const nex_msg *msg, const nex_many_options *options,
                                nex_many_cb on_each, nex_end_cb on_end, void *arg,
                                nex_request **out) {
    nex_request kind = {.on_each = on_each,
                        .on_end = on_end,
                        .arg = arg,
                        .stall = options->stall,
                        .max = options->max};
    return begin(bus, msg, &kind, options->timeout, out);
}
