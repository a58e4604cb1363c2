/// Who is at the other end of a message (TS 23.040 §9.1.2.5, and persons of this Homeline).
///
/// Two addresses are the same party exactly when they are equal: numbers are compared in E.164 form, everything else to the letter.
public enum Address: Hashable, Sendable {
    /// An E.164 number with its `+`: `+15550100123`.
    case number(String)
    /// Digits, `*` and `#` as dialled, never given a country: a bank's 5-digit sender, a service code.
    case shortCode(String)
    /// A name as the network shows it. It cannot be answered.
    case alphanumeric(String)
    case email(String)
    /// A person of this Homeline, reached without a carrier.
    case person(PersonID)

    public enum Kind: String, Sendable, CaseIterable {
        case number, shortCode, alphanumeric, email, person
    }

    public var kind: Kind {
        switch self {
        case .number: .number
        case .shortCode: .shortCode
        case .alphanumeric: .alphanumeric
        case .email: .email
        case .person: .person
        }
    }

    /// The address as people write it; with `kind` it gives the address back.
    public var text: String {
        switch self {
        case .number(let text), .shortCode(let text), .alphanumeric(let text), .email(let text): text
        case .person(let person): person.name
        }
    }

    public init(kind: Kind, text: String) {
        switch kind {
        case .number: self = .number(text)
        case .shortCode: self = .shortCode(text)
        case .alphanumeric: self = .alphanumeric(text)
        case .email: self = .email(text)
        case .person: self = .person(PersonID(text))
        }
    }

    /// Whether a text can be sent to it over a trunk.
    public var isDialable: Bool {
        switch self {
        case .number, .shortCode: true
        case .alphanumeric, .email, .person: false
        }
    }
}

extension Address: CustomStringConvertible {
    public var description: String { text }
}
