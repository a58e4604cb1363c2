/// What Homeline needs of a gammu-smsdrc: the folders. Keys are read as gammu does, whatever their case.
public struct GammuSettings: Hashable, Sendable {
    public let inbox: String?
    public let outbox: String?
    public let sent: String?
    public let error: String?

    public init(decoding octets: [UInt8]) {
        var values: [String: String] = [:]
        var isInSection = false
        for line in String(decoding: octets.prefix(1 << 20), as: UTF8.self).split(whereSeparator: \.isNewline) {
            let line = line.trimmed
            if line.hasPrefix("[") { isInSection = line.lowercased() == "[smsd]" }
            guard isInSection, !line.hasPrefix(";"), !line.hasPrefix("#"), let sign = line.firstIndex(of: "=") else { continue }
            let name = line[..<sign].trimmed.lowercased()
            values[name] = values[name] ?? String(line[line.index(after: sign)...].trimmed)
        }
        (inbox, outbox, sent, error) = (values["inboxpath"], values["outboxpath"], values["sentsmspath"], values["errorsmspath"])
    }
}
