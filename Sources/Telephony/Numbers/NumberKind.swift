/// What a number is for, by its country's numbering plan.
public enum NumberKind: String, Sendable, CaseIterable {
    case fixedLine, mobile
    /// The plan does not tell the two apart.
    case fixedLineOrMobile
    case tollFree, premiumRate, sharedCost, voip, personal, pager, universalAccess, voicemail
}
