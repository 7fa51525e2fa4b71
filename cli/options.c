#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 96, NAME_SIZE = 64 };

static bool is_one_of(const char *const *list, const char *name, size_t len) {
    for (; list && *list; list++) {
        if (strlen(*list) == len && strncmp(*list, name, len) == 0) {
            return true;
        }
    }
    return false;
}

static const cli_flag *find_long(const cli_command *command, const char *name, size_t len) {
    for (size_t i = 0; i < command->flag_count; i++) {
        const cli_flag *flag = &command->flags[i];
        if ((strlen(flag->name) == len && strncmp(flag->name, name, len) == 0) ||
            is_one_of(flag->aliases, name, len)) {
            return flag;
        }
    }
    return NULL;
}

const cli_flag *options_find_long(const cli_command *root, const cli_command *command,
                                  const char *name, size_t len) {
    const cli_flag *flag = find_long(command, name, len);
    return flag ? flag : find_long(root, name, len);
}

const cli_flag *options_find_short(const cli_command *root, const cli_command *command, char name) {
    const cli_command *both[] = {command, root};
    for (size_t b = 0; b < 2; b++) {
        for (size_t i = 0; i < both[b]->flag_count; i++) {
            if (both[b]->flags[i].short_name == name) {
                return &both[b]->flags[i];
            }
        }
    }
    return NULL;
}

const cli_command *options_find_command(const cli_command *group, const char *name) {
    for (size_t i = 0; i < group->command_count; i++) {
        const cli_command *command = &group->commands[i];
        if (strcmp(command->name, name) == 0 || is_one_of(command->aliases, name, strlen(name))) {
            return command;
        }
    }
    return NULL;
}

bool options_want_json(int argc, char *const *argv) {
    bool json = false;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--json") == 0 || strcmp(argv[i], "--json=true") == 0) {
            json = true;
        } else if (strcmp(argv[i], "--json=false") == 0) {
            json = false;
        }
    }
    return json;
}

/* "nex workload start" */
static const char *full_name(const cli_command *command, char out[NAME_SIZE]) {
    snprintf(out, NAME_SIZE, "nex%s%s", *command->path ? " " : "", command->path);
    return out;
}

static nex_status unknown_flag(const options *o, const char *name, size_t len, nex_error *err) {
    const char *known[NAMES_MAX + 1] = {0};
    size_t count = 0;
    const cli_command *both[] = {o->command, o->root};
    for (size_t b = 0; b < (o->command == o->root ? 1 : 2); b++) {
        for (size_t i = 0; i < both[b]->flag_count && count < NAMES_MAX; i++) {
            known[count++] = both[b]->flags[i].name;
        }
    }
    char word[NAME_SIZE], command[NAME_SIZE];
    snprintf(word, sizeof word, "%.*s", (int)(len < NAME_SIZE ? len : NAME_SIZE - 1), name);
    const char *near = suggest(word, known);
    return nex_error_set(err, NEX_EINVAL, "%s has no flag --%s%s%s%s",
                         full_name(o->command, command), word, near ? "; did you mean --" : "",
                         near ? near : "", near ? "?" : "");
}

static nex_status unknown_command(const options *o, const char *word, nex_error *err) {
    const char *known[NAMES_MAX + 1] = {0};
    size_t count = 0;
    for (size_t i = 0; i < o->command->command_count; i++) {
        const cli_command *command = &o->command->commands[i];
        for (const char *const *alias = command->aliases; alias && *alias; alias++) {
            if (count < NAMES_MAX) {
                known[count++] = *alias;
            }
        }
        if (count < NAMES_MAX) {
            known[count++] = command->name;
        }
    }
    char name[NAME_SIZE];
    const char *near = suggest(word, known);
    full_name(o->command, name);
    if (near) {
        return nex_error_set(err, NEX_EINVAL, "%s has no command \"%s\"; did you mean \"%s\"?",
                             name, word, near);
    }
    return nex_error_set(err, NEX_EINVAL, "%s has no command \"%s\"; see %s --help", name, word,
                         name);
}

/* Flags that are no settings. */
static nex_status take_special(options *o, const cli_flag *flag, const char *text, nex_error *err) {
    if (strcmp(flag->name, "config") == 0) {
        o->config = text;
    } else if (strcmp(flag->name, "help") == 0) {
        o->help = true;
    } else if (strcmp(flag->name, "version") == 0) {
        o->version = true;
    } else if (strncmp(flag->name, "agents.", 7) == 0) {
        return agents_add(&o->settings, flag->name + 7, text, err);
    }
    return NEX_OK;
}

static nex_status take_flag(options *o, const cli_flag *flag, const char *text, nex_error *err) {
    char place[NAME_SIZE + 2];
    snprintf(place, sizeof place, "--%s", flag->name);
    if (flag->flags & CLI_NO_KEY) {
        return take_special(o, flag, text, err);
    }
    setting *item = settings_find(&o->settings, flag->key);
    if (!item) {
        return nex_error_set(err, NEX_EINTERNAL, "%s has no setting", place);
    }
    if (flag->kind == CLI_JSON && *text && (*text == '@' || strcmp(text, "-") == 0)) {
        /* A file or standard input: whoever needs the value reads it and keeps its places. */
        return setting_set(item, FROM_FLAG, place, json_string(text), err);
    }
    return setting_set_text(item, FROM_FLAG, place, text, err);
}

