import Foundation
import HTTPStack
import Synchronization
import Telephony

/// Which messages were recorded with their files, kept over restarts in a file of the line's own. They are not fetched again: a file that is
/// gone from the server by then would make another message of it.
final class HTTPSMSFetched: Sendable {
    /// Far longer than the server's list is looked back.
    static let memory: Duration = .seconds(30 * 86_400)
    static let limit = 1000
    private static let sizeLimit = 1 << 18

    private let path: String
    private let times: Mutex<[String: Instant]>

    init(directory: String) {
        path = directory + "/fetched"
        let data = FileManager.default.contents(atPath: path) ?? Data()
        var times: [String: Instant] = [:]
        if data.count <= Self.sizeLimit, case .object(let members)? = try? JSON(decoding: Array(data)) {
            for member in members { times[member.name] = member.value.instant }
        }
        self.times = Mutex(times)
    }

    func has(_ id: String) -> Bool { times.withLock { $0[id] != nil } }

    /// Those of long ago are forgotten. What cannot be written is known until the process ends.
    func note(_ id: String, at now: Instant) {
        times.withLock { times in
            times[id] = now
            let newest = times.filter { now - $0.value < Self.memory }.sorted { ($0.value, $0.key) > ($1.value, $1.key) }.prefix(Self.limit)
            times = Dictionary(newest.map { ($0.key, $0.value) }) { first, _ in first }
            let members = newest.map { (name: $0.key, value: JSON.integer($0.value.milliseconds)) }
            try? Data(JSON.object(members).encoded).write(to: URL(fileURLWithPath: path), options: .atomic)
        }
    }
}
