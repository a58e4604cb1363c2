#ifndef CCONFINE_H
#define CCONFINE_H

#include <stdint.h>

/// One run of a program of the system that is not trusted with anything but one file and one folder.
struct confine_order {
    /// Absolute path.
    const char *program;
    /// Ends with NULL, as does `environment`; neither is changed.
    char *const *arguments;
    char *const *environment;
    /// The working folder, the only place where it may write.
    const char *folder;
    /// Files and folders that it may read beside `folder`, ending with NULL.
    const char *const *readable;
    /// Descriptors that become its standard output and errors; its input is empty.
    int output, errors;
    /// Becomes readable when the run is to be given up; -1 for never.
    int cancellation;
    /// Octets of address space, seconds of processor time, octets of a file it writes, milliseconds by the clock.
    uint64_t memory, processor_seconds, file_octets, clock_milliseconds;
};

enum confine_ending { CONFINE_EXITED, CONFINE_SIGNALLED, CONFINE_TOO_LONG, CONFINE_CANCELLED, CONFINE_NOT_STARTED };

/// What confines the program, in the order in which it is done; told where one could not be done.
enum confine_step { CONFINE_FORK, CONFINE_SESSION, CONFINE_DESCRIPTORS, CONFINE_FOLDER, CONFINE_PRIVILEGES, CONFINE_FILES, CONFINE_LIMITS, CONFINE_CALLS, CONFINE_PROGRAM };

struct confine_outcome {
    enum confine_ending ending;
    /// The exit status, the signal's number, or why it was not started (errno).
    int code;
    /// Where a program that was not started failed.
    enum confine_step step;
    /// Version of Landlock that bounds the files it sees; 0 where the kernel has none.
    int landlock;
};

/// Runs the program to its end and kills what is left of its process group. Blocks the thread, which must not end before: the kernel
/// kills the program with the thread that started it.
struct confine_outcome confine_run(const struct confine_order *order);

/// A descriptor for `cancellation`, which the caller closes; -1 with errno set.
int confine_cancellation(void);

/// Makes the descriptor readable.
void confine_cancel(int cancellation);

/// The version of Landlock that the kernel offers; 0 for none.
int confine_landlock(void);

#endif
