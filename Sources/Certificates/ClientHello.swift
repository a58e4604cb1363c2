/// The two things that a TLS client says first and that we look at (RFC 8446 §4.1.2): whom it wants and which protocols it speaks.
struct ClientHello: Equatable {
    /// The host of the server_name extension (RFC 6066 §3), lower-case; nil where there is none.
    var host: String?
    /// The protocols of the ALPN extension (RFC 7301 §3.1), in order.
    var protocols: [[UInt8]] = []

    enum Reading: Equatable {
        case incomplete
        /// No TLS, or none that we read; for the TLS library to refuse.
        case unreadable
        case whole(ClientHello)
    }

    /// Octets of a hello that are looked at: as many as any client needs, and no more than one record holds.
    static let limit = 16_384

    /// Reads the beginning of a connection. Never traps; what does not fit is unreadable.
    static func read(_ octets: [UInt8]) -> Reading {
        var handshake: [UInt8] = []
        var rest = octets[...]
        // A hello may be spread over records.
        while true {
            guard let header = rest.prefixOctets(5) else { return rest.isPrefixOfRecord ? .incomplete : .unreadable }
            guard header[0] == 22, header[1] == 3 else { return .unreadable }
            let length = Int(header[3]) << 8 | Int(header[4])
            guard length > 0, length <= limit, handshake.count + length <= limit else { return .unreadable }
            let body = rest.dropFirst(5).prefix(length)
            handshake += body
            if let hello = whole(handshake) { return hello }
            guard body.count == length else { return .incomplete }
            rest = rest.dropFirst(5 + length)
        }
    }

    /// Nil while more is to come.
    private static func whole(_ handshake: [UInt8]) -> Reading? {
        var reader = Reader(handshake[...])
        guard let type = reader.number(1) else { return nil }
        guard type == 1 else { return .unreadable }
        guard let length = reader.number(3) else { return nil }
        guard length <= limit else { return .unreadable }
        guard var body = reader.piece(length) else { return nil }
        guard body.skip(2 + 32), body.vector(1) != nil, body.vector(2) != nil, body.vector(1) != nil else { return .unreadable }
        guard !body.isAtEnd else { return .whole(ClientHello()) }
        guard let extensions = body.vector(2) else { return .unreadable }
        return ClientHello(extensions).map { .whole($0) } ?? .unreadable
    }

    init() {}

    private init?(_ extensions: Reader) {
        var extensions = extensions
        while !extensions.isAtEnd {
            guard let type = extensions.number(2), var value = extensions.vector(2) else { return nil }
            switch type {
            case 0:
                guard var list = value.vector(2) else { return nil }
                while !list.isAtEnd {
                    guard let kind = list.number(1), let name = list.vector(2) else { return nil }
                    if kind == 0, host == nil { host = String(decoding: name.octets, as: UTF8.self).lowercased() }
                }
            case 16:
                guard var list = value.vector(2) else { return nil }
                while !list.isAtEnd {
                    guard let name = list.vector(1) else { return nil }
                    protocols.append(Array(name.octets))
                }
            default: break
            }
        }
    }

    /// Numbers and vectors of TLS's presentation language (RFC 8446 §3).
    private struct Reader {
        private(set) var octets: ArraySlice<UInt8>

        init(_ octets: ArraySlice<UInt8>) { self.octets = octets }

        var isAtEnd: Bool { octets.isEmpty }

        mutating func number(_ count: Int) -> Int? {
            guard let taken = octets.prefixOctets(count) else { return nil }
            octets = octets.dropFirst(count)
            return taken.reduce(0) { $0 << 8 | Int($1) }
        }

        mutating func piece(_ count: Int) -> Reader? {
            guard octets.count >= count else { return nil }
            defer { octets = octets.dropFirst(count) }
            return Reader(octets.prefix(count))
        }

        mutating func skip(_ count: Int) -> Bool { piece(count) != nil }

        /// A vector behind a length of so many octets.
        mutating func vector(_ lengthOctets: Int) -> Reader? { number(lengthOctets).flatMap { piece($0) } }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func prefixOctets(_ count: Int) -> [UInt8]? { self.count >= count ? Array(prefix(count)) : nil }

    /// Whether what is there so far may become a handshake record.
    fileprivate var isPrefixOfRecord: Bool { (first ?? 22) == 22 && (dropFirst().first ?? 3) == 3 }
}
