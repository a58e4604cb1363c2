// Tells ThreadSanitizer what it cannot see: that a contended Synchronization.Mutex was taken or given up inside the Swift runtime, which is
// not instrumented. Preloaded by `make tsan`. The runtime's own functions do the work; the handle is in the register of Swift's self.
#define _GNU_SOURCE
#include <dlfcn.h>

static void (*acquire)(void *);
static void (*release)(void *);
static void *lock_slow, *unlock_slow;

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

__attribute__((used)) static void *original_lock(void) {
    if (!lock_slow) lock_slow = dlsym(RTLD_NEXT, LOCK);
    return lock_slow;
}

__attribute__((used)) static void taken(void *handle) {
    if (!acquire) acquire = (void (*)(void *))dlsym(RTLD_DEFAULT, "__tsan_acquire");
    if (acquire) acquire(handle);
}

__attribute__((used)) static void *given_up(void *handle) {
    if (!release) release = (void (*)(void *))dlsym(RTLD_DEFAULT, "__tsan_release");
    if (release) release(handle);
    if (!unlock_slow) unlock_slow = dlsym(RTLD_NEXT, UNLOCK);
    return unlock_slow;
}

#if defined(__x86_64__)
__asm__(".globl \"" LOCK "\"\n\"" LOCK "\":\n"
        "push %rdi\n push %r13\n sub $8, %rsp\n call original_lock\n mov 8(%rsp), %r13\n mov 16(%rsp), %rdi\n"
        "call *%rax\n mov 8(%rsp), %rdi\n call taken\n add $8, %rsp\n pop %r13\n pop %rdi\n ret\n");
__asm__(".globl \"" UNLOCK "\"\n\"" UNLOCK "\":\n"
        "push %r13\n mov %r13, %rdi\n call given_up\n mov (%rsp), %r13\n call *%rax\n pop %r13\n ret\n");
#else
#error "Written for x86-64"
#endif
