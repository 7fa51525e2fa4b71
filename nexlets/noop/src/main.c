/*
 * nexlet-noop: local when a node started it (the environment says so), remote
 * otherwise. Ends in order on SIGTERM and SIGINT.
 */
#include "agent.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_log(void *arg, nex_log_level level, const char *message,
                      const nex_log_field *fields, size_t count) {
    (void)arg;
    fprintf(stderr, "%-5s %s", nex_log_level_name(level), message);
    for (size_t i = 0; i < count; i++) {
        if (fields[i].value != NULL) {
            fprintf(stderr, " %s=%s", fields[i].key, fields[i].value);
        }
    }
    fputc('\n', stderr);
}

static void stop_loop(void *arg) {
    nex_loop_stop(arg);
}

/* Waits for a signal to end; main has blocked them in all threads. */
static void *wait_for_signal(void *arg) {
    sigset_t set;
    int number;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigwait(&set, &number);
    (void)nex_loop_post(arg, stop_loop, arg);
    return NULL;
}

static nex_status watch_signals(nex_loop *loop) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, wait_for_signal, loop) != 0) {
        return NEX_EIO;
    }
    pthread_detach(thread);
    return NEX_OK;
}

static int usage(FILE *out, int status) {
    fputs("Usage: nexlet-noop [--server URL] [--creds FILE] [--nexus NAME]\n\n"
          "A nexlet of type noop. A node that starts it says where to register;\n"
          "without one it asks any node of the nexus that takes remote nexlets.\n\n"
          "  --server URL  NATS server (default: nats://127.0.0.1:4222)\n"
          "  --creds FILE  credentials for NATS\n"
          "  --nexus NAME  nexus to join (default: nexus)\n"
          "  --version     print the version\n", out);
    return status;
}

static int run(const nex_agent_options *options, const nex_log *log) {
    nex_error err;
    nex_error_clear(&err);
    nex_agent *runner = NULL;
    noop_agent *agent = noop_agent_new(VERSION, log);
    nex_status status = agent != NULL ? NEX_OK : nex_error_set(&err, NEX_ENOMEM, "out of memory");
    if (status == NEX_OK) {
        status = nex_agent_new(&runner, &noop_agent_ops, agent, options, &err);
    }
    if (status == NEX_OK) {
        noop_agent_attach(agent, runner);
        status = watch_signals(options->loop);
    }
    if (status == NEX_OK) {
        status = nex_agent_start(runner, &err);
    }
    if (status == NEX_OK) {
        nex_loop_run(options->loop);
        nex_agent_stop(runner, "signal");
    } else {
        fprintf(stderr, "nexlet-noop: %s\n", err.message);
    }
    nex_agent_free(runner);
    noop_agent_free(agent);
    return status == NEX_OK ? 0 : 1;
}

int main(int argc, char **argv) {
    const char *server = NULL, *creds = NULL, *nexus = NULL;
    for (int i = 1; i < argc; i++) {
        bool more = i + 1 < argc;
        if (strcmp(argv[i], "--help") == 0) {
            return usage(stdout, 0);
        }
        if (strcmp(argv[i], "--version") == 0) {
            puts(VERSION);
            return 0;
        }
        if (strcmp(argv[i], "--server") == 0 && more) {
            server = argv[++i];
        } else if (strcmp(argv[i], "--creds") == 0 && more) {
            creds = argv[++i];
        } else if (strcmp(argv[i], "--nexus") == 0 && more) {
            nexus = argv[++i];
        } else {
            fprintf(stderr, "nexlet-noop: unknown argument \"%s\"\n", argv[i]);
            return usage(stderr, 2);
        }
    }
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);

    nex_error err;
    nex_log log = {.write = write_log, .level = NEX_LOG_INFO};
    nex_agent_options options;
    nex_status status = nex_agent_options_from_env(&options, &err);
    if (status == NEX_ENOTFOUND) { /* no node started us: remote */
        options = (nex_agent_options){.mode = NEX_AGENT_REMOTE, .nexus = nexus};
        options.connection.servers = &server;
        options.connection.server_count = server != NULL;
        options.connection.creds_file = creds;
        options.connection.keep_trying = true;
        status = NEX_OK;
    }
    options.log = &log;
    options.connection.log = &log;
    if (status == NEX_OK) {
        status = nex_loop_new(&options.loop, &err);
    }
    if (status != NEX_OK) {
        fprintf(stderr, "nexlet-noop: %s\n", err.message);
        return 1;
    }
    int ended = run(&options, &log);
    nex_loop_free(options.loop);
    return ended;
}
