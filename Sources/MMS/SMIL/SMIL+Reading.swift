extension SMIL {
    /// Reads what can be read of a document that may be broken; of an overlong one the beginning. Media outside a `par` are slides of their
    /// own.
    public init(decoding text: String) {
        self.init()
        var scanner = TagScanner(String(decoding: text.utf8.prefix(Limits.presentation), as: UTF8.self))
        var isInSlide = false
        reading: while let tag = scanner.next() {
            switch tag.name {
            case "par":
                isInSlide = !tag.isClosing && !tag.isEmpty
                guard isInSlide else { continue }
                guard slides.count < Limits.elements else { break reading }
                slides.append(Slide(milliseconds: Clock.milliseconds(tag.attributes["dur"]), media: []))
            case "region" where !tag.isClosing:
                if let region = Region(tag.attributes), regions.count < Limits.elements { regions.append(region) }
            default:
                guard !tag.isClosing, let kind = Medium.Kind(rawValue: tag.name), let medium = Medium(kind, tag.attributes) else { continue }
                append(medium, toSlide: isInSlide, duration: Clock.milliseconds(tag.attributes["dur"]))
            }
        }
        slides.removeAll { $0.media.isEmpty }
    }

    /// A presentation that a message came with.
    public init(decoding part: Part) {
        self.init(decoding: Part(part.contentType, part.octets.prefix(Limits.presentation)).text)
    }

    private mutating func append(_ medium: Medium, toSlide isInSlide: Bool, duration: Int?) {
        if isInSlide, let last = slides.indices.last {
            if slides[last].media.count < Limits.elements { slides[last].media.append(medium) }
        } else if slides.count < Limits.elements {
            slides.append(Slide(milliseconds: duration, media: [medium]))
        }
    }
}

extension SMIL.Region {
    fileprivate init?(_ attributes: [String: String]) {
        guard let id = attributes["id"] ?? attributes["regionname"], !id.isEmpty else { return nil }
        self.init(
            id: id, left: attributes["left"], top: attributes["top"], width: attributes["width"], height: attributes["height"],
            fit: attributes["fit"])
    }
}

extension SMIL.Medium {
    fileprivate init?(_ kind: Kind, _ attributes: [String: String]) {
        guard let source = attributes["src"], !source.isEmpty, source.utf8.count <= Limits.name else { return nil }
        self.init(kind: kind, source: source, region: attributes["region"])
    }
}
