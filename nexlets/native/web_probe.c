#include "native/web_probe.h"

#include "native/curl_library.h"

#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

struct native_web {
    nex_loop *loop;
    native_curl curl;
    CURLM *multi;
    nex_timer *timer; /* libcurl's own */
    native_web_question *questions;
};

struct native_web_question {
    native_web *web;
    CURL *curl;
    bool connect_only;
    native_web_cb cb;
    void *arg;
    char error[CURL_ERROR_SIZE];
    native_web_question *next;
    native_web_question **link;
};

typedef struct socket_watch {
    uv_poll_t poll;
    native_web *web;
    curl_socket_t fd;
} socket_watch;

void native_web_cancel(native_web_question *question) {
    if (question == NULL) {
        return;
    }
    native_web *web = question->web;
    *question->link = question->next;
    if (question->next != NULL) {
        question->next->link = question->link;
    }
    web->curl.multi_remove_handle(web->multi, question->curl);
    web->curl.easy_cleanup(question->curl);
    free(question);
}

static void finish(native_web_question *question, CURLcode code) {
    const native_curl *curl = &question->web->curl;
    native_web_cb cb = question->cb;
    void *arg = question->arg;
    char problem[CURL_ERROR_SIZE] = "";
    long status = 0;
    if (code != CURLE_OK) {
        snprintf(problem, sizeof problem, "%s",
                 question->error[0] != '\0' ? question->error : curl->easy_strerror(code));
    } else if (!question->connect_only) {
        curl->easy_getinfo(question->curl, CURLINFO_RESPONSE_CODE, &status);
        if (status < 200 || status > 399) {
            snprintf(problem, sizeof problem, "status %ld", status);
        }
    }
    native_web_cancel(question);
    cb(arg, problem[0] != '\0' ? problem : NULL);
}

/* ---- libcurl's wishes ----------------------------------------------------------------------- */

/* What has come to an end. A callback may free all there is, but for the web itself. */
static void finish_ended(native_web *web) {
    const CURLMsg *message;
    int left;
    while ((message = web->curl.multi_info_read(web->multi, &left)) != NULL) {
        char *question = NULL;
        if (message->msg == CURLMSG_DONE &&
            web->curl.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &question) == CURLE_OK) {
            finish((native_web_question *)(void *)question, message->data.result);
        }
    }
}

static void on_timer(void *arg) {
    native_web *web = arg;
    int running;
    web->curl.multi_socket_action(web->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    finish_ended(web);
}

static int set_timer(CURLM *multi, long milliseconds, void *arg) {
    native_web *web = arg;
    (void)multi;
    if (milliseconds < 0) {
        nex_timer_stop(web->timer);
    } else {
        nex_timer_start(web->timer, milliseconds * NEX_MILLISECOND, 0);
    }
    return 0;
}

static void on_ready(uv_poll_t *poll, int status, int events) {
    const socket_watch *watch = poll->data;
    native_web *web = watch->web;
    int running;
    int flags = ((events & UV_READABLE) != 0 ? CURL_CSELECT_IN : 0) |
                ((events & UV_WRITABLE) != 0 ? CURL_CSELECT_OUT : 0) |
                (status < 0 ? CURL_CSELECT_ERR : 0);
    web->curl.multi_socket_action(web->multi, watch->fd, flags, &running);
    finish_ended(web);
}

static void on_closed(uv_handle_t *handle) {
    free(handle->data);
}

static socket_watch *watch_new(native_web *web, curl_socket_t fd) {
    socket_watch *watch = calloc(1, sizeof *watch);
    if (watch == NULL || uv_poll_init(nex_loop_uv(web->loop), &watch->poll, fd) != 0) {
        free(watch);
        return NULL;
    }
    watch->poll.data = watch;
    watch->web = web;
    watch->fd = fd;
    web->curl.multi_assign(web->multi, fd, watch);
    return watch;
}

static int watch_socket(CURL *curl, curl_socket_t fd, int what, void *arg, void *socket) {
    native_web *web = arg;
    socket_watch *watch = socket;
    (void)curl;
    if (what == CURL_POLL_REMOVE) {
        if (watch != NULL) {
            uv_close((uv_handle_t *)&watch->poll, on_closed);
        }
        return 0;
    }
    if (watch == NULL && (watch = watch_new(web, fd)) == NULL) {
        return -1;
    }
    int events =
        (what != CURL_POLL_OUT ? UV_READABLE : 0) | (what != CURL_POLL_IN ? UV_WRITABLE : 0);
    return uv_poll_start(&watch->poll, events, on_ready) == 0 ? 0 : -1;
}

/* ---- Questions ------------------------------------------------------------------------------ */

static size_t pass_over(char *data, size_t size, size_t count, void *arg) {
    (void)data;
    (void)arg;
    return size * count;
}

static void set_up(native_web_question *question, const char *url, nex_duration timeout) {
    const native_curl *curl = &question->web->curl;
    CURL *easy = question->curl;
    long milliseconds = (long)(timeout / NEX_MILLISECOND);
    curl->easy_setopt(easy, CURLOPT_URL, url);
    curl->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl->easy_setopt(easy, CURLOPT_NOPROXY, "*"); /* whatever the node's environment says */
    curl->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl->easy_setopt(easy, CURLOPT_TIMEOUT_MS, milliseconds > 0 ? milliseconds : 1L);
    curl->easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L); /* that it can be reached is the question */
    curl->easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl->easy_setopt(easy, CURLOPT_CONNECT_ONLY, question->connect_only ? 1L : 0L);
    curl->easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
    curl->easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    curl->easy_setopt(easy, CURLOPT_USERAGENT, "nex-health");
    curl->easy_setopt(easy, CURLOPT_ERRORBUFFER, question->error);
    curl->easy_setopt(easy, CURLOPT_WRITEFUNCTION, pass_over);
    curl->easy_setopt(easy, CURLOPT_PRIVATE, question);
}

