import Exchange
import Files
import Telephony

/// Brings the files of a message together.
struct SentFiles: Sendable {
    let reader: SentMediaReader

    /// Of one message.
    static let countLimit = 10
    /// Octets of all files together.
    static let octetLimit = 10 * 1024 * 1024

    /// The parts, in the order they were named. One that cannot be had fails the whole: nothing is left out silently.
    func parts(_ texts: [String]) async throws(SeedRefusal) -> [Part] {
        guard texts.count <= Self.countLimit else { throw SeedRefusal(400, "At most \(Self.countLimit) files") }
        var room = Self.octetLimit
        var parts: [Part] = []
        for (index, text) in texts.enumerated() {
            let number = index + 1
            guard let sent = SentMedia(text) else { throw SeedRefusal(400, "File \(number) is neither an address nor base64") }
            do throws(SentMediaError) {
                let part = try await reader.part(of: sent, number: number, limit: room)
                room -= part.size
                parts.append(part)
            } catch {
                throw SeedRefusal(error, number: number)
            }
        }
        return parts
    }
}

extension SeedRefusal {
    fileprivate init(_ error: SentMediaError, number: Int) {
        switch error {
        case .tooLarge: self.init(413, "The files have more than \(SentFiles.octetLimit) octets")
        case .unreachable, .missing: self.init(502, "File \(number) cannot be fetched")
        case .notKept: self.init(503, "Files cannot be kept right now", retryAfter: 30)
        }
    }
}
