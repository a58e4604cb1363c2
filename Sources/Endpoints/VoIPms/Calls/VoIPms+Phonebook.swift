import HTTPStack

/// The phone book that an account's programs share.
extension VoIPms {
    func phonebook(_ call: Call, _ account: Account) throws(Refusal) -> Reply {
        let number = try call["phonebook"].map { text throws(Refusal) in try Self.entryNumber(text) }
        let name = call["name"]?.lowercased()
        let found = notebook.notes(of: account.name).entries.filter { entry in
            (number == nil || entry.number == number) && (name.map { entry.name.lowercased().contains($0) } ?? true)
        }
        guard !found.isEmpty else { throw Refusal(.noPhonebook) }
        let rows: [JSON] = found.map { entry in
            let fields: [(String, String)] = [
                ("phonebook", String(entry.number)), ("speed_dial", entry.speedDial), ("name", entry.name), ("number", entry.party),
                ("callerid", entry.callerID), ("note", entry.note), ("group", ""), ("group_name", ""),
            ]
            return .object(fields.map { ($0.0, .string($0.1)) })
        }
        return Reply([("phonebooks", .array(rows))])
    }

    /// A new entry; with `phonebook`, which one it is to become.
    func setPhonebook(_ call: Call, _ account: Account) throws(Refusal) -> Reply {
        let wanted = try call["phonebook"].map { text throws(Refusal) in try Self.entryNumber(text) }
        let number = try notebook.change(of: account.name) { notes throws(Refusal) in
            guard let wanted else { return try Self.add(call, to: &notes) }
            guard let index = notes.entries.firstIndex(where: { $0.number == wanted }) else { throw Refusal(.invalidPhonebook) }
            notes.entries[index] = try Self.entry(call, notes.entries[index])
            return wanted
        }
        return Reply([("phonebook", .integer(number))])
    }

    func addPhonebook(_ call: Call, _ account: Account) throws(Refusal) -> Reply {
        let number = try notebook.change(of: account.name) { notes throws(Refusal) in try Self.add(call, to: &notes) }
        return Reply([("phonebook", .integer(number))])
    }

    func delPhonebook(_ call: Call, _ account: Account) throws(Refusal) -> Reply {
        guard let text = call["phonebook"] else { throw Refusal(.missingPhonebook) }
        let number = try Self.entryNumber(text)
        try notebook.change(of: account.name) { notes throws(Refusal) in
            guard let index = notes.entries.firstIndex(where: { $0.number == number }) else { throw Refusal(.invalidPhonebook) }
            notes.entries.remove(at: index)
        }
        return Reply()
    }

    private static func add(_ call: Call, to notes: inout Notes) throws(Refusal) -> Int64 {
        guard notes.entries.count < Notes.entryLimit else { throw Refusal(.fullPhonebook) }
        guard call["name"] != nil else { throw Refusal(.missingName) }
        guard call["number"] != nil else { throw Refusal(.missingNumber) }
        let entry = try entry(call, Notes.Entry(number: notes.lastEntry + 1))
        notes.lastEntry = entry.number
        notes.entries.append(entry)
        return entry.number
    }

    /// What is not named stays as it is.
    private static func entry(_ call: Call, _ old: Notes.Entry) throws(Refusal) -> Notes.Entry {
        var entry = old
        let fields: [(String, WritableKeyPath<Notes.Entry, String>)] = [
            ("speed_dial", \.speedDial), ("name", \.name), ("number", \.party), ("callerid", \.callerID), ("note", \.note),
        ]
        for (name, path) in fields {
            guard let text = call.form[name] else { continue }
            guard text.utf8.count <= Notes.fieldLimit else { throw Refusal(.invalidPhonebook, "\(name) is too long") }
            entry[keyPath: path] = text
        }
        return entry
    }

    private static func entryNumber(_ text: String) throws(Refusal) -> Int64 {
        guard let number = Int64(text), number > 0 else { throw Refusal(.invalidPhonebook) }
        return number
    }
}
