#include "cclock.h"

#include <sys/timex.h>

// The Swift importer does not know <sys/timex.h>.

int cclock_is_synchronised(void) {
    struct timex asked = {0};
    int state = adjtimex(&asked);
    if (state < 0) return -1;
    return state != TIME_ERROR && (asked.status & STA_UNSYNC) == 0;
}
