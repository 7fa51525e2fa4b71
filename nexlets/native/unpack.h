/*
 * native/unpack.h - tar archives, plain or compressed by gzip, xz or zstd, put below a directory.
 *
 * What an archive says is not believed: an absolute path, "..", a link that leads out, a device,
 * more bytes or entries than allowed refuse the whole of it. Owners, set-id bits and times in it
 * are passed over. libarchive is loaded when it is first needed.
 */
#ifndef NATIVE_UNPACK_H
#define NATIVE_UNPACK_H

#include <nex/core.h>

#include <stdatomic.h>

typedef struct native_unpack_limits {
    uint64_t bytes; /**< of all files, unpacked */
    uint64_t entries;
} native_unpack_limits;

/** 4 GiB, 100,000 entries. */
extern const native_unpack_limits native_unpack_default;

/** Unpacks below the directory `to`; waits, so it runs on a thread of its own. */
nex_status native_unpack(const char *archive, int to, const native_unpack_limits *limits,
                         const atomic_bool *canceled, nex_error *err);

#endif
