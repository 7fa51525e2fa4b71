/*
 * Who a remote agent was: a file with its id, its node and its curve key, so that after a restart
 * it gets its workloads back and can open what was sealed to it.
 */
#include "agent/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { IDENTITY_MAX = 4096 };

static nex_status read_file(const char *path, char *out, size_t size, nex_error *err) {
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return nex_error_set(err, errno == ENOENT ? NEX_ENOTFOUND : NEX_EIO, "identity file %s: %s",
                             path, strerror(errno));
    }
    ssize_t len = -1;
    nex_status status = NEX_OK;
    if (fstat(fd, &info) != 0 || (len = read(fd, out, size - 1)) < 0) {
        status = nex_error_set(err, NEX_EIO, "identity file %s: %s", path, strerror(errno));
    } else if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        status = nex_error_set(err, NEX_EREFUSED,
                               "identity file %s: expected mode 0600, got %04o: others may have "
                               "read its key",
                               path, (unsigned)(info.st_mode & 07777));
    }
    close(fd);
    out[len > 0 ? len : 0] = '\0';
    return status;
}

static nex_status take(nex_agent *agent, const json_t *root, const char *path, nex_error *err) {
    const char *id = json_string_value(json_object_get(root, "agent_id"));
    const char *node = json_string_value(json_object_get(root, "node_id"));
    const char *seed = json_string_value(json_object_get(root, "xkey_seed"));
    nex_key *key = NULL;
    if (id == NULL || !nex_subject_token_valid(id) || seed == NULL ||
        nex_key_from_seed(&key, seed, NULL) != NEX_OK || nex_key_get_kind(key) != NEX_KEY_CURVE) {
        nex_key_free(key);
        return nex_error_set(err, NEX_EINVAL,
                             "identity file %s: expected agent_id and xkey_seed, as an agent "
                             "wrote them",
                             path);
    }
    char *id_copy = strdup(id);
    char *node_copy = node != NULL && nex_subject_token_valid(node) ? strdup(node) : NULL;
    if (id_copy == NULL) {
        nex_key_free(key);
        free(node_copy);
        return nex_error_set(err, NEX_ENOMEM, "identity file %s: out of memory", path);
    }
    free(agent->agent_id);
    free(agent->node_id);
    nex_key_free(agent->xkey);
    agent->agent_id = id_copy;
    agent->node_id = node_copy;
    agent->xkey = key;
    return NEX_OK;
}

nex_status agent_identity_read(nex_agent *agent, nex_error *err) {
    char text[IDENTITY_MAX];
    nex_status status = read_file(agent->identity_file, text, sizeof text, err);
    if (status != NEX_OK) {
        return status == NEX_ENOTFOUND ? NEX_OK : status;
    }
    json_t *root = json_loads(text, 0, NULL);
    status = take(agent, root, agent->identity_file, err);
    json_decref(root);
    nex_wipe(text, sizeof text);
    return status;
}

static bool write_all(const char *path, const char *text, size_t len) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool written =
        fd >= 0 && fchmod(fd, 0600) == 0 && write(fd, text, len) == (ssize_t)len && fsync(fd) == 0;
    if (fd >= 0) {
        written = close(fd) == 0 && written;
    }
    return written;
}

/* A new file takes the old one's place in one step, so that there always is a whole one. */
void agent_identity_write(const nex_agent *agent) {
    char seed[NEX_KEY_TEXT_SIZE] = "";
    nex_buf text = NEX_BUF_INIT;
    nex_buf temporary = NEX_BUF_INIT;
    if (agent->identity_file == NULL) {
        return;
    }
    nex_status status = nex_key_seed(agent->xkey, seed);
    if (status == NEX_OK) {
        status = nex_buf_printf(&temporary, "%s.new", agent->identity_file);
    }
    if (status == NEX_OK) {
        /* Ids and keys are tokens: nothing in them needs escaping. */
        status =
            nex_buf_printf(&text, "{\"agent_id\":\"%s\",\"node_id\":\"%s\",\"xkey_seed\":\"%s\"}\n",
                           agent->agent_id, agent->node_id, seed);
    }
    if (status != NEX_OK || !write_all(temporary.data, text.data, text.len) ||
        rename(temporary.data, agent->identity_file) != 0) {
        nex_log_write(agent->log, NEX_LOG_ERROR,
                      "identity not kept: after a restart this is another agent", "file",
                      agent->identity_file, "err", strerror(errno), NULL);
    }
    nex_wipe(seed, sizeof seed);
    nex_buf_wipe(&text);
    nex_buf_free(&temporary);
}
