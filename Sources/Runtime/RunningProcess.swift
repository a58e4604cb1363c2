import Glibc

/// A process of this machine, as `/proc` shows it (proc(5)).
public struct RunningProcess: Sendable {
    let number: pid_t

    /// The names of all that run, cut off after 15 octets as the kernel keeps them.
    public static var names: Set<String> {
        Set(
            DirectoryEntries.all(of: "/proc").filter { $0.allSatisfy(\.isNumber) }.compactMap { number in
                contents(of: "/proc/\(number)/comm").map { String(decoding: $0.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self) }
            })
    }

    var isAlive: Bool { kill(number, 0) == 0 || errno == EPERM }

    /// When it started, in seconds since 1970. Nil where the system does not tell.
    var started: Double? {
        guard let stat = Self.contents(of: "/proc/\(number)/stat") else { return nil }
        // The name before it stands in parentheses and may hold anything; the start is the 22nd field, in ticks since boot.
        guard let name = stat.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = stat[(name + 1)...].split(separator: UInt8(ascii: " "))
        guard fields.count > 19, let ticks = Double(String(decoding: fields[19], as: UTF8.self)) else { return nil }
        return Self.seconds(CLOCK_REALTIME) - Self.seconds(CLOCK_BOOTTIME) + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Whether it has the device open. Nil where this user may not see that.
    func hasOpen(device: String) -> Bool? {
        var wanted = stat()
        let folder = "/proc/\(number)/fd"
        guard stat(device, &wanted) == 0, access(folder, R_OK) == 0 else { return nil }
        return DirectoryEntries.all(of: folder).contains { name in
            var found = stat()
            return stat("\(folder)/\(name)", &found) == 0 && found.st_mode & S_IFMT == S_IFCHR && found.st_rdev == wanted.st_rdev
        }
    }

    private static func contents(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: 1024)
        let count = read(descriptor, &octets, octets.count)
        return count > 0 ? Array(octets[..<count]) : nil
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
