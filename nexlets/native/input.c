/*
 * Standard input from a NATS subject. The workload reads a fifo of its state directory, which it
 * holds open for writing as well: so it sees no end when the nexlet goes, and the next nexlet
 * writes on.
 */
#include "native/pipe_writer.h"
#include "native/workload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIFO "stdin"

enum { WAITING_BYTES = 4 * 1024 * 1024 }; /* for a slow reader, or the next run */

struct native_input {
    native_workload *workload;
    char *path;
    nex_trigger *trigger;
    native_pipe_writer *writer; /* NULL: there is no run */
    nex_buf waiting;            /* for the next run */
    uint64_t lost;              /* messages */
};

nex_status native_input_check(const native_workload *workload, nex_error *err) {
    const nex_native_start_request *start = workload->start;
    if (start->stdin_subject == NULL) {
        return NEX_OK;
    }
    if (start->stdin_ != NULL) {
        return nex_error_set(err, NEX_EINVAL, "stdin and stdin_subject: only one can be given");
    }
    if (workload->lifecycle == NEX_WORKLOAD_LIFECYCLE_FUNCTION) {
        return nex_error_set(err, NEX_EINVAL,
                             "stdin_subject: a function reads its message; name its subjects in "
                             "triggers");
    }
    if (!native_subject_in_namespace(start->stdin_subject, workload->namespace_)) {
        return nex_error_set(err, NEX_EINVAL,
                             "stdin_subject \"%s\": expected a subject of the workload's "
                             "namespace, %s.<name>",
                             start->stdin_subject, workload->namespace_);
    }
    return NEX_OK;
}

static void lose(native_input *input) {
    if (input->lost++ == 0) {
        nex_log_write(input->workload->native->log, NEX_LOG_WARN,
                      "a workload does not read its standard input: messages are lost",
                      "workload_id", input->workload->id, NULL);
    }
}

static void on_message(void *arg, nex_trigger_call *call, const nex_msg *msg) {
    native_input *input = arg;
    nex_status status;
    nex_trigger_forget(call);
    if (input->writer != NULL) {
        status = native_pipe_write(input->writer, msg->data, msg->len, WAITING_BYTES);
    } else if (input->waiting.len + msg->len > WAITING_BYTES) {
        status = NEX_ELIMIT;
    } else {
        status = msg->len > 0 ? nex_buf_append(&input->waiting, msg->data, msg->len) : NEX_OK;
    }
    if (status != NEX_OK) {
        lose(input);
    }
}

static nex_status make(native_workload *workload, nex_error *err) {
    const nex_process_layer *layer = &workload->native->processes;
    nex_buf path = NEX_BUF_INIT;
    native_input *input = calloc(1, sizeof *input);
    nex_status status = input != NULL
                            ? layer->ops->directory(layer->self, workload->id, &path, err)
                            : nex_error_set(err, NEX_ENOMEM, "stdin_subject: out of memory");
    if (status == NEX_OK && nex_buf_append_str(&path, "/" FIFO) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "stdin_subject: out of memory");
    }
    if (status == NEX_OK) {
        input->workload = workload;
        input->path = nex_buf_take(&path);
        status = nex_agent_trigger_add(workload->native->agent, workload->id, workload->namespace_,
                                       workload->start->stdin_subject, NULL, on_message, input,
                                       &input->trigger, err);
    }
    nex_buf_free(&path);
    if (status != NEX_OK) {
        free(input != NULL ? input->path : NULL);
        free(input);
        return status;
    }
    workload->input = input;
    return NEX_OK;
}

nex_status native_input_open(native_workload *workload, int *out, nex_error *err) {
    *out = -1;
    if (workload->start->stdin_subject == NULL) {
        return NEX_OK;
    }
    nex_status status = workload->input != NULL ? NEX_OK : make(workload, err);
    if (status != NEX_OK) {
        return status;
    }
    /* A new one each run, in which nothing is left of the last. */
    const char *path = workload->input->path;
    (void)unlink(path);
    if (mkfifo(path, 0600) == 0) {
        *out = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    }
    return *out >= 0 ? NEX_OK
                     : nex_error_set(err, NEX_EIO, "stdin_subject: no fifo: %s", strerror(errno));
}

nex_status native_input_connect(native_workload *workload, nex_error *err) {
    if (workload->start->stdin_subject == NULL) {
        return NEX_OK;
    }
    nex_status status = workload->input != NULL ? NEX_OK : make(workload, err);
    if (status != NEX_OK) {
        return status;
    }
    native_input *input = workload->input;
    native_pipe_writer_free(input->writer);
    input->writer = NULL;
    int fd = open(input->path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return nex_error_set(err, NEX_EIO, "stdin_subject: nobody reads standard input: %s",
                             strerror(errno));
    }
    status = native_pipe_writer_new(&input->writer, workload->native->loop, fd, err);
    if (status == NEX_OK && input->waiting.len > 0) {
        status = native_pipe_write(input->writer, input->waiting.data, input->waiting.len,
                                   WAITING_BYTES);
        nex_buf_free(&input->waiting);
    }
    return status;
}

void native_input_disconnect(native_workload *workload) {
    if (workload->input != NULL) {
        native_pipe_writer_free(workload->input->writer);
        workload->input->writer = NULL;
    }
}

void native_input_free(native_workload *workload) {
    native_input *input = workload->input;
    if (input == NULL) {
        return;
    }
    workload->input = NULL;
    nex_trigger_free(input->trigger);
    native_pipe_writer_free(input->writer);
    nex_buf_free(&input->waiting);
    free(input->path);
    free(input);
}

uint64_t native_input_lost(const native_workload *workload) {
    return workload->input != NULL ? workload->input->lost : 0;
}
