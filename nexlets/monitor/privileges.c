#include "monitor/isolate.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int mon_detail_set(mon_detail *detail, int error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(detail->text, sizeof detail->text, format, arguments);
    va_end(arguments);
    return error;
}

int mon_drop_bounding(mon_detail *detail) {
    for (unsigned long capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0;
         capability++) {
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0) {
            return mon_detail_set(detail, errno, "dropping capability %lu", capability);
        }
    }
    return 0;
}

int mon_drop_capabilities(mon_detail *detail) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0 ||
        syscall(SYS_capset, &head, none) != 0) {
        return mon_detail_set(detail, errno, "dropping capabilities");
    }
    return 0;
}

int mon_filter_calls(const mon_spec *spec, mon_detail *detail) {
    size_t at = 0;
    size_t size;
    const void *filter = mon_spec_next(spec, &at, MON_TAG_SECCOMP, &size);
    if (filter == NULL) {
        return 0;
    }
    struct sock_fprog program = {.len = (unsigned short)(size / sizeof(struct sock_filter)),
                                 .filter = (struct sock_filter *)(uintptr_t)filter};
    if (size / sizeof(struct sock_filter) > BPF_MAXINSNS ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0) {
        return mon_detail_set(detail, errno, "system call filter (seccomp)");
    }
    return 0;
}
