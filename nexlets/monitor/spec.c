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
        switch (head.tag) {
        case MON_TAG_ID:
        case MON_TAG_PATH:
        case MON_TAG_ARG:
        case MON_TAG_ENV:
        case MON_TAG_WORKDIR:
        case MON_TAG_READ_ONLY:
        case MON_TAG_READ_WRITE:
        case MON_TAG_CGROUP:
        case MON_TAG_CGROUP_SET:
        case MON_TAG_HIDDEN:
            if (head.size == 0 || strnlen(value, head.size) != head.size - 1) {
                return false;
            }
            break;
        default:
            break;
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

/* Copies a fixed value; an older one may be shorter, a newer one longer. */
static bool fixed(const mon_spec *spec, mon_tag tag, void *out, size_t out_size) {
    size_t at = 0;
    size_t size;
    const void *value = mon_spec_next(spec, &at, tag, &size);
    if (value == NULL) {
        return false;
    }
    memcpy(out, value, size < out_size ? size : out_size);
    return true;
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
    fixed(spec, MON_TAG_RUN, &spec->run, sizeof spec->run);
    fixed(spec, MON_TAG_FAILURES, &spec->failures, sizeof spec->failures);
    fixed(spec, MON_TAG_STOP, &spec->stop, sizeof spec->stop);
    fixed(spec, MON_TAG_LOG, &spec->log, sizeof spec->log);
    fixed(spec, MON_TAG_ATTACHED, &attached, sizeof attached);
    fixed(spec, MON_TAG_ISOLATION, &spec->isolation, sizeof spec->isolation);
    fixed(spec, MON_TAG_OWN_WORKDIR, &own_workdir, sizeof own_workdir);
    spec->attached = attached != 0;
    spec->own_workdir = own_workdir != 0 || spec->workdir == NULL;
    spec->has_nice = fixed(spec, MON_TAG_NICE, &spec->nice, sizeof spec->nice);
    spec->has_user = fixed(spec, MON_TAG_USER, &spec->user, sizeof spec->user);
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
