import Foundation
import Telephony

/// The router's times, `2026-11-20 23:33:00` without a zone: what the network's message centre or a browser wrote, in the zone of the place.
struct RouterClock: Sendable {
    private let zone: TimeZone

    init(zone: TimeZone = .current) { self.zone = zone }

    /// Nil for a name that no zone has.
    init?(_ name: String) {
        guard let zone = TimeZone(identifier: name) else { return nil }
        self.zone = zone
    }

    /// Nil for what is no time. Of an hour that comes twice it is the second.
    func instant(_ text: String) -> Instant? {
        let fields = text.split(whereSeparator: { " -:/T".contains($0) }).map { Int($0) }
        guard fields.count == 6, let year = fields[0], let month = fields[1], let day = fields[2], let hour = fields[3], let minute = fields[4],
            let second = fields[5], (2000...2099).contains(year), (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        let wall = Self.days(year, month, day) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        // The offset before the wall time's own reading as UTC may be another one than at the time itself.
        let guess = wall - offset(at: wall)
        return Instant(seconds: wall - offset(at: guess))
    }

    func text(_ instant: Instant) -> String {
        let wall = CivilDate(Instant(seconds: instant.seconds + offset(at: instant.seconds)))
        return wall.rfc3339.replacing("T", with: " ").replacing("Z", with: "")
    }

    private func offset(at seconds: Int64) -> Int64 { Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))) }

    /// Since 1970; a year begins with March for this.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return Int64(shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear) - 719_468
    }
}
