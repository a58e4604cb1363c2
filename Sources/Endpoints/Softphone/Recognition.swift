import SIP
import Telephony

/// Tells whose contacts they are where apps give their devices no name (`+sip.instance`, RFC 5626 §4.1).
///
/// By its address alone an app would be another device whenever its port changes, and what waits for the first would wait in vain. So it is known
/// again by the contact that it gives up in the same request, by its Call-ID, which it keeps until it is started anew (RFC 3261 §10.2), and by a
/// password that no other app has.
struct Recognition: Sendable {
    /// One contact of a request.
    struct Asked: Hashable, Sendable {
        var instance: String?
        let address: String
        let isRemoval: Bool

        init(_ contact: SIP.Contact, _ uri: URI, isRemoval: Bool) {
            instance = contact.instance
            address = Recognition.address(uri)
            self.isRemoval = isRemoval
        }
    }

    /// Where and how a device came last.
    private struct Sight: Sendable {
        let device: DeviceID
        let address: String
        let callID: String?
        let app: AppPassword.ID?
        let seenAt: Instant?
        let isHere: Bool
    }

    /// Those without an instance, who was here last behind the others.
    private let nameless: [Sight]
    private let names: Set<DeviceID>

    /// `bindings` are the live ones, `records` what is known of all; where both know a device the binding does.
    init(bindings: [Binding], records: [DeviceRecord]) {
        let here = Set(bindings.map(\.device)), others = records.filter { !here.contains($0.device) }
        names = here.union(others.map(\.device))
        // Who has a name is known by nothing else; to read an address costs more than all the rest here.
        let live = bindings.filter { !$0.device.isInstance }.map { binding in
            Sight(
                device: binding.device, address: Self.address(binding.contact, of: binding.device), callID: binding.callID, app: binding.password,
                seenAt: binding.registeredAt, isHere: true)
        }
        let away = others.filter { !$0.device.isInstance }.map { record in
            Sight(
                device: record.device, address: Self.address(record.contact, of: record.device), callID: record.callID, app: record.password,
                seenAt: record.seenAt, isHere: false)
        }
        nameless = (away + live).sorted { ($0.seenAt ?? Self.never) < ($1.seenAt ?? Self.never) }
    }

    /// Whether all are known by name or address, so that nothing else need be looked at.
    func knows(_ contacts: [Asked]) -> Bool { contacts.allSatisfy { $0.instance != nil || device(at: $0.address) != nil } }

    /// The device of each contact, in order.
    func devices(of contacts: [Asked], callID: String, app: AppPassword.ID?) -> [DeviceID] {
        var found = contacts.map { $0.instance.map { DeviceID($0) } ?? device(at: $0.address) }
        let strangers = contacts.indices.filter { found[$0] == nil && !contacts[$0].isRemoval }
        // Of several that come at once nobody could say which is which.
        if strangers.count == 1, let stranger = strangers.first {
            let saved = Set(contacts.indices.filter { !contacts[$0].isRemoval }.compactMap { found[$0] })
            let givenUp = contacts.indices.filter { contacts[$0].isRemoval && contacts[$0].instance == nil }.compactMap { found[$0] }
            found[stranger] = (givenUp.count == 1 ? givenUp : []).first { !saved.contains($0) } ?? moved(callID, app, except: saved)
        }
        return zip(contacts, found).map { contact, device in device ?? newName(at: contact.address) }
    }

    /// Devices that have been away for longest and make room for a new one: where apps come under ever new addresses they would grow without end.
    /// An app with a password of its own is never forgotten, since its password would be too.
    func crowdedOut(by devices: [DeviceID], limit: Int) -> [DeviceID] {
        let new = Set(devices).filter { !$0.isInstance && !names.contains($0) }
        let away = nameless.filter { !$0.isHere && $0.app == nil && !devices.contains($0.device) }
        guard !new.isEmpty else { return [] }
        return away.prefix(max(0, away.count + new.count - limit)).map(\.device)
    }

    private func device(at address: String) -> DeviceID? { nameless.last { $0.address == address }?.device }

    private func moved(_ callID: String, _ app: AppPassword.ID?, except saved: Set<DeviceID>) -> DeviceID? {
        let others = nameless.filter { !saved.contains($0.device) }
        return (others.last { $0.callID == callID } ?? others.last { $0.app != nil && $0.app == app })?.device
    }

    /// The address, or with a number where a device that has moved on bears it.
    private func newName(at address: String) -> DeviceID {
        var name = DeviceID(address), number = 2
        while names.contains(name) { (name, number) = (DeviceID("\(address) \(number)"), number + 1) }
        return name
    }

    private static let never = Instant(milliseconds: 0)

    private static func address(_ contact: String, of device: DeviceID) -> String { (try? URI(decoding: contact)).map(address) ?? device.name }

    private static func address(_ uri: URI) -> String { "\(uri.scheme):\(uri.user ?? "")@\(uri.host):\(uri.port ?? 0)" }
}
