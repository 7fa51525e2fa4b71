/*
 * The creds file of a workload: its NATS credentials where a client reads them at each connection,
 * so that renewed ones are taken up by programs that run on. It lies in the working directory that
 * the nexlet makes for the workload and goes with it.
 */
#include "native/settings.h"
#include "native/workload.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME "nats.creds"

static const nex_nats_connection_data *credentials_of(const native_workload *workload) {
    const nex_nats_connection_data *creds = workload->request->workload_creds;
    bool minted = creds != NULL && creds->nats_user_jwt != NULL && creds->nats_user_jwt[0] != '\0';
    return minted ? creds : NULL;
}

/*
 * It is written beside the working directory, given to its reader, and moved there: the workload
 * may do what it likes in its directory while this is done, and never sees half a file.
 */
static nex_status write_file(native_workload *workload, const char *directory, uid_t uid, gid_t gid,
                             nex_error *err) {
    nex_buf written = NEX_BUF_INIT;
    nex_buf path = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&written, "%s/" NAME, directory);
    if (status == NEX_OK) {
        status = nex_buf_printf(&path, "%s/work/" NAME, directory);
    }
    if (status != NEX_OK) {
        nex_error_set(err, status, "credentials file: out of memory");
    } else {
        status = nex_workload_creds_file(credentials_of(workload), written.data, err);
    }
    bool other = uid != geteuid() || gid != getegid();
    if (status == NEX_OK &&
        ((other && chown(written.data, uid, gid) != 0) || rename(written.data, path.data) != 0)) {
        status = nex_error_set(err, NEX_EIO, "credentials file %s: %s", path.data, strerror(errno));
        (void)unlink(written.data);
    }
    nex_buf_free(&written);
    nex_buf_free(&path);
    return status;
}

static nex_status find_directory(const native_workload *workload, nex_buf *out, nex_error *err) {
    const nex_process_layer *layer = &workload->native->processes;
    return layer->ops->directory(layer->self, workload->id, out, err);
}

/* Another user than the nexlet's reaches it from its working directory only. */
static nex_status append(nex_string_list *environment, const char *directory, bool other) {
    nex_buf entry = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&entry, NATIVE_CREDENTIALS_FILE "=%s%s" NAME,
                                       other ? "" : directory, other ? "" : "/work/");
    if (status == NEX_OK) {
        status = nex_string_list_add(environment, entry.data);
    }
    nex_buf_free(&entry);
    return status;
}

/* With a working directory of its own choice, a program that cannot go where the file is. */
static bool out_of_reach(const nex_native_start_request *start, bool other) {
    return start->workdir != NULL &&
           (other || start->isolation == NEX_NATIVE_START_REQUEST_ISOLATION_STRICT);
}

nex_status native_credentials_file_add(native_workload *workload, const nex_buf *settings,
                                       nex_string_list *environment, nex_error *err) {
    mon_user user = {.uid = geteuid(), .gid = getegid()};
    bool other = native_find(settings, MON_TAG_USER, &user, sizeof user);
    if (credentials_of(workload) == NULL || out_of_reach(workload->start, other)) {
        return NEX_OK;
    }
    nex_buf directory = NEX_BUF_INIT;
    nex_status status = find_directory(workload, &directory, err);
    if (status == NEX_OK && !workload->has_credentials_file) {
        status = write_file(workload, directory.data, user.uid, user.gid, err);
        workload->has_credentials_file = status == NEX_OK;
    }
    if (status == NEX_OK && append(environment, directory.data, other) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "credentials file: out of memory");
    }
    nex_buf_free(&directory);
    return status;
}

nex_status native_credentials_file_renew(native_workload *workload, nex_error *err) {
    nex_buf directory = NEX_BUF_INIT;
    nex_buf path = NEX_BUF_INIT;
    struct stat info;
    nex_status status = NEX_OK;
    if (credentials_of(workload) == NULL) {
        return NEX_OK;
    }
    status = find_directory(workload, &directory, err);
    if (status == NEX_OK && nex_buf_printf(&path, "%s/work/" NAME, directory.data) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "credentials file: out of memory");
    }
    /* Its owner tells whose it is; a workload that removed its file has no use for it. */
    if (status == NEX_OK && lstat(path.data, &info) == 0) {
        status = write_file(workload, directory.data, info.st_uid, info.st_gid, err);
    }
    nex_buf_free(&directory);
    nex_buf_free(&path);
    return status;
}
