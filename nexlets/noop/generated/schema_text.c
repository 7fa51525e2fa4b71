/*
 *
 * Written by nexgen 0.1.0 from start_request.json (sha256 339457a2c2078128); do not edit.
 */
extern const char noop_schema_text[];

/* start_request.json without its white space: the agent registers with it. */
const char noop_schema_text[] =
    "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"NoopStartRequest\",\"de"
    "scription\":\"Runs nothing: says what it would run.\",\"type\":\"object\",\"properties\":{\""
    "label\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Friendly name to include in l"
    "ogs and events\"},\"message\":{\"type\":\"string\",\"description\":\"Optional message the no"
    "op runtime can echo\"},\"sleep_ms\":{\"type\":\"integer\",\"minimum\":0,\"description\":\"De"
    "lay before reporting completion\"}},\"required\":[\"label\"],\"additionalProperties\":false}";
