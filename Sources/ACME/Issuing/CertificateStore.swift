import Certificates
import Glibc
import Telephony

/// The folder for certificates in the state directory: files of mode 0600, replaced in one instant.
public struct CertificateStore: Sendable {
    public let directory: String

    /// One that cannot be written.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String
    }

    public init(directory: String) { self.directory = directory }

    /// Chain and key in one file, so that both change at once.
    public var authorised: CertificateFiles { CertificateFiles(chain: directory + "/acme.pem", privateKey: directory + "/acme.pem") }
    public var selfSigned: CertificateFiles { CertificateFiles(chain: directory + "/self-signed.pem", privateKey: directory + "/self-signed.pem") }
    var record: String { directory + "/acme.json" }

    func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: 1 << 20)
        let count = Glibc.read(descriptor, &octets, octets.count)
        return count < 0 ? nil : Array(octets[..<count])
    }

    /// The chain in a file, nil where there is none that can be read.
    public func chain(_ files: CertificateFiles) -> CertificateChain? {
        read(files.chain).flatMap { try? CertificateChain(pem: $0) }
    }

    /// How the last order failed and what to do; nil where it did not, or there was none.
    public var lastFailure: (sentence: String, advice: String?)? {
        read(record).flatMap { IssuerRecord($0) }.flatMap { record in record.lastFailure.map { ($0, record.lastAdvice) } }
    }

    /// Durable before it returns.
    public func write(_ octets: [UInt8], to path: String) throws(Fault) {
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw fault(directory) }
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw fault(temporary) }
        var rest = octets[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                close(descriptor)
                throw fault(temporary)
            }
            rest = rest.dropFirst(count)
        }
        let isSynced = fsync(descriptor) == 0
        close(descriptor)
        guard isSynced, rename(temporary, path) == 0 else { throw fault(path) }
        let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// Puts an authority's certificate in its place, with its key.
    func keep(chain: String, key: String) throws {
        let octets = Array((key + chain).utf8), trial = CertificateFiles(chain: directory + "/trial.pem", privateKey: directory + "/trial.pem")
        try write(octets, to: trial.chain)
        defer { unlink(trial.chain) }
        // What TLS does not take must not push out what it does.
        _ = try ServerIdentity(trial)
        try write(octets, to: authorised.chain)
    }

    /// Puts a self-signed certificate there, unless there is one that is good for the names and for some time.
    /// One of an authority's is left alone.
    public func ensureSelfSigned(_ files: CertificateFiles, names: [String], now: Instant) throws {
        if let chain = chain(files), (try? ServerIdentity(files)) != nil {
            let isOurs = chain.isSelfSigned
            if !isOurs || (now < chain.renewal && now >= chain.begin && names.allSatisfy(chain.serves)) { return }
        }
        // A clock that is a little behind elsewhere must not find it too young.
        let pair = try SelfSigned(names: names, from: now - .seconds(3600))
        try write(Array((pair.privateKey + pair.chain).utf8), to: files.chain)
    }

    private func fault(_ path: String) -> Fault { Fault(description: "\(path) cannot be written: \(String(cString: strerror(errno)))") }
}
