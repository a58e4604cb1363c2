import Synchronization
import Telephony

/// How each app takes files, as far as it has shown since the start: by what it says when it registers, and by what it refused.
final class AppForms: Sendable {
    private struct App: Hashable {
        let person: PersonID
        let device: DeviceID
    }

    private static let limit = 10_000

    private let known = Mutex<[App: FileForm]>([:])

    func form(for binding: Binding) -> FileForm {
        known.withLock { $0[App(person: binding.person, device: binding.device)] } ?? FileForm(userAgent: binding.userAgent)
    }

    func note(_ form: FileForm, of person: PersonID, _ device: DeviceID) {
        known.withLock { known in
            if known.count >= Self.limit { known = [:] }
            known[App(person: person, device: device)] = form
        }
    }
}
