import Exchange
import Telephony

/// What persons know of their apps.
extension Books {
    func deviceRecords(of person: PersonID) -> [DeviceRecord] {
        devices.filter { $0.person == person }.map { row in
            DeviceRecord(
                person: person, device: row.device, userAgent: row.last?.userAgent ?? "", contact: row.last?.contact ?? "", flow: row.last?.flow ?? "",
                seenAt: row.last?.registeredAt, expiresAt: row.binding?.expiresAt, callID: row.binding?.callID,
                password: row.last?.password)
        }
    }

    func appPasswords(of person: PersonID) -> [AppPassword] {
        appPasswords.values.filter { $0.person == person }.sorted { $0.id < $1.id }
    }

    mutating func save(_ password: AppPassword, link: ProvisioningLink?, now: Instant) throws(LedgerError) {
        guard persons[password.person] != nil else { throw .conflict("there is no person \(password.person)") }
        for link in provisioningLinks.values where link.expiresAt < now - RuledLink.memory {
            provisioningLinks[link.hash] = nil
            if link.taking == nil, !isUsed(link.password) { forgetPassword(link.password) }
        }
        appPasswords[password.id] = password
        directoryVersion += 1
        if let link { provisioningLinks[link.hash] = link }
    }

    private func isUsed(_ password: AppPassword.ID) -> Bool { devices.contains { $0.last?.password == password } }

    mutating func forgetPassword(_ password: AppPassword.ID) {
        appPasswords[password] = nil
        provisioningLinks = provisioningLinks.filter { $0.value.password != password }
        directoryVersion += 1
    }

    mutating func remove(_ password: AppPassword.ID, now: Instant) -> Bool {
        let isKnown = appPasswords[password] != nil
        for row in devices where row.last?.password == password { forget(row.person, row.device, now: now) }
        forgetPassword(password)
        return isKnown
    }

    func provisioningLink(_ hash: String, from source: String, now: Instant) -> RuledLink? {
        guard let link = provisioningLinks[hash], let password = appPasswords[link.password] else { return nil }
        return RuledLink(link: link, password: password, ruling: link.ruling(on: source, at: now, hasArrived: isUsed(password.id)))
    }

    mutating func take(_ hash: String, from source: String, now: Instant) -> RuledLink? {
        let ruled = provisioningLink(hash, from: source, now: now)
        if let ruled, ruled.ruling == .given, ruled.link.taking == nil {
            provisioningLinks[hash]?.taking = ProvisioningLink.Taking(at: now, source: source)
        }
        return ruled
    }
}
