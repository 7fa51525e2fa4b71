/*
 * spec.h - the shape of the command line: commands, arguments and flags as constant tables.
 *
 * nexgen fills them from schemas/config.json in generated/cli/cli_tables.c, which includes this
 * header and defines `cli_root`. The walker, the parser, the help printer, the configuration
 * file reader and the completion know nothing but these tables.
 */
#ifndef CLI_SPEC_H
#define CLI_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum cli_kind {
    CLI_BOOL,
    CLI_INT,
    CLI_TEXT,
    CLI_DURATION, /**< Go's duration text */
    CLI_LIST,     /**< texts: repeated, or with commas */
    CLI_MAP,      /**< a=b: repeated, or a=b;c=d */
    CLI_JSON      /**< JSON text */
} cli_kind;

enum {
    CLI_SECRET = 1u << 0, /**< never shown */
    CLI_NOOP = 1u << 1,   /**< accepted, does nothing */
    CLI_HIDDEN = 1u << 2, /**< not in help */
    CLI_FILE = 1u << 3,   /**< a file name, for completion */
    CLI_DIR = 1u << 4,    /**< a directory's name, for completion */
    CLI_NO_KEY = 1u << 5  /**< no setting of the configuration file (x-flags; members of agents) */
};

typedef struct cli_flag {
    const char *key;  /**< path in the configuration file: "node.up.tags", "nats.servers" */
    const char *name; /**< long flag without dashes: "tags", "nats.servers" */
    char short_name;  /**< or 0 */
    cli_kind kind;
    uint32_t flags;             /**< CLI_SECRET, ... */
    const char *const *aliases; /**< further long names, NULL-terminated, or NULL */
    const char *value;          /**< placeholder; NULL for booleans */
    const char *env;            /**< environment variable, or NULL */
    const char *group;          /**< heading in help, or NULL */
    const char *help;           /**< the description */
    const char *default_json;   /**< the default as JSON text, or NULL */
    const char *default_text;   /**< the default in words, or NULL */
    const char *const *choices; /**< allowed texts (items' for lists), NULL-terminated, or NULL */
    bool has_minimum;
    int64_t minimum;  /**< of integers */
    size_t max_items; /**< of maps and lists; 0: any number */
} cli_flag;

typedef struct cli_arg {
    const char *name; /**< "ID" */
    const char *help;
    bool required;
    bool repeat;
    const char *const *choices; /**< NULL-terminated, or NULL */
    const char *flag;           /**< the flag that means the same, or NULL */
} cli_arg;

typedef struct cli_example {
    const char *command;
    const char *help;
} cli_example;

typedef struct cli_command {
    const char *name;           /**< "start"; of the root "nex" */
    const char *path;           /**< "workload start"; of the root "" */
    const char *const *aliases; /**< NULL-terminated, or NULL */
    const char *summary;
    const char *help; /**< the description */
    const char *json; /**< what --json prints, or NULL */
    bool connects;
    const cli_arg *args;
    size_t arg_count;
    const cli_flag *flags; /**< its own; the root's are the global ones */
    size_t flag_count;
    const struct cli_command *commands; /**< of a group */
    size_t command_count;
    const cli_example *examples;
    size_t example_count;
} cli_command;

extern const cli_command cli_root;

#endif
