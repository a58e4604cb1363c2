#define _GNU_SOURCE
#include "steps.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A filter of system calls (seccomp(2)). It names what a decoder has no business with, because a list of what it needs would change with
 * every version of the libraries. What is refused fails with EPERM, so that a library that only tries goes on without. */

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__arm__)
#define OWN_ARCHITECTURE AUDIT_ARCH_ARM
#elif defined(__riscv) && __riscv_xlen == 64
#define OWN_ARCHITECTURE AUDIT_ARCH_RISCV64
#endif

#if defined(OWN_ARCHITECTURE)

#define FIELD(name) ((uint32_t)offsetof(struct seccomp_data, name))
/* The lower half of an argument; all these machines are little-endian. */
#define ARGUMENT(index) (FIELD(args) + 8 * (index))
#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, value)
#define REFUSAL (SECCOMP_RET_ERRNO | EPERM)
/* Each skips what follows when the call is another one. */
#define REFUSE(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), ANSWER(REFUSAL)

int confine_restrict_calls(void) {
    const struct sock_filter filter[] = {
        LOAD(FIELD(arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0), ANSWER(SECCOMP_RET_KILL_PROCESS),
        LOAD(FIELD(nr)),
#if defined(__x86_64__)
        /* The numbers of the x32 interface. */
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), ANSWER(SECCOMP_RET_KILL_PROCESS),
#endif
        /* Network, and whatever else is a socket; io_uring makes sockets that no filter sees. */
        REFUSE(socket), REFUSE(socketpair), REFUSE(connect), REFUSE(bind), REFUSE(listen),
#ifdef __NR_socketcall
        REFUSE(socketcall),
#endif
        REFUSE(io_uring_setup), REFUSE(io_uring_enter), REFUSE(io_uring_register),
        /* Other processes. A library asks for a thread by clone3 first, whose arguments no filter sees, and then by clone. */
#ifdef __NR_fork
        REFUSE(fork), REFUSE(vfork),
#endif
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1), ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 4),
        LOAD(ARGUMENT(0)),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1), ANSWER(SECCOMP_RET_ALLOW), ANSWER(REFUSAL),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_tgkill, 0, 4),
        LOAD(ARGUMENT(0)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 0, 1), ANSWER(SECCOMP_RET_ALLOW), ANSWER(REFUSAL),
        REFUSE(kill), REFUSE(tkill), REFUSE(rt_sigqueueinfo), REFUSE(rt_tgsigqueueinfo), REFUSE(pidfd_open), REFUSE(pidfd_send_signal), REFUSE(pidfd_getfd),
        REFUSE(ptrace), REFUSE(process_vm_readv), REFUSE(process_vm_writev), REFUSE(process_madvise), REFUSE(kcmp),
        REFUSE(shmget), REFUSE(shmat), REFUSE(msgget), REFUSE(semget), REFUSE(mq_open),
        /* Its own bounds: a second argument of prlimit is a limit to be set. */
        REFUSE(setrlimit),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_prlimit64, 0, 6),
        LOAD(ARGUMENT(2)), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3),
        LOAD(ARGUMENT(2) + 4), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1), ANSWER(SECCOMP_RET_ALLOW), ANSWER(REFUSAL),
        /* The machine, and wide doors into the kernel. */
        REFUSE(unshare), REFUSE(setns), REFUSE(mount), REFUSE(umount2), REFUSE(pivot_root), REFUSE(chroot), REFUSE(open_tree), REFUSE(move_mount),
        REFUSE(fsopen), REFUSE(fsmount), REFUSE(open_by_handle_at), REFUSE(bpf), REFUSE(perf_event_open), REFUSE(userfaultfd), REFUSE(fanotify_init),
        REFUSE(add_key), REFUSE(request_key), REFUSE(keyctl), REFUSE(init_module), REFUSE(finit_module), REFUSE(delete_module),
        REFUSE(kexec_load), REFUSE(reboot), REFUSE(swapon), REFUSE(swapoff), REFUSE(acct), REFUSE(quotactl), REFUSE(personality),
        REFUSE(clock_settime), REFUSE(settimeofday), REFUSE(adjtimex), REFUSE(sethostname), REFUSE(setdomainname),
        ANSWER(SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, (struct sock_filter *)filter};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

#else

int confine_restrict_calls(void) {
    errno = ENOSYS;
    return -1;
}

#endif
