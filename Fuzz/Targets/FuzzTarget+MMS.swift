import MMS

extension FuzzTarget {
    /// What reads is written back to the same value, but for what was wrong with its octets, and writing that changes nothing.
    static func mms(_ octets: [UInt8]) -> String? {
        guard let pdu = try? PDU(decoding: octets) else { return nil }
        let written = pdu.encoded()
        guard let again = try? PDU(decoding: written) else { return "what was encoded does not decode" }
        if again.encoded() != written { return "encoding what was encoded gives other octets" }
        guard let body = pdu.body else { return again == pdu ? nil : "what was encoded decodes to another value" }
        if body.irregularities.isEmpty, again != pdu { return "what was encoded decodes to another value" }
        return again.body.map { complaint(about: $0, writtenFrom: body) } ?? "the content is gone"
    }

    /// The header fields of WSP, which a push has.
    static func wsp(_ octets: [UInt8]) -> String? {
        guard let push = try? Push(decoding: octets) else { return nil }
        _ = (push.kind, push.applicationID?.name, push.contentType.description, push.contentType.charset?.name)
        _ = push.headers.map { ($0.value.number, $0.value.encodedText) }
        return (try? Push(decoding: push.encoded())) == push ? nil : "what was encoded decodes to another value"
    }

    static func multipart(_ octets: [UInt8]) -> String? {
        let body = Body(ContentType("application/vnd.wap.multipart.related"), decoding: octets[...])
        guard case .retrieveConfirmation(let read) = try? PDU(decoding: PDU.retrieveConfirmation(RetrieveConfirmation(body: body)).encoded()),
            let again = read.body
        else {
            // Octets that are no multipart may be taken for fields that come late.
            return body.irregularities.contains(.malformed) ? nil : "what was encoded does not decode"
        }
        if body.irregularities.contains(.malformed) { return nil }
        return complaint(about: again, writtenFrom: body)
    }

    static func smil(_ octets: [UInt8]) -> String? {
        let smil = SMIL(decoding: String(decoding: octets, as: UTF8.self))
        if smil.slides.count > Limits.elements || smil.regions.count > Limits.elements { return "more than allowed" }
        if smil.text.utf8.count > Limits.presentation { return nil }
        return SMIL(decoding: smil.text) == smil ? nil : "what was written reads otherwise"
    }

    private static func complaint(about again: Body, writtenFrom body: Body) -> String? {
        if again.content != body.content || again.contentType != body.contentType { return "the content changed" }
        if !again.irregularities.isEmpty, case .parts = body.content { return "what was written is irregular" }
        let leaves = body.leaves
        if leaves.count > Limits.parts { return "more parts than allowed" }
        if body.presented.count > leaves.count { return "a part is shown twice" }
        for part in leaves {
            if let name = part.suggestedName, name.isEmpty || name == ".." || name == "." || name.contains("/") || name.contains("\\") { return "a path: \(name)" }
            if part.contentType.isText { _ = part.text }
        }
        let named = Body(presenting: Array(leaves.prefix(Limits.parts - 1)))
        return Set(named.parts.map(\.contentID)).count == named.parts.count ? nil : "two parts of one name"
    }
}

extension PDU {
    fileprivate var body: Body? {
        switch self {
        case .sendRequest(let pdu): pdu.body
        case .retrieveConfirmation(let pdu): pdu.body
        case .other(let pdu): pdu.body
        default: nil
        }
    }
}
