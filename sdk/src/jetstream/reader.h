/*
 * jetstream/reader.h - reads the messages of a stream once, from first to last, through an
 * ephemeral consumer.
 */
#ifndef NEX_JETSTREAM_READER_H
#define NEX_JETSTREAM_READER_H

#include "jetstream/client.h"

typedef struct js_reader js_reader;

/** Where a message stands in its stream. */
typedef struct js_place {
    uint64_t sequence;
    nex_time time;
} js_place;

typedef struct js_reader_fns {
    /** A message in order. Another status than NEX_OK, with err filled in, ends the reading. */
    nex_status (*message)(void *arg, const nex_msg *msg, const js_place *place, nex_error *err);
    /** The end; the reader is freed by then. Runs once, unless js_reader_free came before. */
    void (*end)(void *arg, nex_status status, const nex_error *err);
    /** Frees arg, last of all, however the reader ended. */
    void (*release)(void *arg);
} js_reader_fns;

/**
 * Reads what matches filter: all of it, or the last message of each subject. arg is released on
 * failure too. out may be NULL; doing and what are for messages.
 */
nex_status js_reader_start(js_reader **out, js_client *client, const char *doing, const char *what,
                           const char *filter, bool last_per_subject, const js_reader_fns *fns,
                           void *arg);
/** Gives up, in a callback too; NULL is fine. A reader also ends with its client. */
void js_reader_free(js_reader *reader);

#endif
