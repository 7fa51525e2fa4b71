/*
 * nex-test-operator DIRECTORY: writes operator.conf, for nats-server in operator mode, and
 * admin.creds, of a user who may do anything; prints the seed of a signing key of the account and
 * the account's public key.
 */
#include "operator_mode.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static int write_file(const char *directory, const char *name, const nex_buf *text) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, text->data, text->len) != (ssize_t)text->len || close(fd) != 0) {
        perror(path);
        return 1;
    }
    return 0;
}

int main(int argc, char **argv) {
    operator_mode mode;
    char seed[NEX_KEY_TEXT_SIZE];
    if (argc != 2) {
        fprintf(stderr, "usage: nex-test-operator DIRECTORY\n");
        return 2;
    }
    operator_mode_init(&mode);
    int failed = write_file(argv[1], "operator.conf", &mode.config) ||
                 write_file(argv[1], "admin.creds", &mode.admin_creds) ||
                 nex_key_seed(mode.signing_key, seed) != NEX_OK;
    if (!failed) {
        printf("%s %s\n", seed, nex_key_public(mode.account));
    }
    operator_mode_free(&mode);
    return failed;
}
