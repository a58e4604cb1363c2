import Glibc

/// What the process holds in memory is not written to the disk when it dies: secrets and texts would lie in the dump, for whoever reads it first.
enum CrashDumps {
    static func forbid() {
        let none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = withUnsafePointer(to: none) { setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), $0) }
    }
}
