/*
 * The protocol between nexlet and monitor: versions, bodies that are shorter or longer than
 * expected, and callers that are not welcome.
 */
#include "native_run.h"

#include <monitor/protocol.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int setup(void **state) {
    native_rig *rig = calloc(1, sizeof *rig);
    native_rig_setup(rig);
    *state = rig;
    return 0;
}

static int teardown(void **state) {
    native_rig_teardown(*state);
    free(*state);
    return 0;
}

static int call(const native_rig *rig) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    assert_true(snprintf(address.sun_path, sizeof address.sun_path,
                         "%s/workloads/w1/" MON_FILE_SOCKET,
                         rig->state) < (int)sizeof address.sun_path);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void say(int fd, unsigned version, mon_type type, const void *body, size_t size) {
    char message[256] = {0};
    mon_frame frame = {.version = (uint8_t)version, .type = (uint8_t)type, .size = (uint32_t)size};
    memcpy(message, &frame, sizeof frame);
    if (size > 0) {
        memcpy(message + sizeof frame, body, size);
    }
    assert_int_equal(send(fd, message, sizeof frame + size, MSG_NOSIGNAL), sizeof frame + size);
}

/* The next frame; false when the other side has closed. */
static bool hear(int fd, mon_frame *frame, char body[512]) {
    char message[1024];
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&readable, 1, 30000), 1);
    ssize_t got = recv(fd, message, sizeof message, 0);
    if (got <= 0) {
        return false;
    }
    assert_true((size_t)got >= sizeof *frame);
    mon_frame_read(frame, message, (size_t)got);
    memcpy(body, message + sizeof *frame,
           (size_t)got - sizeof *frame < 512 ? (size_t)got - sizeof *frame : 512);
    return true;
}

static void start_sleeper(native_rig *rig, native_run *run) {
    native_run_sh(rig, run, "w1", "echo on; exec sleep 1000", NULL);
    (void)native_run_wait_text(run, "on\n");
}

static void end_sleeper(native_rig *rig, native_run *run) {
    assert_true(native_alive((pid_t)run->info.pid));
    rig->layer.ops->stop(rig->layer.self, run->process, 0, 0);
    native_run_wait_end(run);
    native_run_clear(run);
}

static void another_version_is_not_talked_to(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    mon_frame frame;
    char body[512];
    start_sleeper(rig, &run);
    int fd = call(rig);
    say(fd, MON_VERSION + 1, MON_STOP, NULL, 0);
    assert_false(hear(fd, &frame, body));
    close(fd);
    end_sleeper(rig, &run);
}

static void what_nobody_knows_is_passed_over(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    mon_frame frame;
    mon_state said;
    char body[512];
    char longer[64] = {0};
    start_sleeper(rig, &run);
    int fd = call(rig);
    assert_int_equal(send(fd, "x", 1, MSG_NOSIGNAL), 1); /* less than a frame */
    say(fd, MON_VERSION, (mon_type)200, longer, sizeof longer);
    say(fd, MON_VERSION, MON_BYE, NULL, 0);                 /* but it has not ended */
    say(fd, MON_VERSION, MON_HELLO, longer, sizeof longer); /* a newer one's, which has grown */
    assert_true(hear(fd, &frame, body));
    assert_int_equal(frame.type, MON_STATE);
    assert_int_equal(frame.version, MON_VERSION);
    mon_state_read(&said, body, frame.size);
    assert_int_equal(said.phase, MON_PHASE_RUNNING);
    assert_int_equal(said.pid, run.info.pid);
    close(fd);
    end_sleeper(rig, &run);
}

static void a_stop_without_a_body_is_as_the_spec_says(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    start_sleeper(rig, &run);
    int fd = call(rig);
    say(fd, MON_VERSION, MON_STOP, NULL, 0);
    native_run_wait_end(&run);
    assert_int_equal(run.exit.signal, SIGTERM); /* and not killed at once, as a grace of 0 would */
    assert_true(run.exit.requested);
    close(fd);
    native_run_clear(&run);
}

static void too_many_callers_are_turned_away(void **state) {
    enum { CALLERS = 12 };
    native_rig *rig = *state;
    native_run run = {0};
    mon_frame frame;
    char body[512];
    int fds[CALLERS];
    size_t turned_away = 0;
    start_sleeper(rig, &run);
    for (int i = 0; i < CALLERS; i++) {
        fds[i] = call(rig);
        (void)send(fds[i], &(mon_frame){.version = MON_VERSION, .type = MON_HELLO},
                   sizeof(mon_frame), MSG_NOSIGNAL);
        turned_away += hear(fds[i], &frame, body) ? 0 : 1;
    }
    assert_true(turned_away > 0 && turned_away < CALLERS);
    for (int i = 0; i < CALLERS; i++) {
        close(fds[i]);
    }
    end_sleeper(rig, &run);
}

static void bodies_are_read_as_far_as_they_are_known(void **state) {
    (void)state;
    mon_stop stop;
    mon_failed failed;
    char text[2 * sizeof failed];
    mon_stop_read(&stop, NULL, 0);
    assert_int_equal(stop.signal, 0);
    assert_int_equal(stop.grace_ms, UINT32_MAX);
    int32_t signal = SIGINT;
    mon_stop_read(&stop, &signal, sizeof signal);
    assert_int_equal(stop.signal, SIGINT);
    assert_int_equal(stop.grace_ms, UINT32_MAX);
    memset(text, 'x', sizeof text);
    mon_failed_read(&failed, text, sizeof text);
    assert_int_equal(strlen(failed.detail), sizeof failed.detail - 1);
    assert_true(mon_tag_is_text(MON_TAG_ID));
    assert_false(mon_tag_is_text(MON_TAG_RUN));
    assert_false(mon_tag_is_text(60000));
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(another_version_is_not_talked_to),
        T(what_nobody_knows_is_passed_over),
        T(a_stop_without_a_body_is_as_the_spec_says),
        T(too_many_callers_are_turned_away),
        cmocka_unit_test(bodies_are_read_as_far_as_they_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
