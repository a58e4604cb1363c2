import Glibc

/// A file of ours or of a renewal tool's, read whole and within bounds.
enum PEMFile {
    static let limit = 1 << 20

    static func read(_ path: String) throws(CertificateFault) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(file: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            guard count >= 0 else { throw .unreadable(file: path, reason: String(cString: strerror(errno))) }
            if count == 0 { return octets }
            octets += piece[..<count]
            guard octets.count <= limit else { throw .unreadable(file: path, reason: "it is larger than a megabyte") }
        }
    }
}
