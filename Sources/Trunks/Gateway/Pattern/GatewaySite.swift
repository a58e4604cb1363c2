/// What stays the same in every request to a gateway.
struct GatewaySite: Hashable, Sendable {
    /// Without a slash at the end.
    var url: String?
    var user: String?
    var secret: String?
    /// Where the gateway reaches us; nil where nobody said.
    var callback: String?
    /// The calling code of the line's country, in digits.
    var callingCode: String

    func written(_ number: String, as form: Placeholder.NumberForm) -> String {
        guard form != .full, number.hasPrefix("+") else { return number }
        let digits = String(number.dropFirst())
        return form == .national && digits.hasPrefix(callingCode) ? String(digits.dropFirst(callingCode.count)) : digits
    }
}
