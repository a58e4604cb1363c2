import Glibc

/// A port that could not be opened: what was tried, and the system's reason.
public struct PortError: Error, CustomStringConvertible {
    public let what: String
    public let code: CInt

    public var description: String { "cannot \(what): \(String(cString: strerror(code)))" }
}
