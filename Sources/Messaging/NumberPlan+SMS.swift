import SMS
import Telephony

extension NumberPlan {
    /// The party that an address field means (TS 23.040 §9.1.2.5).
    public func interpret(_ address: SMS.Address) -> Telephony.Address {
        switch address.value {
        case .digits(""): return Self.nobody
        case .digits(let digits): return interpret(digits, as: NumberForm(address.type.number))
        case .name(let name):
            let visible = name.split { $0.isWhitespace || $0 == "\0" }.joined(separator: " ")
            return visible.isEmpty ? Self.nobody : .alphanumeric(visible)
        }
    }

    /// Some networks leave the sender out.
    private static let nobody = Telephony.Address.alphanumeric("Unknown")

    /// Whether two addresses reach the same party though a network wrote them in different forms.
    public func isSameParty(_ one: Telephony.Address, _ other: Telephony.Address) -> Bool {
        if one == other { return true }
        guard one.isDialable, other.isDialable else { return false }
        if let one = normalise(one.text), one == normalise(other.text) { return true }
        return Self.isEnding(one, of: other) || Self.isEnding(other, of: one)
    }

    /// A roaming network writes national numbers of a country that we can't know: seven equal digits at the end are one subscriber.
    private static func isEnding(_ national: Telephony.Address, of full: Telephony.Address) -> Bool {
        guard case .shortCode(let national) = national, case .number(let full) = full else { return false }
        let digits = national.drop { $0 == "0" }
        return digits.count >= 7 && full.hasSuffix(digits)
    }
}

extension NumberForm {
    init(_ type: TypeOfAddress.NumberType) {
        self = switch type {
        case .international: .international
        case .national: .national
        case .unknown, .subscriber, .reserved, .alphanumeric: .unknown
        case .networkSpecific, .abbreviated: .short
        }
    }
}

extension SMS.Address {
    /// The destination of a SUBMIT. Throws `refused` for what can't be dialled.
    public init(_ address: Telephony.Address) throws(Failure) {
        guard address.isDialable else { throw Failure(.refused, "\(address) is not a number that texts can be sent to") }
        do {
            try self.init(number: address.text)
        } catch {
            throw Failure(.refused, "\(address) is not a number that can be dialled")
        }
    }
}
