/*
 * What a YAML scalar means (1.2, core schema).
 */
#ifndef JSON_YAML_SCALAR_H
#define JSON_YAML_SCALAR_H

#include "json/doc.h"

#include <yaml.h>

/** The type of a scalar, INT for every number; NULL, or what is wrong with it. */
const char *nex_yaml_resolve(const yaml_event_t *event, nex_json_type *type);

/** Sets a number's value. False when it has none that can be held. */
bool nex_yaml_number(nex_json *doc, nex_node *node, const char *text, size_t len);

#endif
