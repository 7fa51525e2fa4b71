/*
 * secret://NAME from a directory of the node to a workload, by agents of each mode, with
 * nats-server in operator mode and somebody listening to everything.
 */
#include "agent_fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVICE  NEX_WORKLOAD_LIFECYCLE_SERVICE
#define FUNCTION NEX_WORKLOAD_LIFECYCLE_FUNCTION
#define SECRET   "planted-in-the-store"

static void put_secret(agent_fixture *f, const char *namespace_, const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/secrets", f->dir);
    (void)mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/secrets/%s", f->dir, namespace_);
    (void)mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/secrets/%s/%s", f->dir, namespace_, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, SECRET, strlen(SECRET)), (ssize_t)strlen(SECRET));
    close(fd);
}

static int setup(void **state) {
    static const char *const argv[] = {"--type", "local"};
    agent_fixture *f = af_new(AF_SECURED);
    f->local = (nex_node_agent){.uri = NEX_BIN_DIR "/bin/nexlet-inmem", .argv = argv, .argc = 2};
    af_node_start(f);
    af_remote_start(f, NULL);
    /* After the start: the store may come to be later. */
    put_secret(f, "default", "db-password");
    put_secret(f, "other", "db-password");
    *state = f;
    return 0;
}

static int teardown(void **state) {
    af_free(*state);
    return 0;
}

static void test_a_workload_gets_its_secret_and_nobody_else(void **state) {
    agent_fixture *f = *state;
    static const char *const types[] = {"inmem", "local", "remote"};
    for (size_t i = 0; i < 3; i++) {
        char subject[128];
        af_forget(f);
        af_start_ok(f, types[i], FUNCTION, "tell",
                    "{\"environment\":{\"PASSWORD\":\"secret://db-password\"},"
                    "\"reply\":\"it is $PASSWORD\"}");
        char id[64];
        snprintf(id, sizeof id, "%s", f->id);
        assert_int_equal(af_list(f), 1);
        snprintf(subject, sizeof subject, ".agent.SECRET.");
        af_expect(f, subject, "db-password");
        af_clone(f, id);
        assert_int_equal(f->status, NEX_OK);
        af_stop(f, f->id);
        assert_false(af_leaked(f, SECRET));
        assert_string_equal(af_ask(f, "default.function.tell", ""), "it is " SECRET);
        assert_true(af_leaked(f, SECRET)); /* and the tap would have heard it */
        af_stop(f, id);
        assert_int_equal(f->status, NEX_OK);
    }
}

static void test_a_missing_secret_fails_the_start(void **state) {
    agent_fixture *f = *state;
    static const char *const names[] = {"missing", "../other/db-password", ""};
    for (size_t i = 0; i < 3; i++) {
        char request[256];
        snprintf(request, sizeof request, "{\"environment\":{\"PASSWORD\":\"secret://%s\"}}",
                 names[i]);
        af_start(f, "local", SERVICE, "no", request);
        assert_int_not_equal(f->status, NEX_OK);
        assert_non_null(strstr(f->message, "secret"));
        assert_null(strstr(f->message, SECRET));
    }
    assert_int_equal(af_list(f), 0);
}

/* ---- Secrets in JetStream, set by the program ---------------------------------------------- */

