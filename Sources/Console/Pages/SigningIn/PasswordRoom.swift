/// How many passwords may wait to be hashed. Strangers leave half of the room to those who are known, or a crowd of them would keep everybody out
/// whom no limit of guesses does.
struct PasswordRoom {
    /// Whose password it is.
    enum Asker {
        /// Somebody's who shows more than it: a sign-in, an invitation, or the mark of a browser that was let in before.
        case known
        case stranger
    }

    static let places = 16

    private var known = 0
    private var strangers = 0

    /// False when there is no room, and then nobody entered.
    mutating func enter(_ asker: Asker) -> Bool {
        switch asker {
        case .known:
            guard known + strangers < Self.places else { return false }
            known += 1
        case .stranger:
            guard strangers < Self.places / 2, known + strangers < Self.places else { return false }
            strangers += 1
        }
        return true
    }

    mutating func leave(_ asker: Asker) {
        switch asker {
        case .known: known -= 1
        case .stranger: strangers -= 1
        }
    }
}
