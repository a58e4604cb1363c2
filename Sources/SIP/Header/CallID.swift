extension Headers {
    /// Call-ID, compared octet by octet (RFC 3261 §20.8).
    public var callID: String? {
        get { self[.callID] }
        set { self[.callID] = newValue }
    }
}
