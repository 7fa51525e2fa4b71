/* Messages between libnats's form and ours. */
#include "bus/transport_nats.h"

#include <limits.h>
#include <stdlib.h>

enum { FEW_HEADERS = 16 };

typedef struct header_list {
    nex_header few[FEW_HEADERS];
    nex_header *items;
    size_t count;
    size_t cap;
} header_list;

static bool add_header(header_list *list, const char *name, const char *value) {
    if (list->count == list->cap) {
        nex_header *more = calloc(list->cap * 2, sizeof *more);
        if (more == NULL) {
            return false;
        }
        for (size_t i = 0; i < list->count; i++) {
            more[i] = list->items[i];
        }
        if (list->items != list->few) {
            free(list->items);
        }
        list->items = more;
        list->cap *= 2;
    }
    list->items[list->count++] = (nex_header){name, value};
    return true;
}

/* The header block is parsed here, on the loop thread, and only if there is one. False: out of
 * memory. */
static bool read_headers(natsMsg *msg, header_list *list) {
    const char **keys = NULL;
    int key_count = 0;
    natsStatus s = natsMsgHeader_Keys(msg, &keys, &key_count);
    bool ok = s != NATS_NO_MEMORY;
    if (s != NATS_OK) {
        return ok; /* none, or a block that is not one */
    }
    for (int k = 0; ok && k < key_count; k++) {
        const char **values = NULL;
        int count = 0;
        ok = natsMsgHeader_Values(msg, keys[k], &values, &count) == NATS_OK;
        for (int v = 0; ok && v < count; v++) {
            ok = add_header(list, keys[k], values[v] != NULL ? values[v] : "");
        }
        free(values);
    }
    free(keys);
    return ok;
}

bool nats_message_deliver(nex_transport_sub *sub, natsMsg *msg) {
    header_list list = {.count = 0, .cap = FEW_HEADERS};
    list.items = list.few;
    /* A message without its headers would mean something else: an error could look like none. */
    bool ok = read_headers(msg, &list);
    if (ok) {
        int len = natsMsg_GetDataLength(msg);
        nex_msg out = {
            .subject = natsMsg_GetSubject(msg),
            .reply = natsMsg_GetReply(msg),
            .data = natsMsg_GetData(msg),
            .len = len > 0 ? (size_t)len : 0,
            .headers = list.count > 0 ? list.items : NULL,
            .header_count = list.count,
        };
        if (out.reply != NULL && *out.reply == '\0') {
            out.reply = NULL;
        }
        sub->cb(sub->arg, &out);
    }
    if (list.items != list.few) {
        free(list.items);
    }
    return ok;
}

nex_status nats_message_publish(natsConnection *nc, const nex_msg *msg) {
    if (msg->len > INT_MAX) {
        return NEX_ELIMIT;
    }
    if (msg->header_count == 0) {
        natsStatus s = msg->reply != NULL
                           ? natsConnection_PublishRequest(nc, msg->subject, msg->reply, msg->data,
                                                           (int)msg->len)
                           : natsConnection_Publish(nc, msg->subject, msg->data, (int)msg->len);
        return nats_status_map(s);
    }
    natsMsg *out = NULL;
    natsStatus s = natsMsg_Create(&out, msg->subject, msg->reply, msg->data, (int)msg->len);
    for (size_t i = 0; s == NATS_OK && i < msg->header_count; i++) {
        s = natsMsgHeader_Add(out, msg->headers[i].name, msg->headers[i].value);
    }
    if (s == NATS_OK) {
        s = natsConnection_PublishMsg(nc, out);
    }
    natsMsg_Destroy(out);
    return nats_status_map(s);
}
