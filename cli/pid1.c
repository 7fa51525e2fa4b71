#include "pid1.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Buries all that ended. True once the child is among them. */
static bool bury(pid_t child, int *exit_status) {
    bool ended = false;
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0 || (pid < 0 && errno == EINTR)) {
        if (pid == child) {
            *exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            ended = true;
        }
    }
    return ended;
}

bool pid1_go_on(int *exit_status) {
    static const int passed[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};
    sigset_t watched;
    sigset_t before;
    if (getpid() != 1) {
        return true;
    }
    sigemptyset(&watched);
    sigaddset(&watched, SIGCHLD);
    for (size_t i = 0; i < sizeof passed / sizeof passed[0]; i++) {
        sigaddset(&watched, passed[i]);
    }
    sigprocmask(SIG_BLOCK, &watched, &before);
    pid_t child = fork();
    if (child <= 0) {
        sigprocmask(SIG_SETMASK, &before, NULL);
        return true; /* the child; or without one: nobody buries orphans then */
    }
    while (!bury(child, exit_status)) {
        int signal;
        if (sigwait(&watched, &signal) == 0 && signal != SIGCHLD) {
            kill(child, signal);
        }
    }
    return false;
}
