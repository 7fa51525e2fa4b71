#include "log.h"

#include <errno.h>
#include <nex/codec.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *const long_names[] = {"FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE"};
static const char *const short_names[] = {"FTL", "ERR", "WRN", "INF", "DBG", "TRC"};
static const char *const colors[] = {"\x1b[1;31m", "\x1b[31m", "\x1b[33m",
                                     "\x1b[32m",   "\x1b[34m", "\x1b[35m"};

static size_t format_time(log_timefmt format, nex_time now, char *out, size_t size) {
    static const char *const patterns[] = {"%Y-%m-%d %H:%M:%S", "%H:%M:%S",
                                           "%Y-%m-%d",          "%b %e %H:%M:%S",
                                           "%d %b %y %H:%M %Z", "%Y-%m-%dT%H:%M:%S"};
    time_t seconds = (time_t)now.seconds;
    struct tm local;
    if (!localtime_r(&seconds, &local)) {
        out[0] = '\0';
        return 0;
    }
    size_t len = strftime(out, size, patterns[format], &local);
    if (format == TIME_RFC3339 && len > 0) {
        long offset = local.tm_gmtoff / 60;
        int add = offset == 0
                      ? snprintf(out + len, size - len, "Z")
                      : snprintf(out + len, size - len, "%c%02ld:%02ld", offset < 0 ? '-' : '+',
                                 labs(offset) / 60, labs(offset) % 60);
        len += add > 0 ? (size_t)add : 0;
    }
    return len;
}

static nex_status append_json(nex_buf *out, const char *key, const char *value) {
    nex_status status =
        nex_buf_append_str(out, out->len && out->data[out->len - 1] != '{' ? "," : "");
    if (status == NEX_OK) {
        status = nex_json_append_string(out, key, strlen(key));
    }
    if (status == NEX_OK) {
        status = nex_buf_append_str(out, ":");
    }
    return status == NEX_OK ? nex_json_append_string(out, value, strlen(value)) : status;
}

static nex_status format_json(const logger *l, nex_time now, nex_log_level level,
                              const char *message, const nex_log_field *fields, size_t count,
                              nex_buf *out) {
    char text[NEX_TIME_TEXT_SIZE];
    nex_time_format(now, text);
    nex_status status = nex_buf_append_str(out, "{");
    if (status == NEX_OK) {
        status = append_json(out, "time", text);
    }
    if (status == NEX_OK) {
        status = append_json(out, "level", long_names[level]);
    }
    if (status == NEX_OK) {
        status = append_json(out, "msg", message);
    }
    if (status == NEX_OK && l->with_pid) {
        status = nex_buf_printf(out, ",\"pid\":%ld", (long)getpid());
    }
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        if (fields[i].value) {
            status = append_json(out, fields[i].key, fields[i].value);
        }
    }
    return status == NEX_OK ? nex_buf_append_str(out, "}\n") : status;
}

/* Quoted where it would not read as one word. */
static nex_status append_value(nex_buf *out, const char *value) {
    bool plain = *value != '\0';
    for (const char *c = value; *c && plain; c++) {
        plain = *c != '"' && *c != '=' && (unsigned char)*c > ' ' && *c != 0x7f;
    }
    return plain ? nex_buf_append_str(out, value)
                 : nex_json_append_string(out, value, strlen(value));
}

/* A message is one line, whatever stands in it. */
static nex_status append_message(nex_buf *out, const char *message) {
    nex_status status = NEX_OK;
    for (const char *c = message; *c && status == NEX_OK; c++) {
        bool control = (unsigned char)*c < ' ' && *c != '\t';
        status = control ? nex_buf_printf(out, "\\x%02x", (unsigned)(unsigned char)*c)
                         : nex_buf_append(out, c, 1);
    }
    return status;
}

static const char *group_of(const nex_log_field *fields, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].key, "group") == 0) {
            return fields[i].value;
        }
    }
    return NULL;
}

static nex_status format_text(const logger *l, nex_time now, nex_log_level level,
                              const char *message, const nex_log_field *fields, size_t count,
                              nex_buf *out) {
    char text[64];
    format_time(l->timefmt, now, text, sizeof text);
    const char *name = (l->short_levels ? short_names : long_names)[level];
    const char *group = group_of(fields, count);
    nex_status status = nex_buf_printf(out, "%s [%s%s%s] ", text, l->color ? colors[level] : "",
                                       name, l->color ? "\x1b[0m" : "");
    if (status == NEX_OK && l->with_pid) {
        status = nex_buf_printf(out, "[%ld] ", (long)getpid());
    }
    if (status == NEX_OK && group && !l->group_on_right) {
        status = nex_buf_printf(out, "%s: ", group);
    }
    if (status == NEX_OK) {
        status = append_message(out, message);
    }
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        if (fields[i].value && strcmp(fields[i].key, "group") != 0) {
            status = nex_buf_printf(out, " %s=", fields[i].key);
            if (status == NEX_OK) {
                status = append_value(out, fields[i].value);
            }
        }
    }
    if (status == NEX_OK && group && l->group_on_right) {
        status = nex_buf_printf(out, " [%s]", group);
    }
    return status == NEX_OK ? nex_buf_append_str(out, "\n") : status;
}

