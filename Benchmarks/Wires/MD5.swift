import Crypto

/// The hash of digest authentication. In a file of its own: the library's names clash with SIP's.
enum MD5 {
    static let hash: @Sendable ([UInt8]) -> [UInt8] = { Array(Insecure.MD5.hash(data: $0)) }
}
