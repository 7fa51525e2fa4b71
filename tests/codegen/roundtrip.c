/*
 * Runs the C that nexgen wrote for a schema from the wild: the descriptor SYMBOL of a shared
 * object against a file of instances.
 *
 *   codegen_roundtrip TYPES.so SYMBOL INSTANCES.json
 */
#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "instances.h"

typedef struct run {
    const nex_type *type;
    const char *file;
} run;

static void test_instances(void **state) {
    const run *r = *state;
    check_instances(r->type, r->file, true);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: codegen_roundtrip TYPES.so SYMBOL INSTANCES.json\n");
        return 2;
    }
    void *types = dlopen(argv[1], RTLD_NOW);
    run r = {.type = types != NULL ? dlsym(types, argv[2]) : NULL, .file = argv[3]};
    if (r.type == NULL) {
        fprintf(stderr, "codegen_roundtrip: %s\n", dlerror());
        return 1;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(test_instances, &r)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
