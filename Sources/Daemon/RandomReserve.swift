import Glibc
import Synchronization

/// The system's randomness, fetched for many names at once: a text takes a dozen numbers, and to ask the kernel costs more than a name.
final class RandomReserve: Sendable {
    private struct Reserve {
        var numbers = [UInt64](repeating: 0, count: 32)
        /// Each is given once, the last first.
        var left = 0
    }

    private let reserve = Mutex(Reserve())

    func next() -> UInt64 {
        reserve.withLock { reserve in
            if reserve.left == 0 {
                Self.fill(&reserve.numbers)
                reserve.left = reserve.numbers.count
            }
            reserve.left -= 1
            return reserve.numbers[reserve.left]
        }
    }

    private static func fill(_ numbers: inout [UInt64]) {
        // As much as one call gives; it fails only on kernels that lack it.
        guard numbers.withUnsafeMutableBytes({ getentropy($0.baseAddress, $0.count) }) != 0 else { return }
        for index in numbers.indices { numbers[index] = .random(in: .min ... .max) }
    }
}
