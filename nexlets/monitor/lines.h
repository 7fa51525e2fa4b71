/*
 * monitor/lines.h - cuts a stream of output into pieces of whole lines.
 *
 * A piece holds as many whole lines as were read at once. A line longer than the buffer goes out
 * in parts, cut between characters; an unfinished one goes out when its writer pauses.
 */
#ifndef MONITOR_LINES_H
#define MONITOR_LINES_H

#include "monitor/protocol.h"

#include <stdbool.h>

typedef struct mon_lines {
    size_t start; /* the first byte not yet taken */
    size_t end;
    char data[MON_PIECE_MAX];
} mon_lines;

/* Room to read into; never 0 once every piece was taken. */
char *mon_lines_room(mon_lines *lines, size_t *room);
/* So many bytes were read into the room. */
void mon_lines_added(mon_lines *lines, size_t count);
/*
 * The next piece, valid until the next room or false. With flush (a pause, or the end) also what
 * is no whole line.
 */
bool mon_lines_take(mon_lines *lines, bool flush, const char **piece, size_t *len);
/* Whether an unfinished line waits. */
bool mon_lines_pending(const mon_lines *lines);

#endif
