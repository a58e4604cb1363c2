import Glibc

/// CPU and memory of a process at a moment, from `/proc`.
struct ProcessUsage {
    /// CPU seconds in its own code and in the kernel.
    let user: Double
    let system: Double
    /// Megabytes of 1,000,000 octets.
    let resident: Double
    /// Resident memory that no file stands behind.
    let anonymous: Double

    var cpu: Double { user + system }

    init(process: Int32) {
        // The name, in parentheses, may hold spaces: fields are counted behind it.
        let fields = FileText.read("/proc/\(process)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        user = fields.count > 12 ? (Double(fields[11]) ?? 0) / ticks : 0
        system = fields.count > 12 ? (Double(fields[12]) ?? 0) / ticks : 0
        let rollup = FileText.read("/proc/\(process)/smaps_rollup")
        resident = Self.megabytes("Rss:", in: rollup)
        anonymous = Self.megabytes("Anonymous:", in: rollup)
    }

    private static func megabytes(_ name: String, in rollup: String) -> Double {
        let line = rollup.split(separator: "\n").first { $0.hasPrefix(name) }
        let kibibytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
        return kibibytes * 1024 / 1e6
    }
}
