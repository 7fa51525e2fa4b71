/*
 * settings.h - the values a command runs with, and where each of them comes from.
 *
 * flag > environment > Nexfile (workload start) > configuration file > default.
 */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "spec.h"

#include <jansson.h>
#include <nex/core.h>
#include <nex/json.h>

/** Later ones win. */
typedef enum source {
    FROM_NOWHERE = 0, /**< not set, and there is no default */
    FROM_DEFAULT,
    FROM_CONFIG,
    FROM_NEXFILE,
    FROM_ENVIRONMENT,
    FROM_FLAG
} source;

typedef struct setting {
    const cli_flag *flag;
    source from;
    char *place;   /**< "nex.json:3:5", "NEX_NAMESPACE", "--tags"; NULL for defaults */
    json_t *value; /**< NULL: not set */
} setting;

typedef struct settings {
    setting *items;
    size_t count;
} settings;

/** Adds the settings of a command, at their defaults. */
nex_status settings_add(settings *s, const cli_command *command, nex_error *err);
/** Wipes secrets, frees. */
void settings_free(settings *s);
/** The setting of a key such as "nats.servers", or NULL. */
setting *settings_find(const settings *s, const char *key);

/** Sets a value, taking the reference, unless something set before goes first. */
nex_status setting_set(setting *item, source from, const char *place, json_t *value,
                       nex_error *err);
/** The same from text, as flags and the environment have it; lists and maps of flags add up. */
nex_status setting_set_text(setting *item, source from, const char *place, const char *text,
                            nex_error *err);
/** The same from a value of a file. */
nex_status setting_set_json(setting *item, source from, const char *place, const json_t *value,
                            nex_error *err);
/** Takes the environment variables of all settings. */
nex_status settings_read_environment(settings *s, nex_error *err);

/* Reading. A key that is no setting of the command reads as not set. */
const char *settings_text(const settings *s, const char *key); /**< NULL when not set or "" */
bool settings_bool(const settings *s, const char *key);
int64_t settings_int(const settings *s, const char *key);
nex_duration settings_duration(const settings *s, const char *key);
const json_t *settings_json(const settings *s, const char *key);
/** Copies; frees what was in out before. */
nex_status settings_map(const settings *s, const char *key, nex_string_map *out);
nex_status settings_list(const settings *s, const char *key, nex_string_list *out);
/** Whether anything but a default gave it. */
bool settings_given(const settings *s, const char *key);

/** "flag", "environment", ... */
const char *source_name(source from);

/** Reads the configuration file at path: each key must be one of some command. */
nex_status config_file_read(settings *s, const cli_command *root, const char *path, nex_error *err);
/** The first of the usual places that exists, or NULL; free() it. */
nex_status config_file_find(char **out, nex_error *err);

/** The one of NULL-terminated texts that looks most like a word, or NULL. */
const char *suggest(const char *word, const char *const *candidates);
/** How many edits tell two words apart. */
size_t edit_distance(const char *a, const char *b);

#endif
