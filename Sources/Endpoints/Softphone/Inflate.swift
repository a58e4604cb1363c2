import CZlib

/// Bodies that an app compressed (`Content-Encoding: deflate` or `gzip`; RFC 1950, RFC 1952).
enum Inflate {
    /// The octets, nil when they are no zlib or gzip stream, are cut short, or would be more than `limit`.
    static func octets(of compressed: [UInt8], limit: Int) -> [UInt8]? {
        var input = compressed
        var stream = z_stream()
        // 15 bits of window; 32 more lets zlib tell its own framing from gzip's.
        guard inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: limit + 1)
        let (status, count) = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(clamping: source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(clamping: target.count)
                let status = inflate(&stream, Z_FINISH)
                return (status, target.count - Int(stream.avail_out))
            }
        }
        guard status == Z_STREAM_END, count <= limit else { return nil }
        return Array(output[..<count])
    }
}
