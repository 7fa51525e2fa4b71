/* Words to settings: flags, environment, configuration file, and which of them wins. */
#include "options.h"

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS_MAX = 24 };

static char dir[64];

/* Parses "nex" and the words of a line; the options must be freed either way. */
static nex_status parse(options *o, nex_error *err, const char *const *words) {
    char *argv[WORDS_MAX + 1] = {(char *)(uintptr_t) "nex"};
    int argc = 1;
    for (; *words; words++) {
        assert_true(argc < WORDS_MAX);
        argv[argc++] = (char *)(uintptr_t)*words;
    }
    return options_parse(o, &cli_root, argc, argv, err);
}

#define PARSE(o, err, ...) parse(o, err, (const char *const[]){__VA_ARGS__, NULL})

static const char *write_file(const char *name, const char *text) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void test_commands_and_aliases(void **state) {
    (void)state;
    options o;
    nex_error err;
    assert_int_equal(PARSE(&o, &err, "workloads", "deploy", "--name", "x"), NEX_OK);
    assert_string_equal(o.command->path, "workload start");
    assert_string_equal(settings_text(&o.settings, "workload.start.name"), "x");
    options_free(&o);
    assert_int_equal(PARSE(&o, &err, "node", "down", "N1"), NEX_OK);
    assert_string_equal(o.command->path, "node lameduck");
    assert_int_equal(o.arg_count, 1);
    assert_string_equal(o.args[0], "N1");
    options_free(&o);
}

static void test_forms_of_flags(void **state) {
    (void)state;
    options o;
    nex_error err;
    assert_int_equal(PARSE(&o, &err, "-s", "nats://a,nats://b", "--nats.servers=nats://c",
                           "-ldebug", "workload", "ls", "--show-metadata", "--json=false",
                           "--filter", "x", "--filter=y"),
                     NEX_OK);
    nex_string_list list = {NULL, 0};
    assert_int_equal(settings_list(&o.settings, "nats.servers", &list), NEX_OK);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[2], "nats://c");
    assert_int_equal(settings_list(&o.settings, "workload.list.filter", &list), NEX_OK);
    assert_int_equal(list.count, 2);
    nex_string_list_free(&list);
    assert_string_equal(settings_text(&o.settings, "logger.level"), "debug");
    assert_true(settings_bool(&o.settings, "workload.list.show_metadata"));
    assert_false(settings_bool(&o.settings, "json"));
    options_free(&o);
}

static void test_maps(void **state) {
    (void)state;
    options o;
    nex_error err;
    assert_int_equal(PARSE(&o, &err, "workload", "start", "--tags", "a=b;c=d", "--tags=e=f=g"),
                     NEX_OK);
    nex_string_map map = {NULL, 0};
    assert_int_equal(settings_map(&o.settings, "workload.start.tags", &map), NEX_OK);
    assert_int_equal(map.count, 3);
    assert_string_equal(nex_string_map_get(&map, "c"), "d");
    assert_string_equal(nex_string_map_get(&map, "e"), "f=g");
    nex_string_map_free(&map);
    options_free(&o);
}

static void refused(const char *wanted, const char *const *words) {
    options o;
    nex_error err;
    nex_status status = parse(&o, &err, words);
    options_free(&o);
    assert_int_equal(status, NEX_EINVAL);
    if (!strstr(err.message, wanted)) {
        fail_msg("wanted \"%s\" in \"%s\"", wanted, err.message);
    }
}

#define REFUSED(wanted, ...) refused(wanted, (const char *const[]){__VA_ARGS__, NULL})

static void test_wrong_usage(void **state) {
    (void)state;
    REFUSED("did you mean \"workload\"?", "worklaod");
    REFUSED("did you mean \"start\"?", "workload", "strat");
    REFUSED("did you mean --filter?", "workload", "list", "--fliter", "x");
    REFUSED("has no flag -q", "node", "list", "-q");
    REFUSED("needs a value", "node", "list", "--filter");
    REFUSED("needs an argument", "workload", "stop");
    REFUSED("got \"two\" too", "workload", "stop", "one", "two");
    REFUSED("takes no argument", "node", "list", "one");
    REFUSED("needs a command", "node");
    REFUSED("one of service", "workload", "start", "--lifecycle", "forever");
    REFUSED("--nats.timeout: wanted a duration", "--nats.timeout", "5x", "node", "list");
    REFUSED("at least 0", "node", "up", "--agent-restart-limit", "-1");
    REFUSED("whole number", "node", "up", "--agent-restart-limit", "many");
    REFUSED("NAME=VALUE", "node", "list", "--filter", "novalue");
    REFUSED("at most 1", "node", "lameduck", "--tag", "a=b", "--tag", "c=d");
    REFUSED("true or false", "--json=maybe", "node", "list");
    REFUSED("--start-request", "workload", "start", "--start-request", "{bad");
    REFUSED("is no SHELL", "completion", "tcsh");
    REFUSED("did you mean \"bash\"?", "completion", "bsh");
}