nex_status native_web_ask(native_web *web, const char *url, bool connect_only, nex_duration timeout,
                          native_web_cb cb, void *arg, native_web_question **out, nex_error *err) {
    *out = NULL;
    native_web_question *question = calloc(1, sizeof *question);
    if (question == NULL || (question->curl = web->curl.easy_init()) == NULL) {
        free(question);
        return nex_error_set(err, NEX_ENOMEM, "%s: out of memory", url);
    }
    question->web = web;
    question->connect_only = connect_only;
    question->cb = cb;
    question->arg = arg;
    set_up(question, url, timeout);
    CURLMcode code = web->curl.multi_add_handle(web->multi, question->curl);
    if (code != CURLM_OK) {
        web->curl.easy_cleanup(question->curl);
        free(question);
        return nex_error_set(err, NEX_EIO, "%s: libcurl error %d", url, (int)code);
    }
    question->next = web->questions;
    question->link = &web->questions;
    if (web->questions != NULL) {
        web->questions->link = &question->next;
    }
    web->questions = question;
    *out = question;
    return NEX_OK;
}

/* ---- Making and freeing --------------------------------------------------------------------- */

nex_status native_web_new(native_web **out, nex_loop *loop, nex_error *err) {
    *out = NULL;
    if (nex_loop_uv(loop) == NULL) {
        return nex_error_set(err, NEX_EUNSUPPORTED, "this loop cannot ask ports");
    }
    native_web *web = calloc(1, sizeof *web);
    if (web == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "native nexlet: out of memory");
    }
    web->loop = loop;
    nex_status status = native_curl_load(&web->curl, err);
    if (status == NEX_OK && nex_timer_new(loop, &web->timer, on_timer, web) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "native nexlet: out of memory");
    }
    if (status == NEX_OK && (web->multi = web->curl.multi_init()) == NULL) {
        status = nex_error_set(err, NEX_ENOMEM, "native nexlet: out of memory");
    }
    if (status != NEX_OK) {
        native_web_free(web);
        return status;
    }
    web->curl.multi_setopt(web->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
    web->curl.multi_setopt(web->multi, CURLMOPT_SOCKETDATA, web);
    web->curl.multi_setopt(web->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    web->curl.multi_setopt(web->multi, CURLMOPT_TIMERDATA, web);
    *out = web;
    return NEX_OK;
}

void native_web_free(native_web *web) {
    if (web == NULL) {
        return;
    }
    while (web->questions != NULL) {
        native_web_cancel(web->questions);
    }
    if (web->multi != NULL) {
        web->curl.multi_cleanup(web->multi);
    }
    nex_timer_free(web->timer);
    free(web);
}
