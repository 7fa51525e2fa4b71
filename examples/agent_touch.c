/*
 * The nexlet of docs/creating-nexlets.md in the blocking style: a file for each workload.
 *
 *     cc agent_touch.c $(pkg-config --cflags --libs nex) -o nexlet-touch
 */
#include <nex/run.h>

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static nex_status describe(void *self, nex_register_agent_request *out, nex_error *err) {
    static const nex_workload_lifecycle service = NEX_WORKLOAD_LIFECYCLE_SERVICE;
    (void)self;
    out->name = nex_message_strdup(out, "nexlet-touch");
    out->register_type = nex_message_strdup(out, "touch");
    out->version = nex_message_strdup(out, "1.0.0");
    out->start_request_schema = nex_message_strdup(
        out, "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}},"
             "\"required\":[\"path\"],\"additionalProperties\":false}");
    out->supported_lifecycles.items = nex_message_alloc(out, sizeof service);
    if (out->name == NULL || out->register_type == NULL || out->version == NULL ||
        out->start_request_schema == NULL || out->supported_lifecycles.items == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    out->supported_lifecycles.items[0] = service;
    out->supported_lifecycles.count = 1;
    out->has_supported_lifecycles = true;
    return NEX_OK;
}

/* The node has checked the start request: what the schema requires is there. */
static nex_status start(void *self, nex_run *run, const char *workload_id,
                        const nex_agent_start_workload_request *request, bool existing,
                        nex_error *err) {
    (void)self;
    json_t *start = json_loads(request->request->run_request, 0, NULL);
    const char *path = json_string_value(json_object_get(start, "path"));
    FILE *file = path != NULL ? fopen(path, existing ? "a" : "wx") : NULL;
    nex_status status = NEX_OK;
    if (file == NULL) {
        status = nex_error_set(err, NEX_EIO, "cannot make the file %s", path != NULL ? path : "");
    } else {
        fprintf(file, "%s\n", workload_id);
        fclose(file);
        nex_run_output(run, workload_id, NEX_STDOUT, "made the file\n", 14);
    }
    json_decref(start);
    return status;
}

static void stop(void *self, nex_run *run, const char *workload_id) {
    (void)self;
    nex_run_output(run, workload_id, NEX_STDOUT, "leaving it where it is\n", 23);
}

int main(int argc, char **argv) {
    static const nex_run_ops ops = {.describe = describe, .start = start, .stop = stop};
    const char *server = argc > 1 ? argv[1] : "nats://127.0.0.1:4222";
    nex_run_options options = {.agent = {.connection = {.servers = &server, .server_count = 1}}};
    nex_error err;
    if (nex_agent_run(&ops, NULL, &options, &err) != NEX_OK) {
        fprintf(stderr, "nexlet-touch: %s\n", err.message);
        return 1;
    }
    return 0;
}
