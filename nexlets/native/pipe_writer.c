#include "native/pipe_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

struct native_pipe_writer {
    int fd;
    bool broken;
    nex_buf waiting;
    size_t written; /* of what waits */
    uv_poll_t poll;
};

/* Writes what it can. False: nobody reads any more. */
static bool put(native_pipe_writer *writer, const char *data, size_t len, size_t *taken) {
    *taken = 0;
    while (*taken < len) {
        ssize_t wrote = write(writer->fd, data + *taken, len - *taken);
        if (wrote > 0) {
            *taken += (size_t)wrote;
        } else if (errno == EAGAIN) {
            return true;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

static void on_writable(uv_poll_t *poll, int status, int events) {
    native_pipe_writer *writer = poll->data;
    size_t taken;
    (void)events;
    writer->broken = status < 0 || !put(writer, writer->waiting.data + writer->written,
                                        writer->waiting.len - writer->written, &taken);
    writer->written += writer->broken ? 0 : taken;
    if (writer->broken || writer->written == writer->waiting.len) {
        nex_buf_free(&writer->waiting);
        writer->written = 0;
        (void)uv_poll_stop(poll);
    }
}

nex_status native_pipe_writer_new(native_pipe_writer **out, nex_loop *loop, int fd,
                                  nex_error *err) {
    *out = NULL;
    struct uv_loop_s *uv = nex_loop_uv(loop);
    native_pipe_writer *writer = uv != NULL ? calloc(1, sizeof *writer) : NULL;
    if (writer == NULL) {
        close(fd);
        return uv == NULL
                   ? nex_error_set(err, NEX_EUNSUPPORTED, "this loop cannot write into pipes")
                   : nex_error_set(err, NEX_ENOMEM, "standard input: out of memory");
    }
    (void)fcntl(fd, F_SETFL, O_NONBLOCK);
    int error = uv_poll_init(uv, &writer->poll, fd);
    if (error != 0) {
        free(writer);
        close(fd);
        return nex_error_set(err, NEX_EIO, "standard input: %s", uv_strerror(error));
    }
    writer->fd = fd;
    writer->poll.data = writer;
    *out = writer;
    return NEX_OK;
}

nex_status native_pipe_write(native_pipe_writer *writer, const void *data, size_t len,
                             size_t most) {
    size_t waiting = writer->waiting.len - writer->written;
    size_t taken = 0;
    if (writer->broken) {
        return NEX_EIO;
    }
    if (waiting > most || len > most - waiting) {
        return NEX_ELIMIT;
    }
    if (waiting == 0 && !put(writer, data, len, &taken)) {
        writer->broken = true;
        return NEX_EIO;
    }
    if (taken == len) {
        return NEX_OK;
    }
    if (writer->written > 0 && writer->written >= writer->waiting.len / 2) {
        /* What was written makes room, half of it at a time. */
        memmove(writer->waiting.data, writer->waiting.data + writer->written, waiting);
        writer->waiting.len = waiting;
        writer->written = 0;
    }
    nex_status status = nex_buf_append(&writer->waiting, (const char *)data + taken, len - taken);
    if (status == NEX_OK) {
        (void)uv_poll_start(&writer->poll, UV_WRITABLE, on_writable);
    } else if (taken > 0) {
        writer->broken = true; /* a part of it is out: what follows would make no sense */
    }
    return status;
}

static void on_closed(uv_handle_t *handle) {
    free(handle->data);
}

void native_pipe_writer_free(native_pipe_writer *writer) {
    if (writer == NULL) {
        return;
    }
    (void)uv_poll_stop(&writer->poll);
    close(writer->fd);
    nex_buf_free(&writer->waiting);
    uv_close((uv_handle_t *)&writer->poll, on_closed);
}
