/*
 * native/question.h - asks a workload once whether it is well: by a command, a port, a URL or a
 * request on NATS.
 */
#ifndef NATIVE_QUESTION_H
#define NATIVE_QUESTION_H

#include "native/workload.h"

typedef struct native_question native_question;

typedef enum native_answer {
    NATIVE_WELL,
    NATIVE_UNWELL,
    NATIVE_UNASKED /* the nexlet could not ask, which says nothing of the workload */
} native_answer;

/** The answer; problem says what is wrong, and is NULL when it is well. Runs once, later. */
typedef void (*native_answer_cb)(void *arg, native_answer answer, const char *problem);

/** Whether a probe can be asked; `name` is how the start request calls it. */
nex_status native_question_check(const native_workload *workload,
                                 const nex_native_start_request_probe *probe, const char *name,
                                 nex_error *err);
nex_status native_question_ask(native_question **out, native_workload *workload,
                               const nex_native_start_request_probe *probe, native_answer_cb cb,
                               void *arg, nex_error *err);
/** Its callback runs no more. NULL is fine. */
void native_question_cancel(native_question *question);

#endif
