#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_WIDTH = 98, LEFT_MAX = 34, LEFT_SIZE = 160 };

typedef struct printer {
    nex_buf *out;
    bool color;
    nex_status status;
} printer;

static void put(printer *p, const char *text, size_t len) {
    if (p->status == NEX_OK) {
        p->status = nex_buf_append(p->out, text, len);
    }
}

static void puts_(printer *p, const char *text) {
    put(p, text, strlen(text));
}

static void blanks(printer *p, size_t count) {
    for (size_t i = 0; i < count; i++) {
        put(p, " ", 1);
    }
}

static void heading(printer *p, const char *text) {
    puts_(p, p->color ? "\n\x1b[1m" : "\n");
    puts_(p, text);
    puts_(p, p->color ? ":\x1b[0m\n" : ":\n");
}

/* Words, broken at the line's end; the first line begins at column `indent` already. */
static void wrapped(printer *p, const char *text, size_t indent) {
    size_t column = indent;
    while (*text) {
        size_t word = strcspn(text, " \n");
        if (column > indent && column + 1 + word > LINE_WIDTH) {
            puts_(p, "\n");
            blanks(p, indent);
            column = indent;
        } else if (column > indent) {
            put(p, " ", 1);
            column++;
        }
        put(p, text, word);
        column += word;
        text += word;
        text += strspn(text, " ");
        if (*text == '\n') {
            puts_(p, "\n");
            blanks(p, indent);
            column = indent;
            text++;
        }
    }
    puts_(p, "\n");
}

/* Two columns: a term, and what it means. */
static void entry(printer *p, const char *left, size_t width, const char *text) {
    size_t len = strlen(left);
    blanks(p, 2);
    put(p, left, len);
    if (len > width) {
        puts_(p, "\n");
        blanks(p, width + 4);
    } else {
        blanks(p, width + 2 - len);
    }
    wrapped(p, text, width + 4);
}

static void flag_left(const cli_flag *flag, char out[LEFT_SIZE]) {
    int len = flag->short_name ? snprintf(out, LEFT_SIZE, "-%c, ", flag->short_name)
                               : snprintf(out, LEFT_SIZE, "    ");
    snprintf(out + len, (size_t)(LEFT_SIZE - len), "--%s%s%s", flag->name, flag->value ? " " : "",
             flag->value ? flag->value : "");
}

static void command_left(const cli_command *command, char out[LEFT_SIZE]) {
    int len = snprintf(out, LEFT_SIZE, "%s", command->name);
    for (const char *const *alias = command->aliases; alias && *alias; alias++) {
        if (len > 0 && len < LEFT_SIZE) {
            len += snprintf(out + len, (size_t)(LEFT_SIZE - len), "%s%s",
                            alias == command->aliases ? " (" : ", ", *alias);
        }
    }
    if (command->aliases && *command->aliases && len > 0 && len < LEFT_SIZE) {
        snprintf(out + len, (size_t)(LEFT_SIZE - len), ")");
    }
}

/* The description with choices, default and variable, as one text. */
static nex_status flag_text(const cli_flag *flag, nex_buf *out) {
    nex_status status = nex_buf_append_str(out, flag->help ? flag->help : "");
    for (const char *const *choice = flag->choices; choice && *choice && status == NEX_OK;
         choice++) {
        status = nex_buf_printf(out, "%s%s", choice == flag->choices ? ": " : ", ",
                                **choice ? *choice : "\"\"");
    }
    bool dull =
        !flag->default_json || flag->kind == CLI_BOOL || strcmp(flag->default_json, "\"\"") == 0;
    if (status == NEX_OK && flag->default_text) {
        status = nex_buf_printf(out, " (default: %s)", flag->default_text);
    } else if (status == NEX_OK && !dull) {
        size_t len = strlen(flag->default_json);
        bool quoted = flag->default_json[0] == '"' && len >= 2;
        status = nex_buf_printf(out, " (default: %.*s)", (int)(quoted ? len - 2 : len),
                                flag->default_json + (quoted ? 1 : 0));
    }
    if (status == NEX_OK && flag->env) {
        status = nex_buf_printf(out, " [$%s]", flag->env);
    }
    return status;
}

