/// Where media to be fitted is.
public enum MediaSource: Hashable, Sendable {
    /// A file by its whole path, which is only read.
    case file(String)
    case octets([UInt8])
}
