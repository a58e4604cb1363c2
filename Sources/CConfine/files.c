#define _GNU_SOURCE
#include "steps.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Landlock (Documentation/userspace-api/landlock.rst). Its numbers are written out because the header of an older system lacks the newer ones. */

#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif

enum {
    EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_DIR = 1 << 3, REMOVE_FILE = 1 << 5, MAKE_REG = 1 << 8,
    ALL_OF_1 = (1 << 13) - 1, REFER = 1 << 13, TRUNCATE = 1 << 14, IOCTL_DEV = 1 << 15,
};

enum { BIND_TCP = 1 << 0, CONNECT_TCP = 1 << 1, ABSTRACT_SOCKETS = 1 << 0, SIGNALS = 1 << 1 };

struct ruleset { uint64_t files, network, scopes; };
struct beneath { uint64_t allowed; int32_t place; } __attribute__((packed));

int confine_landlock(void) {
    long version = syscall(__NR_landlock_create_ruleset, NULL, 0, 1 /* tell the version */);
    return version > 0 ? (int)version : 0;
}

/* What is not there need not be allowed. */
static int allow(int rules, const char *path, uint64_t access) {
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return errno == ENOENT || errno == EACCES ? 0 : -1;
    struct stat kind;
    int done = fstat(place, &kind);
    if (done == 0) {
        if (!S_ISDIR(kind.st_mode)) access &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV;
        struct beneath rule = {access, place};
        done = (int)syscall(__NR_landlock_add_rule, rules, 1 /* beneath a path */, &rule, 0);
    }
    int cause = errno;
    close(place);
    errno = cause;
    return done;
}

/* What every program of the system is made of: libraries, and who loads them. */
static int allow_programs(int rules, const struct confine_order *order) {
    static const char *const libraries[] = {"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/null", "/dev/urandom", NULL};
    static const char *const loaders[] = {
        "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-linux-armhf.so.3", "/lib/ld-linux-riscv64-lp64d.so.1", NULL,
    };
    for (const char *const *path = libraries; *path; path++)
        if (allow(rules, *path, READ_FILE | READ_DIR) != 0) return -1;
    for (const char *const *path = loaders; *path; path++)
        if (allow(rules, *path, READ_FILE | EXECUTE) != 0) return -1;
    return allow(rules, order->program, READ_FILE | EXECUTE);
}

int confine_restrict_files(const struct confine_order *order, int *version) {
    *version = confine_landlock();
    if (*version == 0) return 0;
    struct ruleset wanted = {ALL_OF_1, 0, 0};
    size_t size = sizeof wanted.files;
    if (*version >= 2) wanted.files |= REFER;
    if (*version >= 3) wanted.files |= TRUNCATE;
    if (*version >= 4) wanted.network = BIND_TCP | CONNECT_TCP, size = offsetof(struct ruleset, scopes);
    if (*version >= 5) wanted.files |= IOCTL_DEV;
    if (*version >= 6) wanted.scopes = ABSTRACT_SOCKETS | SIGNALS, size = sizeof wanted;
    int rules = (int)syscall(__NR_landlock_create_ruleset, &wanted, size, 0);
    if (rules < 0) return -1;
    uint64_t own = (READ_FILE | READ_DIR | WRITE_FILE | MAKE_REG | REMOVE_FILE | TRUNCATE) & wanted.files;
    int done = allow_programs(rules, order);
    for (const char *const *path = order->readable; done == 0 && *path; path++) done = allow(rules, *path, READ_FILE | READ_DIR);
    if (done == 0) done = allow(rules, order->folder, own);
    if (done == 0) done = (int)syscall(__NR_landlock_restrict_self, rules, 0);
    int cause = errno;
    close(rules);
    errno = cause;
    return done;
}
