import SIP

/// Bounds on what peers may hold open, and for how long.
public struct TransportSettings: Hashable, Sendable {
    /// From TCP accept to the end of the TLS handshake.
    public var handshakeTimeout: Duration
    /// From a message's first octet to its last; also from the opening of a connection to its first message.
    public var messageTimeout: Duration
    /// From one message or keep-alive to the next, where the connection is not kept for longer (`IncomingRequest.keepConnection`).
    public var idleTimeout: Duration
    /// For a connection of ours to be made, handshake included.
    public var connectTimeout: Duration
    /// Silence after which the kernel probes whether a connection's peer is still there.
    public var probeAfter: Duration
    /// How long probes and segments may go unacknowledged before the peer is taken for gone.
    public var deadPeerTimeout: Duration
    /// Connections of one source (IPv4 address, IPv6 /64).
    public var connectionsPerSource: Int
    public var connections: Int
    /// Octets that may wait for a peer that does not read; one more write and the connection is closed.
    public var writeBuffer: Int
    /// Largest UDP datagram heard; what is longer is refused. One octet more is read, to know it: by default 32 datagrams then fill the room
    /// that is made for them.
    public var datagramSize: Int
    /// Largest message of a connection.
    public var limits: Limits
    /// Largest message of a connection over which nobody has proven who they are: all that strangers can make us hold is this, times the
    /// connections.
    public var strangerLimits: Limits
    /// How long what a refused peer still sends is read and thrown away, so that it can read why.
    public var lingering: Duration

    public init(
        handshakeTimeout: Duration = .seconds(10), messageTimeout: Duration = .seconds(10), idleTimeout: Duration = .seconds(900),
        connectTimeout: Duration = .seconds(10), probeAfter: Duration = .seconds(120), deadPeerTimeout: Duration = .seconds(30),
        connectionsPerSource: Int = 32, connections: Int = 1_024, writeBuffer: Int = 262_144, datagramSize: Int = 8_191, limits: Limits = .stream,
        strangerLimits: Limits = Limits(headerSection: 16_384, line: 8_192, fieldCount: 256, body: 16_384), lingering: Duration = .seconds(1)
    ) {
        self.handshakeTimeout = handshakeTimeout
        self.messageTimeout = messageTimeout
        self.idleTimeout = idleTimeout
        self.connectTimeout = connectTimeout
        self.probeAfter = probeAfter
        self.deadPeerTimeout = deadPeerTimeout
        self.connectionsPerSource = connectionsPerSource
        self.connections = connections
        self.writeBuffer = writeBuffer
        self.datagramSize = datagramSize
        self.limits = limits
        self.strangerLimits = strangerLimits
        self.lingering = lingering
    }
}
