import SMS

/// The record of all that left, with the segments of one message joined.
struct SentLog: Sendable {
    private(set) var messages: [SentMessage] = []
    private var texts: [Int: [Int: String]] = [:]
    /// References under which segments are still wanted.
    private var open: [Key: Int] = [:]

    private struct Key: Hashable {
        var from: String
        var to: String
        var reference: ConcatenationReference
        var total: UInt8
    }

    /// Adds a segment; the message when that completes it. A segment that is there already begins another message, so a double send shows.
    mutating func record(_ submit: Submit, tpdu: [UInt8], from: String, at time: Int) -> SentMessage? {
        let to = submit.destinationAddress.text
        let segment = submit.userData.header?.concatenation.flatMap { $0.isValid ? $0 : nil }
        let sequence = Int(segment?.sequence ?? 1)
        let key = segment.map { Key(from: from, to: to, reference: $0.reference, total: $0.total) }
        let place: Int
        if let key, let known = open[key], messages[known].references[sequence] == nil {
            place = known
            messages[place].tpdus.append(tpdu)
        } else {
            place = messages.count
            messages.append(
                SentMessage(
                    id: place + 1, from: from, to: to, text: nil, references: [:], total: Int(segment?.total ?? 1),
                    wantsReport: submit.firstOctet.statusReport, coding: submit.dataCodingScheme.rawValue, tpdus: [tpdu], time: time))
        }
        messages[place].references[sequence] = submit.messageReference
        if let text = submit.userData.text {
            texts[place, default: [:]][sequence] = text
            messages[place].text = texts[place]?.sorted { $0.key < $1.key }.map(\.value).joined()
        }
        if let key { open[key] = messages[place].isComplete ? nil : place }
        return messages[place].isComplete ? messages[place] : nil
    }

    mutating func clear() {
        self = SentLog()
    }
}
