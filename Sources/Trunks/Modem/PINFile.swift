import Glibc

/// A file that holds a SIM's PIN.
enum PINFile {
    /// The first line without blanks around it; nil when the file cannot be read.
    static func pin(at path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // A PIN has eight digits at most; whatever is longer than this is another file.
        var octets = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &octets, octets.count)
        guard count >= 0 else { return nil }
        let line = octets[..<count].prefix { $0 != 0x0A }
        return String(decoding: line.filter { $0 != 0x0D && $0 != 0x20 && $0 != 0x09 }, as: UTF8.self)
    }
}
