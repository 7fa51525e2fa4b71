/* Limits of a start request, and all of its settings of a monitor. */
#include "native/cgroup.h"
#include "native/delegation.h"
#include "native/isolation.h"
#include "native/settings.h"
#include "native/workload.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { CPU_PERIOD_US = 100000, CPU_QUOTA_MIN_US = 1000 };

static nex_status no_memory(nex_error *err) {
    return nex_error_set(err, NEX_ENOMEM, "limits: out of memory");
}

/* ---- Limits of one process ------------------------------------------------------------------ */

static nex_status put_rlimit(nex_buf *out, int resource, const char *name, int64_t value,
                             nex_error *err) {
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)resource, &now) == 0 && now.rlim_max != RLIM_INFINITY &&
        (uint64_t)value > now.rlim_max && geteuid() != 0) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "limits.%s: %lld is more than the %llu this nexlet may give", name,
                             (long long)value, (unsigned long long)now.rlim_max);
    }
    mon_rlimit limit = {
        .resource = (uint32_t)resource, .soft = (uint64_t)value, .hard = (uint64_t)value};
    return native_put(out, MON_TAG_RLIMIT, &limit, sizeof limit) == NEX_OK ? NEX_OK
                                                                           : no_memory(err);
}

static nex_status put_nice(nex_buf *out, int64_t value, nex_error *err) {
    int32_t nice_value = (int32_t)value;
    if (value < getpriority(PRIO_PROCESS, 0) && geteuid() != 0) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "limits.nice: %lld is less than this nexlet's own, which needs "
                             "privileges",
                             (long long)value);
    }
    return native_put(out, MON_TAG_NICE, &nice_value, sizeof nice_value) == NEX_OK ? NEX_OK
                                                                                   : no_memory(err);
}

/* ---- Limits of all processes together ------------------------------------------------------- */

/* The groups of one workload: in v2 one for all controllers, in v1 one each. */
typedef struct groups {
    const char *id;
    const char *chosen; /* native_cgroup_find */
    nex_buf *out;
    char made[5][512]; /* paths already asked for: one a controller at most */
    size_t count;
    bool unified; /* whether one of them is of v2, of which a process has but one */
} groups;

static nex_status put_group(groups *g, const char *path) {
    for (size_t i = 0; i < g->count; i++) {
        if (strcmp(g->made[i], path) == 0) {
            return NEX_OK;
        }
    }
    snprintf(g->made[g->count++], sizeof g->made[0], "%s", path);
    return native_put_text(g->out, MON_TAG_CGROUP, path);
}

static nex_status put_setting(groups *g, const char *group, const char *file, const char *value) {
    char text[640];
    snprintf(text, sizeof text, "%s/%s\n%s", group, file, value);
    return native_put_text(g->out, MON_TAG_CGROUP_SET, text);
}

static nex_status enter(groups *g, const char *name, const char *controller, char path[512],
                        bool *unified, nex_error *err) {
    native_cgroup_place place;
    nex_status status = native_cgroup_find(g->chosen, controller, &place, err);
    if (status != NEX_OK) {
        return nex_error_prefix(err, status, "limits.%s cannot be enforced", name);
    }
    *unified = place.unified;
    g->unified = g->unified || place.unified;
    snprintf(path, 512, "%s/" NATIVE_CGROUP_PREFIX "%.50s", place.path, g->id);
    return put_group(g, path) == NEX_OK ? NEX_OK : no_memory(err);
}

static nex_status put_memory(groups *g, int64_t bytes, nex_error *err) {
    char path[512];
    char value[24];
    bool unified;
    nex_status status = enter(g, "memory", "memory", path, &unified, err);
    if (status != NEX_OK) {
        return status;
    }
    snprintf(value, sizeof value, "%lld", (long long)bytes);
    status = put_setting(g, path, unified ? "memory.max" : "memory.limit_in_bytes", value);
    if (status == NEX_OK && unified) {
        status = put_setting(g, path, "memory.swap.max", "0"); /* else it would only get slow */
    }
    return status == NEX_OK ? NEX_OK : no_memory(err);
}

