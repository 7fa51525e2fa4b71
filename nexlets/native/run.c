/* One execution of a workload: from its start request to what the process layer is asked. */
#include "native/isolation.h"
#include "native/workload.h"

#include <stdlib.h>
#include <string.h>

nex_status native_run_check(const native_workload *workload, nex_error *err) {
    const nex_native_start_request *start = workload->start;
    if (start->workdir != NULL && start->workdir[0] != '/') {
        return nex_error_set(err, NEX_EINVAL, "workdir \"%s\": expected an absolute path",
                             start->workdir);
    }
    nex_status status = native_program_check(workload, err);
    if (status == NEX_OK) {
        status = native_health_check(workload, err);
    }
    if (status == NEX_OK) {
        status = native_input_check(workload, err);
    }
    if (status == NEX_OK) {
        status = native_artifacts_check(workload, err);
    }
    if (status == NEX_OK) {
        status = native_function_check(workload, err);
    }
    nex_string_list environment = {0};
    nex_buf settings = NEX_BUF_INIT;
    if (status == NEX_OK) {
        status = native_environment(workload, &environment, err);
    }
    if (status == NEX_OK) {
        status = native_settings(workload, NULL, &settings, err);
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

/* The workload's own program, or another one in its place. */
static nex_status make_command(const native_workload *workload, const nex_string_list *command,
                               char **path, nex_string_list *argv, nex_error *err) {
    nex_status status;
    if (command == NULL) {
        status = native_program_path(workload, path, err);
        if (status == NEX_OK && make_argv(&workload->argv, *path, argv) != NEX_OK) {
            status = nex_error_set(err, NEX_ENOMEM, "argv: out of memory");
        }
        return status;
    }
    *path = strdup(command->items[0]);
    if (*path == NULL || nex_string_list_copy(argv, command) != NEX_OK) {
        return nex_error_set(err, NEX_ENOMEM, "argv: out of memory");
    }
    return NEX_OK;
}

nex_status native_run_start(native_workload *workload, const native_run_options *options,
                            const nex_process_events *events, void *arg, nex_process **out,
                            nex_error *err) {
    const nex_native_start_request *start = workload->start;
    const nex_process_layer *layer = &workload->native->processes;
    nex_string_list argv = {0};
    nex_string_list env = {0};
    nex_buf directory = NEX_BUF_INIT;
    nex_buf workdir = NEX_BUF_INIT;
    nex_buf settings = NEX_BUF_INIT;
    char *path = NULL;
    *out = NULL;
    bool attached = options->attached;
    nex_status status = make_command(workload, options->command, &path, &argv, err);
    if (status == NEX_OK) {
        status = native_environment(workload, &env, err);
    }
    const nex_string_list *more_env = options->more_env;
    for (size_t i = 0; more_env != NULL && i < more_env->count && status == NEX_OK; i++) {
        status = nex_string_list_add(&env, more_env->items[i]);
    }
    bool own_workdir = attached && start->workdir == NULL;
    if (status == NEX_OK && (own_workdir || native_user_is_dynamic(start))) {
        status = layer->ops->directory(layer->self, workload->id, &directory, err);
    }
    if (status == NEX_OK) {
        status = native_settings(workload, directory.data, &settings, err);
    }
    if (status == NEX_OK) {
        status = native_credentials_file_add(workload, &settings, &env, err);
    }
    if (status == NEX_OK && own_workdir &&
        nex_buf_printf(&workdir, "%s/work", directory.data) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "workdir: out of memory");
    }
    if (status == NEX_OK) {
        bool has_stdin = !attached && start->stdin_ != NULL;
        nex_process_spec spec = {
            .workload_id = workload->id,
            .path = path,
            .argv = &argv,
            .env = &env,
            .workdir = start->workdir != NULL ? start->workdir : workdir.data,
            .stdin_data = has_stdin ? start->stdin_ : options->input,
            .stdin_len = has_stdin ? strlen(start->stdin_) : options->input_len,
            .has_stdin_fd = options->has_input_fd,
            .stdin_fd = options->input_fd,
            .run = workload->run.run + 1,
            .failures = workload->restarts.failures,
            .stop_signal = native_policy_stop_signal(start),
            .stop_grace = native_policy_stop_grace(start),
            .attached = attached,
            .held = !attached,
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
    nex_buf_free(&directory);
    nex_buf_free(&workdir);
    nex_buf_free(&settings);
    nex_string_list_free(&argv);
    nex_string_list_free(&env);
    return status;
}
