/*
 * nexlet-native - the native nexlet as a program of its own.
 *
 * As a child of a node (a local agent) it finds all it needs in its environment. With
 * --nats.servers it is a remote agent, which registers with a node of the nexus.
 */
#include "native/native.h"

#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

enum { EXIT_USAGE = 2, SERVERS_MAX = 64 };

typedef struct arguments {
    const char *servers[SERVERS_MAX];
    size_t server_count;
    nex_bus_options connection; /* but for the servers and a seed */
    const char *nkey;
    const char *nexus;
    const char *state_dir;
    const char *monitor;
    const char *cgroup;
    const char *ingress;
    long max_workloads;
    uint64_t cache_bytes; /* 0: the default */
    bool keep_workloads;
    nex_duration metrics_interval; /* 0: the default */
} arguments;

typedef struct program {
    nex_loop *loop;
    nex_log log;
    nex_native *native;
    nex_agent *agent;
    const arguments *arguments;
    uv_signal_t signals[2];
    size_t signal_count;
    bool stopping;
} program;

static void write_log(void *arg, nex_log_level level, const char *message,
                      const nex_log_field *fields, size_t count) {
    (void)arg;
    fprintf(stderr, "[%s] %s", nex_log_level_name(level), message);
    for (size_t i = 0; i < count; i++) {
        if (fields[i].value != NULL) {
            fprintf(stderr, " %s=%s", fields[i].key, fields[i].value);
        }
    }
    fputc('\n', stderr);
}

/* ---- Arguments ------------------------------------------------------------------------------ */

static void print_help(void) {
    puts(
        "usage: nexlet-native [options]\n"
        "\n"
        "Runs programs of this machine as workloads of a nexus. A nex node that lists it among "
        "its\n"
        "agents starts it without options; on its own it joins a nexus as a remote agent:\n"
        "\n"
        "  nexlet-native --nats.servers nats://127.0.0.1:4222 --state-dir /var/lib/nexlet-native\n"
        "\n"
        "  --nats.servers URL[,URL]  NATS servers; with it the nexlet is a remote agent\n"
        "  --nats.creds FILE         credentials file\n"
        "  --nats.nkey SEED-FILE     file with a user seed\n"
        "  --nats.user NAME          user; the password is in $NEX_NATS_PASSWORD\n"
        "  --nats.tlscert FILE       client certificate, with --nats.tlskey FILE\n"
        "  --nats.tlsca FILE         who signed the server's certificate\n"
        "  --nats.tlsfirst           TLS handshake before anything else\n"
        "  --nexus NAME              nexus to join (nexus)\n"
        "  --state-dir DIR           where workloads are on record\n"
        "                            ($NEX_NATIVE_STATE_DIR, or $HOME/.local/state/nexlet-native)\n"
        "  --max-workloads N         how many workloads it runs at most (0: no limit)\n"
        "  --artifact-cache-bytes N  most bytes of the cache of artifacts (1073741824)\n"
        "  --metrics-interval TIME   how often figures of workloads are published (10s; 0s: "
        "never)\n"
        "  --keep-workloads          leave workloads running when it ends\n"
        "  --ingress-address IP      report exposed ports to the ingress manager\n"
        "  --workload-cgroup GROUP   control group (v2) for workloads, as nex node up has it\n"
        "  --monitor FILE            nex-monitor, if it is not beside this program\n"
        "  --version                 print the version\n"
        "  --help                    print this text");
}

static bool add_servers(arguments *a, char *list) {
    char *rest = NULL;
    for (char *url = strtok_r(list, ",", &rest); url != NULL; url = strtok_r(NULL, ",", &rest)) {
        if (a->server_count == SERVERS_MAX) {
            return false;
        }
        a->servers[a->server_count++] = url;
    }
    return a->server_count > 0;
}

/* The nexlet takes 0 for its default, and less for never. */
static bool parse_interval(const char *text, nex_duration *out) {
    if (nex_duration_parse(text, strlen(text), out, NULL) != NEX_OK || *out < 0) {
        fprintf(stderr,
                "error: --metrics-interval: expected a time such as 10s, or 0s, got \"%s\"\n",
                text);
        return false;
    }
    *out = *out > 0 ? *out : -1;
    return true;
}

static bool parse_bytes(const char *text, uint64_t *out) {
    char *end;
    long long bytes = strtoll(text, &end, 10);
    if (*text == '\0' || *end != '\0' || bytes <= 0 || bytes == LLONG_MAX) {
        fprintf(stderr,
                "error: --artifact-cache-bytes: expected a number of bytes above 0, got \"%s\"\n",
                text);
        return false;
    }
    *out = (uint64_t)bytes;
    return true;
}

