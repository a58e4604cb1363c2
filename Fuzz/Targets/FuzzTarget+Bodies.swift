import Daemon
import HTTPStack
import SIP

extension FuzzTarget {
    /// An envelope that decodes is written once and for all: writing what was written changes nothing, and the content is whole.
    static func cpim(_ octets: [UInt8]) -> String? {
        guard let message = try? CPIM(decoding: octets) else { return nil }
        _ = (message.from, message.to, message.dateTime, message.messageID, message.dispositions, message.contentType)
        let written = message.encoded()
        guard let again = try? CPIM(decoding: written) else { return "what was encoded does not decode" }
        if again.body != message.body { return "the content changed" }
        return again.encoded() == written ? nil : "encoding what was encoded gives other octets"
    }

    static func imdn(_ octets: [UInt8]) -> String? {
        _ = try? XML.decode(octets)
        _ = try? IsComposing(decoding: octets)
        guard let report = try? IMDN(decoding: octets) else { return nil }
        _ = report.receivedAt
        guard let again = try? IMDN(decoding: report.encoded()) else { return "what was encoded does not decode" }
        return again.messageID == report.messageID ? nil : "another message: \(again.messageID)"
    }

    static func json(_ octets: [UInt8]) -> String? {
        guard let value = try? JSON(decoding: octets) else { return nil }
        return (try? JSON(decoding: value.encoded)) == value ? nil : "what was encoded decodes to another value"
    }

    static func configuration(_ octets: [UInt8]) -> String? {
        _ = try? DaemonSettings(yaml: String(decoding: octets, as: UTF8.self))
        return nil
    }
}
