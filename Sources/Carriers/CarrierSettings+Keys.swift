import Foundation
import Settings

extension CarrierSettings {
    static let apnKey = Key<String>(
        "apn", "Access point of the data context; also chooses among several carriers that share the SIM's network.", example: "internet"
    ) { node throws(Unreadable) in
        try plain(node, limit: 100, "an access point's name expected") { $0 > 0x20 && $0 < 0x7F && ![0x22, 0x27, 0x2C, 0x5C].contains($0) }
    }
    static let userKey = Key<String>("user", "User name of the access point.", example: "mms") { node throws(Unreadable) in
        try plain(node, limit: 100, "a user name expected") { $0 > 0x20 && $0 < 0x7F && ![0x22, 0x27, 0x2C, 0x5C].contains($0) }
    }
    static let passwordKey = Key<String>(
        "password-file", "File with the access point's password; its first line counts.", example: "/etc/homeline/apn.password"
    ) { node throws(Unreadable) in
        let path = try plain(node, limit: 1024, "a path expected") { $0 >= 0x20 }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8), let line = text.split(whereSeparator: \.isNewline).first else {
            throw Unreadable("the file \(path) cannot be read")
        }
        let isPlain = line.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && ![0x22, 0x27, 0x2C, 0x5C].contains($0) }
        guard isPlain, line.utf8.count <= 100 else { throw Unreadable("the first line of \(path) is no password of an access point") }
        return String(line)
    }
    static let mmscKey = Key<String>(
        "mmsc", "URL of the carrier's multimedia message centre.", example: "http://mmsc.example.net/mms"
    ) { node throws(Unreadable) in
        let text = try plain(node, limit: 2048, "an http or https URL expected") { $0 > 0x20 && $0 < 0x7F }
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else { throw Unreadable("an http or https URL expected") }
        return text
    }
    static let proxyKey = Key<ProxyChoice>("proxy", "The carrier's proxy, host:port, or none.", example: "10.0.0.1:8080") { node throws(Unreadable) in
        let text = try plain(node, limit: 300, "host:port or none expected") { $0 > 0x20 && $0 < 0x7F }
        if text == "none" { return .direct }
        guard let address = ProxyAddress(text) else { throw Unreadable("host:port or none expected") }
        return .through(address)
    }
    static let userAgentKey = Key<String>(
        "user-agent", "The phone to pass for; some carriers convert media for phones they do not know.", example: CarrierProfile.ordinaryUserAgent
    ) { node throws(Unreadable) in
        try plain(node, limit: 200, "printable characters expected") { (0x20...0x7E).contains($0) }
    }
    static let deviceProfileKey = Key<String>(
        "profile-url", "URL of that phone's UAProf document, sent as x-wap-profile.", example: "http://example.net/uaprof.xml"
    ) { node throws(Unreadable) in
        try plain(node, limit: 500, "a URL expected") { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 }
    }
    static let headersKey = Key<[CarrierHeader]>(
        "headers", "Further header fields; {number} and {national} stand for the line's own number.", example: "[\"X-MDN: {national}\"]"
    ) { node throws(Unreadable) in
        let nodes = if case .list(let nodes) = node.content { nodes } else { [node] }
        var headers: [CarrierHeader] = []
        for node in nodes {
            guard case .scalar(let text) = node.content, let header = CarrierHeader(text) else {
                throw Unreadable("a list of header fields expected, such as [\"X-MDN: {national}\"]")
            }
            headers.append(header)
        }
        return headers
    }
    static let sizeKey = Key<Int>.number(
        "size-limit", "Octets that the carrier takes in one message; pictures are fitted to it.", example: "1000000", in: 30_000...20_000_000)
    static let imageKey = Key<ImageSize>("image-size", "Pixels that the carrier takes, width x height.", example: "1600x1200") { node throws(Unreadable) in
        let text = try plain(node, limit: 20, "two numbers such as 1600x1200 expected") { $0 > 0x20 && $0 < 0x7F }
        let sides = text.split(separator: "x").compactMap { Int($0) }
        guard sides.count == 2, sides.allSatisfy({ (64...20_000).contains($0) }) else {
            throw Unreadable("two numbers such as 1600x1200 expected")
        }
        return ImageSize(width: sides[0], height: sides[1])
    }
    static let recipientsKey = Key<Int>.number("recipients", "How many may be addressed in one message.", example: "10", in: 1...100)
    static let acknowledgeKey = Key<CarrierProfile.AcknowledgementTarget>.choice(
        "acknowledge-to", "mmsc or content-location: where the carrier wants to hear that a message was fetched.", example: "mmsc",
        Dictionary(uniqueKeysWithValues: CarrierProfile.AcknowledgementTarget.allCases.map { ($0.rawValue, $0) }))

    /// Every key, for the example configuration.
    public static let keys: [KeyDoc] = [
        apnKey.documentation, userKey.documentation, passwordKey.documentation, mmscKey.documentation, proxyKey.documentation,
        userAgentKey.documentation, deviceProfileKey.documentation, headersKey.documentation, sizeKey.documentation, imageKey.documentation,
        recipientsKey.documentation, acknowledgeKey.documentation,
    ]

    /// Reads the carrier's keys of a line's `mms` section; the caller finishes the section.
    public init(section: inout Section) throws(SettingsError) {
        self.init()
        apn = try section.optional(Self.apnKey)
        user = try section.optional(Self.userKey)
        password = try section.optional(Self.passwordKey)
        mmsc = try section.optional(Self.mmscKey)
        proxy = try section.optional(Self.proxyKey)
        userAgent = try section.optional(Self.userAgentKey)
        deviceProfile = try section.optional(Self.deviceProfileKey)
        headers = try section.value(Self.headersKey, default: [])
        size = try section.optional(Self.sizeKey)
        image = try section.optional(Self.imageKey)
        recipients = try section.optional(Self.recipientsKey)
        acknowledgeTo = try section.optional(Self.acknowledgeKey)
    }

    /// A single value of allowed octets: these texts become parts of commands, arguments and header fields.
    private static func plain(_ node: Node, limit: Int, _ complaint: String, allows: (UInt8) -> Bool) throws(Unreadable) -> String {
        guard case .scalar(let text) = node.content, !text.isEmpty, text.utf8.count <= limit, text.utf8.allSatisfy(allows) else {
            throw Unreadable(complaint)
        }
        return text
    }
}
