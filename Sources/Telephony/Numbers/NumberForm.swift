/// In which form a network says that it gives a number (type of number, TS 23.040 §9.1.2.5).
public enum NumberForm: Sendable, CaseIterable {
    /// With calling code, without a plus sign.
    case international
    /// Without calling code, perhaps with the prefix of national calls.
    case national
    /// It does not say: as dialled at home.
    case unknown
    /// A number of the network's own or an abbreviated one.
    case short
}
