extension Fitter {
    /// A picture, as a JPEG where it is not better off as it is.
    func picture(_ source: MediaSource, _ format: MediaFormat, _ count: Int, _ limits: MediaLimits) async throws(FittingError) -> Fitted {
        let workplace = try workplace(for: source)
        let facts = try await facts(of: workplace)
        if facts.pages > 1, format == .gif, limits.formats.contains(.gif), let animation = try await animation(workplace, facts, count, limits) {
            return animation
        }
        let longSide = facts.longSide(within: limits)
        try await master(longSide, in: workplace)
        let isGraphic = facts.hasAlpha || format == .png && count <= limits.octets
        if isGraphic, limits.formats.contains(.png), let octets = try await graphic(longSide, in: workplace, limits) {
            return Fitted(MediaFormat.png.contentType, octets, changes: changes(facts, format, to: .png, longSide))
        }
        return try await photo(workplace, facts, format, longSide, limits)
    }

    /// What the header says, where it may be decoded.
    func facts(of workplace: Workplace) async throws(FittingError) -> PictureFacts {
        try await perform(Errand(need(tools.vipsheader, "libvips-tools"), ["-a", "in"], within: bounds.look), in: workplace)
        guard let facts = PictureFacts(header: workplace.printed) else { throw .undecodable("no size is told") }
        guard facts.pages <= bounds.pages, facts.isWithin(pixels: bounds.pixels) else {
            throw .tooManyPixels(width: facts.width, height: facts.height, pages: facts.pages)
        }
        return facts
    }

    /// Decodes the picture once: upright, in sRGB, small enough, with nothing but its pixels. All attempts are made from this.
    private func master(_ longSide: Int, in workplace: Workplace) async throws(FittingError) {
        try await thumbnail("in", "master.png[compression=0,filter=none,strip]", longSide, ["--export-profile", "srgb", "--fail-on", "truncated"], in: workplace)
    }

    func thumbnail(_ from: String, _ to: String, _ longSide: Int, _ options: [String] = [], in workplace: Workplace) async throws(FittingError) {
        let side = "\(longSide)"
        let arguments = ["thumbnail", from, to, side, "--height", side, "--size", "down"] + options
        try await perform(Errand(need(tools.vips, "libvips-tools"), arguments, within: bounds.picture), in: workplace)
    }

    private func graphic(_ longSide: Int, in workplace: Workplace, _ limits: MediaLimits) async throws(FittingError) -> [UInt8]? {
        try await thumbnail("master.png", "out.png[compression=9,strip]", longSide, in: workplace)
        return workplace.octets(of: "out.png", limit: limits.octets)
    }

    private func photo(_ workplace: Workplace, _ facts: PictureFacts, _ format: MediaFormat, _ longSide: Int, _ limits: MediaLimits) async throws(FittingError) -> Fitted {
        guard limits.formats.contains(.jpeg) else { throw .cannotFit("The carrier takes no format of pictures that can be made here.") }
        var search = PictureSearch(limit: limits.octets, longSide: longSide)
        var size: Int?
        while let attempt = search.next(after: size) {
            // Transparent places become white.
            try await thumbnail("master.png", "out.jpg[Q=\(attempt.quality),strip,optimize_coding,background=255]", attempt.longSide, in: workplace)
            if let octets = workplace.octets(of: "out.jpg", limit: limits.octets) {
                return Fitted(MediaFormat.jpeg.contentType, octets, changes: changes(facts, format, to: .jpeg, attempt.longSide))
            }
            size = workplace.size(of: "out.jpg")
        }
        throw .cannotFit("The picture of \(facts.width) × \(facts.height) cannot be made smaller than \(Measure.octets(limits.octets)).")
    }

    /// The animation as one, smaller where it must be; nil where only its first picture will do.
    private func animation(_ workplace: Workplace, _ facts: PictureFacts, _ count: Int, _ limits: MediaLimits) async throws(FittingError) -> Fitted? {
        var longSide = facts.longSide(within: limits)
        var size = count
        for _ in 0..<3 {
            if size > limits.octets { longSide = Int(Double(longSide) * (0.85 * Double(limits.octets) / Double(size)).squareRoot()) }
            guard longSide >= min(64, facts.longSide) else { return nil }
            try await thumbnail("in[n=-1]", "out.gif[strip]", longSide, in: workplace)
            if let octets = workplace.octets(of: "out.gif", limit: limits.octets) {
                return Fitted(MediaFormat.gif.contentType, octets, changes: changes(facts, .gif, to: .gif, longSide, pages: facts.pages))
            }
            size = max(limits.octets + 1, workplace.size(of: "out.gif"))
        }
        return nil
    }

    private func changes(_ facts: PictureFacts, _ format: MediaFormat, to target: MediaFormat, _ longSide: Int, pages: Int = 1) -> [String] {
        var changes: [String] = []
        if longSide < facts.longSide {
            let other = max(1, facts.shortSide * longSide / facts.longSide)
            let (width, height) = facts.width >= facts.height ? (longSide, other) : (other, longSide)
            changes.append("The picture was made smaller, from \(facts.width) × \(facts.height) to \(width) × \(height).")
        }
        if format != target { changes.append("It was turned from \(format.rawValue.uppercased()) into \(target.rawValue.uppercased()).") }
        if pages < facts.pages { changes.append("Only the first picture of the animation was kept.") }
        return changes + ["Its metadata was removed."]
    }
}
