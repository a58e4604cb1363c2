import Exchange
import Telephony

extension Books {
    mutating func save(_ person: Person) {
        if let held = persons[person.id], held.credentials != person.credentials {
            for index in devices.indices where devices[index].person == person.id && devices[index].last?.password == nil { devices[index].binding = nil }
        }
        persons[person.id] = person
        directoryVersion += 1
    }

    mutating func change(linesOf person: PersonID, to lines: [LineID]) throws(LedgerError) {
        guard let before = persons[person] else { throw .conflict("there is no person \(person)") }
        save(Person(id: person, lines: lines, credentials: before.credentials))
    }

    mutating func change(credentialsOf person: PersonID, to credentials: SIPCredentials) throws(LedgerError) {
        guard let before = persons[person] else { throw .conflict("there is no person \(person)") }
        save(Person(id: person, lines: before.lines, credentials: credentials))
    }

    mutating func remove(_ person: PersonID, now: Instant) throws(LedgerError) {
        guard persons.removeValue(forKey: person) != nil else { throw .conflict("there is no person \(person)") }
        devices.removeAll { $0.person == person }
        forgetInvitation(of: person)
        held = held.filter { $0.value.message.person != person }
        for app in appPasswords(of: person) { forgetPassword(app.id) }
        giveUp(.personRemoved, now: now) {
            guard case .device(_, person, _) = $0 else { return false }
            return true
        }
        forgetBelongings(ofNobody: person)
        directoryVersion += 1
    }

    /// Who neither has apps nor signs in lives here no longer: whoever comes by the same name gets nobody's address book, drafts or blocks.
    mutating func forgetBelongings(ofNobody person: PersonID) {
        guard persons[person] == nil, accounts[person] == nil else { return }
        blocks = blocks.filter { $0.scope != .person(person) }
        contacts = contacts.filter { $0.key.owner != person }
        held = held.filter { $0.value.message.person != person }
        shelves = shelves.filter { $0.key.person != person }
        readMarks = readMarks.filter { $0.key.person != person }
        personalSettings[person] = nil
    }

    func subscribers(_ selection: SubscriberSelection) -> [Subscriber] {
        let chosen = persons.values.filter { person in
            switch selection {
            case .all: true
            case .line(let line): person.lines.contains(line)
            case .persons(let names): names.contains(person.id)
            }
        }
        return chosen.sorted { $0.id < $1.id }.map { person in
            Subscriber(person: person.id, lines: person.lines, devices: devices.filter { $0.person == person.id }.map(\.device))
        }
    }

    mutating func save(_ binding: Binding) throws(LedgerError) {
        guard persons[binding.person] != nil else { throw .conflict("there is no person \(binding.person)") }
        if let index = devices.firstIndex(where: { $0.person == binding.person && $0.device == binding.device }) {
            devices[index].binding = binding
            devices[index].last = binding
        } else {
            devices.append(DeviceRow(person: binding.person, device: binding.device, binding: binding, last: binding))
        }
    }

    mutating func unregister(_ person: PersonID, _ device: DeviceID) {
        guard let index = devices.firstIndex(where: { $0.person == person && $0.device == device }) else { return }
        devices[index].binding = nil
    }

    mutating func forget(_ person: PersonID, _ device: DeviceID, now: Instant) {
        let password = devices.first { $0.person == person && $0.device == device }?.last?.password
        devices.removeAll { $0.person == person && $0.device == device }
        if let password, !devices.contains(where: { $0.last?.password == password }) { forgetPassword(password) }
        directoryVersion += 1
        giveUp(.deviceForgotten, now: now) {
            guard case .device(_, person, device) = $0 else { return false }
            return true
        }
    }

    mutating func save(_ token: Token) {
        tokens[token.name] = token
        directoryVersion += 1
    }

    mutating func removeToken(named name: String) -> Bool {
        guard tokens.removeValue(forKey: name) != nil else { return false }
        keys.tokenUses[name] = nil
        directoryVersion += 1
        return true
    }
}
