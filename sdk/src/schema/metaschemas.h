/*
 * The meta-schemas of the dialects, to be found by "$ref"; embedded from metaschemas/ by the build.
 */
#ifndef SCHEMA_METASCHEMAS_H
#define SCHEMA_METASCHEMAS_H

#include <nex/schema.h>

extern const nex_schema_resource nex_metaschemas[];
extern const size_t nex_metaschema_count;

#endif
