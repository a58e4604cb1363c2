import Exchange
import HTTPStack
import Logging
import Telephony

/// Writes down who did what. What was done is done: where it cannot be written down the log says so, and nothing fails for it.
public struct AuditTrail: Sendable {
    let book: any AuditLog
    private let clock: @Sendable () -> Instant
    private let log: Logger

    public init(_ book: any AuditLog, clock: @escaping @Sendable () -> Instant, log: Logger) {
        self.book = book
        self.clock = clock
        self.log = log
    }

    /// - Parameters:
    ///   - person: who did it; nil where nobody is known.
    ///   - source: where the request came from.
    ///   - about: the name of what it was done to: a line, a person, a token. Never a number or a text.
    public func note(_ act: AuditEntry.Act, by person: PersonID?, from source: Source, about: String = "") async {
        await note(AuditEntry(at: clock(), act: act, person: person, place: source.address, about: about))
    }

    private func note(_ entry: AuditEntry) async {
        do {
            try await book.note(entry)
        } catch {
            log.error("the audit log takes no entry: \(error)", metadata: ["act": "\(entry.act.rawValue)"])
        }
    }

    /// The same for whoever is signed in.
    func note(_ act: AuditEntry.Act, by visitor: Visitor, from request: Request, about: String = "") async {
        await note(act, by: visitor.account.person, from: request.source, about: about)
    }

    /// The same for a program that calls the API; what comes over the local socket is of a command.
    func note(_ act: AuditEntry.Act, by caller: Caller, from request: Request, about: String = "") async {
        switch caller {
        case .token(let name, _): await note(act, by: AuditEntry.program(name), from: request.source, about: about)
        case .local: await note(AuditEntry(at: clock(), act: act, person: nil, place: AuditEntry.commandLine, about: about))
        case .stranger: await note(act, by: nil, from: request.source, about: about)
        }
    }
}

extension Source {
    /// `local` for the machine itself.
    var address: String {
        switch self {
        case .local: "local"
        case .network(let address): address
        }
    }

    /// What stands for it in counts.
    var place: String {
        switch self {
        case .local: "local"
        case .network(let address): IPAddress.countingKey(address)
        }
    }
}
