#define _GNU_SOURCE
#include "cpty.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

// The C library hides these four calls from the Swift importer behind feature macros.

int cpty_open(void) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (master >= 0 && (grantpt(master) != 0 || unlockpt(master) != 0)) {
        int cause = errno;
        close(master);
        errno = cause;
        return -1;
    }
    return master;
}

int cpty_name(int master, char *path, unsigned long capacity) {
    int cause = ptsname_r(master, path, capacity);
    if (cause == 0) return 0;
    errno = cause;
    return -1;
}
