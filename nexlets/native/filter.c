/*
 * System calls that workloads do without. A call that is refused fails with EPERM, as it would
 * for want of privileges; programs that probe for what they may do go on without.
 */
#include "native/isolation.h"
#include "native/settings.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is about the machine and not about a program; root alone could do most of it. */
static const char *const of_the_machine[] = {
    "init_module", "finit_module",  "delete_module", "create_module", "kexec_load",
    "reboot",      "swapon",        "swapoff",       "acct",          "kexec_file_load",
    "bpf",         "iopl",          "ioperm",        "add_key",       "request_key",
    "keyctl",      "settimeofday",  "stime",         "clock_settime", "open_by_handle_at",
    "syslog",      "lookup_dcookie"};

/* What leads out of a sandbox, or has often been a way out. */
static const char *const out_of_a_sandbox[] = {"mount",
                                               "umount",
                                               "umount2",
                                               "pivot_root",
                                               "chroot",
                                               "mount_setattr",
                                               "move_mount",
                                               "open_tree",
                                               "fsopen",
                                               "fsconfig",
                                               "fsmount",
                                               "fspick",
                                               "unshare",
                                               "setns",
                                               "ptrace",
                                               "process_vm_readv",
                                               "process_vm_writev",
                                               "process_madvise",
                                               "pidfd_getfd",
                                               "kcmp",
                                               "perf_event_open",
                                               "userfaultfd",
                                               "quotactl",
                                               "quotactl_fd",
                                               "fanotify_init",
                                               "adjtimex",
                                               "clock_adjtime",
                                               "sethostname",
                                               "setdomainname",
                                               "vhangup",
                                               "nfsservctl",
                                               "vm86",
                                               "vm86old",
                                               "modify_ldt",
                                               "io_uring_setup",
                                               "io_uring_enter",
                                               "io_uring_register"};

/* Sockets that see or forge packets, or reach the kernel's odder corners. */
static const int families[] = {AF_PACKET, AF_ALG, AF_VSOCK, AF_BLUETOOTH, AF_NFC, AF_CAN, AF_KCM};
static const int types[] = {SOCK_RAW, SOCK_PACKET};
enum { TYPE_MASK = 0xf }; /* the rest of a type are flags */

static const unsigned long namespaces[] = {CLONE_NEWNS,    CLONE_NEWUSER, CLONE_NEWPID,
                                           CLONE_NEWNET,   CLONE_NEWIPC,  CLONE_NEWUTS,
                                           CLONE_NEWCGROUP};

static int refuse_all(scmp_filter_ctx filter, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int number = seccomp_syscall_resolve_name(names[i]);
        if (number == __NR_SCMP_ERROR) {
            continue; /* one that this architecture, or the library, does not know */
        }
        int error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
        if (error != 0 && error != -EDOM) {
            return error;
        }
    }
    return 0;
}

static int refuse_sockets(scmp_filter_ctx filter) {
    int error = 0;
    for (size_t i = 0; error == 0 && i < sizeof families / sizeof families[0]; i++) {
        error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
                                 SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i], 0));
    }
    for (size_t i = 0; error == 0 && i < sizeof types / sizeof types[0]; i++) {
        error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
                                 SCMP_A1(SCMP_CMP_MASKED_EQ, TYPE_MASK, (scmp_datum_t)types[i]));
    }
    return error;
}

/* What stands in memory cannot be filtered: clone3 is said not to exist, and clone is used. */
static int refuse_namespaces(scmp_filter_ctx filter) {
    int error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    for (size_t i = 0; error == 0 && i < sizeof namespaces / sizeof namespaces[0]; i++) {
        error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                 SCMP_A0(SCMP_CMP_MASKED_EQ, namespaces[i], namespaces[i]));
    }
    return error;
}

static int add_rules(scmp_filter_ctx filter, bool strict) {
    enum {
        MACHINE = sizeof of_the_machine / sizeof of_the_machine[0],
        SANDBOX = sizeof out_of_a_sandbox / sizeof out_of_a_sandbox[0]
    };
    /* A balanced tree of comparisons; and the monitor sets no_new_privs itself. */
    (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 0);
    int error = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
                                 strict ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_ALLOW);
    if (error == 0) {
        error = refuse_all(filter, of_the_machine, MACHINE);
    }
    if (error == 0 && strict) {
        error = refuse_all(filter, out_of_a_sandbox, SANDBOX);
    }
    if (error == 0 && strict) {
        error = refuse_sockets(filter);
    }
    return error == 0 && strict ? refuse_namespaces(filter) : error;
}

static nex_status put_file(int fd, nex_buf *out) {
    struct stat info;
    if (fstat(fd, &info) != 0 || info.st_size <= 0) {
        return NEX_EIO;
    }
    void *program = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (program == MAP_FAILED) {
        return NEX_ENOMEM;
    }
    nex_status status = native_put(out, MON_TAG_SECCOMP, program, (size_t)info.st_size);
    (void)munmap(program, (size_t)info.st_size);
    return status;
}

static nex_status make_filter(bool strict, nex_buf *out, nex_error *err) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int fd = memfd_create("nex-filter", MFD_CLOEXEC);
    int error = filter == NULL ? -ENOMEM : fd < 0 ? -errno : add_rules(filter, strict);
    if (error == 0) {
        error = seccomp_export_bpf(filter, fd);
    }
    nex_status status = error == 0 ? put_file(fd, out) : NEX_EIO;
    if (fd >= 0) {
        (void)close(fd);
    }
    if (filter != NULL) {
        seccomp_release(filter);
    }
    return status == NEX_OK
               ? NEX_OK
               : nex_error_set(err, status, "isolation: the system call filter cannot be made: %s",
                               error != 0 ? strerror(-error) : nex_status_name(status));
}

nex_status native_put_filter(native_filters *filters, bool strict, nex_buf *out, nex_error *err) {
    nex_buf *made = strict ? &filters->strict : &filters->normal;
    nex_status status = made->len > 0 ? NEX_OK : make_filter(strict, made, err);
    if (status == NEX_OK && nex_buf_append(out, made->data, made->len) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "isolation: out of memory");
    }
    return status;
}

void native_filters_free(native_filters *filters) {
    nex_buf_free(&filters->normal);
    nex_buf_free(&filters->strict);
}
