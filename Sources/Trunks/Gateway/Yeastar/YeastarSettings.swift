/// Where a TG gateway is, and which of its ports is the line.
struct YeastarSettings: Sendable {
    let host: String
    let port: Int
    let user: String
    let secret: String
    /// The SIM's port and one.
    let span: Int
    let interval: Duration
}
