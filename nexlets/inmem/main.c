/*
 * nexlet-inmem: local when a node started it (the environment says so), remote otherwise. Ends
 * its workloads, then itself, on SIGTERM and SIGINT.
 */
#include "inmem/inmem.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

typedef struct program {
    nex_inmem *inmem;
    nex_agent *agent;
    uv_signal_t signals[2];
    nex_agent_options options;
    nex_inmem_options inmem_options;
    const char *server;
} program;

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

static void on_all_stopped(void *arg) {
    program *p = arg;
    nex_agent_stop(p->agent, "signal");
    nex_loop_stop(p->options.loop);
}

static void on_signal(uv_signal_t *handle, int number) {
    (void)number;
    program *p = handle->data;
    nex_inmem_stop_all(p->inmem, on_all_stopped, p);
}

static int usage(FILE *out, int status) {
    fputs("Usage: nexlet-inmem [--server URL] [--creds FILE] [--nexus NAME] [--type TYPE]\n"
          "                    [--max N] [--identity FILE] [--ingress ADDRESS]\n\n"
          "A nexlet whose workloads exist in memory only. A node that starts it says where to\n"
          "register; without one it asks any node of the nexus that takes remote nexlets.\n\n"
          "  --server URL       NATS server (default: nats://127.0.0.1:4222)\n"
          "  --creds FILE       credentials for NATS\n"
          "  --nexus NAME       nexus to join (default: nexus)\n"
          "  --type TYPE        workload type to register (default: inmem)\n"
          "  --max N            workloads it takes at most (default: no limit)\n"
          "  --identity FILE    remote: keep id and key here, to be the same after a restart\n"
          "  --ingress ADDRESS  IP address to tell the ingress manager\n"
          "  --version          print the version\n",
          out);
    return status;
}

/* 0 to go on, or the exit status plus one. */
static int read_arguments(program *p, int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i];
        if (strcmp(name, "--help") == 0) {
            return usage(stdout, 0) + 1;
        }
        if (strcmp(name, "--version") == 0) {
            puts(nex_version());
            return 1;
        }
        const char *value = i + 1 < argc ? argv[++i] : NULL;
        char *end = NULL;
        if (value != NULL && strcmp(name, "--server") == 0) {
            p->server = value;
        } else if (value != NULL && strcmp(name, "--creds") == 0) {
            p->options.connection.creds_file = value;
        } else if (value != NULL && strcmp(name, "--nexus") == 0) {
            p->options.nexus = value;
        } else if (value != NULL && strcmp(name, "--type") == 0) {
            p->inmem_options.type = value;
        } else if (value != NULL && strcmp(name, "--identity") == 0) {
            p->options.identity_file = value;
        } else if (value != NULL && strcmp(name, "--ingress") == 0) {
            p->options.ingress_address = value;
        } else if (value != NULL && strcmp(name, "--max") == 0 &&
                   (p->inmem_options.max_workloads = strtol(value, &end, 10)) >= 0 &&
                   *end == '\0' && end != value) {
            continue;
        } else {
            fprintf(stderr, "nexlet-inmem: %s: %s\n", name,
                    value == NULL ? "unknown, or its value is missing" : "unknown or wrong value");
            return usage(stderr, 2) + 1;
        }
    }
    return 0;
}

static nex_status watch_signals(program *p, nex_error *err) {
    static const int numbers[] = {SIGTERM, SIGINT};
    for (size_t i = 0; i < 2; i++) {
        p->signals[i].data = p;
        if (uv_signal_init(nex_loop_uv(p->options.loop), &p->signals[i]) != 0 ||
            uv_signal_start(&p->signals[i], on_signal, numbers[i]) != 0) {
            return nex_error_set(err, NEX_EIO, "cannot listen for signals");
        }
    }
    return NEX_OK;
}

static nex_status start(program *p, nex_error *err) {
    nex_status status = nex_loop_new(&p->options.loop, err);
    if (status == NEX_OK) {
        status = watch_signals(p, err);
    }
    p->inmem_options.loop = p->options.loop;
    p->inmem_options.log = p->options.log;
    if (status == NEX_OK) {
        status = nex_inmem_new(&p->inmem, &p->inmem_options, err);
    }
    if (status == NEX_OK) {
        status = nex_agent_new(&p->agent, nex_inmem_ops(), p->inmem, &p->options, err);
    }
    if (status == NEX_OK) {
        nex_inmem_attach(p->inmem, p->agent);
        status = nex_agent_start(p->agent, err);
    }
    return status;
}

int main(int argc, char **argv) {
    static const nex_log log = {.write = write_log, .level = NEX_LOG_INFO};
    nex_error err;
    program p = {0};
    nex_agent_options local;
    nex_error_clear(&err);
    int over = read_arguments(&p, argc, argv);
    if (over != 0) {
        return over - 1;
    }
    nex_status status = nex_agent_options_from_env(&local, &err);
    if (status == NEX_OK) {
        local.nexus = p.options.nexus;
        local.ingress_address = p.options.ingress_address;
        p.options = local;
    } else if (status == NEX_ENOTFOUND) { /* no node started it */
        status = NEX_OK;
        p.options.mode = NEX_AGENT_REMOTE;
        p.options.connection.servers = &p.server;
        p.options.connection.server_count = p.server != NULL;
        p.options.connection.keep_trying = true;
    }
    p.options.log = &log;
    p.options.connection.log = &log;
    if (status == NEX_OK) {
        status = start(&p, &err);
    }
    if (status == NEX_OK) {
        nex_loop_run(p.options.loop);
    } else {
        fprintf(stderr, "nexlet-inmem: %s\n", err.message);
    }
    if (p.inmem != NULL) {
        nex_inmem_detach(p.inmem);
    }
    nex_agent_free(p.agent);
    nex_inmem_free(p.inmem);
    for (size_t i = 0; i < 2 && p.options.loop != NULL; i++) {
        if (p.signals[i].loop != NULL) {
            uv_close((uv_handle_t *)&p.signals[i], NULL);
        }
    }
    nex_loop_free(p.options.loop);
    if (local.mode == NEX_AGENT_LOCAL) {
        nex_agent_options_free(&local);
    }
    return status == NEX_OK ? 0 : 1;
}
