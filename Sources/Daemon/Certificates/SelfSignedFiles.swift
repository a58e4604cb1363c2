import Certificates
import Glibc
import Telephony

/// A certificate nobody vouches for, in two files for a first try.
public enum SelfSignedFiles {
    public struct Files: Sendable {
        public let certificate: String
        public let key: String
    }

    /// Throws `StateError` where the host is none or the files cannot be written.
    public static func make(host: String, directory: String) throws -> Files {
        let pair: SelfSigned
        do {
            pair = try SelfSigned(names: [host], from: SystemClock().now() - .seconds(3600))
        } catch let error as SelfSigned.BadName {
            throw StateError(error.description)
        }
        let files = Files(certificate: directory + "/homeline.crt", key: directory + "/homeline.key")
        try write(pair.privateKey, to: files.key, mode: 0o600)
        try write(pair.chain, to: files.certificate, mode: 0o644)
        return files
    }

    private static func write(_ text: String, to path: String, mode: mode_t) throws(StateError) {
        let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw StateError("\(path) cannot be written: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        let octets = Array(text.utf8)
        // One that was there keeps its mode otherwise.
        guard fchmod(descriptor, mode) == 0, Glibc.write(descriptor, octets, octets.count) == octets.count else {
            throw StateError("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
