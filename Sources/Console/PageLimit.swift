import HTTPStack

/// The `limit` of a list: 1 to 500, 100 where it is left out.
struct PageLimit {
    let count: Int

    init(_ text: String?) throws(Problem) {
        guard let text else {
            count = 100
            return
        }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(text), (1...500).contains(count) else {
            throw .badRequest("A whole number from 1 to 500 is expected", field: "limit")
        }
        self.count = count
    }
}
