/* Two descriptors a workload: with the usual limit of 1,024 that would be 500 of them. */
#include "native/workload.h"

#include "native/settings.h"

#include <sys/resource.h>

uint64_t nex_native_open_more_files(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 0;
    }
    uint64_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    return setrlimit(RLIMIT_NOFILE, &limit) == 0 ? before : 0;
}

nex_status native_put_open_files(const nex_native *native, nex_buf *out) {
    struct rlimit limit;
    if (native->workload_files == 0 || getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return NEX_OK;
    }
    mon_rlimit usual = {
        .resource = RLIMIT_NOFILE, .soft = native->workload_files, .hard = limit.rlim_max};
    return native_put(out, MON_TAG_RLIMIT, &usual, sizeof usual);
}
