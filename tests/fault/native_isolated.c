#include "native_isolated.h"

#include <grp.h>
#include <monitor/protocol.h>
#include <native/isolation.h>
#include <native/settings.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOBODY = 65534 };

static void put_settings(const isolated *how, const char *directory, nex_buf *out) {
    nex_error err;
    native_filters filters = {0};
    if (native_put_user(how->start, directory, out, &err) != NEX_OK ||
        native_put_isolation(how->start, how->private_dir, &filters, out, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    native_filters_free(&filters);
}

void isolated_start(native_rig *rig, native_run *run, const isolated *how, const char *script) {
    const char *id = how->id != NULL ? how->id : "w1";
    char *items[] = {(char *)(uintptr_t) "sh", (char *)(uintptr_t) "-c", (char *)(uintptr_t)script,
                     (char *)(uintptr_t) "sh", (char *)(uintptr_t)how->argument};
    nex_string_list argv = {.items = items, .count = how->argument != NULL ? 5 : 4};
    char mark[80];
    char *marked[] = {mark};
    nex_string_list env = {.items = marked, .count = 1};
    snprintf(mark, sizeof mark, NATIVE_ID_VARIABLE "=%s", id);
    nex_buf directory = NEX_BUF_INIT;
    nex_buf settings = NEX_BUF_INIT;
    nex_error err;
    assert_int_equal(rig->layer.ops->directory(rig->layer.self, id, &directory, &err), NEX_OK);
    put_settings(how, directory.data, &settings);
    if (how->cgroup != NULL) {
        assert_int_equal(native_put_text(&settings, MON_TAG_CGROUP, how->cgroup), NEX_OK);
    }
    nex_process_spec spec = {.workload_id = id,
                             .path = "/bin/sh",
                             .argv = &argv,
                             .env = how->env != NULL ? how->env : &env,
                             .stop_grace = NEX_SECOND,
                             .settings = settings.data,
                             .settings_len = settings.len};
    native_run_spec(rig, run, &spec);
    nex_buf_free(&directory);
    nex_buf_free(&settings);
}

void isolated_expect(native_rig *rig, const isolated *how, const char *script, const char *out) {
    native_run run = {0};
    isolated_start(rig, &run, how, script);
    if (run.failed) {
        fail_msg("not started: %s", run.error.message);
    }
    native_run_wait_end(&run);
    nex_buf all = NEX_BUF_INIT;
    assert_int_equal(nex_buf_append(&all, run.out.data, run.out.len), NEX_OK);
    assert_int_equal(nex_buf_append(&all, run.err.data, run.err.len), NEX_OK);
    assert_string_equal(all.data != NULL ? all.data : "", out);
    nex_buf_free(&all);
    native_run_clear(&run);
}

/* By itself, without the nexlet's own code, whose failures must not look like this. */
static bool has_namespaces(void) {
    int status = -1;
    (void)fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int own = geteuid() != 0 ? CLONE_NEWUSER : 0;
        _exit(unshare(own | CLONE_NEWNS | CLONE_NEWPID) == 0 &&
                      mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
                  ? 0
                  : 1);
    }
    (void)waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void isolated_needs_namespaces(void) {
    if (!has_namespaces()) {
        print_message("no mount and process namespaces can be had here by this user\n");
        skip();
    }
}

/* A user without privileges may not be able to walk to where the monitor was built. */
static void offer_monitor(char directory[]) {
    char command[512];
    assert_non_null(mkdtemp(directory));
    assert_int_equal(chmod(directory, 0755), 0);
    snprintf(command, sizeof command, "cp %s/libexec/nex/nex-monitor %s/", NEX_BIN_DIR, directory);
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof command, "%s/nex-monitor", directory);
    assert_int_equal(setenv("NEX_TEST_MONITOR", command, 1), 0);
}

int isolated_main(int (*tests)(void)) {
    int failed = tests();
    if (geteuid() != 0) {
        return failed;
    }
    char directory[] = "/tmp/nex-monitor-XXXXXX";
    char monitor[64];
    int status = -1;
    offer_monitor(directory);
    (void)fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (setgroups(0, NULL) != 0 || setresgid(NOBODY, NOBODY, NOBODY) != 0 ||
            setresuid(NOBODY, NOBODY, NOBODY) != 0) {
            _exit(1);
        }
        exit(tests());
    }
    (void)waitpid(child, &status, 0);
    snprintf(monitor, sizeof monitor, "%s/nex-monitor", directory);
    (void)unlink(monitor);
    (void)rmdir(directory);
    return failed + (WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

int isolated_setup(void **state) {
    native_rig *rig = calloc(1, sizeof *rig);
    native_rig_setup(rig);
    *state = rig;
    return 0;
}

int isolated_teardown(void **state) {
    native_rig_teardown(*state);
    free(*state);
    return 0;
}
