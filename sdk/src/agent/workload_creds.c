/* What a workload is told of its NATS credentials: environment, a creds file, a memory file. */
#include <nex/agent.h>
#include <nex/keys.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *text_or_empty(const char *text) {
    return text != NULL ? text : "";
}

static nex_status add(nex_string_list *out, const char *name, const char *value) {
    nex_buf entry = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&entry, "%s=%s", name, value);
    if (status == NEX_OK) {
        status = nex_string_list_add(out, entry.data);
    }
    nex_buf_wipe(&entry);
    return status;
}

nex_status nex_workload_creds_environment(const nex_nats_connection_data *creds,
                                          nex_string_list *out) {
    nex_buf servers = NEX_BUF_INIT;
    nex_buf jwt = NEX_BUF_INIT;
    nex_status status = nex_buf_append_str(&servers, "");
    for (size_t i = 0; i < creds->nats_servers.count && status == NEX_OK; i++) {
        status = nex_buf_printf(&servers, "%s%s", i > 0 ? "," : "", creds->nats_servers.items[i]);
    }
    const char *token = text_or_empty(creds->nats_user_jwt);
    if (status == NEX_OK) {
        status = nex_base64_encode(token, strlen(token), &jwt);
    }
    if (status == NEX_OK) {
        status = add(out, "NEX_WORKLOAD_NATS_SERVERS", servers.data);
    }
    if (status == NEX_OK) {
        status = add(out, "NEX_WORKLOAD_NATS_NKEY", text_or_empty(creds->nats_user_seed));
    }
    if (status == NEX_OK) {
        status = add(out, "NEX_WORKLOAD_NATS_B64_JWT", text_or_empty(jwt.data));
    }
    nex_buf_free(&servers);
    nex_buf_wipe(&jwt);
    return status;
}

static nex_status format(const nex_nats_connection_data *creds, nex_buf *out, nex_error *err) {
    const char *jwt = text_or_empty(creds->nats_user_jwt);
    const char *seed = text_or_empty(creds->nats_user_seed);
    if (jwt[0] == '\0' || seed[0] == '\0') {
        return nex_error_set(err, NEX_ENOTFOUND,
                             "workload credentials: the node handed out no user JWT");
    }
    nex_status status = nex_creds_format(jwt, seed, out);
    return status == NEX_OK ? NEX_OK
                            : nex_error_set(err, status, "workload credentials: out of memory");
}

static nex_status write_whole(int fd, const nex_buf *text) {
    size_t done = 0;
    while (done < text->len) {
        ssize_t n = write(fd, text->data + done, text->len - done);
        if (n < 0 && errno != EINTR) {
            return NEX_EIO;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    return NEX_OK;
}

nex_status nex_workload_creds_file(const nex_nats_connection_data *creds, const char *path,
                                   nex_error *err) {
    nex_buf text = NEX_BUF_INIT;
    nex_buf temporary = NEX_BUF_INIT;
    nex_status status = format(creds, &text, err);
    if (status == NEX_OK && nex_buf_printf(&temporary, "%s.new", path) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "%s: out of memory", path);
    }
    if (status == NEX_OK) {
        int fd = open(temporary.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
        bool good = fd >= 0 && fchmod(fd, 0600) == 0 && write_whole(fd, &text) == NEX_OK;
        if (fd >= 0) {
            good = close(fd) == 0 && good;
        }
        if (!good || rename(temporary.data, path) != 0) {
            status = nex_error_set(err, NEX_EIO, "%s: %s", path, strerror(errno));
            (void)unlink(temporary.data);
        }
    }
    nex_buf_wipe(&text);
    nex_buf_free(&temporary);
    return status;
}

nex_status nex_workload_creds_memfd(const nex_nats_connection_data *creds, int *out,
                                    nex_error *err) {
    nex_buf text = NEX_BUF_INIT;
    *out = -1;
    nex_status status = format(creds, &text, err);
    if (status == NEX_OK) {
        int fd = memfd_create("nats.creds", MFD_CLOEXEC | MFD_ALLOW_SEALING);
        if (fd < 0 || write_whole(fd, &text) != NEX_OK || lseek(fd, 0, SEEK_SET) != 0 ||
            fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) {
            status =
                nex_error_set(err, NEX_EIO, "memory file for credentials: %s", strerror(errno));
            if (fd >= 0) {
                close(fd);
            }
        } else {
            *out = fd;
        }
    }
    nex_buf_wipe(&text);
    return status;
}
