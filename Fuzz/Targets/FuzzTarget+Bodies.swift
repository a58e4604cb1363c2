import Daemon
import HTTPStack
import SIP

extension FuzzTarget {
    /// An envelope that decodes is written once and for all: writing what was written changes nothing, and the content is whole.
    static func cpim(_ octets: [UInt8]) -> String? {
        guard let message = try? CPIM(decoding: octets) else { return nil }
        _ = (message.from, message.to, message.dateTime, message.messageID, message.dispositions, message.contentType, try? message.content())
        let written = message.encoded()
        guard let again = try? CPIM(decoding: written) else { return "what was encoded does not decode" }
        if again.body != message.body { return "the content changed" }
        return again.encoded() == written ? nil : "encoding what was encoded gives other octets"
    }

    static func imdn(_ octets: [UInt8]) -> String? {
        _ = try? XML.decode(octets)
        _ = try? IsComposing(decoding: octets)
        if var file = try? FileTransfer(decoding: octets) {
            // A key is read about and never written.
            file.isEncrypted = false
            if (try? FileTransfer(decoding: file.encoded())) != file { return "another file: \(file)" }
        }
        guard let report = try? IMDN(decoding: octets) else { return nil }
        _ = report.receivedAt
        guard let again = try? IMDN(decoding: report.encoded()) else { return "what was encoded does not decode" }
        return again.messageID == report.messageID ? nil : "another message: \(again.messageID)"
    }

    static func json(_ octets: [UInt8]) -> String? {
        guard let value = try? JSON(decoding: octets) else { return nil }
        return (try? JSON(decoding: value.encoded)) == value ? nil : "what was encoded decodes to another value"
    }

    /// The first line names the boundary. However the octets are cut the same comes out, and no octet of a part that was not in the form.
    static func form(_ octets: [UInt8]) -> String? {
        let boundary = String(decoding: octets.prefix { $0 != 0x0A }, as: UTF8.self)
        let form = Array(octets.drop { $0 != 0x0A }.dropFirst())
        // As a query nothing grows: an escape is longer than what it stands for, and text that is no UTF-8 is kept as it is.
        let fields = (try? Form(body: form, contentType: nil))?.fields ?? []
        if fields.reduce(0, { $0 + $1.octets.count }) > form.count { return "more came out of a query than went in" }
        guard let reader = MultipartReader(contentType: "multipart/form-data; boundary=\"\(boundary)\"") else { return nil }
        let whole = told(by: reader, form, pieces: max(1, form.count)), drip = told(by: reader, form, pieces: 1)
        if whole != drip { return "cutting the octets otherwise gives another form" }
        // An octet of a file's name that is no UTF-8 is told by three.
        return whole.count > 3 * form.count + 32 * 4 ? "more came out than went in" : nil
    }

    /// All that a form says: what each part is called and holds, up to where it is no form.
    private static func told(by reader: MultipartReader, _ form: [UInt8], pieces: Int) -> [UInt8] {
        var reader = reader
        var told: [UInt8] = []
        var rest = form[...]
        while !rest.isEmpty {
            guard let events = try? reader.feed(Array(rest.prefix(pieces))) else { return [] }
            for event in events {
                switch event {
                case .part(let head): told += [0] + (head.fileName ?? "").utf8
                case .octets(let octets): told += octets
                case .partEnds: told.append(1)
                }
            }
            rest = rest.dropFirst(pieces)
        }
        return reader.isComplete ? told + [2] : told
    }

    static func configuration(_ octets: [UInt8]) -> String? {
        let text = String(decoding: octets, as: UTF8.self)
        #if canImport(ACME)
            _ = try? DaemonSettings(yaml: text)
        #else
            // The fuzzers' own package has the reader alone: what its values mean needs the whole daemon, which the unit tests have.
            _ = try? YAMLDocument.parse(text)
        #endif
        return nil
    }
}