static bool same_group(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* The heading of a flag: its own, or that of its family ("nats.", "logger."). */
static const char *group_of(const cli_flag *flag) {
    if (flag->group) {
        return flag->group;
    }
    if (strncmp(flag->name, "nats.", 5) == 0) {
        return "NATS flags";
    }
    return strncmp(flag->name, "logger.", 7) == 0 ? "Log flags" : NULL;
}

static void flags_of_group(printer *p, const cli_command *command, const char *group,
                           const char *title) {
    size_t width = 0;
    char left[LEFT_SIZE];
    for (size_t i = 0; i < command->flag_count; i++) {
        if (!(command->flags[i].flags & CLI_HIDDEN)) {
            flag_left(&command->flags[i], left);
            size_t len = strlen(left);
            width = len > width && len <= LEFT_MAX ? len : width;
        }
    }
    bool first = true;
    for (size_t i = 0; i < command->flag_count; i++) {
        const cli_flag *flag = &command->flags[i];
        if ((flag->flags & CLI_HIDDEN) || !same_group(group_of(flag), group)) {
            continue;
        }
        if (first) {
            heading(p, title);
            first = false;
        }
        nex_buf text = NEX_BUF_INIT;
        flag_left(flag, left);
        if (flag_text(flag, &text) == NEX_OK) {
            entry(p, left, width, text.data ? text.data : "");
        } else {
            p->status = NEX_ENOMEM;
        }
        nex_buf_free(&text);
    }
}

static void print_flags(printer *p, const cli_command *command, const char *title) {
    flags_of_group(p, command, NULL, title);
    for (size_t i = 0; i < command->flag_count; i++) {
        const char *group = group_of(&command->flags[i]);
        bool seen = !group;
        for (size_t j = 0; j < i && !seen; j++) {
            seen = same_group(group, group_of(&command->flags[j]));
        }
        if (!seen) {
            flags_of_group(p, command, group, group);
        }
    }
}

static void print_usage(printer *p, const cli_command *command) {
    puts_(p, "Usage: nex");
    if (*command->path) {
        puts_(p, " ");
        puts_(p, command->path);
    }
    puts_(p, command->command_count ? " COMMAND [flags]" : "");
    for (size_t i = 0; i < command->arg_count; i++) {
        const cli_arg *arg = &command->args[i];
        puts_(p, arg->required ? " " : " [");
        puts_(p, arg->name);
        puts_(p, arg->repeat ? "..." : "");
        puts_(p, arg->required ? "" : "]");
    }
    puts_(p, command->command_count ? "\n\n" : " [flags]\n\n");
    wrapped(p, *command->path && command->help ? command->help : command->summary, 0);
}

static void print_commands(printer *p, const cli_command *command) {
    if (command->command_count == 0) {
        return;
    }
    size_t width = 0;
    char left[LEFT_SIZE];
    for (size_t i = 0; i < command->command_count; i++) {
        command_left(&command->commands[i], left);
        width = strlen(left) > width ? strlen(left) : width;
    }
    heading(p, "Commands");
    for (size_t i = 0; i < command->command_count; i++) {
        command_left(&command->commands[i], left);
        entry(p, left, width, command->commands[i].summary);
    }
}

nex_status options_help(const cli_command *root, const cli_command *command, bool color,
                        nex_buf *out) {
    printer p = {out, color, NEX_OK};
    print_usage(&p, command);
    if (command->aliases && *command->aliases) {
        heading(&p, "Aliases");
        for (const char *const *alias = command->aliases; *alias; alias++) {
            puts_(&p, alias == command->aliases ? "  " : ", ");
            puts_(&p, *alias);
        }
        puts_(&p, "\n");
    }
    if (command->arg_count) {
        heading(&p, "Arguments");
        for (size_t i = 0; i < command->arg_count; i++) {
            entry(&p, command->args[i].name, 10, command->args[i].help);
        }
    }
    print_commands(&p, command);
    print_flags(&p, command, command == root ? "Global flags" : "Flags");
    if (command->json) {
        heading(&p, "Output with --json");
        blanks(&p, 2);
        wrapped(&p, command->json, 2);
    }
    if (command->example_count) {
        heading(&p, "Examples");
        for (size_t i = 0; i < command->example_count; i++) {
            puts_(&p, i ? "\n  # " : "  # ");
            puts_(&p, command->examples[i].help);
            puts_(&p, "\n  ");
            puts_(&p, command->examples[i].command);
            puts_(&p, "\n");
        }
    }
    if (command != root) {
        puts_(&p, "\nGlobal flags, for NATS, logs, configuration and JSON: nex --help\n");
    } else {
        puts_(&p, "\nHelp on a command: nex COMMAND --help\n");
    }
    return p.status;
}
