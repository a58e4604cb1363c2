import CZlib

/// One gzip member (RFC 1952).
enum Gzip {
    private static let gzipWindow: Int32 = 15 + 16

    static func compress(_ octets: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        guard
            deflateInit2_(
                &stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return [] }
        defer { deflateEnd(&stream) }
        var input = octets
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(octets.count))))
        return input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { return [] }
                return Array(target.prefix(target.count - Int(stream.avail_out)))
            }
        }
    }
}
