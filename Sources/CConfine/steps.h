#ifndef CONFINE_STEPS_H
#define CONFINE_STEPS_H

#include "cconfine.h"

/* All of these run between fork and exec in a copy of a process that had other threads: only calls that are safe in a signal handler,
 * no allocation, no lock. Each returns 0, or -1 with errno set. */

/* The first to be killed when memory runs out, and behind the daemon in the queue for processors. Where it cannot be, nothing is lost. */
void confine_step_back(void);

/* No more rights by exec; dies with the thread that started it. */
int confine_give_up_privileges(void);

/* Memory, processor time, file sizes, descriptors, no core. */
int confine_set_limits(const struct confine_order *order);

/* The files that may be seen, where the kernel can tell (Landlock); the version in force in `version`, 0 for none. */
int confine_restrict_files(const struct confine_order *order, int *version);

/* No sockets, no other processes, no way around (seccomp). */
int confine_restrict_calls(void);

#endif
