/// What a picture's header says.
struct PictureFacts: Hashable {
    /// As it is shown: turned where the camera said so.
    var width: Int
    var height: Int
    /// Pictures of an animation.
    var pages: Int
    var hasAlpha: Bool

    init(width: Int, height: Int, pages: Int = 1, hasAlpha: Bool = false) {
        self.width = width
        self.height = height
        self.pages = pages
        self.hasAlpha = hasAlpha
    }

    /// From what `vipsheader -a` prints. Names are taken where they come first, because texts of the picture's own follow; nil where no size
    /// is told.
    init?(header text: String) {
        var fields: [Substring: Substring] = [:]
        for line in text.split(separator: "\n").prefix(200) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon]
            if fields[name] == nil { fields[name] = line[line.index(after: colon)...].drop { $0 == " " } }
        }
        guard let width = fields["width"].flatMap({ Int($0) }), let height = fields["height"].flatMap({ Int($0) }), width > 0, height > 0 else { return nil }
        let bands = fields["bands"].flatMap { Int($0) } ?? 3
        let isTurned = fields["orientation"].flatMap { Int($0) }.map { (5...8).contains($0) } ?? false
        self.init(
            width: isTurned ? height : width, height: isTurned ? width : height, pages: max(1, fields["n-pages"].flatMap { Int($0) } ?? 1),
            hasAlpha: bands == 2 || bands == 4 && fields["interpretation"] != "cmyk" || bands > 4)
    }

    var longSide: Int { max(width, height) }
    var shortSide: Int { min(width, height) }

    /// Whether there are no more pixels, all pages together.
    func isWithin(pixels: Int) -> Bool {
        let (page, tooLarge) = width.multipliedReportingOverflow(by: height)
        let (all, tooMany) = page.multipliedReportingOverflow(by: pages)
        return !tooLarge && !tooMany && all <= pixels
    }

    /// More pixels a side than this no message needs; what is worked on is then within what a tool may write.
    private static let largestSide = 4096

    /// The longer side when it is made to fit, never larger than it is.
    func longSide(within limits: MediaLimits) -> Int {
        let byShortSide = Double(limits.shortSide) * Double(longSide) / Double(shortSide)
        return max(1, min(longSide, limits.longSide, Self.largestSide, Int(min(byShortSide, 1e6))))
    }
}
