/*
 * nex-test-workload: a workload that connects to NATS with what its nexlet gave it, or with what
 * its own environment says (TEST_USER, TEST_PASSWORD, TEST_TLS_...), and answers on
 * <TEST_NAMESPACE>.hello. It tells its standard output of each connection.
 */
#include <nex/bus.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SERVERS_MAX = 8 };

static nex_bus *bus;

static void on_state(void *arg, nex_bus_state state) {
    (void)arg;
    static const char *const names[] = {"connecting", "connected", "disconnected", "closed"};
    printf("%s\n", names[state]);
}

static void on_hello(void *arg, const nex_msg *msg) {
    const char *text = arg;
    nex_msg reply = {.subject = msg->reply, .data = text, .len = strlen(text)};
    if (msg->reply != NULL) {
        nex_bus_publish(bus, &reply);
    }
}

/* The server knows of the subscription. */
static void on_flushed(void *arg, nex_status status) {
    printf("%s with %s\n", status == NEX_OK ? "ready" : "waiting", (const char *)arg);
}

static size_t split(char *list, const char *out[SERVERS_MAX]) {
    size_t count = 0;
    char *rest = NULL;
    for (char *url = list != NULL ? strtok_r(list, ",", &rest) : NULL;
         url != NULL && count < SERVERS_MAX; url = strtok_r(NULL, ",", &rest)) {
        out[count++] = url;
    }
    return count;
}

int main(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    nex_error err;
    nex_loop *loop = NULL;
    const char *servers[SERVERS_MAX];
    const char *namespace_ = getenv("TEST_NAMESPACE");
    const char *creds = getenv("NEX_WORKLOAD_NATS_CREDS");
    char subject[128];
    nex_bus_options options = {.servers = servers,
                               .server_count = split(getenv("NEX_WORKLOAD_NATS_SERVERS"), servers),
                               .user = getenv("TEST_USER"),
                               .password = getenv("TEST_PASSWORD"),
                               .creds_file = creds,
                               .nkey_seed = creds == NULL ? getenv("NEX_WORKLOAD_NATS_NKEY") : NULL,
                               .tls_ca = getenv("TEST_TLS_CA"),
                               .tls_cert = getenv("TEST_TLS_CERT"),
                               .tls_key = getenv("TEST_TLS_KEY"),
                               .keep_trying = true,
                               .on_state = on_state};
    snprintf(subject, sizeof subject, "%s.hello", namespace_ != NULL ? namespace_ : "default");
    if (nex_loop_new(&loop, &err) != NEX_OK ||
        nex_bus_connect(&bus, loop, &options, &err) != NEX_OK) {
        printf("cannot connect: %s\n", err.message);
        nex_loop_free(loop);
        return 1;
    }
    nex_subscription *sub = NULL;
    if (nex_bus_subscribe(bus, subject, NULL, on_hello, (void *)(uintptr_t) "hello", &sub) !=
        NEX_OK) {
        printf("cannot subscribe\n");
        return 1;
    }
    const char *how = creds != NULL                                               ? "a creds file"
                      : options.nkey_seed != NULL && options.nkey_seed[0] != '\0' ? "an nkey"
                      : options.user != NULL                                      ? "a user"
                                                                                  : "nothing";
    nex_bus_flush(bus, 5 * NEX_SECOND, on_flushed, (void *)(uintptr_t)how);
    nex_loop_run(loop);
    nex_bus_close(bus);
    nex_loop_free(loop);
    return 0;
}
