import Certificates
import HTTPStack
import Telephony

/// A WireGuard tunnel to this house, and the phones that may come through it.
public struct Tunnel: Hashable, Sendable {
    public struct Phone: Hashable, Sendable {
        public let name: String
        /// The last number of its addresses.
        public let place: Int
        public var publicKey: TunnelKey
        public var presharedKey: TunnelKey
        public var addedAt: Instant
    }

    public let network: TunnelNetwork
    public let privateKey: TunnelKey
    /// How phones reach this house from outside: a name or an address, and a UDP port.
    public let endpoint: TunnelEndpoint
    /// UDP port that WireGuard listens on here.
    public let port: Int
    /// Name servers that phones use while the tunnel is up; empty leaves them their own.
    public let nameServers: [String]
    public private(set) var phones: [Phone] = []

    /// The network interface's name, and the file's.
    public static let interface = "homeline"

    public init(network: TunnelNetwork, privateKey: TunnelKey, endpoint: TunnelEndpoint, port: Int, nameServers: [String]) {
        self.network = network
        self.privateKey = privateKey
        self.endpoint = endpoint
        self.port = port
        self.nameServers = nameServers
    }

    /// Why a phone cannot be added or found, for who asked.
    public enum Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        case badName(String)
        case known(String)
        case unknown(String)
        case full

        public var description: String {
            switch self {
            case .badName(let name): "\(name.harmlessLine) is no name for a phone: up to 40 letters, digits, - and _"
            case .known(let name): "there is a phone named \(name) already; 'show' and 'remove' speak of it"
            case .unknown(let name): "there is no phone named \(name.harmlessLine)"
            case .full: "the tunnel has room for 253 phones, and all of it is taken"
            }
        }
    }

    /// Adds a phone with new keys. What comes back has its private key, which is kept nowhere.
    public mutating func add(_ name: String, at now: Instant) throws(Mistake) -> PhoneProfile {
        guard Self.isName(name) else { throw .badName(name) }
        guard !phones.contains(where: { $0.name == name }) else { throw .known(name) }
        let taken = Set(phones.map(\.place))
        guard let place = TunnelNetwork.places.first(where: { !taken.contains($0) }) else { throw .full }
        let (phone, profile) = make(name, place, now)
        phones.append(phone)
        return profile
    }

    /// New keys for a phone; the old ones open nothing any more.
    public mutating func renew(_ name: String, at now: Instant) throws(Mistake) -> PhoneProfile {
        guard let index = phones.firstIndex(where: { $0.name == name }) else { throw .unknown(name) }
        let (phone, profile) = make(name, phones[index].place, now)
        phones[index] = phone
        return profile
    }

    public mutating func remove(_ name: String) throws(Mistake) {
        guard let index = phones.firstIndex(where: { $0.name == name }) else { throw .unknown(name) }
        phones.remove(at: index)
    }

    public func phone(_ name: String) throws(Mistake) -> Phone {
        guard let phone = phones.first(where: { $0.name == name }) else { throw .unknown(name) }
        return phone
    }

    private func make(_ name: String, _ place: Int, _ now: Instant) -> (Phone, PhoneProfile) {
        let key = TunnelKey.privateKey(), shared = TunnelKey.preshared()
        // A key that was just made has a public half.
        let phone = Phone(name: name, place: place, publicKey: key.publicKey ?? key, presharedKey: shared, addedAt: now)
        return (phone, PhoneProfile(tunnel: self, phone: phone, privateKey: key))
    }

    /// Whether a text can be a name server's address.
    public static func isNameServer(_ text: String) -> Bool { ServerName.address(text) != nil }

    /// It stands in file names and comments, and nowhere does it mean anything.
    static func isName(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x5F }
    }
}

extension Tunnel {
    public init?(_ octets: [UInt8]) {
        guard let json = try? JSON(decoding: octets), let network = TunnelNetwork(v4: json["v4"]?.text ?? "", v6: json["v6"]?.text ?? ""),
            let key = TunnelKey(json["privateKey"]?.text ?? ""), let endpoint = TunnelEndpoint(json["endpoint"]?.text ?? ""), case .integer(let port)? = json["port"]
        else { return nil }
        self.init(
            network: network, privateKey: key, endpoint: endpoint, port: Int(clamping: port), nameServers: (json["nameServers"]?.elements ?? []).compactMap(\.text))
        for element in json["phones"]?.elements ?? [] {
            guard let name = element["name"]?.text, Self.isName(name), case .integer(let place)? = element["place"], TunnelNetwork.places.contains(Int(clamping: place)),
                let publicKey = TunnelKey(element["publicKey"]?.text ?? ""), let shared = TunnelKey(element["presharedKey"]?.text ?? ""),
                case .integer(let added)? = element["addedAt"]
            else { return nil }
            phones.append(Phone(name: name, place: Int(place), publicKey: publicKey, presharedKey: shared, addedAt: Instant(milliseconds: added)))
        }
    }

    /// What is kept: of phones the public keys alone.
    public var octets: [UInt8] {
        let phones = phones.map { phone -> JSON in
            [
                "name": .string(phone.name), "place": .integer(Int64(phone.place)), "publicKey": .string(phone.publicKey.text),
                "presharedKey": .string(phone.presharedKey.text), "addedAt": .integer(phone.addedAt.milliseconds),
            ]
        }
        let json: JSON = [
            "v4": .string(network.v4Subnet), "v6": .string(network.v6Subnet), "privateKey": .string(privateKey.text), "endpoint": .string(endpoint.description),
            "port": .integer(Int64(port)), "nameServers": .array(nameServers.map { .string($0) }), "phones": .array(phones),
        ]
        return json.encoded
    }
}
