/*
 * Texts about values.
 */
#ifndef SCHEMA_MESSAGE_H
#define SCHEMA_MESSAGE_H

#include "json/doc.h"

/**
 * A value in a few words ("\"abc\"", "12", "an array of 3 items"); of a secret one only what
 * type it is.
 */
void nex_describe(const nex_json *doc, const nex_node *node, bool secret, char *out, size_t size);

#endif
