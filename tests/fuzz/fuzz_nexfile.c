/* Nexfiles from anywhere: read or refused with a place, and what is read can be written. */
#include "nexfile.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds) {
    if (!holds) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    settings s = {NULL, 0};
    document nexfile;
    start_request request;
    problems found = {NULL, 0};
    nex_error err;
    static const char schema[] = "{\"type\":\"object\",\"required\":[\"uri\"]}";
    const cli_command *workload = options_find_command(&cli_root, "workload");

    nex_status status = document_parse(&nexfile, "Nexfile", (const char *)data, size, &err);
    if (status != NEX_OK) {
        check(err.code == status && strncmp(err.message, "Nexfile:", 8) == 0);
        return 0;
    }
    check(settings_add(&s, options_find_command(workload, "start"), &err) == NEX_OK);
    status = nexfile_apply(&nexfile, &s, &err);
    if (status != NEX_OK) {
        check(err.code == status && strncmp(err.message, "Nexfile:", 8) == 0);
    } else if (start_request_make(&request, &s, &nexfile, &err) == NEX_OK) {
        check(request.text.len >= 2 && request.text.data[0] == '{');
        status = start_request_validate(&request, schema, &found, &err);
        check((status == NEX_EINVAL) == (found.count > 0));
        start_request_free(&request);
        problems_free(&found);
    }
    document_free(&nexfile);
    settings_free(&s);
    return 0;
}
