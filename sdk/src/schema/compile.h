/*
 * What compiling one subschema needs; shared by compile.c and compile_object.c.
 */
#ifndef SCHEMA_COMPILE_H
#define SCHEMA_COMPILE_H

#include "schema/compiler.h"

/** One subschema while its instructions are made. */
typedef struct nex_frame {
    nex_compiler *c;
    const nex_json *json;
    uint32_t doc, resource;
    uint8_t dialect, vocabulary;
    const nex_node *kw[NEX_KW_COUNT]; /**< the keywords it has */
} nex_frame;

/** Places looked at in a table that is at most half full: names or values that need more were made
 *  to collide. */
enum { NEX_MAX_PROBES = 256 };

nex_status nex_collide(nex_frame *f, const nex_node *at, const char *what);

nex_status nex_emit(nex_compiler *c, nex_instr instr);
nex_instr nex_instr_of(const nex_frame *f, nex_op op, nex_keyword kw);
void *nex_compile_alloc(nex_compiler *c, size_t count, size_t size);
/** The subschema at a node of the frame's document. */
nex_status nex_child(nex_frame *f, const nex_node *node, nex_sub_id *id);
nex_status nex_compile_regex(nex_frame *f, const nex_node *at, const char *text, size_t len,
                             const nex_regex **regex);

/** The instructions for objects, at most four. */
nex_status nex_object_instrs(nex_frame *f, nex_instr *out, uint32_t *count);

#endif