static nex_status put_cpu(groups *g, double cores, nex_error *err) {
    char path[512];
    char value[48];
    bool unified;
    nex_status status = enter(g, "cpu", "cpu", path, &unified, err);
    if (status != NEX_OK) {
        return status;
    }
    double wanted = cores * CPU_PERIOD_US;
    long long quota = wanted < CPU_QUOTA_MIN_US ? CPU_QUOTA_MIN_US
                      : wanted > 1e12           ? (long long)1e12
                                                : llround(wanted);
    if (unified) {
        snprintf(value, sizeof value, "%lld %d", quota, CPU_PERIOD_US);
        status = put_setting(g, path, "cpu.max", value);
    } else {
        snprintf(value, sizeof value, "%d", CPU_PERIOD_US);
        status = put_setting(g, path, "cpu.cfs_period_us", value);
        snprintf(value, sizeof value, "%lld", quota);
        if (status == NEX_OK) {
            status = put_setting(g, path, "cpu.cfs_quota_us", value);
        }
    }
    return status == NEX_OK ? NEX_OK : no_memory(err);
}

static nex_status put_pids(groups *g, int64_t count, nex_error *err) {
    char path[512];
    char value[24];
    bool unified;
    nex_status status = enter(g, "pids", "pids", path, &unified, err);
    if (status != NEX_OK) {
        return status;
    }
    snprintf(value, sizeof value, "%lld", (long long)count);
    return put_setting(g, path, "pids.max", value) == NEX_OK ? NEX_OK : no_memory(err);
}

/* ---- Disks ---------------------------------------------------------------------------------- */

/* "8:0" of a disk; false for what holds nothing. */
static bool disk_number(const char *name, char *out, size_t size) {
    char path[320];
    unsigned long long blocks = 0;
    snprintf(path, sizeof path, "/sys/block/%s/size", name);
    FILE *file = fopen(path, "re");
    bool found = file != NULL && fscanf(file, "%llu", &blocks) == 1 && blocks > 0;
    if (file != NULL) {
        fclose(file);
    }
    snprintf(path, sizeof path, "/sys/block/%s/dev", name);
    file = found ? fopen(path, "re") : NULL;
    found = file != NULL && fgets(out, (int)size, file) != NULL;
    if (file != NULL) {
        fclose(file);
        out[strcspn(out, "\n")] = '\0';
    }
    return found;
}

/* The same rate for each disk of the machine, since nobody knows which one a path will be on. */
static nex_status put_each_disk(groups *g, const char *path, const char *file, const char *format,
                                int64_t rate, nex_error *err) {
    DIR *disks = opendir("/sys/block");
    struct dirent *entry;
    nex_status status = NEX_OK;
    size_t count = 0;
    while (disks != NULL && status == NEX_OK && (entry = readdir(disks)) != NULL) {
        char number[24];
        char value[80];
        if (entry->d_name[0] != '.' && disk_number(entry->d_name, number, sizeof number)) {
            snprintf(value, sizeof value, "%s %s%lld", number, format, (long long)rate);
            status = put_setting(g, path, file, value);
            count++;
        }
    }
    if (disks != NULL) {
        closedir(disks);
    }
    if (status != NEX_OK) {
        return no_memory(err);
    }
    return count > 0 ? NEX_OK
                     : nex_error_set(err, NEX_EUNSUPPORTED,
                                     "limits.io_read and io_write cannot be enforced: no disk is "
                                     "to be seen in /sys/block");
}

/*
 * v1 charges what was written to memory first to nobody; v2 to its writer, as long as it accounts
 * for memory, too.
 */
static nex_status put_disks(groups *g, const nex_native_start_request_limits *limits,
                            nex_error *err) {
    char path[512];
    bool unified;
    nex_status status =
        enter(g, limits->has_io_read ? "io_read" : "io_write", "io", path, &unified, err);
    if (status != NEX_OK) {
        return status;
    }
    if (limits->has_io_write && !unified) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "limits.io_write cannot be enforced: with cgroup v1 the kernel does "
                             "not hold back what goes through its cache; cgroup v2 does");
    }
    if (limits->has_io_write) {
        char memory[512];
        status = enter(g, "io_write", "memory", memory, &unified, err);
    }
    if (status == NEX_OK && limits->has_io_read) {
        status = put_each_disk(g, path, unified ? "io.max" : "blkio.throttle.read_bps_device",
                               unified ? "rbps=" : "", limits->io_read, err);
    }
    if (status == NEX_OK && limits->has_io_write) {
        status = put_each_disk(g, path, "io.max", "wbps=", limits->io_write, err);
    }
    return status;
}

