import Glibc

/// A secret kept in a file of its own, out of the configuration.
public enum SecretFile {
    /// The first line without its end; nil when the file cannot be read or has none. At most 4 KiB are looked at.
    public static func firstLine(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &octets, octets.count)
        guard count > 0 else { return nil }
        let line = octets[..<count].prefix { $0 != 0x0A && $0 != 0x0D }
        return line.isEmpty ? nil : String(validating: line, as: UTF8.self)
    }
}
