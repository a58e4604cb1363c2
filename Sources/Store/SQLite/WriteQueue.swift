/// Whose work a transaction takes first.
enum Precedence {
    /// Somebody outside is told that what they brought is durable.
    case acknowledgement
    /// What follows from things that are durable already, and is done again after a death.
    case consequence
}

/// Units that wait for a transaction. Under load acknowledgements go first, so that nobody outside waits for work that nobody outside
/// waits for; consequences always have a share, so that they never wait for the load to end.
struct WriteQueue<Unit> {
    private var acknowledgements: [Unit] = []
    private var consequences: [Unit] = []

    /// Units of one transaction, so that the first does not wait for all.
    static var batch: Int { 512 }
    /// Consequences of a transaction that has acknowledgements in it.
    static var share: Int { 8 }

    var count: Int { acknowledgements.count + consequences.count }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ unit: Unit, _ precedence: Precedence) {
        switch precedence {
        case .acknowledgement: acknowledgements.append(unit)
        case .consequence: consequences.append(unit)
        }
    }

    /// Takes what the next transaction does, in the order in which it came within each precedence.
    mutating func take() -> [Unit] {
        let first = acknowledgements.prefix(Self.batch - Self.share)
        let then = consequences.prefix(first.isEmpty ? Self.batch : Self.share)
        acknowledgements.removeFirst(first.count)
        consequences.removeFirst(then.count)
        return Array(first) + then
    }

    /// Takes everything.
    mutating func takeAll() -> [Unit] {
        defer { (acknowledgements, consequences) = ([], []) }
        return acknowledgements + consequences
    }
}
