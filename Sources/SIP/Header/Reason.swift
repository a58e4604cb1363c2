import Wire

/// Reason: why a request or response was sent (RFC 3326).
public struct Reason: HeaderField {
    public static var name: HeaderName { .reason }

    /// `SIP`, `Q.850`…
    public var namespace: String
    public var parameters: Parameters

    public init(_ namespace: String, cause: Int?, text: String? = nil) {
        self.namespace = namespace
        parameters = []
        if let cause { parameters["cause"] = String(cause) }
        if let text { parameters.set(Parameter("text", quoting: text)) }
    }

    public init(decoding value: ArraySlice<UInt8>) throws(DecodeError) {
        var lexer = Lexer(value)
        namespace = try lexer.token("protocol")
        parameters = try lexer.parameters("parameters")
        try lexer.expectEnd("parameters")
    }

    public var cause: Int? { parameters["cause"].flatMap { Lexer.number($0.utf8, limit: 0xFFFF) } }
    public var text: String? { parameters["text"] }

    public var description: String { "\(namespace)\(parameters)" }
}

extension Headers {
    /// Empty when there is none or one is malformed.
    public var reasons: [Reason] {
        get { (try? decode(Reason.self)) ?? [] }
        set { replace(.reason, with: newValue.map(\.description)) }
    }
}
