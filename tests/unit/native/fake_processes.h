/*
 * fake_processes.h - a process layer whose processes do what the test says.
 *
 * It outlives a nexlet, as a machine does: what was saved and what runs is found by the next.
 */
#ifndef FAKE_PROCESSES_H
#define FAKE_PROCESSES_H

#include <native/process.h>

enum { FAKE_PROCESSES = 64, FAKE_SAVED = 4096 };

struct nex_process {
    const nex_process_events *events;
    void *arg;
};

/** A workload as the machine knows it. */
typedef struct fake_workload {
    char id[64];
    char saved[FAKE_SAVED];
    size_t saved_len;
    bool running;
    bool ended;
    bool damaged; /* its run record is */
    nex_process_info info;
    nex_process_exit exit;
    nex_process process;
    bool attached; /* the spec's */
    bool held;     /* a nexlet holds the process */
    unsigned starts, stops, forgotten;
    int stop_signal;
    nex_duration stop_grace;
    char input[256];
    char env[1024]; /* one a line */
    char argv[512];
    char path[256];
} fake_workload;

typedef struct fake_machine {
    fake_workload workloads[FAKE_PROCESSES];
    size_t count;
    char retired[FAKE_PROCESSES][64]; /* ids */
    size_t retired_count;
    nex_status start_status; /* what a start returns */
    unsigned frees;
    char root[32]; /* of the workloads' directories; "" until one is asked for */
} fake_machine;

/** Removes the workloads' directories. */
void fake_machine_clear(fake_machine *machine);

nex_process_layer fake_processes(fake_machine *machine);
/** The workload of that id that was started last; NULL: none. */
fake_workload *fake_find(fake_machine *machine, const char *id);

void fake_started(fake_workload *workload);
void fake_failed(fake_workload *workload, nex_status code, const char *message);
bool fake_output(fake_workload *workload, nex_process_stream stream, const char *text);
/** exit_code, or a signal when it is negative. */
void fake_ended(fake_workload *workload, int code);

#endif
