/* pid1.h - what the first process of a container has to do besides its own work. */
#ifndef PID1_H
#define PID1_H

#include <stdbool.h>

/**
 * As process 1 (else does nothing): goes on in a child, while this process passes signals to it
 * and buries whatever loses its parent. True in the child; false in process 1 once the child has
 * ended, with the exit status it had.
 */
bool pid1_go_on(int *exit_status);

#endif
