extension Request {
    /// Whether what passes between a peer and us is encrypted.
    public enum Transport: Sendable { case encrypted, plain }
}
