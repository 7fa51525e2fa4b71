#include "monitor/spec.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t padded(size_t size) {
    return (size + 7) & ~(size_t)7;
}

const void *mon_spec_next(const mon_spec *spec, size_t *at, mon_tag tag, size_t *size) {
    while (spec->size - *at >= sizeof(mon_tlv)) {
        mon_tlv head;
        const char *here = (const char *)spec->memory + *at;
        memcpy(&head, here, sizeof head);
        *at += sizeof head + padded(head.size);
        if (head.tag == tag) {
            *size = head.size;
            return here + sizeof head;
        }
    }
    return NULL;
}

/* Whether all values lie within the memory, and every text ends where it says. */
static bool well_formed(const mon_spec *spec) {
    size_t at = 0;
    while (at < spec->size) {
        mon_tlv head;
        if (spec->size - at < sizeof head) {
            return false;
        }
        memcpy(&head, (const char *)spec->memory + at, sizeof head);
        at += sizeof head;
        if (padded(head.size) < head.size || padded(head.size) > spec->size - at) {
            return false;
        }
        const char *value = (const char *)spec->memory + at;
        if (mon_tag_is_text(head.tag) &&
            (head.size == 0 || strnlen(value, head.size) != head.size - 1)) {
            return false;
        }
        at += padded(head.size);
    }
    return true;
}

static size_t count(const mon_spec *spec, mon_tag tag) {
    size_t at = 0;
    size_t size;
    size_t found = 0;
    while (mon_spec_next(spec, &at, tag, &size) != NULL) {
        found++;
    }
    return found;
}

static char **collect(const mon_spec *spec, mon_tag tag, char **out) {
    size_t at = 0;
    size_t size;
    const void *value;
    while ((value = mon_spec_next(spec, &at, tag, &size)) != NULL) {
        *out++ = (char *)(uintptr_t)value;
    }
    *out++ = NULL;
    return out;
}

static const char *text(const mon_spec *spec, mon_tag tag) {
    size_t at = 0;
    size_t size;
    return mon_spec_next(spec, &at, tag, &size);
}

/* A number of four bytes; 0 when it is not there, or shorter. */
static bool number(const mon_spec *spec, mon_tag tag, void *out) {
    size_t at = 0;
    size_t size;
    const void *value = mon_spec_next(spec, &at, tag, &size);
    if (value == NULL || size < sizeof(uint32_t)) {
        return false;
    }
    memcpy(out, value, sizeof(uint32_t));
    return true;
}

static void read_structs(mon_spec *spec) {
    size_t at = 0;
    size_t size;
    const void *value = mon_spec_next(spec, &at, MON_TAG_STOP, &size);
    if (value != NULL) {
        mon_stop_read(&spec->stop, value, size);
    }
    at = 0;
    value = mon_spec_next(spec, &at, MON_TAG_LOG, &size);
    if (value != NULL) {
        mon_log_size_read(&spec->log, value, size);
    }
    at = 0;
    value = mon_spec_next(spec, &at, MON_TAG_USER, &size);
    spec->has_user = value != NULL;
    if (value != NULL) {
        mon_user_read(&spec->user, value, size);
    }
}

const char *mon_spec_load(mon_spec *spec, int fd) {
    struct stat info;
    *spec = (mon_spec){.stop = {.signal = 15, .grace_ms = 5000}};
    if (fstat(fd, &info) != 0 || info.st_size <= 0) {
        return "there is no spec";
    }
    spec->size = (size_t)info.st_size;
    spec->memory = mmap(NULL, spec->size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (spec->memory == MAP_FAILED) {
        spec->memory = NULL;
        return "the spec cannot be mapped";
    }
    if (!well_formed(spec)) {
        return "the spec is malformed";
    }
    size_t texts = count(spec, MON_TAG_ARG) + count(spec, MON_TAG_ENV) + 2;
    spec->vector_size = texts * sizeof(char *);
    spec->argv =
        mmap(NULL, spec->vector_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (spec->argv == MAP_FAILED) {
        spec->argv = NULL;
        return "no memory for arguments and environment";
    }
    spec->envp = collect(spec, MON_TAG_ARG, spec->argv);
    collect(spec, MON_TAG_ENV, spec->envp);
    spec->id = text(spec, MON_TAG_ID);
    spec->path = text(spec, MON_TAG_PATH);
    spec->workdir = text(spec, MON_TAG_WORKDIR);
    uint32_t attached = 0;
    uint32_t own_workdir = 0;
    (void)number(spec, MON_TAG_RUN, &spec->run);
    (void)number(spec, MON_TAG_FAILURES, &spec->failures);
    read_structs(spec);
    (void)number(spec, MON_TAG_ATTACHED, &attached);
    (void)number(spec, MON_TAG_ISOLATION, &spec->isolation);
    (void)number(spec, MON_TAG_OWN_WORKDIR, &own_workdir);
    spec->attached = attached != 0;
    spec->own_workdir = own_workdir != 0 || spec->workdir == NULL;
    spec->has_nice = number(spec, MON_TAG_NICE, &spec->nice);
    if (spec->id == NULL || spec->path == NULL || spec->argv[0] == NULL) {
        return "the spec lacks an id, a program or arguments";
    }
    return NULL;
}

void mon_spec_unload(mon_spec *spec) {
    if (spec->memory != NULL) {
        munmap(spec->memory, spec->size);
    }
    if (spec->argv != NULL) {
        munmap(spec->argv, spec->vector_size);
    }
    *spec = (mon_spec){.stop = spec->stop};
}
