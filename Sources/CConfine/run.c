#define _GNU_SOURCE
#include "steps.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What the child tells before it becomes the program, and once more when it could not. */
struct word { int step, cause, landlock; };

/* The number under which the child keeps its end of the pipe, behind input, output and errors. */
enum { EAR = 3 };

/* The daemon's descriptors may be thousands, with locks and connections among them. */
static int close_the_rest(void) {
    if (syscall(__NR_close_range, EAR + 1, ~0U, 0) == 0) return 0;
    long count = sysconf(_SC_OPEN_MAX);
    for (int file = EAR + 1; file < (count > 0 && count < 65536 ? count : 65536); file++) close(file);
    return 0;
}

/* Those asked for may be 0, 1, 2 or 3 themselves, so they are moved away first. */
static int take_descriptors(const struct confine_order *order, int *ear) {
    int empty = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int input = fcntl(empty, F_DUPFD_CLOEXEC, EAR + 1), output = fcntl(order->output, F_DUPFD_CLOEXEC, EAR + 1);
    int errors = fcntl(order->errors, F_DUPFD_CLOEXEC, EAR + 1);
    if (empty < 0 || input < 0 || output < 0 || errors < 0) return -1;
    if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0) return -1;
    if (*ear != EAR && dup3(*ear, EAR, O_CLOEXEC) < 0) return -1;
    *ear = EAR;
    return close_the_rest();
}

/* The daemon's signal handlers are not for this process; what it ignores would stay ignored. A service manager that stops the daemon may tell
 * every process of it to end: a tool that did would be taken for one that its file has killed. It ends with the daemon anyway. */
static int own_session(void) {
    struct sigaction usual = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &usual, NULL);
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    return setsid() < 0 || sigprocmask(SIG_SETMASK, &held, NULL) != 0 ? -1 : 0;
}

/* Runs in the child. Only calls that are safe in a signal handler: another thread may have held any lock when this one forked. */
static void become(const struct confine_order *order, pid_t daemon, int ear) {
    struct word word = {CONFINE_SESSION, 0, 0};
    if (own_session() != 0) goto failed;
    word.step = CONFINE_DESCRIPTORS;
    if (take_descriptors(order, &ear) != 0) goto failed;
    word.step = CONFINE_FOLDER;
    umask(077);
    if (chdir(order->folder) != 0) goto failed;
    word.step = CONFINE_PRIVILEGES;
    confine_step_back();
    if (confine_give_up_privileges() != 0) goto failed;
    /* The daemon may have died before that could be told. */
    if (getppid() != daemon) _exit(1);
    word.step = CONFINE_FILES;
    if (confine_restrict_files(order, &word.landlock) != 0) goto failed;
    word.step = CONFINE_LIMITS;
    if (confine_set_limits(order) != 0) goto failed;
    word.step = CONFINE_CALLS;
    if (confine_restrict_calls() != 0) goto failed;
    word.step = CONFINE_PROGRAM;
    if (write(ear, &word, sizeof word) != sizeof word) _exit(1);
    execve(order->program, order->arguments, order->environment);
failed:
    word.cause = errno;
    if (write(ear, &word, sizeof word) != sizeof word) _exit(1);
    _exit(1);
}

int confine_cancellation(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void confine_cancel(int cancellation) { eventfd_write(cancellation, 1); }

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Takes what the child tells; -1 when there will be no more. */
static int listen_to(int mouth, struct confine_outcome *outcome) {
    struct word word;
    ssize_t count;
    do count = read(mouth, &word, sizeof word);
    while (count < 0 && errno == EINTR);
    if (count != sizeof word) return close(mouth), -1;
    outcome->landlock = word.landlock;
    if (word.cause) outcome->ending = CONFINE_NOT_STARTED, outcome->step = word.step, outcome->code = word.cause;
    return mouth;
}

/* Waits until the child has ended, which leaves it to be reaped, or the run is given up. */
static void watch(const struct confine_order *order, pid_t child, int mouth, struct confine_outcome *outcome) {
    int64_t deadline = now() + (int64_t)order->clock_milliseconds;
    int end = (int)syscall(__NR_pidfd_open, child, 0);
    for (;;) {
        siginfo_t ended = {.si_pid = 0};
        if (waitid(P_PID, (id_t)child, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == child) break;
        int64_t left = deadline - now();
        if (left <= 0) {
            outcome->ending = CONFINE_TOO_LONG;
            break;
        }
        /* A kernel without descriptors of processes is asked again and again. */
        if (end < 0 && left > 10) left = 10;
        struct pollfd what[] = {{end, POLLIN, 0}, {mouth, POLLIN, 0}, {order->cancellation, POLLIN, 0}};
        if (poll(what, 3, (int)left) <= 0) continue;
        if (what[1].revents) mouth = listen_to(mouth, outcome);
        if (what[2].revents) {
            outcome->ending = CONFINE_CANCELLED;
            break;
        }
    }
    while (mouth >= 0 && outcome->ending == CONFINE_EXITED) mouth = listen_to(mouth, outcome);
    if (mouth >= 0) close(mouth);
    if (end >= 0) close(end);
}

struct confine_outcome confine_run(const struct confine_order *order) {
    struct confine_outcome outcome = {CONFINE_EXITED, 0, CONFINE_FORK, 0};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return (struct confine_outcome){CONFINE_NOT_STARTED, errno, CONFINE_FORK, 0};
    /* Until the child has its own, no handler of the daemon's may run in it. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t daemon = getpid(), child = fork();
    if (child == 0) become(order, daemon, ends[1]);
    int cause = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return (struct confine_outcome){CONFINE_NOT_STARTED, cause, CONFINE_FORK, 0};
    }
    watch(order, child, ends[0], &outcome);
    /* The child itself first: given up early, it may not have its group yet. Not reaped before, its number is still its own. */
    kill(child, SIGKILL);
    kill(-child, SIGKILL);
    int status = 0;
    pid_t reaped;
    do reaped = waitpid(child, &status, 0);
    while (reaped < 0 && errno == EINTR);
    if (outcome.ending != CONFINE_EXITED) return outcome;
    if (reaped != child) return (struct confine_outcome){CONFINE_NOT_STARTED, ECHILD, CONFINE_FORK, outcome.landlock};
    if (WIFSIGNALED(status)) outcome.ending = CONFINE_SIGNALLED, outcome.code = WTERMSIG(status);
    else outcome.code = WEXITSTATUS(status);
    return outcome;
}