nex_status logger_format(const logger *l, nex_time now, nex_log_level level, const char *message,
                         const nex_log_field *fields, size_t count, nex_buf *out) {
    return l->json ? format_json(l, now, level, message, fields, count, out)
                   : format_text(l, now, level, message, fields, count, out);
}

static void write_file(FILE *file, const nex_buf *record) {
    if (file) {
        (void)fwrite(record->data, 1, record->len, file);
        (void)fflush(file); /* the reader of a log wants it now */
    }
}

static void on_record(void *arg, nex_log_level level, const char *message,
                      const nex_log_field *fields, size_t count) {
    logger *l = arg;
    const char *group = group_of(fields, count);
    if (l->busy || (!l->show_workloads && group && strcmp(group, "workload") == 0)) {
        return;
    }
    l->busy = true;
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    nex_time now = {.seconds = ts.tv_sec, .nanoseconds = (int32_t)ts.tv_nsec};
    nex_buf record = NEX_BUF_INIT;
    if (logger_format(l, now, level, message, fields, count, &record) == NEX_OK) {
        bool error = level <= NEX_LOG_ERROR;
        write_file(error ? l->err : l->out, &record);
        write_file(error ? l->err_file : l->out_file, &record);
        if (l->to_nats && l->bus) {
            nex_msg msg = {.subject = error ? l->err_subject : l->out_subject,
                           .data = record.data,
                           .len = record.len};
            (void)nex_bus_publish(l->bus, &msg);
        }
    }
    nex_buf_free(&record);
    l->busy = false;
}

static nex_log_level level_of(const char *name) {
    for (int level = NEX_LOG_FATAL; name && level <= NEX_LOG_TRACE; level++) {
        if (strcmp(nex_log_level_name((nex_log_level)level), name) == 0) {
            return (nex_log_level)level;
        }
    }
    return NEX_LOG_INFO;
}

static log_timefmt timefmt_of(const char *name) {
    static const char *const names[] = {"DateTime", "TimeOnly", "DateOnly",
                                        "Stamp",    "RFC822",   "RFC3339"};
    for (int i = 0; name && i <= TIME_RFC3339; i++) {
        if (strcmp(names[i], name) == 0) {
            return (log_timefmt)i;
        }
    }
    return TIME_DATE_TIME;
}

static nex_status open_file(const char *name, FILE **out, nex_error *err) {
    *out = fopen(name, "ae");
    return *out ? NEX_OK
                : nex_error_set(err, NEX_EIO, "cannot write the log file %s: %s", name,
                                strerror(errno));
}

static nex_status add_target(logger *l, const char *target, bool on_stderr, nex_error *err) {
    if (strcmp(target, "std") == 0) {
        l->out = on_stderr ? stderr : stdout;
        l->err = stderr;
    } else if (strcmp(target, "nats") == 0) {
        l->to_nats = true;
    } else if (!l->out_file) {
        nex_status status = open_file("nex.log", &l->out_file, err);
        return status == NEX_OK ? open_file("nex.err", &l->err_file, err) : status;
    }
    return NEX_OK;
}

nex_status logger_init(logger *l, const settings *s, bool json, bool on_stderr, nex_error *err) {
    memset(l, 0, sizeof *l);
    l->log = (nex_log){
        .write = on_record, .arg = l, .level = level_of(settings_text(s, "logger.level"))};
    l->json = json;
    l->color = settings_bool(s, "logger.color");
    l->short_levels = settings_bool(s, "logger.short");
    l->with_pid = settings_bool(s, "logger.with_pid");
    l->group_on_right = settings_bool(s, "logger.group_on_right");
    l->show_workloads = settings_bool(s, "node.up.show_workload_logs");
    l->timefmt = timefmt_of(settings_text(s, "logger.timefmt"));
    const json_t *targets = settings_json(s, "logger.target");
    nex_status status = NEX_OK;
    for (size_t i = 0; i < json_array_size(targets) && status == NEX_OK; i++) {
        status = add_target(l, json_string_value(json_array_get(targets, i)), on_stderr, err);
    }
    if (status != NEX_OK) {
        logger_close(l);
    }
    return status;
}

void logger_attach(logger *l, nex_bus *bus, const char *node_id) {
    l->bus = bus;
    if (node_id) {
        snprintf(l->out_subject, sizeof l->out_subject, "$NEX.FEED.system.logs.%s.stdout", node_id);
        snprintf(l->err_subject, sizeof l->err_subject, "$NEX.FEED.system.logs.%s.stderr", node_id);
    }
}

void logger_close(logger *l) {
    if (l->out_file) {
        fclose(l->out_file);
    }
    if (l->err_file) {
        fclose(l->err_file);
    }
    l->out_file = NULL;
    l->err_file = NULL;
    l->bus = NULL;
}
