/*
 * A workload that tries to get at others, and at the machine. It prints a line for each try:
 * "refused NAME: why" or "DONE NAME".
 *
 *   hostile PID MONITOR STATE SECRET    of another workload: its process, its monitor's process,
 *                                       its state directory, a text of its environment
 */
#include <errno.h>
#include <fcntl.h>
#include <net/ethernet.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(const char *name, bool done) {
    if (done) {
        printf("DONE %s\n", name);
    } else {
        printf("refused %s: %s\n", name, strerror(errno));
    }
}

static bool can_open(const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC);
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

static bool holds(const char *path, const char *secret) {
    static char text[256 * 1024];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t got = read(fd, text, sizeof text);
    close(fd);
    return got > 0 && memmem(text, (size_t)got, secret, strlen(secret)) != NULL;
}

static void read_state(const char *state) {
    static const char *const files[] = {"", "/workload", "/run", "/log.1", "/lock", "/work"};
    char path[512];
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char name[64];
        snprintf(path, sizeof path, "%s%s", state, files[i]);
        snprintf(name, sizeof name, "state%s", files[i]);
        tell(name, can_open(path, O_RDONLY));
    }
}

static void read_environments(pid_t pid, const char *secret) {
    char path[64];
    bool found = false;
    snprintf(path, sizeof path, "/proc/%d/environ", (int)pid);
    tell("environ", holds(path, secret));
    for (int other = 1; other < 65536 && !found; other++) {
        snprintf(path, sizeof path, "/proc/%d/environ", other);
        found = holds(path, secret);
    }
    tell("any environ", found);
    snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
    tell("memory file", can_open(path, O_RDONLY));
    snprintf(path, sizeof path, "/proc/%d/root", (int)pid);
    tell("root of a process", can_open(path, O_RDONLY | O_DIRECTORY));
}

static void look_into(pid_t pid) {
    char byte;
    struct iovec local = {&byte, 1};
    struct iovec remote = {(void *)(uintptr_t)0x400000, 1};
    bool attached = ptrace(PTRACE_ATTACH, pid, NULL, NULL) == 0;
    tell("ptrace", attached);
    if (attached) {
        (void)waitpid(pid, NULL, __WALL);
        (void)ptrace(PTRACE_DETACH, pid, NULL, NULL);
    }
    tell("process_vm_readv",
         process_vm_readv(pid, &local, 1, &remote, 1, 0) == 1 || errno == EFAULT);
}

static void reach_monitor(const char *name, const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    tell(name, connect(fd, (struct sockaddr *)&address, sizeof address) == 0);
    close(fd);
}

static void change_machine(void) {
    tell("mount", mount("tmpfs", "/mnt", "tmpfs", 0, NULL) == 0);
    tell("bind", mount("/etc", "/mnt", NULL, MS_BIND, NULL) == 0);
    tell("remount", mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL) == 0);
    tell("umount", umount2("/tmp", MNT_DETACH) == 0);
    tell("chroot", chroot("/tmp") == 0);
    tell("unshare", unshare(CLONE_NEWUSER) == 0);
    tell("clone", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, NULL) > 0);
    tell("mknod", mknod("/tmp/disk", S_IFBLK | 0600, makedev(8, 0)) == 0);
    tell("module", syscall(SYS_init_module, NULL, 0, "") == 0 || errno != EPERM);
    tell("kexec", syscall(SYS_kexec_load, 0, 0, NULL, 0) == 0);
    tell("bpf", syscall(SYS_bpf, 0, NULL, 0) == 0 || errno != EPERM);
    tell("keyctl", syscall(SYS_keyctl, 0, -3, 1) >= 0);
    tell("hostname", sethostname("taken", 5) == 0);
    tell("core_pattern", can_open("/proc/sys/kernel/core_pattern", O_WRONLY));
    tell("kmem", can_open("/dev/mem", O_RDONLY) || can_open("/dev/kmsg", O_WRONLY));
    tell("write /etc", can_open("/etc/hosts", O_WRONLY));
}

static void become_root(void) {
    tell("setuid", setuid(0) == 0);
    tell("setgroups", syscall(SYS_setgroups, 0, NULL) == 0);
}

static void open_sockets(void) {
    tell("raw socket", socket(AF_INET, SOCK_RAW, 1) >= 0);
    tell("packet socket", socket(AF_PACKET, SOCK_DGRAM, 0) >= 0);
    tell("alg socket", socket(AF_ALG, SOCK_SEQPACKET, 0) >= 0);
}

int main(int argc, char **argv) {
    char path[512];
    if (argc != 5) {
        return 2;
    }
    pid_t pid = (pid_t)atoi(argv[1]);
    pid_t monitor = (pid_t)atoi(argv[2]);
    read_state(argv[3]);
    read_environments(pid, argv[4]);
    look_into(pid);
    snprintf(path, sizeof path, "%s/monitor.sock", argv[3]);
    reach_monitor("socket of another monitor", path);
    reach_monitor("socket of the own monitor", "../monitor.sock");
    tell("/etc/shadow", can_open("/etc/shadow", O_RDONLY));
    /* As root these would succeed, and harm the machine that runs the test. */
    tell("being root", geteuid() == 0);
    if (geteuid() != 0) {
        change_machine();
        become_root();
        open_sockets();
    }
    tell("signal to a workload", kill(pid, SIGCONT) == 0);
    tell("signal to a monitor", kill(monitor, SIGCONT) == 0);
    tell("signal to the own monitor", getppid() > 1 && kill(getppid(), SIGCONT) == 0);
    return 0;
}
