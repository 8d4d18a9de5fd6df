/* A program that runs until it is told to end: SIGINT, SIGTERM and SIGHUP become a descriptor to wait for
 * and a flag to look at. The one global state of the program, since a signal has no other way in. */
#ifndef FXC_BASE_STOP_H
#define FXC_BASE_STOP_H

#include <stdatomic.h>

/// From here on these signals end nothing. *readable is a descriptor that becomes readable with the first of
/// them; it stays open. 0 or an errno value. Once in a process.
int stop_on_signals(int *readable);

/// Set by the first signal; long work looks at it and gives up.
extern atomic_bool stop_asked;

#endif
