import Certificates

/// Where and how the one HTTP listener listens.
public struct ListenerSettings: Hashable, Sendable {
    /// Nil host: no network listener.
    public var host: String?
    /// 0 lets the system choose.
    public var port: Int
    /// Turns on TLS; read again when the files change.
    public var tls: CertificateFiles?
    /// A unix-domain socket of mode 0600 whose callers are trusted with everything.
    public var socketPath: String?
    public var limits: Limits

    public init(host: String? = "127.0.0.1", port: Int = 8080, tls: CertificateFiles? = nil, socketPath: String? = nil, limits: Limits = Limits()) {
        self.host = host
        self.port = port
        self.tls = tls
        self.socketPath = socketPath
        self.limits = limits
    }

    /// Bounds on what peers may take of us.
    public struct Limits: Hashable, Sendable {
        public var connections = 1024
        public var connectionsPerSource = 256
        /// From connecting to the end of the first head, TLS handshake included.
        public var headDeadline: Duration = .seconds(10)
        /// From the head to the end of the body.
        public var bodyDeadline: Duration = .seconds(30)
        /// Octets a second at which a body that is longer than its deadline is to come.
        public var bodyRate = 8 * 1024
        /// From an answer to the end of the next head.
        public var idleDeadline: Duration = .seconds(30)
        /// How long a peer may leave our octets unread.
        public var stallDeadline: Duration = .seconds(20)
        public var headOctets = 16 * 1024
        public var headerFields = 64

        public init() {}
    }
}
