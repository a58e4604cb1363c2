import Telephony

/// Somebody who may use the API, as the settings name them.
struct Account: Hashable, Sendable {
    /// The section's name.
    let name: String
    /// What their programs send as `api_username`.
    let username: String
    /// Who their messages are from; nil for nobody in particular.
    let person: PersonID?
    /// Those they have, in order; the first stands where none is named.
    let lines: [LineID]
    /// What `getSubAccounts` lists.
    let subAccounts: [SubAccount]
    /// Where incoming messages are told.
    let targets: [Target]
}