/* -1: go on; else the exit status. */
static int parse(arguments *a, int argc, char **argv) {
    enum {
        SERVERS = 1,
        CREDS,
        NKEY,
        USER,
        TLSCERT,
        TLSKEY,
        TLSCA,
        TLSFIRST,
        NEXUS,
        STATE,
        MAX,
        CACHE,
        METRICS,
        KEEP,
        INGRESS,
        MONITOR,
        CGROUP,
        VERSION,
        HELP
    };
    static const struct option options[] = {
        {"nats.servers", required_argument, NULL, SERVERS},
        {"nats.creds", required_argument, NULL, CREDS},
        {"nats.nkey", required_argument, NULL, NKEY},
        {"nats.user", required_argument, NULL, USER},
        {"nats.tlscert", required_argument, NULL, TLSCERT},
        {"nats.tlskey", required_argument, NULL, TLSKEY},
        {"nats.tlsca", required_argument, NULL, TLSCA},
        {"nats.tlsfirst", no_argument, NULL, TLSFIRST},
        {"nexus", required_argument, NULL, NEXUS},
        {"state-dir", required_argument, NULL, STATE},
        {"max-workloads", required_argument, NULL, MAX},
        {"artifact-cache-bytes", required_argument, NULL, CACHE},
        {"metrics-interval", required_argument, NULL, METRICS},
        {"keep-workloads", no_argument, NULL, KEEP},
        {"ingress-address", required_argument, NULL, INGRESS},
        {"workload-cgroup", required_argument, NULL, CGROUP},
        {"monitor", required_argument, NULL, MONITOR},
        {"version", no_argument, NULL, VERSION},
        {"help", no_argument, NULL, HELP},
        {NULL, 0, NULL, 0},
    };
    char *end;
    int option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case SERVERS:
            if (!add_servers(a, optarg)) {
                fprintf(stderr, "error: --nats.servers: expected 1 to %d URLs\n", SERVERS_MAX);
                return EXIT_USAGE;
            }
            break;
        case CREDS:
            a->connection.creds_file = optarg;
            break;
        case NKEY:
            a->nkey = optarg;
            break;
        case USER:
            a->connection.user = optarg;
            a->connection.password = getenv("NEX_NATS_PASSWORD");
            break;
        case TLSCERT:
            a->connection.tls_cert = optarg;
            break;
        case TLSKEY:
            a->connection.tls_key = optarg;
            break;
        case TLSCA:
            a->connection.tls_ca = optarg;
            break;
        case TLSFIRST:
            a->connection.tls_first = true;
            break;
        case NEXUS:
            a->nexus = optarg;
            break;
        case STATE:
            a->state_dir = optarg;
            break;
        case MAX:
            a->max_workloads = strtol(optarg, &end, 10);
            if (*optarg == '\0' || *end != '\0' || a->max_workloads < 0) {
                fprintf(stderr, "error: --max-workloads: expected a number, got \"%s\"\n", optarg);
                return EXIT_USAGE;
            }
            break;
        case CACHE:
            if (!parse_bytes(optarg, &a->cache_bytes)) {
                return EXIT_USAGE;
            }
            break;
        case METRICS:
            if (!parse_interval(optarg, &a->metrics_interval)) {
                return EXIT_USAGE;
            }
            break;
        case KEEP:
            a->keep_workloads = true;
            break;
        case INGRESS:
            a->ingress = optarg;
            break;
        case MONITOR:
            a->monitor = optarg;
            break;
        case CGROUP:
            a->cgroup = optarg;
            break;
        case VERSION:
            puts(nex_version());
            return EXIT_SUCCESS;
        case HELP:
            print_help();
            return EXIT_SUCCESS;
        default:
            return EXIT_USAGE;
        }
    }
    if (optind < argc) {
        fprintf(stderr, "error: \"%s\" is not expected here\n", argv[optind]);
        return EXIT_USAGE;
    }
    return -1;
}

static nex_status state_dir(const arguments *a, nex_buf *out) {
    const char *set = a->state_dir != NULL ? a->state_dir : getenv("NEX_NATIVE_STATE_DIR");
    const char *home = getenv("HOME");
    if (set != NULL && set[0] != '\0') {
        return nex_buf_append_str(out, set);
    }
    if (home != NULL && home[0] == '/') {
        return nex_buf_printf(out, "%s/.local/state/nexlet-native", home);
    }
    /* A node gives its agents an environment without HOME. */
    return nex_buf_printf(out, "/var/tmp/nexlet-native-%u", (unsigned)geteuid());
}

/* ---- Ending --------------------------------------------------------------------------------- */

