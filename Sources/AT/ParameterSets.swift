/// The allowed values of a test command's answer: `(0-3,8),("SM","ME"),…` (V.250 §5.4.4.2).
public struct ParameterSets: Equatable, Sendable {
    /// One set a parameter, quotes removed, ranges spelt out.
    public let sets: [[String]]

    /// Nil when the line does not begin with the prefix.
    public init?(_ line: String, after prefix: String) {
        guard let content = line.content(after: prefix) else { return nil }
        var sets: [[String]] = []
        var group: [UInt8] = []
        var isInside = false
        for octet in content.utf8 {
            switch (octet, isInside) {
            case (UInt8(ascii: "("), _): (group, isInside) = ([], true)
            case (UInt8(ascii: ")"), true):
                sets.append(Self.values(of: group))
                isInside = false
            case (_, true): group.append(octet)
            case (_, false): continue
            }
        }
        // A set without brackets around it: `+CPMS: "SM","ME"`.
        self.sets = sets.isEmpty ? [Self.values(of: Array(content.utf8))] : sets
    }

    public subscript(_ index: Int) -> [String] {
        sets.indices.contains(index) ? sets[index] : []
    }

    public func ints(_ index: Int) -> [Int] { self[index].compactMap(Int.init) }

    private static func values(of octets: [UInt8]) -> [String] {
        Parameters(String(decoding: octets, as: UTF8.self)).values.flatMap { value -> [String] in
            let bounds = value.text.split(separator: "-", maxSplits: 1).map { Int($0) }
            guard !value.isQuoted, bounds.count == 2, let low = bounds[0], let high = bounds[1], low <= high, high - low < 256 else {
                return value.isEmpty ? [] : [value.text]
            }
            return (low...high).map(String.init)
        }
    }
}
