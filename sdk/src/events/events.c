#include "events/events.h"

#include <nex/protocol/subjects.h>
#include <stdlib.h>
#include <string.h>

enum { TWICE_MAX = 32 };

/* The last events heard in one spelling that the other one has not brought. */
typedef struct single {
    uint64_t hashes[TWICE_MAX];
    size_t next;
} single;

struct event_feed {
    nex_bus *bus;
    nex_subscription *subs[2]; /* event, events */
    single heard[2];
    nex_event_cb cb;
    void *arg;
    uint64_t dropped; /* of the bus, when the last event came */
};

static uint64_t add_to_hash(uint64_t hash, const char *data, size_t len) {
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char)data[i]) * 0x100000001b3u; /* FNV-1a */
    }
    return hash;
}

/* Whether the same event came in the other spelling. */
static bool came_twice(event_feed *feed, size_t spelling, const nex_feed_event *event) {
    uint64_t hash = add_to_hash(0xcbf29ce484222325u, event->from, strlen(event->from) + 1);
    hash = add_to_hash(hash, event->type, strlen(event->type) + 1);
    hash = add_to_hash(hash, event->json, event->len) | 1; /* 0: none */
    single *other = &feed->heard[1 - spelling];
    for (size_t i = 0; i < TWICE_MAX; i++) {
        if (other->hashes[i] == hash) {
            other->hashes[i] = 0;
            return true;
        }
    }
    single *own = &feed->heard[spelling];
    own->hashes[own->next++ % TWICE_MAX] = hash;
    return false;
}

static void on_message(void *arg, const nex_msg *msg) {
    event_feed *feed = arg;
    size_t spelling = 0;
    nex_subject_event_params event;
    nex_subject_event_compat_params compat;
    nex_feed_event found = {.json = msg->len > 0 ? msg->data : "", .len = msg->len};
    if (nex_subject_event_match(msg->subject, &event)) {
        found.from = event.from;
        found.type = event.type;
    } else if (nex_subject_event_compat_match(msg->subject, &compat)) {
        found.from = compat.from;
        found.type = compat.type;
        spelling = 1;
    } else {
        return;
    }
    if (came_twice(feed, spelling, &found)) {
        return;
    }
    uint64_t dropped = nex_bus_dropped(feed->bus);
    found.missed = dropped - feed->dropped;
    feed->dropped = dropped;
    feed->cb(feed->arg, &found);
}

nex_status event_feed_open(event_feed **out, nex_bus *bus, const char *from, const char *type,
                           nex_event_cb cb, void *arg) {
    char subject[NEX_SUBJECT_SIZE];
    *out = NULL;
    event_feed *feed = calloc(1, sizeof *feed);
    if (feed == NULL) {
        return NEX_ENOMEM;
    }
    feed->bus = bus;
    feed->cb = cb;
    feed->arg = arg;
    feed->dropped = nex_bus_dropped(bus);
    nex_status status = nex_subject_event_pattern(subject, from, type);
    if (status == NEX_OK) {
        status = nex_bus_subscribe(bus, subject, NULL, on_message, feed, &feed->subs[0]);
    }
    if (status == NEX_OK) {
        status = nex_subject_event_compat_pattern(subject, from, type);
    }
    if (status == NEX_OK) {
        status = nex_bus_subscribe(bus, subject, NULL, on_message, feed, &feed->subs[1]);
    }
    if (status != NEX_OK) {
        event_feed_free(feed);
        return status;
    }
    *out = feed;
    return NEX_OK;
}

void event_feed_free(event_feed *feed) {
    if (feed != NULL) {
        nex_subscription_free(feed->subs[0]);
        nex_subscription_free(feed->subs[1]);
        free(feed);
    }
}
