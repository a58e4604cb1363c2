import HTTPTypes

/// A request as an operation sees it: admitted, with its body read.
public struct Request: Sendable {
    public let method: String
    /// The path as sent, still percent-encoded, without the query.
    public let path: String
    public let query: String
    public internal(set) var source: Source
    /// Whether it came over TLS to a proxy before us, where one that we know says so.
    public internal(set) var transport: Transport?
    public internal(set) var caller: Caller = .stranger
    public internal(set) var body: [UInt8]
    var parameters: [String: String] = [:]
    let fields: HTTPFields
    /// The Host field, which the HTTP layer keeps apart.
    private let host: String?
    /// Whether the peer has ended the connection meanwhile, so that nobody may read the answer.
    public internal(set) var isAbandoned: @Sendable () async -> Bool = { false }

    init(method: String, target: String, fields: HTTPFields, host: String?, source: Source, body: [UInt8] = []) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0])
        query = parts.count > 1 ? String(parts[1]) : ""
        self.fields = fields
        self.host = host
        self.source = source
        self.body = body
    }

    /// For tests and for callers inside the process. Header names that HTTP does not allow are left out.
    public init(_ method: Method, _ target: String, headers: [String: String] = [:], body: [UInt8] = [], source: Source = .local) {
        var fields = HTTPFields()
        for (name, value) in headers {
            if name != "Host", let name = HTTPField.Name(name) { fields[name] = value }
        }
        self.init(method: method.rawValue, target: target, fields: fields, host: headers["Host"], source: source, body: body)
    }

    /// The same with a body that the operation has read itself.
    public func with(body: [UInt8]) -> Request {
        var request = self
        request.body = body
        return request
    }

    /// A header field's value, nil when it is absent.
    public func header(_ name: String) -> String? {
        name.lowercased() == "host" ? host : HTTPField.Name(name).flatMap { fields[$0] }
    }

    /// The text that stands for `{name}` in the operation's path.
    public func parameter(_ name: String) -> String {
        parameters[name] ?? ""
    }

    /// The query's parameters. One that is not in `names`, or comes twice, is refused by name.
    public func queryParameters(_ names: String...) throws(Problem) -> [String: String] {
        var found: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plus: .space),
                let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : "", plus: .space)
            else { throw .badRequest("The query is not percent-encoded UTF-8") }
            guard names.contains(name) else { throw .badRequest("There is no such query parameter", field: name) }
            guard found.updateValue(value, forKey: name) == nil else { throw .badRequest("Given twice", field: name) }
        }
        return found
    }
}
