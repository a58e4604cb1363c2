import Telephony

extension Retrieval {
    /// Announced later, and forgotten by the carrier later.
    func shifted(by step: Duration) -> Retrieval {
        let moved = Announcement(
            transaction: announcement.transaction, location: announcement.location, sender: announcement.sender, subject: announcement.subject,
            size: announcement.size, expires: announcement.expires + step)
        return Retrieval(id: id, line: line, announcement: moved, announcedAt: announcedAt + step)
    }
}
