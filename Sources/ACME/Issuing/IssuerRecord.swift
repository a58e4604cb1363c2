import HTTPStack
import Telephony

/// What outlives the process: the account, and how the last attempts went, so that a daemon that is started again and again does not knock
/// again and again.
struct IssuerRecord: Hashable, Sendable {
    /// The directory that the account is of, with its key (PEM) and its URL, where it is known.
    var directory: String
    var accountKey: String
    var account: String?
    /// What the authority was told of how to reach us.
    var contact: [String] = []
    /// Of which authority the certificate in use was had; nil for none.
    var issuedFrom: String?
    /// Failures in a row, of what the last order was, and when there may be another one.
    var failures = 0
    var subject = ""
    var notBefore = Instant(seconds: 0)
    var lastFailure: String?
    var lastAdvice: String?

    init(directory: String, accountKey: String) {
        self.directory = directory
        self.accountKey = accountKey
    }

    init?(_ octets: [UInt8]) {
        guard let json = try? JSON(decoding: octets), let directory = json["directory"]?.text, let key = json["key"]?.text else { return nil }
        self.init(directory: directory, accountKey: key)
        account = json["account"]?.text
        contact = (json["contact"]?.elements ?? []).compactMap(\.text)
        issuedFrom = json["issuedFrom"]?.text
        if case .integer(let count)? = json["failures"] { failures = Int(clamping: max(count, 0)) }
        if case .integer(let milliseconds)? = json["notBefore"] { notBefore = Instant(milliseconds: milliseconds) }
        subject = json["subject"]?.text ?? ""
        lastFailure = json["lastFailure"]?.text
        lastAdvice = json["lastAdvice"]?.text
    }

    var octets: [UInt8] {
        var members: [JSON.Member] = [("directory", .string(directory)), ("key", .string(accountKey))]
        if let account { members.append(("account", .string(account))) }
        if !contact.isEmpty { members.append(("contact", .array(contact.map { .string($0) }))) }
        if let issuedFrom { members.append(("issuedFrom", .string(issuedFrom))) }
        members += [("failures", .integer(Int64(failures))), ("notBefore", .integer(notBefore.milliseconds)), ("subject", .string(subject))]
        if let lastFailure { members.append(("lastFailure", .string(lastFailure))) }
        if let lastAdvice { members.append(("lastAdvice", .string(lastAdvice))) }
        return JSON.object(members).encoded
    }
}
