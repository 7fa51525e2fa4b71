/* Asking URLs and ports: a server on the same loop that answers well, badly, late or not at all. */
#include "loop_wait.h"

#include <arpa/inet.h>
#include <native/web_probe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

typedef struct rig {
    nex_loop *loop;
    loop_wait wait;
    native_web *web;
    uv_tcp_t server;
    const char *response; /* NULL: it takes connections and says nothing */
    char request[512];
    int port;
    char problem[256];
    bool answered;
} rig;

typedef struct connection {
    uv_tcp_t tcp;
    uv_write_t write;
    rig *rig;
    char buffer[512];
} connection;

static void free_connection(uv_handle_t *handle) {
    free(handle->data);
}

static void close_connection(connection *c) {
    if (!uv_is_closing((uv_handle_t *)&c->tcp)) {
        uv_close((uv_handle_t *)&c->tcp, free_connection);
    }
}

static void on_written(uv_write_t *write, int status) {
    (void)status;
    close_connection(write->data);
}

static void give_buffer(uv_handle_t *handle, size_t size, uv_buf_t *out) {
    connection *c = handle->data;
    (void)size;
    *out = uv_buf_init(c->buffer, sizeof c->buffer);
}

static void on_read(uv_stream_t *stream, ssize_t got, const uv_buf_t *buffer) {
    connection *c = stream->data;
    if (got < 0) {
        close_connection(c);
        return;
    }
    snprintf(c->rig->request, sizeof c->rig->request, "%.*s", (int)got, buffer->base);
    if (c->rig->response != NULL) {
        const char *text = c->rig->response;
        uv_buf_t out = uv_buf_init((char *)(uintptr_t)text, (unsigned)strlen(text));
        c->write.data = c;
        assert_int_equal(uv_write(&c->write, stream, &out, 1, on_written), 0);
    }
}

static void on_connection(uv_stream_t *server, int status) {
    assert_int_equal(status, 0);
    connection *c = calloc(1, sizeof *c);
    c->rig = server->data;
    assert_int_equal(uv_tcp_init(server->loop, &c->tcp), 0);
    c->tcp.data = c;
    assert_int_equal(uv_accept(server, (uv_stream_t *)&c->tcp), 0);
    assert_int_equal(uv_read_start((uv_stream_t *)&c->tcp, give_buffer, on_read), 0);
}

static int setup(void **state) {
    rig *r = calloc(1, sizeof *r);
    nex_error err;
    struct sockaddr_in address;
    int size = sizeof address;
    assert_int_equal(nex_loop_new(&r->loop, &err), NEX_OK);
    r->wait = (loop_wait){.loop = r->loop};
    assert_int_equal(native_web_new(&r->web, r->loop, &err), NEX_OK);
    assert_int_equal(uv_ip4_addr("127.0.0.1", 0, &address), 0);
    assert_int_equal(uv_tcp_init(nex_loop_uv(r->loop), &r->server), 0);
    r->server.data = r;
    assert_int_equal(uv_tcp_bind(&r->server, (struct sockaddr *)&address, 0), 0);
    assert_int_equal(uv_listen((uv_stream_t *)&r->server, 8, on_connection), 0);
    assert_int_equal(uv_tcp_getsockname(&r->server, (struct sockaddr *)&address, &size), 0);
    r->port = ntohs(address.sin_port);
    *state = r;
    return 0;
}

static void close_handle(uv_handle_t *handle, void *arg) {
    const rig *r = arg;
    if (handle->type == UV_TCP && handle != (uv_handle_t *)&r->server && !uv_is_closing(handle)) {
        uv_close(handle, free_connection);
    }
}

static void close_server(rig *r) {
    if (!uv_is_closing((uv_handle_t *)&r->server)) {
        uv_close((uv_handle_t *)&r->server, NULL);
    }
}

