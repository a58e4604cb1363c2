import Telephony

extension Retrieval {
    /// Announced later, and forgotten by the carrier later.
    func shifted(by step: Duration) -> Retrieval {
        Retrieval(id: id, line: line, announcement: announcement.with(expires: announcement.expires + step), announcedAt: announcedAt + step)
    }

    /// Announced once more, under another name.
    func announced(as transaction: String) -> Retrieval {
        Retrieval(id: id, line: line, announcement: announcement.with(transaction: transaction), announcedAt: announcedAt)
    }
}

extension Announcement {
    fileprivate func with(transaction: String? = nil, expires: Instant? = nil) -> Announcement {
        Announcement(
            transaction: transaction ?? self.transaction, location: location, sender: sender, subject: subject, size: size,
            expires: expires ?? self.expires)
    }
}
