import Exchange
import HTTPStack
import Telephony

/// `getSMS`, `getMMS`, `getMediaMMS` and the deletes.
extension VoIPms {
    /// Rows of one answer where nothing else is asked for, and at most.
    static let usualRows = 50
    static let mostRows = 20_000

    /// - Parameters:
    ///   - content: what the method is about.
    ///   - name: the parameter that names one message.
    func messages(_ call: Call, _ account: Account, of content: MessageSelection.Content, named name: String) async throws(Refusal) -> Reply {
        var selection = MessageSelection(lines: account.lines, reader: reader(account), content: content, limit: Self.usualRows)
        if call.isOn("all_messages") { selection.content = .any }
        if let text = call[name] { selection.number = try Self.number(text) }
        let period = try Period(call, now: context.mint.now())
        // One that is named is found on whatever day it came, unless days are named too.
        if selection.number == nil || call["from"] != nil || call["to"] != nil { selection.recorded = period.range }
        if let type = call["type"] { selection.direction = try Self.direction(type) }
        if let did = call["did"] {
            guard let line = await line(did, of: account) else { throw Refusal(.invalidDID) }
            selection.lines = [line]
        }
        if let contact = call["contact"] { selection.party = try party(contact, over: selection.lines) }
        if let limit = call["limit"].flatMap({ Int($0) }), limit > 0 { selection.limit = min(limit, Self.mostRows) }
        let found: [NumberedMessage]
        do {
            found = try await context.ledger.messages(selection)
        } catch {
            throw Refusal(.maintenance)
        }
        guard !found.isEmpty else { throw Refusal(.noMessages) }
        var rows: [JSON] = []
        rows.reserveCapacity(found.count)
        let forms = await LineForms(of: account.lines, numbers)
        for one in found {
            let (did, isAtHome) = forms[one.message.line]
            rows.append(
                MessageView(one.message, number: one.number, did: did, isAtHome: isAtHome, files: context.files).row(offset: period.offset))
        }
        // Both methods answer under this name.
        return Reply([("sms", .array(rows))])
    }

    func mediaMMS(_ call: Call, _ account: Account) async throws(Refusal) -> Reply {
        let found = try await message(call, account)
        let addresses = await view(found.message, number: found.number).media
        let media: JSON =
            call.isOn("media_as_array")
            ? .array(addresses.map { .string($0) })
            : .object(addresses.enumerated().map { (String($0.offset + 1), .string($0.element)) })
        return Reply([("id", .string(String(found.number))), ("media", media)])
    }

    /// Out of this account's sight alone: others and the owner keep it.
    func delete(_ call: Call, _ account: Account) async throws(Refusal) -> Reply {
        let found = try await message(call, account)
        do {
            try await context.ledger.hide(found.message.id, from: reader(account))
        } catch {
            throw Refusal(.maintenance)
        }
        return Reply()
    }

    /// The message that `id` names, as far as the account has it.
    private func message(_ call: Call, _ account: Account) async throws(Refusal) -> NumberedMessage {
        guard let id = call["id"] else { throw Refusal(.missingID) }
        let selection = MessageSelection(lines: account.lines, reader: reader(account), number: try Self.number(id), limit: 1)
        let found: NumberedMessage?
        do {
            found = try await context.ledger.messages(selection).first
        } catch {
            throw Refusal(.maintenance)
        }
        guard let found else { throw Refusal(.invalidID) }
        return found
    }

    private static func number(_ text: String) throws(Refusal) -> Int64 {
        guard let number = Int64(text), number > 0 else { throw Refusal(.invalidID) }
        return number
    }

    private static func direction(_ type: String) throws(Refusal) -> Direction {
        switch type {
        case "1": return .incoming
        case "0": return .outgoing
        default: throw Refusal(.invalidType)
        }
    }

    private func party(_ text: String, over lines: [LineID]) throws(Refusal) -> Address {
        guard let line = lines.first, let address = PartyNumber.address(text, plan: { try? context.submissions.address($0, line: line) }) else {
            throw Refusal(.invalidContact)
        }
        return address
    }
}
