import Glibc

/// An open file read piece by piece; what another process cuts off meanwhile is a short read.
final class LogReader {
    private let descriptor: Int32

    /// Nil where there is no such file, or it may not be read.
    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// Fills the buffer from this place; false when the file ends before.
    func fill(_ buffer: UnsafeMutableRawBufferPointer, from place: Int) -> Bool {
        guard let base = buffer.baseAddress else { return true }
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, base + done, buffer.count - done, off_t(place + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// So many octets from this place, nil when the file ends before.
    func octets(_ count: Int, from place: Int) -> [UInt8]? {
        var octets = [UInt8](repeating: 0, count: count)
        return octets.withUnsafeMutableBytes { fill($0, from: place) } ? octets : nil
    }
}
