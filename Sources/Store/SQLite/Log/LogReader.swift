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

extension LogReader {
    /// As a database's header tells it (SQLite file format §1.3.2).
    var databasePageSize: Int {
        guard let octets = octets(18, from: 0) else { return 4096 }
        let size = Int(octets[16]) << 8 | Int(octets[17])
        return size == 1 ? 65536 : size >= 512 ? size : 4096
    }

    /// The salts of a log whose own header is damaged; of one with a single frame, that one's.
    func secondFrameSalts(pageSize: Int) -> UInt64? {
        for place in [LogHeader.size + FrameHeader.size + pageSize, LogHeader.size] {
            if let head = octets(FrameHeader.size, from: place) { return head.withUnsafeBytes { FrameHeader($0).salts } }
        }
        return nil
    }
}
