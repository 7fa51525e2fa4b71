/*
 * monitor/isolate.h - how a workload is kept from the rest of the machine, step by step.
 *
 * All of it is done between fork and exec. Each step returns 0 or an errno, and says in words
 * what it was that failed: nothing that was asked for is ever skipped.
 */
#ifndef MONITOR_ISOLATE_H
#define MONITOR_ISOLATE_H

#include "monitor/spec.h"

#include <sys/types.h>

enum { MON_DETAIL_SIZE = 120 };

/* What failed, for a mon_failed. */
typedef struct mon_detail {
    char text[MON_DETAIL_SIZE];
} mon_detail;

/* Fills in a detail and returns the error. */
__attribute__((format(printf, 3, 4))) int mon_detail_set(mon_detail *detail, int error,
                                                         const char *format, ...);

/* ---- spaces.c: namespaces ------------------------------------------------------------------- */

/* Whether the spec asks for namespaces at all. */
bool mon_spaces_wanted(const mon_spec *spec);
/* Enters new ones; without privileges in a user namespace that maps the own user alone. */
int mon_spaces_enter(const mon_spec *spec, mon_detail *detail);
/*
 * The first process of a process namespace: collects orphans until a byte comes through the
 * gate, then waits for the last of them. When the gate closes without one its monitor is gone:
 * it ends, and the kernel all of its namespace with it. A byte to ready says that it is one of
 * no use to the workload: without capabilities, and not to be looked into.
 */
_Noreturn void mon_spaces_init(int gate, int ready);

/* ---- view.c: the file system as the workload sees it ---------------------------------------- */

int mon_view_make(const mon_spec *spec, const char *workdir, mon_detail *detail);

/* ---- landlock.c ----------------------------------------------------------------------------- */

/* Makes the rules, as long as all paths can be opened: a descriptor, or -1 with errno. */
int mon_landlock_make(const mon_spec *spec, const char *workdir, mon_detail *detail);
/* Puts the process under them, for good. */
int mon_landlock_enter(int rules, mon_detail *detail);

/* ---- privileges.c --------------------------------------------------------------------------- */

int mon_drop_bounding(mon_detail *detail);
int mon_drop_capabilities(mon_detail *detail);
/* Installs the spec's system call filter, if it has one. */
int mon_filter_calls(const mon_spec *spec, mon_detail *detail);

#endif
