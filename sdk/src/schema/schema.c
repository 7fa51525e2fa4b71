/*
 * The public face: compile, validate, free.
 */
#include "schema/compiler.h"
#include "schema/eval.h"
#include "schema/report.h"

#include <stdlib.h>

enum { MAX_ARENA = 48 << 20 };

void nex_schema_free(nex_schema *schema) {
    if (!schema)
        return;
    for (uint32_t i = 0; i < schema->doc_count; i++)
        nex_json_free(schema->docs[i].json);
    for (uint32_t i = 0; i < schema->regex_count; i++)
        nex_regex_free(schema->regexes[i]);
    free(schema->docs);
    free(schema->regexes);
    free(schema->subs);
    free(schema->instrs);
    nex_arena_free(&schema->arena);
    free(schema);
}

static void compiler_free(nex_compiler *c) {
    for (uint32_t i = 0; c->schema && i < c->schema->doc_count; i++) {
        free(c->sources[i].subs);
        free(c->sources[i].resources);
    }
    free(c->sources);
    free(c->resources);
    free(c->places);
    free(c->pending);
    nex_table_free(&c->identifiers);
    nex_table_free(&c->dynamic_names);
    nex_table_free(&c->members);
}

/* Subschemas 0 (none) and 1 (true), and the instruction that every empty program is. */
static nex_status reserve(nex_compiler *c) {
    nex_schema *s = c->schema;
    nex_status status = nex_grow(c, &s->subs, 0, &c->sub_cap, sizeof *s->subs);
    if (status != NEX_OK)
        return status;
    s->subs[NEX_SUB_NONE] = (nex_sub){.types = 0xFF};
    s->subs[NEX_SUB_TRUE] = (nex_sub){.types = 0xFF};
    s->sub_count = 2;
    c->scanned = 2;
    status = nex_grow(c, &s->instrs, 0, &c->instr_cap, sizeof *s->instrs);
    if (status != NEX_OK)
        return status;
    s->instrs[0] = (nex_instr){.op = NEX_OP_END};
    s->instr_count = 1;
    return NEX_OK;
}

/* Where each resource begins, for the locations in reports. */
static nex_status keep_roots(nex_compiler *c) {
    nex_schema *s = c->schema;
    s->roots = nex_arena_alloc(&s->arena, (c->resource_count + 1) * sizeof *s->roots);
    if (!s->roots)
        return nex_compile_no_memory(c);
    s->root_count = c->resource_count;
    for (uint32_t i = 0; i < c->resource_count; i++)
        s->roots[i] =
            (nex_schema_root){c->resources[i].uri, c->resources[i].doc, c->resources[i].node};
    return NEX_OK;
}

static nex_status compile(nex_compiler *c, const char *text, size_t len) {
    nex_json *json = NULL;
    uint32_t doc;
    nex_status status = nex_json_parse(&json, text, len, c->err);
    if (status != NEX_OK)
        return nex_error_prefix(c->err, status, "schema");
    status = nex_load(c, json, "", 0, &doc);
    if (status == NEX_OK)
        status = reserve(c);
    nex_place root = {0, 0, 0, 0};
    if (status == NEX_OK) {
        root.resource = nex_resource_at(c, 0, 0);
        status = nex_sub_of(c, root, &c->schema->root);
    }
    if (status == NEX_OK)
        status = nex_compile_subs(c);
    return status == NEX_OK ? keep_roots(c) : status;
}

nex_status nex_schema_compile(nex_schema **out, const char *text, size_t len,
                              const nex_schema_options *options, nex_error *err) {
    static const nex_schema_options defaults = {.dialect = NEX_DIALECT_2020_12};
    nex_compiler c = {.options = options ? options : &defaults, .err = err};
    *out = NULL;
    c.schema = calloc(1, sizeof *c.schema);
    if (!c.schema)
        return nex_error_set(err, NEX_ENOMEM, "schema: out of memory");
    c.schema->arena.max = MAX_ARENA;
    nex_status status = compile(&c, text, len);
    compiler_free(&c);
    if (status != NEX_OK) {
        nex_schema_free(c.schema);
        return status;
    }
    *out = c.schema;
    return NEX_OK;
}

/* What is said of an instance that is not valid, or of a run that was given up. */
__attribute__((noinline)) static nex_status refuse(const nex_schema *schema,
                                                   const nex_json *instance, nex_status why,
                                                   nex_report *report, nex_error *err) {
    if (report)
        report->valid = false;
    if (why == NEX_EINVAL)
        return report || err ? nex_report_make(schema, instance, report, err) : NEX_EINVAL;
    if (why == NEX_ELIMIT)
        return nex_error_set(err, why,
                             "the validation was given up: it takes too many steps, or schemas "
                             "refer to each other without end");
    return nex_error_set(err, why, "validation: %s",
                         why == NEX_ENOMEM ? "out of memory" : nex_status_name(why));
}

nex_status nex_schema_validate(const nex_schema *schema, const nex_json *instance,
                               nex_report *report, nex_error *err) {
    if (report)
        *report = (nex_report){.valid = true};
    nex_status status = nex_eval_all(schema, instance);
    return status == NEX_OK ? NEX_OK : refuse(schema, instance, status, report, err);
}

nex_status nex_schema_validate_text(const nex_schema *schema, const char *text, size_t len,
                                    nex_report *report, nex_error *err) {
    nex_json *doc = NULL;
    if (report)
        *report = (nex_report){.valid = false};
    nex_status status = nex_json_parse(&doc, text, len, err);
    if (status == NEX_OK)
        status = nex_schema_validate(schema, doc, report, err);
    nex_json_free(doc);
    return status;
}

nex_status nex_schema_validate_json(const nex_schema *schema, const json_t *instance,
                                    nex_report *report, nex_error *err) {
    nex_json *doc = NULL;
    if (report)
        *report = (nex_report){.valid = false};
    nex_status status = nex_json_from_jansson(&doc, instance, err);
    if (status == NEX_OK)
        status = nex_schema_validate(schema, doc, report, err);
    nex_json_free(doc);
    return status;
}
