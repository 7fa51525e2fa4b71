#include "secret.h"

#include <nex/keys.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#define BUCKET "_nex_secrets_" /* as in node/internal.h */

static nex_status check(const secrets *s, nex_error *err) {
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789._-";
    const char *name = s->name;
    if (strcmp(s->namespace_, "system") == 0) {
        return nex_error_set(err, NEX_EINVAL,
                             "secrets belong to a namespace: say which with --namespace");
    }
    if (name && (!*name || strlen(name) > 128 || *name == '.' || name[strlen(name) - 1] == '.' ||
                 strspn(name, allowed) != strlen(name) || strstr(name, ".."))) {
        return nex_error_set(err, NEX_EINVAL,
                             "the name of a secret is made of letters, digits, '.', '_' and '-', "
                             "with no dot at an end and no two in a row; at most 128 of them");
    }
    return NEX_OK;
}

nex_status secrets_check(secrets *s, const cli *c, const char *name) {
    nex_error err;
    const char *namespace_ = settings_text(&c->options.settings, "namespace");
    *s = (secrets){.cli = c, .name = name, .result = EXIT_FAILED};
    s->namespace_ = namespace_ ? namespace_ : "system";
    nex_status status = check(s, &err);
    if (status != NEX_OK) {
        s->result = fail_usage(c->json, &err);
    }
    return status;
}

nex_status secrets_open(secrets *s, const cli *c, const char *name) {
    nex_error err;
    char bucket[256];
    nex_status status = secrets_check(s, c, name);
    if (status != NEX_OK) {
        return status;
    }
    status = session_open(&s->session, c, &err);
    int n = snprintf(bucket, sizeof bucket, BUCKET "%s", s->namespace_);
    if (status == NEX_OK && (n < 0 || (size_t)n >= sizeof bucket)) {
        status = nex_error_set(&err, NEX_EINVAL, "the namespace is too long");
    }
    if (status == NEX_OK) {
        nex_kv_options wanted = {.bucket = bucket,
                                 .domain = s->session.connection.js_domain,
                                 .max_value_size = 2 * SECRET_MAX_SIZE};
        status = nex_kv_new(&s->kv, s->session.bus, &wanted, &err);
    }
    if (status != NEX_OK) {
        s->result = fail(c, &err);
    }
    return status;
}

void secrets_close(secrets *s) {
    nex_kv_free(s->kv);
    session_close(&s->session);
}

void secrets_fail(secrets *s, const nex_error *err) {
    s->result = fail(s->cli, err);
    nex_loop_stop(s->session.loop);
}

void secrets_done(secrets *s, const char *verb, size_t nodes) {
    nex_buf out = NEX_BUF_INIT;
    nex_status status =
        s->cli->json
            ? nex_buf_printf(&out, "{\"name\":\"%s\",\"namespace\":\"%s\",\"nodes\":%zu}\n",
                             s->name, s->namespace_, nodes)
            : nex_buf_printf(&out, "Secret %s of %s %s for %zu node%s\n", s->name, s->namespace_,
                             verb, nodes, nodes == 1 ? "" : "s");
    s->result = print_made(s->cli, status, &out);
    nex_loop_stop(s->session.loop);
}

/* ---- Values ------------------------------------------------------------------------------- */

static nex_status read_all(nex_buf *out, nex_error *err) {
    char piece[4096];
    ssize_t n;
    nex_status status = NEX_OK;
    while (status == NEX_OK && (n = read(STDIN_FILENO, piece, sizeof piece)) != 0) {
        if (n < 0 && errno != EINTR) {
            status = nex_error_set(err, NEX_EIO, "standard input: %s", strerror(errno));
        } else if (n > 0 && out->len + (size_t)n > SECRET_MAX_SIZE) {
            status =
                nex_error_set(err, NEX_ELIMIT, "a secret has at most %d bytes", SECRET_MAX_SIZE);
        } else if (n > 0 && nex_buf_append(out, piece, (size_t)n) != NEX_OK) {
            status = nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    nex_wipe(piece, sizeof piece);
    return status;
}

/*
 * One line. A signal that would end the program is let in only when the terminal is as it was: it
 * stays pending meanwhile, and ends the wait.
 */
static ssize_t read_line(char *line, size_t size) {
    sigset_t ending, before;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    sigaddset(&ending, SIGQUIT);
    sigaddset(&ending, SIGTSTP);
    sigprocmask(SIG_BLOCK, &ending, &before);
    struct termios shown;
    ssize_t n = -1;
    if (tcgetattr(STDIN_FILENO, &shown) == 0) {
        struct termios hidden = shown;
        struct pollfd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                {.fd = signalfd(-1, &ending, SFD_CLOEXEC), .events = POLLIN}};
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
        fputs("(not shown): ", stderr);
        if (poll(fds, 2, -1) > 0 && !(fds[1].revents & POLLIN)) {
            n = read(STDIN_FILENO, line, size);
        }
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputc('\n', stderr);
        close(fds[1].fd);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return n;
}

/* From a terminal, which does not show it. */
static nex_status ask(const char *name, nex_buf *out, nex_error *err) {
    char line[4096];
    fprintf(stderr, "Value of %s ", name);
    ssize_t n = read_line(line, sizeof line);
    if (n <= 0) {
        return nex_error_set(err, NEX_EINVAL, "no value of %s was typed", name);
    }
    size_t len = (size_t)n;
    len -= line[len - 1] == '\n';
    nex_status status = nex_buf_append(out, line, len);
    nex_wipe(line, sizeof line);
    return status == NEX_OK ? NEX_OK : nex_error_set(err, status, "out of memory");
}

nex_status secret_read(const char *name, nex_buf *out, nex_error *err) {
    return isatty(STDIN_FILENO) ? ask(name, out, err) : read_all(out, err);
}
