#define _GNU_SOURCE
#include "steps.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

int confine_give_up_privileges(void) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    /* What the service manager let the daemon keep; the oldest kernels have none. */
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    /* Where the daemon is root: the program will be root without its powers. Nobody else may or need do this. */
    for (int capability = 0; capability < 64; capability++) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
}

void confine_step_back(void) {
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file >= 0) {
        if (write(file, "1000", 4) < 0) { /* Limits still hold. */ }
        close(file);
    }
    setpriority(PRIO_PROCESS, 0, 5);
}

int confine_set_limits(const struct confine_order *order) {
    const struct { int resource; rlim_t limit; } limits[] = {
        {RLIMIT_AS, order->memory}, {RLIMIT_CPU, order->processor_seconds}, {RLIMIT_FSIZE, order->file_octets},
        {RLIMIT_NOFILE, 64}, {RLIMIT_CORE, 0}, {RLIMIT_MEMLOCK, 0},
    };
    for (unsigned i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit current;
        if (getrlimit(limits[i].resource, &current) != 0) return -1;
        rlim_t limit = limits[i].limit < current.rlim_max ? limits[i].limit : current.rlim_max;
        /* The signal of the lower limit tells what happened; that of the upper does not. */
        struct rlimit wanted = {limit, limits[i].resource == RLIMIT_CPU && limit < current.rlim_max ? limit + 1 : limit};
        if (setrlimit(limits[i].resource, &wanted) != 0) return -1;
    }
    return 0;
}
