/* Runs a file of instances against a type that nexgen wrote. */
#ifndef TESTS_CODEGEN_INSTANCES_H
#define TESTS_CODEGEN_INSTANCES_H

#include <nex/codec.h>

/*
 * An array of {value} and {value, pointer}. A valid value is decoded, validated, encoded, decoded
 * and compared again; one with a pointer must be refused there. Fails the cmocka test it runs in.
 */
void check_instances(const nex_type *type, const char *file, bool may_be_empty);

#endif
