/// What the network's service codes answer: `*100#` the balance, `*101#` a menu, anything else nothing it knows.
struct ServiceMenu: Sendable {
    /// Subscribers who were asked something.
    private var asked: Set<String> = []

    mutating func answer(_ request: String, from subscriber: String) -> USSDAnswer {
        switch (request, asked.remove(subscriber) != nil) {
        case ("*100#", _), ("1", true):
            return USSDAnswer(state: .done, text: "Balance: 12.34 EUR")
        case ("2", true):
            return USSDAnswer(state: .done, text: "Your number is \(subscriber)")
        case ("*101#", _):
            asked.insert(subscriber)
            return USSDAnswer(state: .replyWanted, text: "1 Balance\n2 My number")
        case ("*102#", _):
            return USSDAnswer(state: .done, text: "Guthaben: 12,34 € 😀")
        case (_, true):
            return USSDAnswer(state: .ended, text: "Unknown choice")
        case (_, false):
            return USSDAnswer(state: .notSupported, text: "")
        }
    }

    mutating func cancel(_ subscriber: String) {
        asked.remove(subscriber)
    }
}