static void end(void *arg) {
    program *p = arg;
    nex_agent_stop(p->agent, "stopped");
    for (size_t i = 0; i < p->signal_count; i++) {
        uv_close((uv_handle_t *)&p->signals[i], NULL);
    }
    nex_loop_stop(p->loop);
}

static void on_signal(uv_signal_t *handle, int number) {
    program *p = handle->data;
    (void)number;
    if (p->stopping) {
        return;
    }
    p->stopping = true;
    nex_log_write(&p->log, NEX_LOG_INFO, "stopping", NULL);
    if (p->arguments->keep_workloads) {
        nex_native_detach(p->native);
        end(p);
    } else {
        nex_native_stop_all(p->native, end, p);
    }
}

static void watch_signals(program *p) {
    static const int numbers[] = {SIGTERM, SIGINT};
    for (size_t i = 0; i < 2; i++) {
        if (uv_signal_init(nex_loop_uv(p->loop), &p->signals[i]) == 0) {
            p->signals[i].data = p;
            (void)uv_signal_start(&p->signals[i], on_signal, numbers[i]);
            p->signal_count++;
        }
    }
}

/* ---- Beginning ------------------------------------------------------------------------------ */

static nex_status read_seed(const char *file, char *out, size_t size, nex_error *err) {
    FILE *in = fopen(file, "re");
    char *line = in != NULL ? fgets(out, (int)size, in) : NULL;
    if (in != NULL) {
        fclose(in);
    }
    if (line == NULL) {
        return nex_error_set(err, NEX_ENOTFOUND, "--nats.nkey: no seed can be read from %s", file);
    }
    out[strcspn(out, " \r\n")] = '\0';
    return NEX_OK;
}

static nex_status make_agent(program *p, nex_error *err) {
    const arguments *a = p->arguments;
    nex_agent_options options = {0};
    char seed[128] = "";
    nex_status status = NEX_OK;
    if (a->server_count > 0) {
        options.mode = NEX_AGENT_REMOTE;
        options.connection = a->connection;
        options.connection.servers = a->servers;
        options.connection.server_count = a->server_count;
        if (a->nkey != NULL) {
            status = read_seed(a->nkey, seed, sizeof seed, err);
            options.connection.nkey_seed = seed;
        }
    } else {
        status = nex_agent_options_from_env(&options, err);
        if (status != NEX_OK) {
            return nex_error_prefix(err, status, "without --nats.servers this is a node's child");
        }
    }
    options.loop = p->loop;
    options.log = &p->log;
    options.nexus = a->nexus;
    options.ingress_address = a->ingress;
    if (status == NEX_OK) {
        status = nex_agent_new(&p->agent, nex_native_ops(), p->native, &options, err);
    }
    explicit_bzero(seed, sizeof seed);
    if (a->server_count == 0) {
        nex_agent_options_free(&options);
    }
    return status;
}

static nex_status begin(program *p, nex_error *err) {
    nex_buf dir = NEX_BUF_INIT;
    nex_status status = nex_loop_new(&p->loop, err);
    if (status == NEX_OK && state_dir(p->arguments, &dir) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (status == NEX_OK) {
        nex_native_options options = {.loop = p->loop,
                                      .log = &p->log,
                                      .state_dir = dir.data,
                                      .monitor_path = p->arguments->monitor,
                                      .workload_cgroup = p->arguments->cgroup,
                                      .workload_files = nex_native_open_more_files(),
                                      .metrics_interval = p->arguments->metrics_interval,
                                      .max_workloads = p->arguments->max_workloads,
                                      .cache_bytes = p->arguments->cache_bytes};
        status = nex_native_new(&p->native, &options, err);
    }
    nex_buf_free(&dir);
    if (status == NEX_OK) {
        status = make_agent(p, err);
    }
    if (status == NEX_OK) {
        nex_native_attach(p->native, p->agent);
        watch_signals(p);
        status = nex_agent_start(p->agent, err);
    }
    return status;
}

int main(int argc, char **argv) {
    arguments arguments_ = {0};
    int status = parse(&arguments_, argc, argv);
    if (status >= 0) {
        return status;
    }
    (void)signal(SIGPIPE, SIG_IGN); /* a reader that went away is a failed write */
    program p = {.arguments = &arguments_, .log = {.write = write_log, .level = NEX_LOG_INFO}};
    nex_error err;
    if (begin(&p, &err) == NEX_OK) {
        nex_loop_run(p.loop);
        status = EXIT_SUCCESS;
    } else {
        fprintf(stderr, "error: %s\n", err.message);
        status = EXIT_FAILURE;
    }
    if (p.native != NULL) {
        nex_native_detach(p.native);
    }
    nex_agent_free(p.agent);
    nex_native_free(p.native);
    nex_loop_free(p.loop);
    return status;
}
