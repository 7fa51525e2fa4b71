/* workload check: a Nexfile against a schema file, or against what the nexlets ask for. */
#include "nats_context.h"
#include "nexfile.h"

enum { SCHEMA_MAX = 4 << 20 };

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

static int judge_json(const checking *k, const char *schema) {
    nex_report report;
    nex_error err;
    nex_status status = start_request_report(&k->request, schema, &report, &err);
    int result = status == NEX_OK || (status == NEX_EINVAL && report.count)
                     ? print_report(k, &report)
                     : fail(k->cli, &err);
    nex_report_free(&report);
    return result;
}

static int judge_text(const checking *k, const char *schema) {
    problems faults = {NULL, 0};
    nex_buf out = NEX_BUF_INIT;
    nex_error err;
    nex_status status = start_request_validate(&k->request, schema, &faults, &err);
    int result;
    if (status == NEX_OK) {
        status = nex_buf_printf(&out, "%s is valid\n", k->request.from->file);
        result = print_made(k->cli, status, &out);
    } else if (faults.count) {
        result = fail_problems(k->cli, "the start request does not fit", &faults);
    } else {
        result = fail(k->cli, &err);
    }
    problems_free(&faults);
    return result;
}

static int judge(const checking *k, const char *schema) {
    return k->cli->json ? judge_json(k, schema) : judge_text(k, schema);
}

static int judge_file(const checking *k, const char *path) {
    nex_buf text = NEX_BUF_INIT;
    nex_error err;
    int result = file_read(path, SCHEMA_MAX, &text, &err) == NEX_OK
                     ? judge(k, text.data ? text.data : "")
                     : fail(k->cli, &err);
    nex_buf_free(&text);
    return result;
}

static void on_bids(void *arg, const nex_outcome *outcome, const nex_bid *bids, size_t count) {
    checking *k = arg;
    nex_loop_stop(k->session.loop);
    k->result = outcome->status == NEX_OK && count > 0
                    ? judge(k, bids[0].response->start_request_schema)
                    : fail_outcome(k->cli, outcome);
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
static nex_status load(checking *k, const char *path, nex_error *err) {
    const cli_command *group = options_find_command(k->cli->options.root, "workload");
    const cli_command *start = group ? options_find_command(group, "start") : NULL;
    if (!start) {
        return nex_error_set(err, NEX_EINTERNAL, "there is no command workload start");
    }
    nex_status status = settings_add(&k->settings, start, err);
    if (status == NEX_OK) {
        status = document_read(&k->nexfile, path, err);
    }
    if (status == NEX_OK) {
        status = nexfile_apply(&k->nexfile, &k->settings, err);
    }
    return status == NEX_OK ? start_request_make(&k->request, &k->settings, &k->nexfile, err)
                            : status;
}

int workload_check(cli *c) {
    checking k = {.cli = c, .result = EXIT_FAILED};
    const char *path = settings_text(&c->options.settings, "workload.check.nexfile");
    const char *schema = settings_text(&c->options.settings, "workload.check.schema");
    nex_error err;
    nex_status status = load(&k, path ? path : "Nexfile", &err);
    if (status != NEX_OK) {
        k.result = fail(c, &err);
    } else if (schema) {
        k.result = judge_file(&k, schema);
    } else {
        status = ask(&k, &err);
        if (status == NEX_OK) {
            nex_loop_run(k.session.loop);
        } else {
            k.result = fail(c, &err);
        }
        session_close(&k.session);
    }
    start_request_free(&k.request);
    document_free(&k.nexfile);
    settings_free(&k.settings);
    nex_string_map_free(&k.tags);
    return k.result;
}
