import Foundation
import SIP

/// A certificate nobody vouches for, made by the openssl command.
public enum SelfSigned {
    public struct Files: Sendable {
        public let certificate: String
        public let key: String
    }

    /// Throws `StateError` where the host is none or openssl cannot be run.
    public static func make(host: String, directory: String, days: Int = 825) throws -> Files {
        guard let name = Host(host) else { throw StateError("\(host) is no host name or address") }
        let isAddress = name.isIPv6 || name.text.allSatisfy { $0.isNumber || $0 == "." }
        let files = Files(certificate: directory + "/homeline.crt", key: directory + "/homeline.key")
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        openssl.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "\(days)",
            "-subj", "/CN=\(name.text)", "-addext", "subjectAltName=\(isAddress ? "IP" : "DNS"):\(name.text)",
            "-keyout", files.key, "-out", files.certificate,
        ]
        openssl.standardError = FileHandle.nullDevice
        openssl.standardOutput = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        guard openssl.terminationStatus == 0 else { throw StateError("openssl could not make a certificate in \(directory); is it installed?") }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: files.key)
        return files
    }
}
