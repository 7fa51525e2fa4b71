/*
 * monitor/spec.h - reading what to run from the memory the nexlet handed over.
 */
#ifndef MONITOR_SPEC_H
#define MONITOR_SPEC_H

#include "monitor/protocol.h"

#include <stdbool.h>

typedef struct mon_spec {
    void *memory; /* all of it, mapped; what the pointers below point into */
    size_t size;
    const char *id;
    const char *path;
    const char *workdir; /* NULL: the default */
    char **argv;         /* mapped too */
    char **envp;
    size_t vector_size; /* bytes of argv and envp together */
    uint32_t run;
    uint32_t failures;
    mon_stop stop;
    mon_log_size log;
    bool attached;
    bool has_nice;
    int32_t nice;
    bool has_user;
    mon_user user;
    uint32_t isolation;
    bool own_workdir;
} mon_spec;

/* Maps and checks the spec. NULL, or what is wrong with it. */
const char *mon_spec_load(mon_spec *spec, int fd);
void mon_spec_unload(mon_spec *spec);
/*
 * Steps through the values of a tag: *at is 0 at first. NULL at the end. The memory was checked
 * by mon_spec_load.
 */
const void *mon_spec_next(const mon_spec *spec, size_t *at, mon_tag tag, size_t *size);

#endif
