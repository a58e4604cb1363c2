import Glibc

/// What could not be done with a folder or a file in it.
public struct FolderError: Error, Hashable, Sendable {
    public let sentence: String
    /// The system's number of the reason; 0 where it was ours.
    public let code: Int32

    init(_ what: String, _ path: String, code: Int32 = errno) {
        self.code = code
        sentence = code == 0 ? "\(path) \(what)" : "\(path) \(what): \(String(cString: strerror(code)))"
    }

    public var isTooLarge: Bool { code == EFBIG }
}

extension FolderError: CustomStringConvertible {
    public var description: String { sentence }
}
