import HTTPStack

/// `POST /count`: how a text that is being written would be sent, in words for the script to show.
struct CountText {
    let pages: Pages

    var operation: Operation {
        pages.form("/count", limit: Pages.textForm) { _, _, form in
            .text(Self.sentence(pages.desk.count(form.lines("text")), pages.words))
        }
    }

    /// `3 SMS, Unicode because of ’`; nothing while there is plenty of room in the first.
    static func sentence(_ count: SegmentCount, _ words: Words) -> String {
        guard count.segments > 1 || count.because != nil || (count.segments == 1 && count.unitsLeft < 40) else { return "" }
        return words.count(count.segments, because: count.because, left: count.unitsLeft)
    }
}
