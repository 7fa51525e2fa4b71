#include "native_run.h"

#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <monitor/identity.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MONITOR NEX_BIN_DIR "/libexec/nex/nex-monitor"

static void open_rig(native_rig *rig) {
    nex_error err;
    const char *monitor = getenv("NEX_TEST_MONITOR");
    assert_int_equal(nex_loop_new(&rig->loop, &err), NEX_OK);
    rig->wait = (loop_wait){.loop = rig->loop};
    if (nex_process_monitor_new(&rig->layer, rig->loop, NULL, rig->state,
                                monitor != NULL ? monitor : MONITOR, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
}

void native_rig_setup(native_rig *rig) {
    snprintf(rig->directory, sizeof rig->directory, "/tmp/nex-native-test-XXXXXX");
    assert_non_null(mkdtemp(rig->directory));
    snprintf(rig->state, sizeof rig->state, "%s/state", rig->directory);
    open_rig(rig);
}

void native_rig_again(native_rig *rig, const native_rig *other) {
    *rig = (native_rig){0};
    memcpy(rig->directory, other->directory, sizeof rig->directory);
    memcpy(rig->state, other->state, sizeof rig->state);
    open_rig(rig);
}

void native_rig_close(native_rig *rig) {
    rig->layer.ops->free(rig->layer.self);
    nex_loop_free(rig->loop);
}

void native_rig_teardown(native_rig *rig) {
    native_rig_close(rig);
    remove_tree(rig->directory);
}

static void on_started(void *arg, const nex_process_info *info) {
    native_run *run = arg;
    assert_false(run->started);
    run->started = true;
    run->info = *info;
    loop_wait_done(&run->rig->wait);
}

static void on_failed(void *arg, const nex_error *err) {
    native_run *run = arg;
    run->failed = true;
    run->error = *err;
    run->process = NULL;
    loop_wait_done(&run->rig->wait);
}

static bool on_output(void *arg, nex_process_stream stream, nex_time time, const void *data,
                      size_t len, uint64_t sequence, uint64_t missed) {
    native_run *run = arg;
    (void)sequence;
    assert_true(time.seconds > 0);
    if (run->refuse || (run->refuse_at > 0 && run->out.len >= run->refuse_at)) {
        loop_wait_done(&run->rig->wait);
        return false;
    }
    run->missed += missed;
    nex_buf *to = stream == NEX_PROCESS_STDERR ? &run->err : &run->out;
    assert_int_equal(nex_buf_append(to, data, len), NEX_OK);
    if (run->wait_bytes > 0 && run->out.len >= run->wait_bytes) {
        loop_wait_done(&run->rig->wait);
    }
    return true;
}

static void on_ended(void *arg, const nex_process_exit *exit) {
    native_run *run = arg;
    assert_true(run->started);
    run->ended = true;
    run->exit = *exit;
    run->process = NULL;
    loop_wait_done(&run->rig->wait);
}

const nex_process_events native_run_events = {
    .started = on_started, .failed = on_failed, .output = on_output, .ended = on_ended};

static void wait_first_word(native_run *run) {
    while (!run->started && !run->failed) {
        loop_wait_run(&run->rig->wait, "a run to start");
    }
}

void native_run_spec(native_rig *rig, native_run *run, nex_process_spec *spec) {
    nex_error err;
    nex_string_list none = {0};
    run->rig = rig;
    if (spec->env == NULL) {
        spec->env = &none;
    }
    spec->run = spec->run > 0 ? spec->run : 1;
    spec->stop_signal = spec->stop_signal > 0 ? spec->stop_signal : 15;
    if (rig->layer.ops->start(rig->layer.self, spec, &native_run_events, run, &run->process,
                              &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    wait_first_word(run);
}

void native_run_sh(native_rig *rig, native_run *run, const char *id, const char *script,
                   const char *arg) {
    char *items[] = {(char *)(uintptr_t) "sh", (char *)(uintptr_t) "-c", (char *)(uintptr_t)script,
                     (char *)(uintptr_t) "sh", (char *)(uintptr_t)arg};
    nex_string_list argv = {.items = items, .count = arg != NULL ? 5 : 4};
    nex_process_spec spec = {
        .workload_id = id, .path = "/bin/sh", .argv = &argv, .stop_grace = 5 * NEX_SECOND};
    native_run_spec(rig, run, &spec);
}

void native_run_adopt(native_rig *rig, native_run *run, const char *id) {
    nex_error err;
    run->rig = rig;
    if (rig->layer.ops->adopt(rig->layer.self, id, &native_run_events, run, &run->process, &err) !=
        NEX_OK) {
        fail_msg("%s", err.message);
    }
    wait_first_word(run);
}

void native_run_wait_end(native_run *run) {
    while (!run->ended && !run->failed) {
        loop_wait_run(&run->rig->wait, "a run to end");
    }
    if (run->failed) {
        fail_msg("failed: %s", run->error.message);
    }
}

const char *native_run_wait_text(native_run *run, const char *text) {
    const char *found;
    while ((found = run->out.data != NULL ? strstr(run->out.data, text) : NULL) == NULL) {
        assert_false(run->ended);
        run->wait_bytes = run->out.len + 1;
        loop_wait_run(&run->rig->wait, text);
    }
    run->wait_bytes = 0;
    return found;
}

void native_run_clear(native_run *run) {
    nex_buf_free(&run->out);
    nex_buf_free(&run->err);
    *run = (native_run){0};
}

bool native_alive(pid_t pid) {
    mon_process process;
    return mon_process_read(pid, &process) && process.state != 'Z' && process.state != 'X';
}

void native_wait_gone(pid_t pid) {
    struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN};
    if (end.fd >= 0) {
        int ready;
        do {
            ready = poll(&end, 1, 30000);
        } while (ready < 0 && errno == EINTR);
        assert_int_equal(ready, 1);
        close(end.fd);
    }
}

size_t native_open_descriptors(void) {
    DIR *entries = opendir("/proc/self/fd");
    assert_non_null(entries);
    size_t count = 0;
    while (readdir(entries) != NULL) {
        count++;
    }
    closedir(entries);
    return count;
}

void native_fifo(const native_rig *rig, const char *name, char out[128]) {
    snprintf(out, 128, "%s/%s", rig->directory, name);
    assert_int_equal(mkfifo(out, 0600), 0);
}

void native_fifo_write(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC); /* waits for the reader */
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

void native_wait_file(const native_rig *rig, const char *id, const char *file,
                      bool (*good)(int directory)) {
    char path[192];
    snprintf(path, sizeof path, "%s/workloads/%s", rig->state, id);
    int notify = inotify_init1(IN_CLOEXEC);
    assert_true(inotify_add_watch(notify, path, IN_MOVED_TO | IN_CREATE) >= 0);
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(directory >= 0);
    while (faccessat(directory, file, F_OK, 0) != 0 || (good != NULL && !good(directory))) {
        char events[512];
        assert_true(read(notify, events, sizeof events) > 0);
    }
    close(directory);
    close(notify);
}
