import AT

/// Chooses where received messages are kept, from `+CPMS=?`.
enum StorageChoice {
    /// The profile's first storage that the modem can receive into; its first one where the modem told nothing.
    static func storage(from choices: ParameterSets?, profile: Profile) -> Storage? {
        guard let choices, let receiving = choices.sets.last, !receiving.isEmpty else { return profile.storages.first }
        let offered = choices.sets.reduce(Set(receiving)) { $0.intersection($1) }
        return profile.storages.first { offered.contains($0.rawValue) } ?? receiving.lazy.compactMap(Storage.init).first
    }

    /// Where status reports are kept apart, if anywhere.
    static func reports(from choices: ParameterSets?, profile: Profile) -> Storage? {
        profile.reportStorage ?? (choices?.sets.first?.contains(Storage.statusReports.rawValue) == true ? .statusReports : nil)
    }
}
