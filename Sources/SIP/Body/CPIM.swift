import Wire

/// A message with an envelope of its own (RFC 3862, message/cpim).
public struct CPIM: Hashable, Sendable {
    /// `Name: value` or `prefix.Name: value`.
    public struct Field: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Whose receipts the sender asks for (RFC 5438 §6.2).
    public enum Disposition: String, CaseIterable, Hashable, Sendable {
        case positiveDelivery = "positive-delivery"
        case negativeDelivery = "negative-delivery"
        case display
        case processing
    }

    /// The envelope, in order.
    public var headers: [Field]
    /// MIME headers of the body, in order.
    public var contentHeaders: [Field]
    /// As it is written, in its transfer encoding.
    public var body: [UInt8]

    public init(headers: [Field], contentHeaders: [Field], body: [UInt8]) {
        self.headers = headers
        self.contentHeaders = contentHeaders
        self.body = body
    }

    /// An envelope that Linphone takes: addresses without names, and no DateTime, which it refuses in every January.
    public init(from: URI, to: URI, contentType: ContentType, body: [UInt8], messageID: String? = nil, dispositions: Set<Disposition> = []) {
        headers = [Field("From", "<\(from)>"), Field("To", "<\(to)>")]
        if messageID != nil || !dispositions.isEmpty { headers.append(Field("NS", "imdn <\(CPIM.imdnNamespace)>")) }
        if let messageID { headers.append(Field("imdn.Message-ID", messageID)) }
        if !dispositions.isEmpty {
            let names = Disposition.allCases.filter(dispositions.contains).map(\.rawValue)
            headers.append(Field("imdn.Disposition-Notification", names.joined(separator: ", ")))
        }
        contentHeaders = [Field("Content-Type", contentType.description), Field("Content-Length", "\(body.count)")]
        self.body = body
    }

    public static let imdnNamespace = "urn:ietf:params:imdn"

    public var from: NameAddress? { address("From") }
    public var to: NameAddress? { address("To") }
    /// Seconds since 1970; nil when absent or malformed.
    public var dateTime: Int? { value("DateTime").flatMap(DateTime.decode) }
    /// What an IMDN on this message names.
    public var messageID: String? { value("Message-ID", in: CPIM.imdnNamespace) }
    /// text/plain where the content says nothing (RFC 2045 §5.2).
    public var contentType: ContentType {
        contentHeaders.first { Grammar.equalIgnoringCase($0.name, "Content-Type") }.flatMap { try? ContentType(decoding: $0.value) } ?? .plainText
    }

    /// In lower case; nil when absent. What is enclosed is a MIME body with the headers of one (RFC 3862 §2), this one among them.
    public var transferEncoding: String? {
        contentHeaders.first { Grammar.equalIgnoringCase($0.name, "Content-Transfer-Encoding") }
            .map { String($0.value.lowercased().prefix { $0 != " " && $0 != ";" }) }
    }

    /// The body out of its transfer encoding; nil for an encoding that is not read. Throws where it is not what the encoding says.
    public func content() throws(DecodeError) -> [UInt8]? {
        guard let name = transferEncoding else { return body }
        return try TransferEncoding(name)?.decode(body)
    }

    public var dispositions: Set<Disposition> {
        let names = value("Disposition-Notification", in: CPIM.imdnNamespace)?.split(separator: ",") ?? []
        return Set(names.compactMap { Disposition(rawValue: $0.filter { $0 != " " }.lowercased()) })
    }

    /// The first value of a name without prefix. Names are compared with case (RFC 3862 §2.2), ours leniently without.
    public func value(_ name: String) -> String? {
        headers.first { Grammar.equalIgnoringCase($0.name, name) }?.value
    }

    /// The first value of a name in the namespace of that URI.
    public func value(_ name: String, in namespace: String) -> String? {
        prefixes(of: namespace).lazy.compactMap { value("\($0).\(name)") }.first
    }

    /// `NS: prefix <uri>`.
    private func prefixes(of namespace: String) -> [Substring] {
        headers.filter { Grammar.equalIgnoringCase($0.name, "NS") }.compactMap { field in
            let parts = field.value.split(separator: "<", maxSplits: 1)
            guard parts.count == 2, parts[1] == "\(namespace)>" else { return nil }
            return parts[0].split(separator: " ").first
        }
    }

    private func address(_ name: String) -> NameAddress? {
        value(name).flatMap { try? NameAddress(decoding: $0) }
    }
}