static void test_secrets_stay_out_of_errors(void **state) {
    (void)state;
    options o;
    nex_error err;
    assert_int_equal(PARSE(&o, &err, "node", "up", "--agents.uri", "x", "--agents.env", "S3CRET"),
                     NEX_EINVAL);
    assert_null(strstr(err.message, "S3CRET"));
    options_free(&o);
}

static void test_agents(void **state) {
    (void)state;
    options o;
    nex_error err;
    assert_int_equal(PARSE(&o, &err, "node", "up", "--agents.uri", "file:///a", "--agents.argv",
                           "one,two", "--agents.env", "K=V", "--agents.uri", "file:///b"),
                     NEX_OK);
    char *text =
        json_dumps(settings_json(&o.settings, "node.up.agents"), JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(text,
                        "[{\"argv\":[\"one,two\"],\"env\":{\"K\":\"V\"},\"uri\":\"file:///a\"},"
                        "{\"uri\":\"file:///b\"}]");
    free(text);
    options_free(&o);
    REFUSED("--agents.uri", "node", "up", "--agents.argv", "x");
}

static const char *value_and_source(const options *o, const char *key) {
    static char text[256];
    const setting *item = settings_find(&o->settings, key);
    assert_non_null(item);
    snprintf(text, sizeof text, "%s from %s %s", json_string_value(item->value),
             source_name(item->from), item->place ? item->place : "");
    return text;
}

static void test_precedence(void **state) {
    (void)state;
    options o;
    nex_error err;
    const char *config = write_file("c.json", "{\n  \"namespace\": \"from-file\"\n}");
    assert_int_equal(unsetenv("NEX_NAMESPACE"), 0);
    assert_int_equal(PARSE(&o, &err, "node", "list"), NEX_OK);
    assert_string_equal(value_and_source(&o, "namespace"), "system from default ");
    options_free(&o);

    assert_int_equal(PARSE(&o, &err, "--config", config, "node", "list"), NEX_OK);
    assert_int_equal(options_resolve(&o, &err), NEX_OK);
    char wanted[256];
    snprintf(wanted, sizeof wanted, "from-file from configuration file %s:2:16", config);
    assert_string_equal(value_and_source(&o, "namespace"), wanted);
    options_free(&o);

    assert_int_equal(setenv("NEX_NAMESPACE", "from-env", 1), 0);
    assert_int_equal(PARSE(&o, &err, "--config", config, "node", "list"), NEX_OK);
    assert_int_equal(options_resolve(&o, &err), NEX_OK);
    assert_string_equal(value_and_source(&o, "namespace"),
                        "from-env from environment NEX_NAMESPACE");
    options_free(&o);

    assert_int_equal(
        PARSE(&o, &err, "--config", config, "--namespace", "from-flag", "node", "list"), NEX_OK);
    assert_int_equal(options_resolve(&o, &err), NEX_OK);
    assert_string_equal(value_and_source(&o, "namespace"), "from-flag from flag --namespace");
    options_free(&o);
    assert_int_equal(unsetenv("NEX_NAMESPACE"), 0);
}

static void config_refused(const char *text, const char *wanted) {
    options o;
    nex_error err;
    const char *config = write_file("bad.json", text);
    assert_int_equal(PARSE(&o, &err, "--config", config, "node", "list"), NEX_OK);
    nex_status status = options_resolve(&o, &err);
    options_free(&o);
    assert_int_equal(status, NEX_EINVAL);
    if (!strstr(err.message, wanted) || !strstr(err.message, "bad.json")) {
        fail_msg("wanted \"%s\" in \"%s\"", wanted, err.message);
    }
}

static void test_configuration_files(void **state) {
    (void)state;
    config_refused("{\n \"node\": {\"up\": {\n  \"tagz\": {}}}}", "did you mean \"tags\"?");
    config_refused("{\n \"node\": {\"up\": {\n  \"tagz\": {}}}}", ":3:");
    config_refused("{\"namespac\": \"x\"}", "did you mean \"namespace\"?");
    config_refused("{\"nats\": {\"timeout\": 5}}", "nats.timeout: wanted a text");
    config_refused("{\"nats\": {\"timeout\": \"5x\"}}", "nats.timeout: wanted a duration");
    config_refused("{\"nats\": \"x\"}", "\"nats\" must be an object");
    config_refused("{\"node\": {\"up\": {\"state\": \"disk\"}}}", "node.up.state: wanted one of");
    config_refused("{\"json\": \"yes\"}", "json: wanted true or false");
    config_refused("{\"nats\": {\"servers\": [1]}}", "array of texts");
    config_refused("[]", "must be an object");
    config_refused("{\"a\": }", ":1:");

    options o;
    nex_error err;
    /* Settings of other commands are checked too, but do not get in the way. */
    const char *config = write_file("good.json", "{\"$schema\": \"x\", \"nats\": {\"timeout\": "
                                                 "\"7s\"}, \"logger\": {\"target\": [\"std\"]}, "
                                                 "\"node\": {\"up\": {\"tags\": {\"a\": \"b\"}, "
                                                 "\"agents\": [{\"uri\": \"x\"}]}}}");
    assert_int_equal(PARSE(&o, &err, "--config", config, "node", "list"), NEX_OK);
    assert_int_equal(options_resolve(&o, &err), NEX_OK);
    assert_true(settings_duration(&o.settings, "nats.timeout") == 7 * NEX_SECOND);
    assert_null(settings_find(&o.settings, "node.up.tags"));
    options_free(&o);

    assert_int_equal(PARSE(&o, &err, "--config", "/nonexistent.json", "node", "list"), NEX_OK);
    assert_int_equal(options_resolve(&o, &err), NEX_ENOTFOUND);
    assert_non_null(strstr(err.message, "/nonexistent.json"));
    options_free(&o);
}

static void test_check_shows_no_secret(void **state) {
    (void)state;
    options o;
    nex_error err;
    assert_int_equal(PARSE(&o, &err, "--check", "--nats.password", "hunter2", "-s",
                           "nats://me:hunter2@host:4222", "node", "up", "--node-seed", "SNHUNTER2",
                           "--agents.uri", "x", "--agents.env", "A=hunter2"),
                     NEX_OK);
    for (int json = 0; json < 2; json++) {
        nex_buf out = NEX_BUF_INIT;
        assert_int_equal(options_check(&o, json, &out), NEX_OK);
        assert_null(strcasestr(out.data, "hunter2"));
        assert_non_null(strstr(out.data, "host:4222"));
        assert_non_null(strstr(out.data, "node.up.node_seed"));
        assert_non_null(strstr(out.data, "set"));
        nex_buf_free(&out);
    }
    options_free(&o);
}

static void help_of(const cli_command *command) {
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(options_help(&cli_root, command, false, &out), NEX_OK);
    assert_non_null(strstr(out.data, "Usage: nex"));
    for (size_t i = 0; i < command->flag_count; i++) {
        if (!(command->flags[i].flags & CLI_HIDDEN)) {
            char flag[80];
            snprintf(flag, sizeof flag, "--%s", command->flags[i].name);
            assert_non_null(strstr(out.data, flag));
        }
    }
    if (command->command_count == 0) {
        assert_non_null(strstr(out.data, "Examples:"));
    }
    nex_buf_free(&out);
    for (size_t i = 0; i < command->command_count; i++) {
        help_of(&command->commands[i]);
    }
}

static void test_every_command_has_help(void **state) {
    (void)state;
    help_of(&cli_root);
}

static void completes(const char *wanted, const char *const *words) {
    char *argv[WORDS_MAX];
    int argc = 0;
    for (; *words; words++) {
        argv[argc++] = (char *)(uintptr_t)*words;
    }
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(options_complete(&cli_root, argc, argv, &out), NEX_OK);
    assert_string_equal(out.data ? out.data : "", wanted);
    nex_buf_free(&out);
}

#define COMPLETES(wanted, ...) completes(wanted, (const char *const[]){__VA_ARGS__, NULL})

static void test_completion(void **state) {
    (void)state;
    COMPLETES("workload\n", "wo");
    COMPLETES("stop\n", "workload", "sto");
    COMPLETES("--lifecycle\n", "workload", "start", "--li");
    COMPLETES("service\nfunction\njob\n", "workload", "start", "--lifecycle", "");
    COMPLETES(":file\n", "workload", "start", "-f", "");
    COMPLETES(":dir\n", "node", "up", "--resource-directory", "");
    COMPLETES("bash\n", "-s", "nats://x", "completion", "b");
    COMPLETES("", "nonsense", "");
}

static void test_suggest(void **state) {
    (void)state;
    static const char *const words[] = {"start", "stop", "list", "clone", NULL};
    assert_string_equal(suggest("strat", words), "start");
    assert_string_equal(suggest("lst", words), "list");
    assert_string_equal(suggest("clo", words), "clone");
    assert_null(suggest("banana", words));
    assert_int_equal(edit_distance("kitten", "sitting"), 3);
    assert_int_equal(edit_distance("ab", "ba"), 1);
    assert_int_equal(edit_distance("", "abc"), 3);
}

static int make_dir(void **state) {
    (void)state;
    strcpy(dir, "/tmp/nex-options-XXXXXX");
    return mkdtemp(dir) && setenv("XDG_CONFIG_HOME", dir, 1) == 0 && chdir(dir) == 0 ? 0 : -1;
}

static int remove_dir(void **state) {
    (void)state;
    static const char *const names[] = {"c.json", "bad.json", "good.json"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        (void)unlink(path);
    }
    return rmdir(dir);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands_and_aliases),
        cmocka_unit_test(test_forms_of_flags),
        cmocka_unit_test(test_maps),
        cmocka_unit_test(test_wrong_usage),
        cmocka_unit_test(test_secrets_stay_out_of_errors),
        cmocka_unit_test(test_agents),
        cmocka_unit_test(test_precedence),
        cmocka_unit_test(test_configuration_files),
        cmocka_unit_test(test_check_shows_no_secret),
        cmocka_unit_test(test_every_command_has_help),
        cmocka_unit_test(test_completion),
        cmocka_unit_test(test_suggest),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