/* ---- All of them ---------------------------------------------------------------------------- */

/* Where groups can be made; looked for anew after a second, since mounts come and go. */
static const native_cgroup_place *holding_place(nex_native *native) {
    uint64_t now = nex_loop_now(native->loop);
    bool gone = native->has_place && !native_cgroup_still_holds(&native->place);
    if (native->place_until <= now || gone) {
        native->has_place = native_cgroup_holds(native->workload_cgroup, &native->place);
        native->place_until = now + (uint64_t)NEX_SECOND;
    }
    return native->has_place ? &native->place : NULL;
}

/* A monitor goes where its workload does, and is not left in a unit that ends before it. */
static nex_status put_home(groups *g, nex_native *native) {
    char path[512];
    const native_cgroup_place *place = g->chosen != NULL ? holding_place(native) : NULL;
    if (place == NULL) {
        return NEX_OK;
    }
    snprintf(path, sizeof path, "%s/" NATIVE_DELEGATION_LEAF, place->path);
    return native_put_text(g->out, MON_TAG_HOME_CGROUP, path);
}

/*
 * Services and jobs get a group of their own, if one can be had, also without limits: should
 * their monitor be killed it tells what they left. A function's runs end with the nexlet anyway.
 */
static nex_status put_own_group(groups *g, const native_workload *workload) {
    const native_cgroup_place *place;
    char path[512];
    if (workload->lifecycle == NEX_WORKLOAD_LIFECYCLE_FUNCTION ||
        (place = holding_place(workload->native)) == NULL) {
        return NEX_OK;
    }
    snprintf(path, sizeof path, "%s/" NATIVE_CGROUP_PREFIX "%.50s", place->path, g->id);
    return put_group(g, path);
}

static nex_status put_asked(groups *g, const nex_native_start_request_limits *limits,
                            nex_error *err) {
    nex_status status = NEX_OK;
    if (limits->has_memory && limits->memory > 0) {
        status = put_memory(g, limits->memory, err);
    }
    if (status == NEX_OK && limits->has_cpu) {
        status = put_cpu(g, limits->cpu, err);
    }
    if (status == NEX_OK && limits->has_pids) {
        status = put_pids(g, limits->pids, err);
    }
    if (status == NEX_OK && (limits->has_io_read || limits->has_io_write)) {
        status = put_disks(g, limits, err);
    }
    if (status == NEX_OK && limits->has_files) {
        status = put_rlimit(g->out, RLIMIT_NOFILE, "files", limits->files, err);
    }
    if (status == NEX_OK && limits->has_core) {
        status = put_rlimit(g->out, RLIMIT_CORE, "core", limits->core, err);
    }
    if (status == NEX_OK && limits->has_nice) {
        status = put_nice(g->out, limits->nice, err);
    }
    return status;
}

static nex_status put_limits(const native_workload *workload, nex_buf *out, nex_error *err) {
    groups g = {.id = workload->id, .chosen = workload->native->workload_cgroup, .out = out};
    nex_status status =
        workload->start->limits != NULL ? put_asked(&g, workload->start->limits, err) : NEX_OK;
    if (status == NEX_OK && (put_home(&g, workload->native) != NEX_OK ||
                             (!g.unified && put_own_group(&g, workload) != NEX_OK))) {
        status = no_memory(err);
    }
    return status;
}

/* ---- All of it ------------------------------------------------------------------------------ */

nex_status native_settings(const native_workload *workload, const char *directory, nex_buf *out,
                           nex_error *err) {
    const nex_native_start_request *start = workload->start;
    nex_status status = NEX_OK;
    bool asked = start->limits != NULL && start->limits->has_files;
    if (!asked && native_put_open_files(workload->native, out) != NEX_OK) {
        status = no_memory(err);
    }
    if (status == NEX_OK) {
        status = put_limits(workload, out, err);
    }
    if (status == NEX_OK) {
        status = native_put_user(start, directory, out, err);
    }
    if (status == NEX_OK) {
        status = native_put_isolation(start, workload->native->private_dir,
                                      &workload->native->filters, out, err);
    }
    return status;
}
