extension Headers {
    /// Media types of Accept (RFC 3261 §20.1); malformed ones are left out.
    public var accept: [ContentType] {
        get { values(.accept).compactMap { try? ContentType(decoding: $0) } }
        set { replace(.accept, with: newValue.map(\.description)) }
    }
}
