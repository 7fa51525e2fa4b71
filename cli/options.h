/*
 * options.h - the command line, read: which command, with which settings and arguments.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "settings.h"

/** What stands on the command line. Texts are argv's own. */
typedef struct options {
    const cli_command *root;
    const cli_command *command; /**< the one named; the root when none is */
    settings settings;          /**< of the root and the command */
    const char **args;          /**< positional arguments */
    size_t arg_count;
    const char *config; /**< --config, or NULL */
    bool help;
    bool version;
} options;

/** Reads argv[1..]. Errors are wrong usage. The command is set as far as it was understood. */
nex_status options_parse(options *o, const cli_command *root, int argc, char *const *argv,
                         nex_error *err);
/** Adds the environment and the configuration file below what the flags said. */
nex_status options_resolve(options *o, nex_error *err);
void options_free(options *o);

/** Whether the words after "nex" have --json, however broken the rest is. */
bool options_want_json(int argc, char *const *argv);

/** The flag of a long name for a command: its own, or a global one; NULL when there is none. */
const cli_flag *options_find_long(const cli_command *root, const cli_command *command,
                                  const char *name, size_t len);
const cli_flag *options_find_short(const cli_command *root, const cli_command *command, char name);
/** The command below a group with that name or alias, or NULL. */
const cli_command *options_find_command(const cli_command *group, const char *name);

/** Appends the help of a command. color: with headings in bold. */
nex_status options_help(const cli_command *root, const cli_command *command, bool color,
                        nex_buf *out);
/** Appends every setting, its value (never a secret's) and where it comes from. */
nex_status options_check(const options *o, bool json, nex_buf *out);
/** Prints what could stand next on the command line, one a line, for completion scripts. */
nex_status options_complete(const cli_command *root, int argc, char *const *argv, nex_buf *out);
/** Appends the completion script of a shell (bash, zsh, fish). */
nex_status completion_script(const char *shell, nex_buf *out, nex_error *err);

/** Adds --agents.uri, --agents.argv or --agents.env to the value of --agents. */
nex_status agents_add(settings *s, const char *member, const char *text, nex_error *err);

#endif
