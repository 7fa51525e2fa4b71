/* workload check: a Nexfile against a schema file, or against what the nexlets ask for. */
#include "nats_context.h"
#include "nexfile.h"

#include <nex/keys.h>
#include <string.h>

typedef struct checking {
    const cli *cli;
    session session;
    document nexfile;
    start_request request;
    settings settings; /**< of workload start, filled from the Nexfile */
    nex_string_map tags;
    int result;
} checking;

static int print_report(const checking *k, const nex_report *report) {
    nex_buf out = NEX_BUF_INIT;
    nex_status status = nex_report_write_basic(report, &out);
    if (status == NEX_OK) {
        status = nex_buf_append_str(&out, "\n");
    }
    int result = print_made(k->cli, status, &out);
    return result == EXIT_DONE && !report->valid ? EXIT_FAILED : result;
}

/* What keeps the Nexfile from being judged makes it neither valid nor invalid. */
static int unjudged(const checking *k, const nex_error *err) {
    fail(k->cli, err);
    return EXIT_USAGE;
}

static int print_problems(const checking *k, const nex_report *report) {
    problems faults = {NULL, 0};
    nex_error err;
    int result = start_request_problems(&k->request, report, &faults, &err) == NEX_OK
                     ? fail_problems(k->cli, "the start request does not fit", &faults)
                     : unjudged(k, &err);
    problems_free(&faults);
    return result;
}

static int print_valid(const checking *k) {
    nex_buf out = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&out, "%s is valid\n", k->request.from->file);
    return print_made(k->cli, status, &out);
}

static int judge(const checking *k, const nex_schema *schema) {
    nex_report report;
    nex_error err;
    nex_status status = start_request_report(&k->request, schema, &report, &err);
    int result;
    if (status != NEX_OK && !(status == NEX_EINVAL && report.count > 0)) {
        result = unjudged(k, &err);
    } else if (k->cli->json) {
        result = print_report(k, &report);
    } else {
        result = report.valid ? print_valid(k) : print_problems(k, &report);
    }
    nex_report_free(&report);
    return result;
}

static int judge_by_file(const checking *k, const char *path) {
    nex_schema *schema = NULL;
    nex_error err;
    int result = schema_read(path, &schema, &err) == NEX_OK ? judge(k, schema) : unjudged(k, &err);
    nex_schema_free(schema);
    return result;
}

/* A bid without a schema takes any start request. */
static int judge_by_bid(const checking *k, const char *text) {
    nex_schema *schema = NULL;
    nex_error err;
    nex_status status = nexlet_schema(text && *text ? text : "true", &schema, &err);
    int result = status == NEX_OK ? judge(k, schema) : unjudged(k, &err);
    nex_schema_free(schema);
    return result;
}

static void on_bids(void *arg, const nex_outcome *outcome, const nex_bid *bids, size_t count) {
    checking *k = arg;
    nex_loop_stop(k->session.loop);
    if (outcome->status == NEX_OK && count > 0) {
        k->result = judge_by_bid(k, bids[0].response->start_request_schema);
    } else {
        fail_outcome(k->cli, outcome);
        k->result = EXIT_USAGE;
    }
}

static nex_status ask(checking *k, nex_error *err) {
    const char *lifecycle = settings_text(&k->settings, "workload.start.lifecycle");
    nex_status status = session_open(&k->session, k->cli, err);
    if (status == NEX_OK && settings_map(&k->settings, "workload.start.tags", &k->tags) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (status == NEX_OK) {
        nex_auction_options wanted = {
            .type = settings_text(&k->settings, "workload.start.type"),
            .lifecycle = nex_workload_lifecycle_parse(lifecycle ? lifecycle : ""),
            .tags = &k->tags,
        };
        status = nex_client_auction(k->session.client, &wanted, on_bids, k, NULL, err);
    }
    return status;
}

/* Reads the Nexfile into the settings of workload start, as that command would. */
static nex_status load(checking *k, nex_error *err) {
    const cli_command *group = options_find_command(k->cli->options.root, "workload");
    const cli_command *start = group ? options_find_command(group, "start") : NULL;
    if (!start) {
        return nex_error_set(err, NEX_EINTERNAL, "there is no command workload start");
    }
    nex_status status = settings_add(&k->settings, start, err);
    if (status == NEX_OK) {
        status = nexfile_apply(&k->nexfile, &k->settings, err);
    }
    return status == NEX_OK ? start_request_make(&k->request, &k->settings, &k->nexfile, err)
                            : status;
}

static int ask_nexlets(checking *k) {
    nex_error err;
    if (ask(k, &err) == NEX_OK) {
        nex_loop_run(k->session.loop);
    } else {
        k->result = unjudged(k, &err);
    }
    session_close(&k->session);
    return k->result;
}

int workload_check(cli *c) {
    checking k = {.cli = c, .result = EXIT_USAGE};
    const char *path = settings_text(&c->options.settings, "workload.check.nexfile");
    const char *schema = settings_text(&c->options.settings, "workload.check.schema");
    nex_buf text = NEX_BUF_INIT;
    nex_error err;
    path = path ? path : "Nexfile";
    if (file_read(path, DOCUMENT_MAX, &text, &err) != NEX_OK) {
        k.result = unjudged(&k, &err);
    } else if (document_parse(&k.nexfile, strcmp(path, "-") == 0 ? "standard input" : path,
                              text.data ? text.data : "", text.len, &err) != NEX_OK ||
               load(&k, &err) != NEX_OK) {
        k.result = fail(c, &err);
    } else {
        k.result = schema ? judge_by_file(&k, schema) : ask_nexlets(&k);
    }
    nex_buf_wipe(&text);
    start_request_free(&k.request);
    document_free(&k.nexfile);
    settings_free(&k.settings);
    nex_string_map_free(&k.tags);
    return k.result;
}
