/// The content of a message: several parts, or one content of any type.
public struct Body: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        case parts([Part])
        case octets(ArraySlice<UInt8>)
    }

    /// Of the whole: `application/vnd.wap.multipart.related` for a message with a presentation.
    public var contentType: ContentType
    public var content: Content
    /// What was wrong with the octets; empty for a body not decoded.
    public var irregularities: Irregularities

    public init(_ contentType: ContentType, _ content: Content) {
        self.contentType = contentType
        self.content = content
        irregularities = []
    }

    /// The parts as they stand; a content that is no multipart is one part. Multiparts among them are whole.
    public var parts: [Part] {
        switch content {
        case .parts(let parts): parts
        case .octets(let octets): [Part(contentType, octets)]
        }
    }

    /// The parts with those of multiparts among them in their place, at most `Limits.parts`.
    public var leaves: [Part] {
        var leaves: [Part] = []
        Body.collect(parts, into: &leaves, depth: 0)
        return leaves
    }

    private static func collect(_ parts: [Part], into leaves: inout [Part], depth: Int) {
        for part in parts where leaves.count < Limits.parts {
            if part.contentType.isMultipart, depth < Limits.nesting, case .parts(let inner) = Body(part.contentType, decoding: part.octets).content {
                collect(inner, into: &leaves, depth: depth + 1)
            } else {
                leaves.append(part)
            }
        }
    }
}
