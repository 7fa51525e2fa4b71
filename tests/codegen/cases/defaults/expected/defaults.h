/*
 * Defaults
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 7b53eaf51957e461); do not edit.
 */
#ifndef DEFAULTS_H
#define DEFAULTS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct defaults defaults;

typedef enum defaults_mode {
    DEFAULTS_MODE_UNSET = 0,
    DEFAULTS_MODE_FAST = 1,
    DEFAULTS_MODE_SLOW = 2
} defaults_mode;

/** Defaults */
struct defaults {
    /** Port. Optional. Default: 8080. */
    int64_t port;
    bool has_port;
    /** Optional. Default: "local\"host". */
    char *host;
    /** Optional. Default: true. */
    bool on;
    bool has_on;
    /** Optional. Default: 0.5. */
    double rate;
    bool has_rate;
    /** Optional. Default: "slow". */
    defaults_mode mode;
    /** Optional. Default: "1.5s". */
    nex_duration wait;
    bool has_wait;
    /** Optional. Default: ["a"]. */
    nex_string_list list;
    bool has_list;
};

extern const nex_type defaults_type;
extern const nex_type defaults_mode_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *defaults_mode_text(defaults_mode value);
defaults_mode defaults_mode_parse(const char *text);

int64_t defaults_port_or_default(const defaults *message);
const char *defaults_host_or_default(const defaults *message);
bool defaults_on_or_default(const defaults *message);
double defaults_rate_or_default(const defaults *message);
defaults_mode defaults_mode_or_default(const defaults *message);
nex_duration defaults_wait_or_default(const defaults *message);

/** A zeroed message; NULL when out of memory. */
defaults *defaults_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status defaults_decode(defaults **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status defaults_decode_strict(defaults **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status defaults_encode(const defaults *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status defaults_validate(const defaults *message, nex_error *err);
nex_status defaults_clone(const defaults *message, defaults **out);
bool defaults_equal(const defaults *a, const defaults *b);
nex_status defaults_to_json(const defaults *message, json_t **out);
nex_status defaults_from_json(defaults **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void defaults_free(defaults *message);

#ifdef __cplusplus
}
#endif

#endif
