/* One execution of a workload: from its start request to what the process layer is asked. */
#include "native/workload.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_SCHEME "file://"

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Turns the %XX of a URI into what they stand for, in place. False: one stands for nothing. */
static bool decode_percent(char *text) {
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        int high = hex_digit(from[1]);
        int low = high >= 0 ? hex_digit(from[2]) : -1;
        if (low < 0 || (high == 0 && low == 0)) {
            return false;
        }
        *to++ = (char)(high * 16 + low);
        from += 2;
    }
    *to = '\0';
    return true;
}

nex_status native_program_path(const char *uri, char **out, nex_error *err) {
    *out = NULL;
    bool file = strncmp(uri, FILE_SCHEME, strlen(FILE_SCHEME)) == 0;
    const char *path = file ? uri + strlen(FILE_SCHEME) : uri;
    if (file && strncmp(path, "localhost/", strlen("localhost/")) == 0) {
        path += strlen("localhost");
    }
    if (file && path[0] != '/') {
        return nex_error_set(err, NEX_EINVAL,
                             "uri \"%s\": file:// must be followed by an absolute path", uri);
    }
    if (!file && strstr(uri, "://") != NULL) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "uri \"%s\": expected file:// or a path; artifacts of other kinds "
                             "cannot be fetched here",
                             uri);
    }
    if (path[0] == '\0') {
        return nex_error_set(err, NEX_EINVAL, "uri \"%s\": names no program", uri);
    }
    char *decoded = strdup(path);
    if (decoded == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "uri: out of memory");
    }
    if (file && !decode_percent(decoded)) {
        free(decoded);
        return nex_error_set(err, NEX_EINVAL, "uri \"%s\": %% must be followed by two hex digits",
                             uri);
    }
    if (decoded[0] == '/') {
        *out = decoded;
        return NEX_OK;
    }
    *out = realpath(decoded, NULL); /* the workload's directory is another one */
    free(decoded);
    return *out != NULL ? NEX_OK
                        : nex_error_set(err, NEX_ENOTFOUND, "uri \"%s\": %s", uri, strerror(errno));
}

static nex_status check_program(const char *path, nex_error *err) {
    struct stat info;
    if (stat(path, &info) != 0) {
        return nex_error_set(err, NEX_ENOTFOUND, "cannot run %s: %s", path, strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return nex_error_set(err, NEX_EINVAL, "cannot run %s: it is not a file", path);
    }
    if (access(path, X_OK) != 0) {
        return nex_error_set(err, NEX_EREFUSED, "cannot run %s: it is not executable", path);
    }
    return NEX_OK;
}

nex_status native_run_check(const native_workload *workload, nex_error *err) {
    const nex_native_start_request *start = workload->start;
    if (start->stdin_ != NULL && start->stdin_subject != NULL) {
        return nex_error_set(err, NEX_EINVAL, "stdin and stdin_subject: only one can be given");
    }
    if (start->workdir != NULL && start->workdir[0] != '/') {
        return nex_error_set(err, NEX_EINVAL, "workdir \"%s\": expected an absolute path",
                             start->workdir);
    }
    char *path;
    nex_status status = native_program_path(start->uri != NULL ? start->uri : "", &path, err);
    if (status == NEX_OK) {
        status = check_program(path, err);
        free(path);
    }
    nex_string_list environment = {0};
    nex_buf settings = NEX_BUF_INIT;
    if (status == NEX_OK) {
        status = native_environment(workload, &environment, err);
    }
    if (status == NEX_OK) {
        status = native_settings(workload, &settings, err);
    }
    nex_string_list_free(&environment);
    nex_buf_free(&settings);
    return status;
}

static nex_status make_argv(const nex_string_list *arguments, const char *path,
                            nex_string_list *out) {
    nex_status status = nex_string_list_add(out, path);
    for (size_t i = 0; i < arguments->count && status == NEX_OK; i++) {
        status = nex_string_list_add(out, arguments->items[i]);
    }
    return status;
}

nex_status native_run_start(native_workload *workload, bool attached, const void *input,
                            size_t input_len, const nex_string_list *more_env,
                            const nex_process_events *events, void *arg, nex_process **out,
                            nex_error *err) {
    const nex_native_start_request *start = workload->start;
    const nex_process_layer *layer = &workload->native->processes;
    nex_string_list argv = {0};
    nex_string_list env = {0};
    nex_buf workdir = NEX_BUF_INIT;
    nex_buf settings = NEX_BUF_INIT;
    char *path = NULL;
    *out = NULL;
    nex_status status = native_program_path(start->uri, &path, err);
    if (status == NEX_OK && make_argv(&workload->argv, path, &argv) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "argv: out of memory");
    }
    if (status == NEX_OK) {
        status = native_environment(workload, &env, err);
    }
    for (size_t i = 0; more_env != NULL && i < more_env->count && status == NEX_OK; i++) {
        status = nex_string_list_add(&env, more_env->items[i]);
    }
    if (status == NEX_OK) {
        status = native_settings(workload, &settings, err);
    }
    if (status == NEX_OK && attached && start->workdir == NULL) {
        status = layer->ops->workdir(layer->self, workload->id, &workdir, err);
    }
    if (status == NEX_OK) {
        bool has_stdin = !attached && start->stdin_ != NULL;
        nex_process_spec spec = {
            .workload_id = workload->id,
            .path = path,
            .argv = &argv,
            .env = &env,
            .workdir = start->workdir != NULL ? start->workdir : workdir.data,
            .stdin_data = has_stdin ? start->stdin_ : input,
            .stdin_len = has_stdin ? strlen(start->stdin_) : input_len,
            .run = workload->run.run + 1,
            .failures = workload->restarts.failures,
            .stop_signal = native_policy_stop_signal(start),
            .stop_grace = native_policy_stop_grace(start),
            .attached = attached,
            .settings = settings.data,
            .settings_len = settings.len,
        };
        if (start->logs != NULL) {
            spec.log_file_bytes = start->logs->has_size ? (uint64_t)start->logs->size : 0;
            spec.log_files = start->logs->has_count ? (uint32_t)start->logs->count : 0;
        }
        status = layer->ops->start(layer->self, &spec, events, arg, out, err);
    }
    free(path);
    nex_buf_free(&workdir);
    nex_buf_free(&settings);
    nex_string_list_free(&argv);
    nex_string_list_free(&env);
    return status;
}
