extension Body {
    /// How long each slide is shown, in milliseconds.
    private static let slideDuration = 5000
    private static let presentationID = "smil"

    /// A message of these parts with a presentation that shows them in their order, a picture and a text that follow each other together.
    ///
    /// Every part gets a name of its own, in ASCII, made of what it is called or of its type.
    public init(presenting parts: [Part]) {
        var names = PartNames()
        let named = parts.map { part in
            var part = part
            let name = names.name(for: part)
            part.contentID = name
            part.contentLocation = name
            return part
        }
        let smil = SMIL(regions: SMIL.usualRegions, slides: Body.slides(of: named))
        let presentation = Part(
            ContentType(Part.presentationType), Array(smil.text.utf8)[...], contentID: Body.presentationID, contentLocation: "smil.xml")
        let type = ContentType(
            "application/vnd.wap.multipart.related",
            parameters: [Parameter("start", .text("<\(Body.presentationID)>")), Parameter("type", .text(Part.presentationType))])
        self.init(type, .parts([presentation] + named))
    }

    private static func slides(of parts: [Part]) -> [SMIL.Slide] {
        var slides: [SMIL.Slide] = []
        for part in parts {
            let medium = SMIL.Medium(part)
            let isTogether = slides.last.map { slide in slide.media.count == 1 && slide.media[0].isShown(with: medium) } ?? false
            if isTogether {
                slides[slides.count - 1].media.append(medium)
            } else {
                slides.append(SMIL.Slide(milliseconds: slideDuration, media: [medium]))
            }
        }
        return slides
    }
}

extension SMIL.Medium {
    fileprivate init(_ part: Part) {
        let type = part.contentType.mediaType
        let kind: Kind =
            switch String(type.prefix(while: { $0 != "/" })) {
            case "image": .image
            case "audio": .audio
            case "video": .video
            case "text" where type == "text/plain": .text
            default: .reference
            }
        let region: String? =
            switch kind {
            case .image, .video, .animation: SMIL.imageRegion
            case .text: SMIL.textRegion
            case .audio, .reference: nil
            }
        self.init(kind: kind, source: part.contentLocation ?? "", region: region)
    }

    /// A text goes with what is no text.
    fileprivate func isShown(with other: SMIL.Medium) -> Bool {
        (kind == .text) != (other.kind == .text) && kind != .reference && other.kind != .reference
    }
}
