import AT

/// How received messages are to come: kept by the modem and announced, or handed over at once.
public enum ReceivingRoute: String, Sendable, CaseIterable {
    /// Kept until they are durable here; survives our absence.
    case stored
    /// A little faster; needs the network to repeat what we did not acknowledge.
    case direct
}

/// Chooses `+CNMI` settings (TS 27.005 §3.4.1).
enum NotificationRouting {
    /// Settings to try, the best first: makes advertise values that they then refuse.
    static func candidates(from choices: NotificationChoices?, profile: Profile, route: ReceivingRoute) -> [NotificationSetting] {
        let modes = ranked(profile.notificationModes, within: choices?.modes)
        let messages = ranked(route == .direct ? [2, 1] : [1, 2], within: choices?.messages)
        let reports = ranked([2, 1, 0], within: choices?.reports)
        let broadcasts = ranked([0], within: choices?.broadcasts).first ?? 0
        // 0 flushes what the modem buffered while nobody listened.
        let buffer = ranked([0, 1], within: choices?.buffers).first ?? 0
        return modes.flatMap { mode in
            messages.flatMap { message in
                reports.map { NotificationSetting(mode: mode, messages: message, broadcasts: broadcasts, reports: $0, buffer: buffer) }
            }
        }
    }

    /// The preferred values that are allowed, in order; all of them where the modem told nothing usable.
    private static func ranked(_ preferred: [Int], within allowed: [Int]?) -> [Int] {
        let usable = preferred.filter { allowed?.contains($0) ?? true }
        return usable.isEmpty ? preferred : usable
    }
}
