/// The name that a text of ours carries, so that it is known where it comes out.
struct TextName: Hashable {
    let slot: Int
    let number: Int

    var text: String { "bench-\(slot)-\(number)" }

    private static let mark = Array("bench-".utf8)

    init(slot: Int, number: Int) {
        self.slot = slot
        self.number = number
    }

    /// The first one in what arrived; nil where there is none.
    init?(in octets: ArraySlice<UInt8>) {
        let mark = Self.mark
        for start in octets.indices where octets[start] == mark[0] && octets[start...].starts(with: mark) {
            let rest = octets[(start + mark.count)...].prefix { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
            let numbers = String(decoding: rest, as: UTF8.self).split(separator: "-").compactMap { Int($0) }
            guard numbers.count == 2 else { continue }
            self.init(slot: numbers[0], number: numbers[1])
            return
        }
        return nil
    }
}