/* Runs nex with these arguments and input while the loop turns; the exit status. */
static int run_nex(agent_fixture *f, const char *input, const char *const *args) {
    const char *argv[16] = {"nex",
                            "--nats.servers",
                            nats_server_url(f->server),
                            "--nats.creds-file",
                            f->creds_file,
                            "--namespace",
                            "default"};
    size_t n = 7;
    int in[2];
    assert_int_equal(pipe(in), 0);
    for (; *args != NULL; args++) {
        argv[n++] = *args;
    }
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(in[0], STDIN_FILENO);
        close(in[1]);
        int out = open(f->output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(out, STDOUT_FILENO);
        dup2(out, STDERR_FILENO);
        execv(NEX_BIN_DIR "/bin/nex", (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    close(in[0]);
    assert_int_equal(write(in[1], input, strlen(input)), (ssize_t)strlen(input));
    close(in[1]);
    int status = 0;
    while (waitpid(pid, &status, WNOHANG) == 0) {
        af_ask(f, "$NEX.SVC.system.control.PTAGS", ""); /* the node answers meanwhile */
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void assert_said(const agent_fixture *f, const char *text) {
    char out[4096] = "";
    FILE *file = fopen(f->output, "r");
    assert_non_null(file);
    size_t n = fread(out, 1, sizeof out - 1, file);
    fclose(file);
    out[n] = '\0';
    assert_null(strstr(out, SECRET));
    if (strstr(out, text) == NULL) {
        fail_msg("nex said \"%s\", expected \"%s\"", out, text);
    }
}

#define NEX(f, input, ...) run_nex(f, input, (const char *const[]){__VA_ARGS__, NULL})

static void test_secrets_set_by_the_program(void **state) {
    agent_fixture *f = *state;
    assert_int_equal(NEX(f, "", "secret", "list"), 0);
    assert_said(f, "default has no secrets");
    assert_int_equal(NEX(f, "", "secret", "rm", "api-key"), 1);
    assert_said(f, "secret api-key of default not found");
    af_forget(f);
    assert_int_equal(NEX(f, SECRET, "secret", "set", "api-key"), 0);
    assert_said(f, "Secret api-key of default stored for 1 node");
    af_expect(f, "$KV._nex_secrets_default.", "base64_encrypted_value");
    assert_int_equal(NEX(f, "", "secret", "list", "--json"), 0);
    assert_said(f, "[{\"name\":\"api-key\",\"nodes\":1}]");
    af_start_ok(f, "remote", FUNCTION, "tell",
                "{\"environment\":{\"PASSWORD\":\"secret://api-key\"},"
                "\"reply\":\"it is $PASSWORD\"}");
    assert_false(af_leaked(f, SECRET));
    assert_string_equal(af_ask(f, "default.function.tell", ""), "it is " SECRET);
    af_stop(f, f->id);
    assert_int_equal(NEX(f, "", "secret", "rm", "api-key"), 0);
    assert_said(f, "Secret api-key of default deleted for 1 node");
    af_start(f, "local", SERVICE, "no", "{\"environment\":{\"A\":\"secret://api-key\"}}");
    assert_int_not_equal(f->status, NEX_OK);
}

static void test_wrong_uses_of_the_program(void **state) {
    agent_fixture *f = *state;
    assert_int_equal(NEX(f, SECRET, "secret", "set", "no/slash"), 2);
    assert_said(f, "letters, digits");
    assert_int_equal(NEX(f, SECRET, "--namespace", "system", "secret", "set", "x"), 2);
    assert_said(f, "--namespace");
    assert_int_equal(NEX(f, SECRET, "secret", "set", "--node", "NOBODY", "x"), 1);
    assert_said(f, "node NOBODY not found");
}

/* ---- What a remote agent may ask ----------------------------------------------------------- */

typedef struct asked {
    loop_wait *wait;
    nex_status status;
} asked;

static void on_secret(void *arg, nex_status status, const void *value, size_t len,
                      const nex_error *err) {
    asked *a = arg;
    (void)value;
    (void)len;
    (void)err;
    a->status = status;
    loop_wait_done(a->wait);
}

static nex_status ask_as_remote(agent_fixture *f, const char *namespace_) {
    asked a = {.wait = &f->wait};
    assert_int_equal(
        nex_agent_get_secret(f->remote_runner, namespace_, "db-password", on_secret, &a), NEX_OK);
    loop_wait_run(&f->wait, "a secret");
    return a.status;
}

static void test_a_remote_agent_gets_secrets_of_namespaces_it_works_for_only(void **state) {
    agent_fixture *f = *state;
    assert_int_equal(ask_as_remote(f, "default"), NEX_EREFUSED);
    af_start_ok(f, "remote", SERVICE, "quiet", "{}");
    assert_int_equal(ask_as_remote(f, "default"), NEX_OK);
    assert_int_equal(ask_as_remote(f, "other"), NEX_EREFUSED);
    af_stop(f, f->id);
    assert_int_equal(ask_as_remote(f, "default"), NEX_EREFUSED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_workload_gets_its_secret_and_nobody_else, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_missing_secret_fails_the_start, setup, teardown),
        cmocka_unit_test_setup_teardown(test_secrets_set_by_the_program, setup, teardown),
        cmocka_unit_test_setup_teardown(test_wrong_uses_of_the_program, setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_a_remote_agent_gets_secrets_of_namespaces_it_works_for_only, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