static int teardown(void **state) {
    rig *r = *state;
    native_web_free(r->web);
    close_server(r);
    uv_walk(nex_loop_uv(r->loop), close_handle, r);
    nex_loop_free(r->loop);
    free(r);
    return 0;
}

static void on_answer(void *arg, const char *problem) {
    rig *r = arg;
    r->answered = true;
    snprintf(r->problem, sizeof r->problem, "%s", problem != NULL ? problem : "");
    loop_wait_done(&r->wait);
}

/* What was wrong; "" for nothing. */
static const char *ask(rig *r, const char *format, bool connect_only, nex_duration timeout) {
    char url[128];
    nex_error err;
    native_web_question *question;
    snprintf(url, sizeof url, format, r->port);
    assert_int_equal(
        native_web_ask(r->web, url, connect_only, timeout, on_answer, r, &question, &err), NEX_OK);
    loop_wait_run(&r->wait, "an answer");
    return r->problem;
}

static const char *ask_http(rig *r) {
    return ask(r, "http://127.0.0.1:%d/health?x=1", false, 5 * NEX_SECOND);
}

static void a_status_from_200_to_399_is_well(void **state) {
    rig *r = *state;
    r->response = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
    assert_string_equal(ask_http(r), "");
    assert_int_equal(strncmp(r->request, "GET /health?x=1 HTTP/1.1\r\n", 26), 0);
    /* Not followed: that it answers is enough. */
    r->response =
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    assert_string_equal(ask_http(r), "");
    r->response = "HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nlater";
    assert_string_equal(ask_http(r), "status 503");
    r->response = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    assert_string_equal(ask_http(r), "status 404");
    r->response = "220 mail.example.com ESMTP\r\n";
    assert_string_not_equal(ask_http(r), "");
}

static void no_answer_in_time_is_a_problem(void **state) {
    rig *r = *state;
    r->response = NULL;
    const char *problem = ask(r, "http://127.0.0.1:%d/", false, 50 * NEX_MILLISECOND);
    assert_non_null(strstr(problem, "timed out"));
}

static void a_port_is_asked_by_connecting(void **state) {
    rig *r = *state;
    r->response = NULL; /* whatever it speaks */
    assert_string_equal(ask(r, "http://127.0.0.1:%d", true, 5 * NEX_SECOND), "");
    assert_string_equal(r->request, "");
    close_server(r);
    assert_non_null(strstr(ask(r, "http://127.0.0.1:%d", true, 5 * NEX_SECOND), "127.0.0.1"));
    assert_non_null(strstr(ask_http(r), "127.0.0.1"));
}

static void the_environment_names_no_proxy(void **state) {
    rig *r = *state;
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    r->response = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    assert_string_equal(ask_http(r), "");
    unsetenv("http_proxy");
}

static void many_are_asked_at_once_and_forgotten_questions_answer_nothing(void **state) {
    enum { QUESTIONS = 32 };
    rig *r = *state;
    char url[64];
    nex_error err;
    native_web_question *questions[QUESTIONS];
    r->response = NULL;
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", r->port);
    for (size_t i = 0; i < QUESTIONS; i++) {
        assert_int_equal(
            native_web_ask(r->web, url, false, 5 * NEX_SECOND, on_answer, r, &questions[i], &err),
            NEX_OK);
    }
    for (size_t i = 0; i < QUESTIONS; i += 2) {
        native_web_cancel(questions[i]);
    }
    /* The rest are under way when the web is freed, which must not answer either. */
    r->response = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    assert_string_equal(ask(r, "http://127.0.0.1:%d/", false, 5 * NEX_SECOND), "");
    r->answered = false;
    native_web_free(r->web);
    r->web = NULL;
    assert_false(r->answered);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(a_status_from_200_to_399_is_well),
        T(no_answer_in_time_is_a_problem),
        T(a_port_is_asked_by_connecting),
        T(the_environment_names_no_proxy),
        T(many_are_asked_at_once_and_forgotten_questions_answer_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
