/* Time that passes, for metrics and progress; never for what is written. */
#ifndef FXC_BASE_CLOCK_H
#define FXC_BASE_CLOCK_H

/// Milliseconds of a clock that only goes forward.
double clock_ms(void);

/// Milliseconds that all threads of this process have computed so far.
double clock_cpu_ms(void);

#endif
