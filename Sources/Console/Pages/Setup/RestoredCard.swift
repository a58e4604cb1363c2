/// What was restored, while the daemon begins anew with it.
struct RestoredCard {
    let house: RestoredHouse
    let times: Times
    let words: Words

    static let signIn = "/sign-in"

    var html: HTML {
        let faults = house.faults.map { "<li>\($0)</li>" as HTML }
        let list: HTML = house.faults.isEmpty ? .nothing : "<p class=\"mistake\">\(words.backupHasFaults)</p><ul>\(faults)</ul>"
        let doubt: HTML = house.inDoubt == 0 ? .nothing : "<p>\(words.restoredInDoubt(house.inDoubt))</p>"
        let scheduled: HTML = house.scheduled == 0 ? .nothing : "<p>\(words.restoredScheduled(house.scheduled))</p>"
        let settings: HTML = house.settingsRefusal.map { "<p class=\"mistake\" role=\"alert\">\(words.settingsDoNotHold)</p><p><bdi>\($0)</bdi></p>" as HTML } ?? .nothing
        return """
            <div class="card"\(returns)><h1>\(words.restored)</h1>
            <p role="status">\(words.restoredFrom("\(times.heading(house.madeAt)) \(times.time(house.madeAt))", messages: house.messages, files: house.files))</p>
            \(doubt)\(scheduled)\(list)\(settings)<p>\(words.beginsAnew)</p>\(way)</div>
            """
    }

    /// The script leads on by itself only where nothing is to be read first.
    private var returns: HTML { isPlain && house.door == .same ? " data-returns=\"\(Self.signIn)\"" : .nothing }
    private var isPlain: Bool { house.faults.isEmpty && house.settingsRefusal == nil && house.inDoubt == 0 && house.scheduled == 0 }

    private var way: HTML {
        switch house.door {
        case .same: "<p>\(words.signInAsBefore)</p><p><a class=\"button\" href=\"\(Self.signIn)\">\(words.signIn)</a></p>"
        case .other(let origin): "<p>\(words.signInAsBefore)</p><p><a class=\"button\" href=\"\(origin)\(Self.signIn)\">\(origin)</a></p>"
        case .none: "<p>\(words.pagesAreOff)</p>"
        }
    }
}
