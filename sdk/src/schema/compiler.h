/*
 * The compiler's state, shared by its parts: load.c (documents, identifiers), resolve.c
 * (references), compile.c (instructions).
 */
#ifndef SCHEMA_COMPILER_H
#define SCHEMA_COMPILER_H

#include "schema/keyword.h"
#include "schema/program.h"
#include "schema/table.h"

/** A schema with its own URI: base of the references in it. */
typedef struct nex_resource {
    const char *uri;
    size_t len;
    uint32_t doc, node;
    uint8_t dialect; /**< NEX_IN_07, NEX_IN_2019 or NEX_IN_2020 */
    uint8_t vocabulary;
} nex_resource;

/** What is known of a document beyond its text. */
typedef struct nex_source {
    uint32_t *subs;      /**< by node: the compiled subschema; 0: none yet */
    uint32_t *resources; /**< by node found to be a schema: resource + 1, maybe NEX_UNCHECKED */
} nex_source;

#define NEX_UNCHECKED   UINT32_C(0x80000000) /* seen, its keywords not checked */
#define NEX_NO_RESOURCE UINT32_MAX

typedef struct nex_place {
    uint32_t doc, node, resource;
    uint32_t dynamic; /**< of a $dynamicAnchor: its name's number; else 0 */
} nex_place;

typedef struct nex_compiler {
    nex_schema *schema;
    const nex_schema_options *options;
    nex_error *err;
    nex_source *sources; /**< beside schema->docs */
    nex_resource *resources;
    uint32_t resource_count, resource_cap, source_cap;
    uint32_t sub_cap, instr_cap, regex_cap;
    nex_table identifiers; /**< "uri" or "uri#anchor" -> place */
    nex_table members; /**< "doc/node/key" -> node: of objects with many that pointers went into */
    nex_table dynamic_names; /**< name of a $dynamicAnchor -> number, from 1 */
    nex_place *places;
    uint32_t place_count, place_cap;
    uint32_t scanned;            /**< subs that are compiled */
    struct nex_pending *pending; /**< $dynamicRefs seen, to be settled at the end */
    uint32_t pending_count, pending_cap;
    nex_dynamic **settled; /**< by name, while they are settled: one that has its choices */
    size_t regex_size;
    bool lenient;    /**< annotations are not checked: the meta-schema does not see them either */
    bool all_loaded; /**< every document of the options was looked into */
    unsigned depth;  /**< of meta-schemas' meta-schemas */
} nex_compiler;

/** Grows an array of the compiler's so that one more fits. */
nex_status nex_grow(nex_compiler *c, void *array, uint32_t count, uint32_t *cap, size_t size);

nex_status nex_compile_no_memory(nex_compiler *c);

/** An error about a value of a schema document, with its places. */
nex_status nex_schema_fail(nex_compiler *c, uint32_t doc, const nex_node *at, nex_status code,
                           const char *fmt, ...) NEX_PRINTF(5, 6);

/** Takes a document in: finds its resources and anchors, checks its keywords. Owns json. */
nex_status nex_load(nex_compiler *c, nex_json *json, const char *uri, size_t uri_len,
                    uint32_t *doc);
/**
 * The same for a subschema that a reference leads to. Where no keyword says that it is one, the
 * meta-schema does not look: there only what asserts or applies is checked.
 */
nex_status nex_scan(nex_compiler *c, nex_place *place);

/** Finds what a reference in a resource leads to. at is the reference. */
nex_status nex_resolve(nex_compiler *c, uint32_t doc, uint32_t resource, const nex_node *at,
                       nex_place *place);

/** Gives a place a name ("uri" or "uri#anchor"). */
nex_status nex_register(nex_compiler *c, const char *uri, size_t len, const char *anchor,
                        size_t anchor_len, nex_place place, const nex_node *at);

/** The document of a URI that the options or the meta-schemas hold, loaded; NEX_ENOTFOUND. */
nex_status nex_load_known(nex_compiler *c, const char *uri, size_t len);

/** Finds the dialect and vocabularies of a "$schema". */
nex_status nex_dialect_of(nex_compiler *c, uint32_t doc, const nex_node *uri, uint8_t *dialect,
                          uint8_t *vocabulary);

/** The compiled form of what stands at a place, now or later. */
nex_status nex_sub_of(nex_compiler *c, nex_place place, nex_sub_id *id);
/** Compiles all that is reachable from what nex_sub_of was asked for. */
nex_status nex_compile_subs(nex_compiler *c);

static inline const nex_node *nex_at(const nex_compiler *c, uint32_t doc, uint32_t node) {
    return &c->schema->docs[doc].json->nodes[node];
}

/** The resource a schema stands in; NEX_NO_RESOURCE of what is not known to be one. */
static inline uint32_t nex_resource_at(const nex_compiler *c, uint32_t doc, uint32_t node) {
    uint32_t mark = c->sources[doc].resources[node];
    return mark ? (mark & ~NEX_UNCHECKED) - 1 : NEX_NO_RESOURCE;
}

static inline uint32_t nex_index(const nex_compiler *c, uint32_t doc, const nex_node *node) {
    return (uint32_t)(node - c->schema->docs[doc].json->nodes);
}

#endif
