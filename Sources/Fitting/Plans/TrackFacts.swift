/// What a recording or film consists of.
struct TrackFacts: Hashable {
    /// FFmpeg's name of the codec; nil where there is no film.
    var film: String?
    var width = 0
    var height = 0
    /// Likewise of the sound.
    var sound: String?
    /// Seconds; nil where the file does not tell.
    var duration: Double?

    init(film: String? = nil, width: Int = 0, height: Int = 0, sound: String? = nil, duration: Double? = nil) {
        (self.film, self.width, self.height, self.sound, self.duration) = (film, width, height, sound, duration)
    }

    /// From what `ffprobe -of flat` prints: names with dots, an equals sign, a number or a quoted text.
    init(probe text: String) {
        var streams: [Int: [Substring: Substring]] = [:]
        for line in text.split(separator: "\n").prefix(1000) {
            guard let equals = line.firstIndex(of: "=") else { continue }
            let value = line[line.index(after: equals)...].filter { $0 != "\"" }[...]
            let name = line[..<equals].split(separator: ".", maxSplits: 3)
            if name == ["format", "duration"] { duration = Self.seconds(value) ?? duration }
            guard name.count == 4, name[0] == "streams", let number = Int(name[2]) else { continue }
            streams[number, default: [:]][name[3]] = value
        }
        for (_, stream) in streams.sorted(by: { $0.key < $1.key }) { take(stream) }
    }

    private mutating func take(_ stream: [Substring: Substring]) {
        let codec = stream["codec_name"].map(String.init)
        if duration == nil { duration = stream["duration"].flatMap(Self.seconds) }
        switch stream["codec_type"] {
        // The cover of a song is told as a film of one picture.
        case "video" where film == nil && stream["disposition.attached_pic"] != "1":
            film = codec
            width = stream["width"].flatMap { Int($0) } ?? 0
            height = stream["height"].flatMap { Int($0) } ?? 0
        case "audio" where sound == nil: sound = codec
        default: break
        }
    }

    private static func seconds(_ text: Substring) -> Double? {
        Double(text).flatMap { $0.isFinite && $0 > 0 && $0 < 1e6 ? $0 : nil }
    }
}
