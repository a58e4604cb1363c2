import Glibc

/// What the machine is and how busy it is: figures mean little without it.
enum Machine {
    static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Processes that ran or wanted to, over the last minute.
    static var load: Double {
        FileText.read("/proc/loadavg").split(separator: " ").first.flatMap { Double($0) } ?? 0
    }

    /// Milliseconds that making one small write durable takes in this directory; the floor of every commit.
    static func syncTime(in directory: String) -> Double {
        let path = directory + "/sync-probe"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return 0 }
        defer {
            close(descriptor)
            unlink(path)
        }
        let page = [UInt8](repeating: 0x5A, count: 4096)
        var times: [Double] = []
        for _ in 0..<100 {
            let start = ContinuousClock.now
            guard write(descriptor, page, page.count) == page.count, fsync(descriptor) == 0 else { return 0 }
            times.append((ContinuousClock.now - start).milliseconds)
        }
        return Samples(times).median
    }
}

/// Whole files of `/proc`, which have no length.
enum FileText {
    /// Empty where the file cannot be read.
    static func read(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            text += chunk[..<count]
        }
        return String(decoding: text, as: UTF8.self)
    }
}
