import Certificates
import Files
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
        // The key first: what a power failure leaves of a new pair is a key of no certificate, which TLS refuses, and never a certificate without its key.
        try keep(pair.privateKey, at: files.key, mode: 0o600)
        try keep(pair.chain, at: files.certificate, mode: 0o644)
        return files
    }

    /// Who was given the file that was there is given the new one.
    private static func keep(_ text: String, at path: String, mode: mode_t) throws(StateError) {
        var before = stat()
        let wasThere = stat(path, &before) == 0
        guard DurableFile.put(Array(text.utf8), at: path), chmod(path, mode) == 0, !wasThere || chown(path, before.st_uid, before.st_gid) == 0 else {
            throw StateError("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
