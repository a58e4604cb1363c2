#ifndef CCLOCK_H
#define CCLOCK_H

/// Whether the kernel knows that somebody keeps its clock right: 1 or 0, or -1 where it may not be asked.
int cclock_is_synchronised(void);

#endif
