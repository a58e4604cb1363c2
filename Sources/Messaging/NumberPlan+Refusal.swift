import Telephony

/// Whether a line may send to numbers that cost more than the ordinary rate.
public enum PremiumNumbers: String, Sendable, CaseIterable {
    case allowed, refused
}

extension NumberPlan {
    /// Why no text is sent to the address; nil when one may be.
    public func refusal(_ address: Address, premium: PremiumNumbers = .allowed) -> Failure? {
        guard address.isDialable else { return Failure(.refused, "\(address) is not a number that texts can be sent to") }
        if isEmergency(address) { return Failure(.refused, "\(address) is an emergency number, which texts from here do not reach; call it") }
        if premium == .refused, isPremium(address) { return Failure(.refused, "\(address) is a premium number, and this line may not send to those") }
        return nil
    }
}
