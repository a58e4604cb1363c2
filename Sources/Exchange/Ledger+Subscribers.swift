import Telephony

extension Ledger {
    /// Those concerned, with the devices they have used. Devices are read person by person, so who asks for few pays for few.
    public func subscribers(where isConcerned: (Person) -> Bool) async throws(LedgerError) -> [Subscriber] {
        var subscribers: [Subscriber] = []
        for person in try await persons() where isConcerned(person) {
            subscribers.append(Subscriber(person: person.id, lines: person.lines, devices: try await devices(of: person.id)))
        }
        return subscribers
    }
}
