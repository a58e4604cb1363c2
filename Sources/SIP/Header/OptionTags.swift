/// The fields that are lists of tokens.
extension Headers {
    /// Methods of Allow (RFC 3261 §20.5).
    public var allow: [Method] {
        get { values(.allow).compactMap(Method.init) }
        set { setList(.allow, newValue.map(\.token)) }
    }

    /// Option tags the peer knows (RFC 3261 §20.37), in lower case.
    public var supported: [String] {
        get { tags(.supported) }
        set { setList(.supported, newValue) }
    }

    /// Option tags the peer insists on (RFC 3261 §20.32), in lower case.
    public var require: [String] {
        get { tags(.require) }
        set { setList(.require, newValue) }
    }

    /// Option tags a proxy must know (RFC 3261 §20.29), in lower case.
    public var proxyRequire: [String] {
        get { tags(.proxyRequire) }
        set { setList(.proxyRequire, newValue) }
    }

    /// What a 420 names as not known (RFC 3261 §20.40), in lower case.
    public var unsupported: [String] {
        get { tags(.unsupported) }
        set { setList(.unsupported, newValue) }
    }

    /// Content codings, outermost last (RFC 3261 §20.12), in lower case.
    public var contentEncoding: [String] {
        get { tags(.contentEncoding) }
        set { setList(.contentEncoding, newValue) }
    }

    /// The tags of Require that are not among `known`: answer 420 with these in Unsupported when there is one.
    public func unknownRequirements(known: Set<String>) -> [String] {
        require.filter { !known.contains($0) }
    }

    private func tags(_ name: HeaderName) -> [String] {
        values(name).map { $0.lowercased() }
    }

    private mutating func setList(_ name: HeaderName, _ values: [String]) {
        if values.isEmpty { remove(name) } else { set(name, values.joined(separator: ", ")) }
    }
}
