/* What this machine does not give: said once, so that nobody learns it from the first refusal. */
#include "native/cgroup.h"
#include "native/workload.h"

#include <string.h>
#include <unistd.h>

static nex_status add(nex_buf *list, const char *what) {
    return nex_buf_printf(list, "%s%s", list->len > 0 ? ", " : "", what);
}

void native_say_what_is_missing(const nex_native *native) {
    static const struct {
        const char *controller;
        const char *field;
    } limits[] = {{"memory", "limits.memory"}, {"cpu", "limits.cpu"}, {"pids", "limits.pids"}};
    nex_buf list = NEX_BUF_INIT;
    nex_error why;
    nex_status status = NEX_OK;
    nex_error_clear(&why);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0] && status == NEX_OK; i++) {
        native_cgroup_place place;
        if (native_cgroup_find(native->workload_cgroup, limits[i].controller, &place, &why) !=
            NEX_OK) {
            status = add(&list, limits[i].field);
        }
    }
    if (geteuid() != 0 && status == NEX_OK) {
        status = add(&list, "user (the nexlet is not root)");
    }
    if (status == NEX_OK && list.len > 0) {
        nex_log_write(native->log, NEX_LOG_WARN,
                      "requests that ask for what this machine does not give will be refused",
                      "missing", list.data, "reason", why.message[0] != '\0' ? why.message : NULL,
                      NULL);
    }
    nex_buf_free(&list);
}
