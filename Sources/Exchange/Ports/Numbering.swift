import Telephony

/// What a line's country makes of numbers. Pure; given by whoever assembles.
public protocol Numbering: Sendable {
    /// The address a person meant by what they typed; nil when it can be none.
    func address(_ text: String, line: LineID) -> Address?
    /// Why a text must not be sent there: an emergency number, a name that cannot be answered.
    func refusal(_ address: Address, line: LineID) -> Failure?
    /// Whether two forms (national, international) mean the same party.
    func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool
}

/// What raw receipts mean. Pure; sees all pending receipts of a line at once, because segments come apart.
public protocol Interpreter: Sendable {
    /// - Parameter own: the line's number, where it is known.
    func interpret(_ receipts: [Receipt], line: LineID, own: Address?, now: Instant) -> [Interpretation]
}
