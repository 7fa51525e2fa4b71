/* fake_loop.h - a nex_loop whose time only passes when the test says so. */
#ifndef FAKE_LOOP_H
#define FAKE_LOOP_H

#include <nex/loop.h>

nex_loop *fake_loop_new(void);
/** Lets time pass; timers that become due fire in order, at their times. */
void fake_loop_advance(nex_loop *loop, nex_duration duration);
/** Runs what was posted. */
void fake_loop_run_posted(nex_loop *loop);
/** How long until the next timer fires; -1: there is none. */
nex_duration fake_loop_next(nex_loop *loop);

#endif
