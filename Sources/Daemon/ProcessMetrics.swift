import Glibc
import HTTPStack

/// What the process uses, by the names Prometheus gives these.
enum ProcessMetrics {
    static func current() -> [Metric] {
        var metrics: [Metric] = []
        if let resident = residentOctets() {
            metrics.append(
                Metric("process_resident_memory_bytes", .gauge, help: "Resident memory.", samples: [.init(Double(resident))]))
        }
        var usage = rusage()
        if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 {
            let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
            let system = Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
            metrics.append(Metric("process_cpu_seconds_total", .counter, help: "Processor time.", samples: [.init(user + system)]))
        }
        return metrics
    }

    /// The second number of /proc/self/statm, in pages.
    private static func residentOctets() -> Int? {
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 128)
        guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let numbers = text.split(separator: " ")
        guard numbers.count > 1, let pages = Int(numbers[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
