import Exchange
import Kinds
import Settings
import Telephony

extension TrunkKind {
    public static let loopback = TrunkKind(
        name: "loopback", summary: "A line without a carrier: every text is taken, and brought back when echo is on.",
        keys: [echoKey.documentation, picturesKey.documentation], carries: { takesPictures($0) ? [.files, .groups] : [] }
    ) { section, context in
        let isEchoing = try section.value(echoKey, default: false)
        _ = try section.value(picturesKey, default: false)
        let trunk = LoopbackTrunk(line: context.line, inbox: context.inbox) { claim, recipients throws(Failure) in
            guard isEchoing, let sender = recipients.first else { return [] }
            let place = "loopback/\(claim.delivery.id)"
            if recipients.count > 1 || claim.message.parts.contains(where: { $0.text == nil }) {
                let picture = try await LoopbackPicture(media: context.media).retrieved(claim, from: recipients)
                return [Inbox.Arrival(place: place, format: .multimedia, octets: picture)]
            }
            let pdus = LoopbackPDU.deliver(claim.message.text, from: sender, number: claim.messageNumber, at: claim.message.recordedAt)
            return pdus.map { Inbox.Arrival(place: place, octets: $0) }
        }
        return TrunkPorts(line: context.line, service: trunk, messages: trunk, capacity: 32, health: { Health(.working, "Loops back.") })
    }

    private static let echoKey = Key.toggle("echo", "Bring every text back as one from its recipient.", example: "yes")
    private static let picturesKey = Key.toggle("pictures", "Take pictures and messages to several, too.", example: "yes")

    /// The section is read again when the line is made; what is wrong in it is told there.
    private static func takesPictures(_ section: Section) -> Bool {
        var section = section
        return (try? section.value(picturesKey, default: false)) ?? false
    }
}
