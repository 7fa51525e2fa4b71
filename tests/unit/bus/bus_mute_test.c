/*
 * Servers that introduce themselves and then say no more: libnats would wait for them for ever, in
 * the first connection as when it reconnects by itself.
 */
#include <nex/bus.h>

#include "loop_wait.h"
#include "nats_server.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct fixture {
    nex_loop *loop;
    nex_bus *bus;
    nex_error err;
    loop_wait wait;
    nats_server *server;
} fixture;

static int set_up(void **state) {
    static fixture f;
    memset(&f, 0, sizeof f);
    assert_int_equal(nex_loop_new(&f.loop, &f.err), NEX_OK);
    f.wait.loop = f.loop;
    f.server = nats_server_start(NULL);
    *state = &f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    nex_bus_close(f->bus);
    nex_loop_free(f->loop);
    nats_server_stop(f->server);
    return 0;
}

static void wake(void *arg) {
    fixture *f = arg;
    loop_wait_done(&f->wait);
}

static void on_state(void *arg, nex_bus_state state) {
    (void)state;
    wake(arg);
}

static void hear(void *arg, const nex_msg *msg) {
    (void)msg;
    wake(arg);
}

static nex_status try_connect(fixture *f, bool keep_trying) {
    const char *url = nats_server_url(f->server);
    nex_bus_options options = {.servers = &url,
                               .server_count = 1,
                               .timeout = 300 * NEX_MILLISECOND,
                               .keep_trying = keep_trying,
                               .on_state = on_state,
                               .arg = f};
    return nex_bus_connect(&f->bus, f->loop, &options, &f->err);
}

/* Waits for the connection and sends itself a message. */
static void check_works(fixture *f) {
    while (nex_bus_get_state(f->bus) != NEX_BUS_CONNECTED) {
        loop_wait_run(&f->wait, "the connection");
    }
    nex_subscription *sub;
    assert_int_equal(nex_bus_subscribe(f->bus, "check", NULL, hear, f, &sub), NEX_OK);
    assert_int_equal(nex_bus_publish(f->bus, &(nex_msg){.subject = "check"}), NEX_OK);
    loop_wait_run(&f->wait, "a message to itself");
    nex_subscription_free(sub);
}

/* Takes the place of the server. */
typedef struct mute_server {
    pthread_t thread;
    int socket;
    const char *info;
    atomic_int greeted;
} mute_server;

static const char plain[] = "INFO {\"server_id\":\"M\",\"version\":\"2.9.10\",\"proto\":1,"
                            "\"headers\":true,\"max_payload\":1048576}\r\n";
/* It leaves its client alone in the middle of the TLS handshake. */
static const char tls[] = "INFO {\"server_id\":\"M\",\"version\":\"2.9.10\",\"proto\":1,"
                          "\"headers\":true,\"max_payload\":1048576,\"tls_required\":true}\r\n";

enum { MAX_CLIENTS = 64 };

static void *greet(void *arg) {
    mute_server *mute = arg;
    int clients[MAX_CLIENTS];
    int count = 0;
    for (int fd; count < MAX_CLIENTS && (fd = accept(mute->socket, NULL, NULL)) >= 0; count++) {
        clients[count] = fd;
        if (write(fd, mute->info, strlen(mute->info)) > 0) {
            atomic_fetch_add(&mute->greeted, 1);
        }
    }
    while (count > 0) {
        close(clients[--count]);
    }
    return NULL;
}

static void mute_start(mute_server *mute, const char *info, fixture *f) {
    mute->info = info;
    nats_server_kill(f->server);
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)nats_server_port(f->server)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    atomic_init(&mute->greeted, 0);
    mute->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(setsockopt(mute->socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), 0);
    assert_int_equal(bind(mute->socket, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(mute->socket, MAX_CLIENTS), 0);
    assert_int_equal(pthread_create(&mute->thread, NULL, greet, mute), 0);
}

static void mute_stop(mute_server *mute) {
    shutdown(mute->socket, SHUT_RDWR);
    pthread_join(mute->thread, NULL);
    close(mute->socket);
}

/* Each attempt is greeted once: a further one tells that the last was ended. */
static void wait_for_greetings(fixture *f, mute_server *mute, int count) {
    nex_timer *timer;
    assert_int_equal(nex_timer_new(f->loop, &timer, wake, f), NEX_OK);
    nex_timer_start(timer, 10 * NEX_MILLISECOND, 10 * NEX_MILLISECOND);
    while (atomic_load(&mute->greeted) < count) {
        loop_wait_run(&f->wait, "a further attempt");
    }
    nex_timer_free(timer);
}

/* ---- Tests -------------------------------------------------------------------------------- */

static void check_answer_in_time(fixture *f, const char *info) {
    mute_server mute;
    mute_start(&mute, info, f);
    uint64_t start = nex_loop_now(f->loop);
    assert_int_equal(try_connect(f, false), NEX_EUNREACHABLE);
    assert_non_null(strstr(f->err.message, nats_server_url(f->server)));
    assert_non_null(strstr(f->err.message, "answer"));
    assert_true(nex_loop_now(f->loop) - start < (uint64_t)(3 * NEX_SECOND));
    mute_stop(&mute);
}

static void who_wants_an_answer_gets_it_in_time(void **state) {
    check_answer_in_time(*state, plain);
}

static void a_handshake_has_an_end(void **state) {
    check_answer_in_time(*state, tls);
}

static void who_keeps_trying_does_so(void **state) {
    fixture *f = *state;
    mute_server mute;
    mute_start(&mute, plain, f);
    assert_int_equal(try_connect(f, true), NEX_OK);
    assert_int_equal(nex_bus_get_state(f->bus), NEX_BUS_CONNECTING);
    wait_for_greetings(f, &mute, 3);
    mute_stop(&mute);
    nats_server_restart(f->server);
    check_works(f);
}

static void a_lost_connection_comes_back(void **state) {
    fixture *f = *state;
    mute_server mute;
    assert_int_equal(try_connect(f, false), NEX_OK);
    check_works(f);
    mute_start(&mute, plain, f);
    wait_for_greetings(f, &mute, 3);
    mute_stop(&mute);
    nats_server_restart(f->server);
    check_works(f);
}

static void closing_does_not_wait(void **state) {
    fixture *f = *state;
    mute_server mute;
    assert_int_equal(try_connect(f, false), NEX_OK);
    mute_start(&mute, plain, f);
    wait_for_greetings(f, &mute, 1);
    uint64_t start = nex_loop_now(f->loop);
    nex_bus_close(f->bus);
    f->bus = NULL;
    assert_true(nex_loop_now(f->loop) - start < (uint64_t)NEX_SECOND);
    mute_stop(&mute);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_wants_an_answer_gets_it_in_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_handshake_has_an_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_keeps_trying_does_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lost_connection_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(closing_does_not_wait, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
