/*
 * native/pipe_writer.h - writes into a pipe without waiting for its reader.
 */
#ifndef NATIVE_PIPE_WRITER_H
#define NATIVE_PIPE_WRITER_H

#include <nex/core.h>
#include <nex/loop.h>

typedef struct native_pipe_writer native_pipe_writer;

/** Takes over the writing end of a pipe, which is closed on failure, too. */
nex_status native_pipe_writer_new(native_pipe_writer **out, nex_loop *loop, int fd, nex_error *err);
/**
 * Writes, or keeps what the reader has no room for. NEX_ELIMIT: more than `most` bytes would wait;
 * none of these is written. NEX_EIO: nobody reads any more.
 */
nex_status native_pipe_write(native_pipe_writer *writer, const void *data, size_t len, size_t most);
/** Closes the pipe; what waits is lost. NULL is fine. */
void native_pipe_writer_free(native_pipe_writer *writer);

#endif
