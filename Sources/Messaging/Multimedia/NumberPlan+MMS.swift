import MMS
import Telephony

extension NumberPlan {
    /// The party that an address of MMS means (OMA-TS-MMS_ENC 1.3 §8). What cannot be dialled is a name.
    public func interpret(_ address: MMS.Address) -> Telephony.Address {
        switch address {
        case .number(let text): normalise(text) ?? .alphanumeric(text)
        case .email: address.mailbox.map(Telephony.Address.email) ?? .alphanumeric(address.text)
        case .ipv4(let text), .ipv6(let text): .alphanumeric(text)
        case .other(let text, _): normalise(text) ?? .alphanumeric(text)
        }
    }
}

extension MMS.Address {
    /// A recipient. Throws `refused` for whom no picture message can be sent to.
    init(recipient address: Telephony.Address) throws(Failure) {
        switch address {
        case .number(let text), .shortCode(let text): self = .number(text)
        case .email(let text): self = .email(text)
        case .alphanumeric, .person: throw Failure(.refused, "\(address) is nobody that picture messages can be sent to")
        }
    }
}
