/* Nodes that bring their own NATS: where it listens, who watches it, what is left of it. */
#include "node_process.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct fixture {
    nexus_run nexus;
    node_run node;
    char resources[96];
    char config[96];
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nexus_run_start_bare(&f->nexus);
    snprintf(f->resources, sizeof f->resources, "%s/resources", f->nexus.dir);
    snprintf(f->config, sizeof f->config, "%s/server.conf", f->nexus.dir);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    nexus_run_end(&f->nexus);
    free(f);
    return 0;
}

static void write_config(fixture *f, const char *text) {
    FILE *file = fopen(f->config, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void start(fixture *f) {
    char url[64];
    NODE_START(&f->nexus, &f->node, "--resource-directory", f->resources, "--inats-config",
               f->config);
    process_find_log(&f->node.process, "url=", url, sizeof url);
    assert_int_equal(strncmp(url, "nats://127.0.0.1:", 17), 0);
    nexus_run_connect(&f->nexus, url);
}

static void end(fixture *f) {
    nexus_run_disconnect(&f->nexus);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
    pid_t left[8];
    size_t count = descendants_of(getpid(), left, 8);
    for (size_t i = 0; i < count && i < 8; i++) {
        wait_until_gone(left[i]); /* the monitor of what has been stopped goes by itself */
    }
    assert_int_equal(descendants_of(getpid(), NULL, 0), 0);
}

static pid_t server_of(fixture *f) {
    pid_t pids[8];
    size_t count = descendants_of(f->node.process.pid, pids, 8);
    pid_t server = 0;
    for (size_t i = 0; i < count && i < 8; i++) {
        char path[64];
        char name[32] = "";
        snprintf(path, sizeof path, "/proc/%d/comm", (int)pids[i]);
        FILE *file = fopen(path, "r");
        if (file != NULL && fgets(name, sizeof name, file) != NULL &&
            strcmp(name, "nats-server\n") == 0) {
            assert_int_equal(server, 0);
            server = pids[i];
        }
        if (file != NULL) {
            fclose(file);
        }
    }
    assert_true(server > 0);
    return server;
}

static bool has_socket(pid_t pid, const char *inode) {
    char dir[64];
    char path[360];
    char want[48];
    char link[64];
    bool found = false;
    snprintf(dir, sizeof dir, "/proc/%d/fd", (int)pid);
    snprintf(want, sizeof want, "socket:[%s]", inode);
    DIR *d = opendir(dir);
    assert_non_null(d);
    for (struct dirent *entry; !found && (entry = readdir(d)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", dir, entry->d_name);
        ssize_t n = readlink(path, link, sizeof link - 1);
        link[n > 0 ? n : 0] = '\0';
        found = strcmp(link, want) == 0;
    }
    closedir(d);
    return found;
}

/* Whether all that a process listens on is the loopback address. */
static bool listens_on_loopback_only(pid_t pid) {
    static const char *const tables[] = {"tcp", "tcp6"};
    size_t sockets = 0;
    size_t elsewhere = 0;
    for (size_t i = 0; i < 2; i++) {
        char path[64];
        char line[512];
        snprintf(path, sizeof path, "/proc/%d/net/%s", (int)pid, tables[i]);
        FILE *file = fopen(path, "r");
        while (file != NULL && fgets(line, sizeof line, file) != NULL) {
            char local[64];
            char state[8];
            char inode[32];
            if (sscanf(line, " %*[^:]: %63[0-9A-F:] %*s %7s %*s %*s %*s %*s %*s %31s", local, state,
                       inode) == 3 &&
                strcmp(state, "0A") == 0 && has_socket(pid, inode)) {
                sockets++;
                elsewhere += strncmp(local, "0100007F:", 9) != 0;
            }
        }
        if (file != NULL) {
            fclose(file);
        }
    }
    assert_true(sockets > 0);
    return elsewhere == 0;
}

static void test_it_listens_on_loopback(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    write_config(f, "port: -1\njetstream { store_dir: \"js\", max_mem: 1M }\n");
    start(f);
    assert_true(listens_on_loopback_only(server_of(f)));
    assert_went_well(workload_start(&f->nexus, (start_of){0}, id));
    (void)find_listed(&f->nexus, id);
    end(f);
    size_t files = files_below(f->resources);
    start(f);
    end(f);
    assert_int_equal(files_below(f->resources), files);
}

static void test_a_configured_address_is_kept(void **state) {
    fixture *f = *state;
    write_config(f, "# where to listen\nlisten: \"0.0.0.0:-1\"\n");
    start(f);
    assert_false(listens_on_loopback_only(server_of(f)));
    end(f);
}

static void test_a_killed_server_is_started_again(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    char url[64];
    int port = 0;
    /* A fixed port, as a real configuration has it: the one that the first run happened to get. */
    write_config(f, "port: -1\n");
    start(f);
    process_find_log(&f->node.process, "url=", url, sizeof url);
    assert_int_equal(sscanf(url, "nats://127.0.0.1:%d", &port), 1);
    end(f);
    char text[64];
    snprintf(text, sizeof text, "port: %d\n", port);
    write_config(f, text);
    start(f);
    assert_went_well(workload_start(&f->nexus, (start_of){0}, id));
    listed before = find_listed(&f->nexus, id);
    unsigned connects = f->nexus.connects;
    pid_t first = server_of(f);
    assert_int_equal(kill(first, SIGKILL), 0);
    process_wait_log(&f->node.process, "connected to NATS", 1);
    nexus_run_wait_connected(&f->nexus, connects + 1);
    assert_int_not_equal(server_of(f), first);
    assert_true(listens_on_loopback_only(server_of(f)));
    assert_int_equal(find_listed(&f->nexus, id).pid, before.pid);
    assert_went_well(workload_stop(&f->nexus, id));
    end(f);
}

static void test_a_killed_node_leaves_a_server_to_its_successor(void **state) {
    fixture *f = *state;
    write_config(f, "port: -1\n");
    start(f);
    pid_t first = server_of(f);
    nexus_run_disconnect(&f->nexus);
    assert_int_equal(kill(f->node.process.pid, SIGKILL), 0);
    assert_int_equal(process_wait_end(&f->node.process, 10), 128 + SIGKILL);
    start(f);
    wait_until_gone(first);
    assert_int_not_equal(server_of(f), first);
    end(f);
}

static void test_a_wrong_configuration_is_told(void **state) {
    fixture *f = *state;
    process_run nex;
    write_config(f, "port: \"no number\"\n");
    const char *const words[] = {
        "node", "up", "--resource-directory", f->resources, "--inats-config", f->config, NULL};
    process_start(&f->nexus, &nex, NEX_BIN_DIR "/bin/nex", words);
    process_wait_log(&nex, "error:", 1);
    assert_int_equal(process_wait_end(&nex, 10), 1);
    assert_true(process_count_log(&nex, f->config) > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_it_listens_on_loopback, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_configured_address_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_killed_server_is_started_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_killed_node_leaves_a_server_to_its_successor, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_wrong_configuration_is_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
