/* workload logs: what a workload writes. */
#include "cli.h"

int workload_logs(cli *c) {
    nex_error err;
    nex_error_set(&err, NEX_EUNSUPPORTED,
                  "nex workload logs is not there yet; subscribe to $NEX.FEED.NAMESPACE.logs.%s.>",
                  c->options.args[0]);
    return fail(c, &err);
}
