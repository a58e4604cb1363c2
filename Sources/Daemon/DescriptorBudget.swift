import Glibc

/// How many connections each of the network's doors may hold, so that a crowd cannot take the descriptors that the process itself needs:
/// without a free one the runtime's own threads trap.
struct DescriptorBudget {
    let perDoor: Int

    /// The ledger, the listeners, event loops, lines, what is being opened just now.
    private static let own = 64
    private static let wanted = 16_384
    /// HTTP and SIP.
    private static let doors = 2
    private static let most = 1024

    /// Raises the limit as far as it may be, and shares out what there is.
    init() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            perDoor = Self.most
            return
        }
        let wanted = min(rlim_t(Self.wanted), limit.rlim_max)
        if limit.rlim_cur < wanted {
            let raised = rlimit(rlim_cur: wanted, rlim_max: limit.rlim_max)
            if withUnsafePointer(to: raised, { setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), $0) }) == 0 { limit.rlim_cur = wanted }
        }
        perDoor = max(4, min(Self.most, (Int(clamping: limit.rlim_cur) - Self.own) / Self.doors))
    }
}
