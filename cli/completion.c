/*
 * Completion: the scripts ask the program itself (nex __complete WORDS...), so that they never
 * go stale. It prints candidates, one a line; ":file" or ":dir" leaves it to the shell.
 */
#include "options.h"

#include <string.h>

typedef struct offers {
    const char *prefix;
    nex_buf *out;
    nex_status status;
} offers;

static void offer(offers *o, const char *lead, const char *word) {
    size_t lead_len = strlen(lead);
    size_t len = strlen(o->prefix);
    bool fits = len <= lead_len ? strncmp(lead, o->prefix, len) == 0
                                : strncmp(lead, o->prefix, lead_len) == 0 &&
                                      strncmp(word, o->prefix + lead_len, len - lead_len) == 0;
    if (fits && o->status == NEX_OK) {
        o->status = nex_buf_printf(o->out, "%s%s\n", lead, word);
    }
}

static void offer_all(offers *o, const char *const *words) {
    for (; words && *words; words++) {
        if (**words) {
            offer(o, "", *words);
        }
    }
}

static void offer_flags(offers *o, const cli_command *command) {
    for (size_t i = 0; i < command->flag_count; i++) {
        if (!(command->flags[i].flags & (CLI_HIDDEN | CLI_NOOP))) {
            offer(o, "--", command->flags[i].name);
        }
    }
}

static void offer_value(offers *o, const cli_flag *flag) {
    if (flag->choices) {
        offer_all(o, flag->choices);
    } else if (o->status == NEX_OK && (flag->flags & (CLI_FILE | CLI_DIR))) {
        o->status = nex_buf_append_str(o->out, flag->flags & CLI_FILE ? ":file\n" : ":dir\n");
    }
}

/* The flag a word names that takes its value from the next word; NULL otherwise. */
static const cli_flag *waiting(const cli_command *root, const cli_command *command,
                               const char *word) {
    const cli_flag *flag = NULL;
    if (word[0] == '-' && word[1] == '-' && !strchr(word, '=')) {
        flag = options_find_long(root, command, word + 2, strlen(word + 2));
    } else if (word[0] == '-' && word[1] && !word[2]) {
        flag = options_find_short(root, command, word[1]);
    }
    return flag && flag->kind != CLI_BOOL ? flag : NULL;
}

/* argv: the words after "nex", the last of them the one being written. */
nex_status options_complete(const cli_command *root, int argc, char *const *argv, nex_buf *out) {
    const cli_command *command = root;
    size_t args = 0;
    const cli_flag *flag = NULL;
    for (int i = 0; i + 1 < argc; i++) {
        if (flag) {
            flag = NULL;
        } else if (argv[i][0] == '-') {
            flag = waiting(root, command, argv[i]);
        } else if (command->command_count) {
            const cli_command *next = options_find_command(command, argv[i]);
            if (!next) {
                return NEX_OK;
            }
            command = next;
        } else {
            args++;
        }
    }
    offers o = {argc > 0 ? argv[argc - 1] : "", out, NEX_OK};
    if (flag) {
        offer_value(&o, flag);
    } else if (o.prefix[0] == '-') {
        offer_flags(&o, command);
        if (command != root) {
            offer_flags(&o, root);
        }
    } else if (command->command_count) {
        for (size_t i = 0; i < command->command_count; i++) {
            offer(&o, "", command->commands[i].name);
        }
    } else if (args < command->arg_count) {
        offer_all(&o, command->args[args].choices);
    }
    return o.status;
}

static const char bash_script[] =
    "# bash completion for nex\n"
    "_nex() {\n"
    "    local out cur=${COMP_WORDS[COMP_CWORD]}\n"
    "    out=$(nex __complete \"${COMP_WORDS[@]:1:COMP_CWORD}\" 2>/dev/null)\n"
    "    case $out in\n"
    "    :file) compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
    "    :dir) compopt -o filenames; COMPREPLY=($(compgen -d -- \"$cur\")) ;;\n"
    "    *) COMPREPLY=($out) ;;\n"
    "    esac\n"
    "}\n"
    "complete -F _nex nex\n";

static const char zsh_script[] =
    "#compdef nex\n"
    "_nex() {\n"
    "    local -a out\n"
    "    out=(${(f)\"$(nex __complete \"${(@)words[2,CURRENT]}\" 2>/dev/null)\"})\n"
    "    case $out in\n"
    "    :file) _files ;;\n"
    "    :dir) _files -/ ;;\n"
    "    *) compadd -- $out ;;\n"
    "    esac\n"
    "}\n"
    "compdef _nex nex\n";

static const char fish_script[] = "# fish completion for nex\n"
                                  "function __nex_complete\n"
                                  "    set -l words (commandline -opc) (commandline -ct)\n"
                                  "    set -l out (nex __complete $words[2..-1] 2>/dev/null)\n"
                                  "    switch \"$out\"\n"
                                  "        case :file\n"
                                  "            __fish_complete_path (commandline -ct)\n"
                                  "        case :dir\n"
                                  "            __fish_complete_directories (commandline -ct)\n"
                                  "        case '*'\n"
                                  "            string join \\n -- $out\n"
                                  "    end\n"
                                  "end\n"
                                  "complete -c nex -f -a '(__nex_complete)'\n";

nex_status completion_script(const char *shell, nex_buf *out, nex_error *err) {
    const char *script = strcmp(shell, "bash") == 0   ? bash_script
                         : strcmp(shell, "zsh") == 0  ? zsh_script
                         : strcmp(shell, "fish") == 0 ? fish_script
                                                      : NULL;
    if (!script) {
        return nex_error_set(err, NEX_EINVAL, "no completion for \"%s\": wanted bash, zsh or fish",
                             shell);
    }
    nex_status status = nex_buf_append_str(out, script);
    return status == NEX_OK ? NEX_OK : nex_error_set(err, status, "out of memory");
}
