import HTTPStack
import Settings

private func place(_ name: String, _ doc: String) -> Key<JSONPath> {
    .read(name, doc, example: "data.id") { text throws(Unreadable) in try JSONPath(text) }
}

private let proofFormKey = Key<Proof>.read(
    "proof", "How the gateway shows who it is: path, query NAME, header NAME, bearer, basic, twilio, telnyx or vonage.", example: "path"
) { text throws(Unreadable) in
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    switch (words.first, words.count) {
    case ("path", 1): return .path
    case ("bearer", 1): return .bearer
    case ("basic", 1): return .basic
    case ("twilio", 1): return .twilio
    case ("telnyx", 1): return .telnyx
    case ("vonage", 1): return .vonage
    case ("query", 2): return .query(words[1])
    case ("header", 2): return .header(words[1])
    default: throw Unreadable("one of path, query NAME, header NAME, bearer, basic, twilio, telnyx and vonage expected")
    }
}
private let statusKey = Key.number("status", "Of the answer that the gateway wants.", example: "200", in: 200...299)
private let typeKey = Key.text("type", "Its media type.", example: "text/xml")
private let bodyKey = Key.text("body", "Its words.", example: "ok")
private let numbersKey = Key<MessageFields.Numbers>.choice(
    "numbers", "How it writes numbers: as-dialled, or international without a plus sign.", example: "international",
    Dictionary(uniqueKeysWithValues: MessageFields.Numbers.allCases.map { ($0.rawValue, $0) }))
private let timeFormKey = Key<TimeForm>.choice(
    "time-form", "zoned for seconds since 1970 and times with a zone; utc for those without.", example: "utc",
    Dictionary(uniqueKeysWithValues: TimeForm.allCases.map { ($0.rawValue, $0) }))
private let separatorKey = Key.text("media-separator", "What stands between the addresses of one field.", example: "\",\"")
private let deliveredKey = Key.words("delivered", "Words for a phone that has it.", example: "[delivered]")
private let failedKey = Key.words("failed", "Words for one that will not have it.", example: "[failed, expired]")
private let pendingKey = Key.words("pending", "Words that are told as on its way.", example: "[buffered]")
private let everyKey = Key.duration("every", "How often.", example: "60s")

extension Section {
    mutating func callback(_ name: String) throws(SettingsError) -> CallbackTemplate? {
        guard var section = try section(name) else { return nil }
        var callback = CallbackTemplate(proof: try section.require(proofFormKey))
        callback.items = try section.optional(place("items", "Where the list of news stands, where a call may tell of several; * behind it for each."))
        if var message = try section.section("message") {
            callback.message = try MessageFields(reading: &message)
            try message.finish()
        }
        if var report = try section.section("report") {
            callback.report = try ReportFields(reading: &report)
            try report.finish()
        }
        if var answer = try section.section("answer") {
            callback.answer.status = try answer.value(statusKey, default: 200)
            callback.answer.contentType = try answer.value(typeKey, default: callback.answer.contentType)
            callback.answer.body = try answer.value(bodyKey, default: "")
            try answer.finish()
        }
        try section.finish()
        return callback
    }

    mutating func poll(_ name: String) throws(SettingsError) -> PollTemplate? {
        guard var section = try section(name) else { return nil }
        let request = try RequestTemplate(reading: &section)
        let items = try section.require(place("items", "Where the list of messages stands in the answer; * behind it for each."))
        guard var message = try section.section("message") else { throw section.error("message", "missing: where things stand in one of the list") }
        let fields = try MessageFields(reading: &message)
        try message.finish()
        guard fields.id != nil else { throw message.error("id", "missing: where the gateway's name for a message stands; without it a text would come again at every look") }
        let answer = try section.pollAnswer(), order = try section.pollOrder()
        let delete = try section.request("delete")
        let every = try section.value(everyKey, default: .seconds(60))
        guard every >= .seconds(1) else { throw section.error("every", "a second at least") }
        try section.finish()
        return PollTemplate(request: request, items: items, fields: fields, answer: answer, order: order, delete: delete, every: every)
    }

    /// `when: {type: text|unicode, id: "*"}`: words, of which one must be there, or `*` for anything.
    fileprivate mutating func conditions() throws(SettingsError) -> Conditions {
        var conditions = Conditions()
        for value in try namedValues("when") {
            do {
                let words = value.text == "*" ? nil : WordList(value.text.split(separator: "|").map(String.init))
                conditions.all.append(Conditions.Condition(place: try JSONPath(value.name), words: words))
            } catch {
                throw value.error(error.text)
            }
        }
        return conditions
    }
}

extension MessageFields {
    init(reading section: inout Section) throws(SettingsError) {
        self.init(sender: try section.require(place("sender", "Where the sender's number stands.")))
        when = try section.conditions()
        text = try section.optional(place("text", "Where the text stands."))
        id = try section.optional(place("id", "Where the gateway's name for the message stands; without one a call that comes again is another message."))
        time = try section.optional(place("time", "Where the time stands."))
        timeForm = try section.value(timeFormKey, default: .zoned)
        media = try section.optional(place("media", "Where addresses of files stand."))
        mediaSeparator = try section.optional(separatorKey)
        numbers = try section.value(numbersKey, default: .asDialled)
        charset = try section.optional(place("charset", "Where the name of the text's character set stands, if it is not UTF-8."))
        guard let reference = try section.optional(place("segment-reference", "What the segments of a longer text have in common.")) else { return }
        segment = SegmentFields(
            reference: reference, total: try section.require(place("segment-total", "How many segments there are.")),
            sequence: try section.require(place("segment-number", "Which one it is, from 1.")))
    }
}

extension ReportFields {
    init(reading section: inout Section) throws(SettingsError) {
        self.init(
            reference: try section.require(place("reference", "Where the name stands that the answer to the request gave.")),
            state: try section.require(place("state", "Where the word stands that says what became of it.")))
        when = try section.conditions()
        delivered = try section.value(deliveredKey, default: delivered)
        failed = try section.value(failedKey, default: failed)
        pending = try section.value(pendingKey, default: pending)
        detail = try section.optional(place("detail", "Where the reason stands."))
    }
}
