import Telephony

/// How persons want the pages.
public protocol PersonalSettingsBook: Sendable {
    /// What there is where nothing was saved.
    func personalSettings(of person: PersonID) async throws(LedgerError) -> PersonalSettings
    func save(_ settings: PersonalSettings, of person: PersonID) async throws(LedgerError)
}

/// What a person chose for themselves.
public struct PersonalSettings: Hashable, Sendable {
    /// The tag of a language (BCP 47); nil for what their browser asks for.
    public var language: String?
    /// Whether their browsers are told who wrote and what, or only that there is something.
    public var isTold: Told

    public enum Told: String, Sendable, CaseIterable { case nothing, text }

    public init(language: String? = nil, isTold: Told = .nothing) {
        self.language = language
        self.isTold = isTold
    }
}
