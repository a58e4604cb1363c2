extension Fitter {
    /// A recording or a film; which of the two it is, its tracks say.
    func recording(_ source: MediaSource, _ format: MediaFormat, _ count: Int, _ limits: MediaLimits) async throws(FittingError) -> Fitted {
        let workplace = try workplace(for: source)
        let facts = try await tracks(of: workplace, format)
        return facts.film == nil
            ? try await sound(workplace, format, facts, count, limits) : try await film(workplace, format, facts, count, limits)
    }

    func tracks(of workplace: Workplace, _ format: MediaFormat) async throws(FittingError) -> TrackFacts {
        guard let demuxer = format.demuxer else { throw .unknownFormat(format.contentType) }
        let entries = "stream=codec_type,codec_name,width,height,duration:stream_disposition=attached_pic:format=duration"
        let arguments = FFmpeg.quiet + FFmpeg.input(demuxer) + ["-show_entries", entries, "-of", "flat", "file:in"]
        try await perform(Errand(need(tools.ffprobe, "ffmpeg"), arguments, within: bounds.look), in: workplace)
        let facts = TrackFacts(probe: workplace.printed)
        let pixels = facts.width.multipliedReportingOverflow(by: facts.height)
        guard !pixels.overflow, pixels.partialValue <= FFmpeg.maximumPixels else {
            throw .tooManyPixels(width: facts.width, height: facts.height, pages: 1)
        }
        return facts
    }

    private func sound(
        _ workplace: Workplace, _ format: MediaFormat, _ facts: TrackFacts, _ count: Int, _ limits: MediaLimits
    ) async throws(FittingError) -> Fitted {
        var plan = try SoundPlan.make(format, facts, octets: count, limits: limits)
        if case .copied(let target) = plan {
            try await convert(workplace, format, ["-map", "0:a:0", "-c:a", "copy"], to: target, within: bounds.sound)
            if let fitted = finished(workplace, target, limits, ["Its metadata was removed."]) { return fitted }
            plan = try SoundPlan.encoding(facts, limits: limits)
        }
        guard case .encoded(let target, let rate) = plan else { throw .undecodable("nothing to be done") }
        try await convert(workplace, format, ["-map", "0:a:0"] + FFmpeg.sound(target, rate), to: target, within: bounds.sound)
        guard let fitted = finished(workplace, target, limits, ["The recording was encoded anew, at \(rate / 1000) kbit/s."]) else {
            throw .cannotFit("The recording cannot be made smaller than \(Measure.octets(limits.octets)).")
        }
        return fitted
    }

    private func film(
        _ workplace: Workplace, _ format: MediaFormat, _ facts: TrackFacts, _ count: Int, _ limits: MediaLimits
    ) async throws(FittingError) -> Fitted {
        var plan = try FilmPlan.make(format, facts, octets: count, limits: limits)
        if case .copied(let target) = plan {
            try await convert(workplace, format, FFmpeg.firstTracks + ["-c", "copy"], to: target, within: bounds.film)
            if let fitted = finished(workplace, target, limits, ["Its metadata was removed."]) { return fitted }
            plan = try FilmPlan.encoding(facts, limits: limits)
        }
        guard case .encoded(let target, var encoding) = plan else { throw .undecodable("nothing to be done") }
        for _ in 0..<3 {
            try await convert(workplace, format, FFmpeg.firstTracks + FFmpeg.film(encoding), to: target, within: bounds.film)
            let change = "The film was encoded anew, \(encoding.longSide) pixels wide at \(encoding.filmRate / 1000) kbit/s."
            if let fitted = finished(workplace, target, limits, [change]) { return fitted }
            guard let less = encoding.reduced(from: workplace.size(of: "out"), to: limits.octets) else { break }
            encoding = less
        }
        throw .cannotFit("The video of \(Measure.time(facts.duration ?? 0)) cannot be made smaller than \(Measure.octets(limits.octets)).")
    }

    func convert(_ workplace: Workplace, _ format: MediaFormat, _ options: [String], to target: MediaFormat, within confinement: Confinement) async throws(FittingError) {
        guard let demuxer = format.demuxer else { throw .unknownFormat(format.contentType) }
        let arguments = FFmpeg.quiet + ["-nostdin", "-y"] + FFmpeg.input(demuxer) + ["-i", "file:in"] + options + FFmpeg.output(target) + ["file:out"]
        try await perform(Errand(need(tools.ffmpeg, "ffmpeg"), arguments, within: confinement), in: workplace)
    }

    private func finished(_ workplace: Workplace, _ target: MediaFormat, _ limits: MediaLimits, _ changes: [String]) -> Fitted? {
        workplace.octets(of: "out", limit: limits.octets).map { Fitted(target.contentType, $0, changes: changes) }
    }
}
