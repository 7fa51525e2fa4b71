/* bus/message.h - copies of messages, and what may stand in one. */
#ifndef NEX_BUS_MESSAGE_H
#define NEX_BUS_MESSAGE_H

#include <nex/bus.h>

/** Bytes that nex_msg_copy needs; SIZE_MAX when they cannot be counted. */
size_t nex_msg_copy_size(const nex_msg *msg);
/**
 * A deep copy into memory of nex_msg_copy_size bytes, aligned as malloc aligns. Line breaks in
 * header values become blanks.
 */
void nex_msg_copy(nex_msg *out, void *memory, const nex_msg *msg);

/** Whether a subject can be published to or, with wildcards, subscribed. */
bool nex_subject_valid(const char *subject, bool wildcards);
/** Whether each header has a name that can be sent. (Line breaks in values become blanks.) */
bool nex_headers_valid(const nex_header *headers, size_t count);
/** Bytes the header block takes on the wire, 0 without headers. */
size_t nex_headers_size(const nex_header *headers, size_t count);

#endif
