#ifndef CPTY_H
#define CPTY_H

/// Opens a pseudo-terminal; the descriptor of its modem side, or -1 with errno set.
int cpty_open(void);

/// Writes the path of the terminal side of `master` into `path`; 0, or -1 with errno set.
int cpty_name(int master, char *path, unsigned long capacity);

#endif
