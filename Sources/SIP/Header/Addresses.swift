import Wire

/// The fields that hold addresses and nothing else: From, To, Route and their like (RFC 3261 §20, RFC 3327, RFC 3608, RFC 3325, RFC 3515).
/// Each is nil or empty when absent or malformed.
extension Headers {
    public var from: NameAddress? {
        get { address(.from) }
        set { self[.from] = newValue?.description }
    }

    public var to: NameAddress? {
        get { address(.to) }
        set { self[.to] = newValue?.description }
    }

    public var replyTo: NameAddress? {
        get { address(.replyTo) }
        set { self[.replyTo] = newValue?.description }
    }

    public var referTo: NameAddress? {
        get { address(.referTo) }
        set { self[.referTo] = newValue?.description }
    }

    public var referredBy: NameAddress? {
        get { address(.referredBy) }
        set { self[.referredBy] = newValue?.description }
    }

    public var routes: [NameAddress] {
        get { addresses(.route) }
        set { replace(.route, with: newValue.map(\.description)) }
    }

    public var recordRoutes: [NameAddress] {
        get { addresses(.recordRoute) }
        set { replace(.recordRoute, with: newValue.map(\.description)) }
    }

    public var path: [NameAddress] {
        get { addresses(.path) }
        set { replace(.path, with: newValue.map(\.description)) }
    }

    public var serviceRoutes: [NameAddress] {
        get { addresses(.serviceRoute) }
        set { replace(.serviceRoute, with: newValue.map(\.description)) }
    }

    public var assertedIdentities: [NameAddress] {
        get { addresses(.pAssertedIdentity) }
        set { replace(.pAssertedIdentity, with: newValue.map(\.description)) }
    }

    public var preferredIdentities: [NameAddress] {
        get { addresses(.pPreferredIdentity) }
        set { replace(.pPreferredIdentity, with: newValue.map(\.description)) }
    }

    /// Writes a tag behind the first address of the name, which has none and can be read; in angle brackets it stays as it came.
    mutating func append(tag: String, to name: HeaderName) {
        guard var text = self[name] else { return }
        if !text.utf8.contains(UInt8(ascii: ">")), let address = address(name) { text = address.description }
        text += ";"
        Parameter("tag", tag).append(to: &text)
        replaceFirst(name, with: text)
    }

    private func address(_ name: HeaderName) -> NameAddress? {
        try? decodeAddress(name)
    }

    private func addresses(_ name: HeaderName) -> [NameAddress] {
        (try? decodeAddresses(name)) ?? []
    }

    /// The address in the first field of the name. Throws when it is malformed.
    func decodeAddress(_ name: HeaderName) throws(DecodeError) -> NameAddress? {
        try decodeFirst(name) { octets throws(DecodeError) in try NameAddress(decoding: octets, "address") }
    }

    func decodeAddresses(_ name: HeaderName) throws(DecodeError) -> [NameAddress] {
        try decode(name) { octets throws(DecodeError) in try NameAddress(decoding: octets, "address") }
    }
}
