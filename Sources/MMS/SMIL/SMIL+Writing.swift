extension SMIL {
    /// The whole document, in ASCII but for the sources' own characters.
    public var text: String {
        var text = "<smil><head><layout>"
        for region in regions { text += region.tag }
        text += "</layout></head><body>"
        for slide in slides {
            text += slide.milliseconds.map { "<par dur=\"\($0)ms\">" } ?? "<par>"
            for medium in slide.media { text += medium.tag }
            text += "</par>"
        }
        return text + "</body></smil>"
    }

    /// Pictures in the upper half, text below.
    public static let usualRegions = [
        Region(id: imageRegion, left: "0", top: "0", width: "100%", height: "50%", fit: "meet"),
        Region(id: textRegion, left: "0", top: "50%", width: "100%", height: "50%", fit: "meet"),
    ]

    static let imageRegion = "Image"
    static let textRegion = "Text"

    fileprivate static func attribute(_ name: String, _ value: String?) -> String {
        value.map { " \(name)=\"\(Markup.escaped($0))\"" } ?? ""
    }
}

extension SMIL.Region {
    fileprivate var tag: String {
        let place = [("left", left), ("top", top), ("width", width), ("height", height), ("fit", fit)]
        return "<region" + SMIL.attribute("id", id) + place.map { SMIL.attribute($0.0, $0.1) }.joined() + "/>"
    }
}

extension SMIL.Medium {
    fileprivate var tag: String {
        "<\(kind.rawValue)" + SMIL.attribute("src", source) + SMIL.attribute("region", region) + "/>"
    }
}
