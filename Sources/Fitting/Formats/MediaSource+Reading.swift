import Foundation

extension MediaSource {
    /// How long it is.
    func count() throws(FittingError) -> Int {
        switch self {
        case .octets(let octets): return octets.count
        case .file(let path):
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .machine("the original is not there") }
            return Int(status.st_size)
        }
    }

    func head() throws(FittingError) -> [UInt8] {
        switch self {
        case .octets(let octets): return Array(octets.prefix(MediaFormat.tellingOctets))
        case .file(let path):
            guard let file = FileHandle(forReadingAtPath: path) else { throw .machine("the original cannot be read") }
            defer { try? file.close() }
            return Array((try? file.read(upToCount: MediaFormat.tellingOctets)) ?? Data())
        }
    }

    /// All of it, for what goes as it came; the caller has looked at the count.
    func octets() throws(FittingError) -> [UInt8] {
        switch self {
        case .octets(let octets): return octets
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path) else { throw .machine("the original cannot be read") }
            return Array(data)
        }
    }
}
