/* A disk with faults, put between a program and its files by LD_PRELOAD.
 *
 * DISK_UNDER   only files whose path begins so are meant; shared memory of SQLite's (-shm) never is.
 * DISK_LOG     every change is written to this file: what was written where, what was synced. See power.py.
 * DISK_ORDERS  a directory: while it holds "full" nothing may be written; when it holds "fail-sync" the next sync fails, once.
 * DISK_KILL_AT the process is killed before its change of this number, counted from 1.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *under, *orders;
static int log_file = -1;
static long kill_at, changes;

__attribute__((constructor)) static void begin(void) {
    under = getenv("DISK_UNDER");
    orders = getenv("DISK_ORDERS");
    if (getenv("DISK_KILL_AT")) kill_at = atol(getenv("DISK_KILL_AT"));
    if (getenv("DISK_LOG")) log_file = syscall(SYS_openat, AT_FDCWD, getenv("DISK_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_meant(const char *path) {
    size_t length = strlen(path);
    return under && !strncmp(path, under, strlen(under)) && !(length > 4 && !strcmp(path + length - 4, "-shm"));
}

/* Whether the open file is meant, and its path. */
static int meant(int file, char path[PATH_MAX]) {
    char link[64];
    if (!under) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_meant(path);
}

static int ordered(const char *name, int once) {
    char path[PATH_MAX];
    if (!orders) return 0;
    snprintf(path, sizeof path, "%s/%s", orders, name);
    if (syscall(SYS_access, path, F_OK)) return 0;
    if (once) syscall(SYS_unlink, path);
    return 1;
}

/* One record: what, where, from which octet, how many, and these. To be called with the lock held. */
static void tell(char what, const char *path, uint64_t offset, const void *octets, uint32_t count) {
    if (log_file < 0) return;
    uint16_t length = strlen(path);
    size_t size = 1 + 2 + 8 + 4 + length + (octets ? count : 0);
    char *record = malloc(size), *end = record;
    *end++ = what;
    memcpy(end, &length, 2), end += 2;
    memcpy(end, &offset, 8), end += 8;
    memcpy(end, &count, 4), end += 4;
    memcpy(end, path, length), end += length;
    if (octets) memcpy(end, octets, count);
    syscall(SYS_write, log_file, record, size);
    free(record);
}

static void change(void) {
    if (kill_at && ++changes == kill_at) kill(getpid(), SIGKILL), pause();
}

static ssize_t put(int file, const void *octets, size_t count, off_t offset, int at_offset) {
    char path[PATH_MAX];
    if (!meant(file, path)) return at_offset ? syscall(SYS_pwrite64, file, octets, count, offset) : syscall(SYS_write, file, octets, count);
    pthread_mutex_lock(&lock);
    change();
    ssize_t done = -1;
    if (ordered("full", 0)) {
        errno = ENOSPC;
    } else {
        if (!at_offset) offset = lseek(file, 0, SEEK_CUR);
        done = at_offset ? syscall(SYS_pwrite64, file, octets, count, offset) : syscall(SYS_write, file, octets, count);
        if (done > 0) tell('w', path, offset, octets, done);
    }
    int reason = errno;
    pthread_mutex_unlock(&lock);
    errno = reason;
    return done;
}

static int sync_file(int file, long number) {
    char path[PATH_MAX];
    /* A directory is synced for the names in it. */
    if (!meant(file, path)) return syscall(number, file);
    pthread_mutex_lock(&lock);
    change();
    int done = -1, reason = EIO;
    if (!ordered("fail-sync", 1)) {
        done = syscall(number, file);
        reason = errno;
        if (!done) tell('s', path, 0, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    errno = reason;
    return done;
}

static int cut(int file, off_t size) {
    char path[PATH_MAX];
    if (!meant(file, path)) return syscall(SYS_ftruncate, file, size);
    pthread_mutex_lock(&lock);
    change();
    int done = syscall(SYS_ftruncate, file, size), reason = errno;
    if (!done) tell('t', path, size, NULL, 0);
    pthread_mutex_unlock(&lock);
    errno = reason;
    return done;
}

static int open_file(int directory, const char *path, int flags, mode_t mode) {
    if (!(flags & O_CREAT) || !is_meant(path) || !syscall(SYS_access, path, F_OK)) return syscall(SYS_openat, directory, path, flags, mode);
    pthread_mutex_lock(&lock);
    change();
    int file = -1, reason = ENOSPC;
    if (!ordered("full", 0)) {
        file = syscall(SYS_openat, directory, path, flags, mode);
        reason = errno;
        if (file >= 0) tell('c', path, 0, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    errno = reason;
    return file;
}

ssize_t write(int file, const void *octets, size_t count) { return put(file, octets, count, 0, 0); }
ssize_t pwrite(int file, const void *octets, size_t count, off_t offset) { return put(file, octets, count, offset, 1); }
ssize_t pwrite64(int file, const void *octets, size_t count, off_t offset) { return put(file, octets, count, offset, 1); }
int fsync(int file) { return sync_file(file, SYS_fsync); }
int fdatasync(int file) { return sync_file(file, SYS_fdatasync); }
int ftruncate(int file, off_t size) { return cut(file, size); }
int ftruncate64(int file, off_t size) { return cut(file, size); }

int unlink(const char *path) {
    if (!is_meant(path)) return syscall(SYS_unlink, path);
    pthread_mutex_lock(&lock);
    change();
    int done = syscall(SYS_unlink, path), reason = errno;
    if (!done) tell('u', path, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
    errno = reason;
    return done;
}

static mode_t mode_of(int flags, va_list rest) { return flags & O_CREAT ? va_arg(rest, mode_t) : 0; }

#define OPEN(name, directory, ...)                            \
    int name(__VA_ARGS__, int flags, ...) {                   \
        va_list rest;                                         \
        va_start(rest, flags);                                \
        mode_t mode = mode_of(flags, rest);                   \
        va_end(rest);                                         \
        return open_file(directory, path, flags, mode);       \
    }
OPEN(open, AT_FDCWD, const char *path)
OPEN(open64, AT_FDCWD, const char *path)
OPEN(openat, directory, int directory, const char *path)
OPEN(openat64, directory, int directory, const char *path)
