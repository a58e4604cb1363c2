/// A message storage by its two-letter name (TS 27.005 §3.2.2).
public struct Storage: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    /// Two capital letters, nil otherwise.
    public init?(rawValue: String) {
        guard rawValue.utf8.count == 2, rawValue.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
        self.rawValue = rawValue
    }

    private init(known: StaticString) { rawValue = "\(known)" }

    public static let sim = Storage(known: "SM")
    public static let equipment = Storage(known: "ME")
    public static let terminal = Storage(known: "MT")
    public static let statusReports = Storage(known: "SR")
}

/// How full a storage is (`+CPMS`).
public struct StorageUse: Equatable, Sendable {
    /// Nil in the answer to setting the storage, which repeats no names.
    public var storage: Storage?
    public var used: Int
    public var total: Int

    public init(storage: Storage? = nil, used: Int, total: Int) {
        self.storage = storage
        self.used = used
        self.total = total
    }

    public var isFull: Bool { total > 0 && used >= total }

    /// One entry a storage: read, write, receive. Nil when the line is no such answer.
    public static func all(line: String) -> [StorageUse]? {
        guard let values = Parameters(line, after: "+CPMS:") else { return nil }
        let isNamed = values.int(0) == nil
        let width = isNamed ? 3 : 2
        let uses = stride(from: 0, to: values.count - width + 1, by: width).compactMap { start -> StorageUse? in
            let numbers = isNamed ? start + 1 : start
            guard let used = values.int(numbers), let total = values.int(numbers + 1) else { return nil }
            return StorageUse(storage: isNamed ? values.text(start).flatMap(Storage.init) : nil, used: used, total: total)
        }
        return uses.isEmpty ? nil : uses
    }
}
