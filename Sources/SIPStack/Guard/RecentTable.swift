/// A dictionary that forgets what was not touched for longest: two generations, the older one dropped when the younger is full.
///
/// Touching costs one or two look-ups and no list; memory is bounded by `capacity`.
struct RecentTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    private let generationSize: Int

    init(capacity: Int) {
        generationSize = max(1, capacity / 2)
    }

    var count: Int { young.count + old.count }

    subscript(key: Key) -> Value? {
        mutating get {
            if let value = young[key] { return value }
            guard let value = old.removeValue(forKey: key) else { return nil }
            young[key] = value
            return value
        }
        set {
            young[key] = newValue
            if newValue == nil { old[key] = nil }
        }
    }

    func filter(_ isIncluded: (Value) -> Bool) -> [Key] {
        [young, old].flatMap { $0.filter { isIncluded($0.value) }.keys }
    }

    /// To be called before a new key is added. `isPrecious` values outlive their generation, as far as half of the next one.
    mutating func makeRoom(keeping isPrecious: (Value) -> Bool) {
        guard young.count >= generationSize else { return }
        var kept: [Key: Value] = [:]
        for (key, value) in old where kept.count < generationSize / 2 && isPrecious(value) { kept[key] = value }
        old = young
        young = kept
    }
}
