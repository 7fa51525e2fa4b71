#include "nexfile.h"

#include <malloc.h>
#include <nex/keys.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Which function runs a command; the tables say everything else about it. */
static command_fn find_function(const char *path) {
    static const struct {
        const char *path;
        command_fn run;
    } functions[] = {
        {"node up", node_up},
        {"node list", node_list},
        {"node info", node_info},
        {"node lameduck", node_lameduck},
        {"workload start", workload_start},
        {"workload stop", workload_stop},
        {"workload list", workload_list},
        {"workload clone", workload_clone},
        {"workload info", workload_info},
        {"workload logs", workload_logs},
        {"workload check", workload_check},
        {"secret set", secret_set},
        {"secret list", secret_list},
        {"secret rm", secret_rm},
        {"artifact push", artifact_push},
        {"artifact list", artifact_list},
        {"artifact rm", artifact_rm},
        {"schema validate", schema_validate},
        {"completion", completion},
        {"version", version},
    };
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (strcmp(functions[i].path, path) == 0) {
            return functions[i].run;
        }
    }
    return NULL;
}

int completion(cli *c) {
    nex_buf out = NEX_BUF_INIT;
    nex_error err;
    nex_status status = completion_script(c->options.args[0], &out, &err);
    return print_made(c, status, &out);
}

int version(cli *c) {
    nex_buf out = NEX_BUF_INIT;
    nex_status status =
        c->json ? nex_buf_printf(&out, "{\"build\":\"%s\",\"commit\":\"%s\",\"version\":\"%s\"}\n",
                                 NEX_BUILD_TYPE, NEX_COMMIT, nex_version())
                : nex_buf_printf(&out, "%s [%s] | Built: %s\n", nex_version(), NEX_COMMIT,
                                 NEX_BUILD_TYPE);
    return print_made(c, status, &out);
}

static int help(const cli *c) {
    nex_buf out = NEX_BUF_INIT;
    bool color = isatty(STDOUT_FILENO) == 1;
    nex_status status = options_help(c->options.root, c->options.command, color, &out);
    return print_made(c, status, &out);
}

static int check(const cli *c) {
    nex_buf out = NEX_BUF_INIT;
    nex_status status = options_check(&c->options, c->json, &out);
    return print_made(c, status, &out);
}

static void warn_of_noops(const cli *c) {
    if (settings_bool(&c->options.settings, "logger.line_info")) {
        warn(c, "--logger.line-info does nothing here: log records have no source line");
    }
    for (size_t i = 0; i < c->options.settings.count; i++) {
        const setting *item = &c->options.settings.items[i];
        if ((item->flag->flags & CLI_NOOP) && item->from > FROM_DEFAULT) {
            warn(c, "--%s does nothing here", item->flag->name);
        }
    }
}

/* A seed that is none is a malformed value, which is to be told before a server is looked for. */
static nex_status check_seed(const settings *values, nex_error *err) {
    const char *seed = settings_text(values, "nats.seed");
    nex_key *key = NULL;
    if (seed == NULL || *seed == '\0' || nex_key_from_seed(&key, seed, err) == NEX_OK) {
        nex_key_free(key);
        return NEX_OK;
    }
    return nex_error_prefix(err, NEX_EINVAL, "--nats.seed");
}

static int run(cli *c, int argc, char **argv) {
    nex_error err;
    nex_status status = options_parse(&c->options, &cli_root, argc, argv, &err);
    if (status != NEX_OK) {
        return fail_usage(c->json, &err);
    }
    if (c->options.help) {
        return help(c);
    }
    if (c->options.version) {
        return version(c);
    }
    status = options_resolve(&c->options, &err);
    if (status == NEX_OK) {
        status = check_seed(&c->options.settings, &err);
    }
    c->json = settings_bool(&c->options.settings, "json");
    if (status == NEX_OK && strcmp(c->options.command->path, "workload start") == 0) {
        nex_status read = workload_start_settings(c, &err);
        if (read != NEX_OK) {
            return fail(c, &err);
        }
    }
    if (status != NEX_OK) {
        return fail_usage(c->json, &err);
    }
    warn_of_noops(c);
    if (settings_bool(&c->options.settings, "check")) {
        return check(c);
    }
    command_fn function = find_function(c->options.command->path);
    if (!function) {
        nex_error_set(&err, NEX_EUNSUPPORTED, "nex %s is not built in", c->options.command->path);
        return fail(c, &err);
    }
    return function(c);
}

static int complete(int argc, char **argv) {
    nex_buf out = NEX_BUF_INIT;
    cli c = {.json = false};
    nex_status status = options_complete(&cli_root, argc - 2, argv + 2, &out);
    return print_made(&c, status, &out);
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN); /* a reader that went away is a failed write */
    if (argc > 1 && strcmp(argv[1], "__complete") == 0) {
        return complete(argc, argv);
    }
    entropy_from_kernel();
    (void)mallopt(M_ARENA_MAX, 1); /* libnats' few threads are not worth an arena each */
    cli c = {.json = options_want_json(argc, argv)};
    int result = run(&c, argc, argv);
    if (!CLI_ORDERLY_END) {
        /* What was to be said is said; libraries' farewells are not waited for. */
        (void)fflush(NULL);
        _exit(result);
    }
    document_free(&c.nexfile);
    options_free(&c.options);
    return result;
}
