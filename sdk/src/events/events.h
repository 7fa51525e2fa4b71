/*
 * events/events.h - events heard on a bus, in both spellings of their subjects, each of them once:
 * a node may be told to publish both.
 */
#ifndef NEX_EVENTS_EVENTS_H
#define NEX_EVENTS_EVENTS_H

#include <nex/bus.h>
#include <nex/events.h>

typedef struct event_feed event_feed;

/**
 * Listens to the events of one sender (NULL: of all) and one type (NULL: of all). Texts are
 * copied by the bus. The callback may free the feed.
 */
nex_status event_feed_open(event_feed **out, nex_bus *bus, const char *from, const char *type,
                           nex_event_cb cb, void *arg);
/** NULL is fine. */
void event_feed_free(event_feed *feed);

#endif