/* Takes the value of a flag from the next word. */
static nex_status next_word(int argc, char *const *argv, int *i, const cli_flag *flag,
                            const char **out, nex_error *err) {
    if (*i + 1 >= argc) {
        return nex_error_set(err, NEX_EINVAL, "--%s needs a value: --%s %s", flag->name, flag->name,
                             flag->value ? flag->value : "VALUE");
    }
    *out = argv[++*i];
    return NEX_OK;
}

static nex_status parse_long(options *o, int argc, char *const *argv, int *i, nex_error *err) {
    const char *name = argv[*i] + 2;
    size_t len = strcspn(name, "=");
    const cli_flag *flag = options_find_long(o->root, o->command, name, len);
    if (!flag) {
        return unknown_flag(o, name, len, err);
    }
    const char *text = name[len] == '=' ? name + len + 1 : "true";
    nex_status status = NEX_OK;
    if (name[len] != '=' && flag->kind != CLI_BOOL) {
        status = next_word(argc, argv, i, flag, &text, err);
    }
    return status == NEX_OK ? take_flag(o, flag, text, err) : status;
}

/* -l debug, -ldebug, -l=debug, and several that take no value: -hf */
static nex_status parse_short(options *o, int argc, char *const *argv, int *i, nex_error *err) {
    for (const char *at = argv[*i] + 1; *at; at++) {
        const cli_flag *flag = options_find_short(o->root, o->command, *at);
        if (!flag) {
            char command[NAME_SIZE];
            return nex_error_set(err, NEX_EINVAL, "%s has no flag -%c; see %s --help",
                                 full_name(o->command, command), *at, command);
        }
        nex_status status;
        if (flag->kind == CLI_BOOL) {
            status = take_flag(o, flag, "true", err);
            if (status != NEX_OK) {
                return status;
            }
            continue;
        }
        const char *text = at[1] == '=' ? at + 2 : at + 1;
        if (!at[1]) {
            status = next_word(argc, argv, i, flag, &text, err);
            if (status != NEX_OK) {
                return status;
            }
        }
        return take_flag(o, flag, text, err);
    }
    return NEX_OK;
}

static nex_status parse_word(options *o, const char *word, nex_error *err) {
    if (o->command->command_count > 0) {
        const cli_command *command = options_find_command(o->command, word);
        if (!command) {
            return unknown_command(o, word, err);
        }
        o->command = command;
        return settings_add(&o->settings, command, err);
    }
    o->args[o->arg_count++] = word;
    return NEX_OK;
}

static nex_status check_arguments(const options *o, nex_error *err) {
    const cli_command *command = o->command;
    char name[NAME_SIZE];
    full_name(command, name);
    size_t most = command->arg_count;
    bool endless = most > 0 && command->args[most - 1].repeat;
    if (o->arg_count > most && !endless) {
        return most == 0 ? nex_error_set(err, NEX_EINVAL, "%s takes no argument, got \"%s\"", name,
                                         o->args[0])
                         : nex_error_set(err, NEX_EINVAL, "%s takes %zu argument%s, got \"%s\" too",
                                         name, most, most == 1 ? "" : "s", o->args[most]);
    }
    for (size_t i = 0; i < most; i++) {
        const cli_arg *arg = &command->args[i];
        if (i >= o->arg_count && arg->required) {
            return nex_error_set(err, NEX_EINVAL, "%s needs an argument: %s %s", name, name,
                                 arg->name);
        }
        if (i < o->arg_count && arg->choices &&
            !is_one_of(arg->choices, o->args[i], strlen(o->args[i]))) {
            const char *near = suggest(o->args[i], arg->choices);
            return nex_error_set(err, NEX_EINVAL, "%s: \"%s\" is no %s%s%s%s", name, o->args[i],
                                 arg->name, near ? "; did you mean \"" : "", near ? near : "",
                                 near ? "\"?" : "");
        }
    }
    return NEX_OK;
}

nex_status options_parse(options *o, const cli_command *root, int argc, char *const *argv,
                         nex_error *err) {
    *o = (options){.root = root, .command = root};
    o->args = calloc((size_t)argc + 1, sizeof *o->args);
    if (!o->args) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    nex_status status = settings_add(&o->settings, root, err);
    bool flags_over = false;
    for (int i = 1; i < argc && status == NEX_OK; i++) {
        const char *word = argv[i];
        if (flags_over || word[0] != '-' || word[1] == '\0') {
            status = parse_word(o, word, err);
        } else if (strcmp(word, "--") == 0) {
            flags_over = true;
        } else if (word[1] == '-') {
            status = parse_long(o, argc, argv, &i, err);
        } else {
            status = parse_short(o, argc, argv, &i, err);
        }
    }
    bool idle = o->help || o->version || settings_bool(&o->settings, "check");
    if (status != NEX_OK || idle) {
        return status;
    }
    if (o->command->command_count > 0) {
        char name[NAME_SIZE];
        full_name(o->command, name);
        return nex_error_set(err, NEX_EINVAL, "%s needs a command; see %s --help", name, name);
    }
    return check_arguments(o, err);
}

nex_status options_resolve(options *o, nex_error *err) {
    nex_status status = settings_read_environment(&o->settings, err);
    if (status != NEX_OK) {
        return status;
    }
    if (o->config) {
        return config_file_read(&o->settings, o->root, o->config, err);
    }
    char *path = NULL;
    status = config_file_find(&path, err);
    if (status == NEX_OK && path) {
        status = config_file_read(&o->settings, o->root, path, err);
    }
    free(path);
    return status;
}

void options_free(options *o) {
    settings_free(&o->settings);
    free(o->args);
    *o = (options){0};
}
