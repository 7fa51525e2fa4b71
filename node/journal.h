/*
 * node/journal.h - the node's record on disk of which workloads it has placed, and with whom.
 *
 * One file to which records are appended; a record says that a workload is there, or that it is
 * gone. What was appended survives the end of the node, and, once it was flushed, that of the
 * machine. When the file has grown, and when it is opened, what counts of it is written beside it,
 * flushed and renamed into its place. A damaged file
 * is put aside; all of its records that are sound count.
 *
 * The functions may be called from any thread.
 */
#ifndef NEX_NODE_JOURNAL_H
#define NEX_NODE_JOURNAL_H

#include <nex/core.h>
#include <nex/log.h>

typedef struct node_journal node_journal;

/** One record. */
typedef struct node_journal_record {
    bool gone; /**< the workload was stopped, or has ended for good */
    int64_t time;
    const char *id;
    const char *type; /**< of its agent; "" when it is gone */
    const char *body; /**< a StoredWorkload; "" when it is gone */
    size_t len;
} node_journal_record;

/** Appends a record as it stands in the file. NEX_EINVAL: a name that cannot stand there. */
nex_status node_journal_encode(const node_journal_record *record, nex_buf *out);

/**
 * Opens the journal of a directory, which is made if it is not there, and calls found for each
 * sound record, in the order written. NEX_ESTATE: another node has it.
 */
nex_status node_journal_open(node_journal **out, const char *directory, const nex_log *log,
                             void (*found)(void *arg, const node_journal_record *record), void *arg,
                             nex_error *err);
/** Adds records; all of them, or, when that fails, none. */
nex_status node_journal_append(node_journal *journal, const void *records, size_t len,
                               nex_error *err);
/** Waits until the disk has what was appended. */
nex_status node_journal_flush(node_journal *journal, nex_error *err);
/** Puts these records in the place of all. */
nex_status node_journal_replace(node_journal *journal, const void *records, size_t len,
                                nex_error *err);
/** Bytes in the file. */
size_t node_journal_size(const node_journal *journal);
/** NULL is fine. */
void node_journal_close(node_journal *journal);

#endif
