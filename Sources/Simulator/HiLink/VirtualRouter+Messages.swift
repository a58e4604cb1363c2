/// Boxes of messages, and texts that come from the network.
extension VirtualRouter {
    static let firstIndex = 40_000

    /// A text from the network: into the inbox, or it waits there for room. `kind` is `SmsType`.
    public mutating func receive(from phone: String, _ text: String, kind: Int = 1, date: String? = nil, now: Int) {
        waiting.append(KeptText(index: 0, phone: phone, content: text, date: date ?? self.date(now), kind: kind))
        takeWaiting()
    }

    /// Into a box, as if it had been written on the router's page.
    public mutating func keep(_ text: String, to phone: String, box: Int, date: String) {
        boxes[box, default: []].append(KeptText(index: freeIndex(), phone: phone, content: text, date: date, state: box == 2 ? 3 : 0))
    }

    /// How many are in a box.
    public func count(_ box: Int) -> Int { boxes[box]?.count ?? 0 }

    public var waitingCount: Int { waiting.count }

    mutating func takeWaiting() {
        while !waiting.isEmpty, used < model.room {
            var text = waiting.removeFirst()
            text.index = freeIndex()
            boxes[1, default: []].append(text)
        }
    }

    private var used: Int { count(1) + count(2) + count(3) }

    func freeIndex() -> Int {
        let taken = Set(boxes.values.flatMap { $0 }.map(\.index))
        var index = Self.firstIndex
        while taken.contains(index) { index += 1 }
        return index
    }

    mutating func answer(_ path: String, _ body: String, method: String, now: Int) -> String? {
        switch (path, method) {
        case ("api/sms/sms-count", "GET"): counts()
        case ("api/sms/sms-list", "POST"): list(body)
        case ("api/sms/delete-sms", "POST"): delete(body)
        case ("api/sms/set-read", "POST"): RouterXML.response("OK")
        case ("api/sms/send-sms", "POST"): send(body, now: now)
        case ("api/sms/send-status", "GET"): sendStatus()
        case ("api/sms/config", "GET"):
            RouterXML.response(
                RouterXML.element("SaveMode", "0") + RouterXML.element("Validity", "10752") + RouterXML.element("Sca", "+41794999000")
                    + RouterXML.element("UseSReport", asksForReports ? "1" : "0") + RouterXML.element("SendType", "1") + RouterXML.element("pagesize", "20"))
        case ("api/sms/config", "POST"): configure(body)
        default: answerOfDevice(path, body, method: method)
        }
    }

    private func counts() -> String {
        let fields = [
            ("LocalUnread", count(1)), ("LocalInbox", count(1)), ("LocalOutbox", count(2)), ("LocalDraft", count(3)), ("LocalDeleted", 0),
            ("SimUnread", count(5)), ("SimInbox", count(5)), ("SimOutbox", 0), ("SimDraft", 0), ("LocalMax", model.room), ("SimMax", 50),
            ("SimUsed", count(5)), ("NewMsg", 0),
        ]
        return RouterXML.response(fields.map { RouterXML.element($0, "\($1)") }.joined())
    }

    private func list(_ body: String) -> String {
        let order = ["PageIndex", "ReadCount", "BoxType", "SortType", "Ascending", "UnreadPreferred"]
        guard RouterXML.isOrdered(order, in: body), let page = RouterXML.field("PageIndex", in: body).flatMap({ Int($0) }), page > 0,
            let size = RouterXML.field("ReadCount", in: body).flatMap({ Int($0) }), (1...50).contains(size),
            let box = RouterXML.field("BoxType", in: body).flatMap({ Int($0) })
        else { return RouterXML.error(100_005) }
        let isAscending = RouterXML.field("Ascending", in: body) == "1"
        let all = (boxes[box] ?? []).sorted { ($0.date, $0.index) < ($1.date, $1.index) }
        let ordered = isAscending ? all : all.reversed()
        let texts = ordered.dropFirst((page - 1) * size).prefix(size)
        let messages = texts.map { text in
            RouterXML.element(
                "Message",
                RouterXML.element("Smstat", "\(text.state)") + RouterXML.element("Index", "\(text.index)") + RouterXML.element("Phone", RouterXML.escape(text.phone))
                    + "<Content>\(RouterXML.escape(text.content))</Content>" + RouterXML.element("Date", text.date) + RouterXML.element("Sca", "")
                    + RouterXML.element("SaveType", "4") + RouterXML.element("Priority", "0") + RouterXML.element("SmsType", "\(text.kind)"))
        }
        return RouterXML.response(RouterXML.element("Count", "\(texts.count)") + RouterXML.element("Messages", messages.joined()))
    }

    private mutating func delete(_ body: String) -> String {
        let doomed = Set(RouterXML.fields("Index", in: body).compactMap { Int($0) })
        for box in boxes.keys { boxes[box]?.removeAll { doomed.contains($0.index) } }
        takeWaiting()
        return RouterXML.response("OK")
    }

    private mutating func configure(_ body: String) -> String {
        guard let reports = RouterXML.field("UseSReport", in: body), RouterXML.field("Validity", in: body) != nil else { return RouterXML.error(100_005) }
        asksForReports = reports == "1"
        return RouterXML.response("OK")
    }

    // MARK: - Sending

    private mutating func send(_ body: String, now: Int) -> String {
        let order = ["Index", "Phones", "Phone", "Sca", "Content", "Length", "Reserved", "Date"]
        guard RouterXML.isOrdered(order, in: body), let content = RouterXML.field("Content", in: body), let date = RouterXML.field("Date", in: body),
            let phones = RouterXML.field("Phones", in: body).map({ _ in RouterXML.fields("Phone", in: body) }), !phones.isEmpty
        else { return RouterXML.error(100_005) }
        guard !refusesNumbers else { return RouterXML.error(100_006) }
        guard outgoing == nil else { return RouterXML.error(113_018) }
        outgoing = Outgoing(phones: phones, looks: model.looksUntilSent, hasFailed: networkFails)
        let box = networkFails ? 3 : 2
        for phone in phones {
            if !networkFails { routed.append(RoutedText(number: phone, text: content, alphabet: RouterXML.field("Reserved", in: body) ?? "")) }
            guard model.keepsSent || networkFails else { continue }
            boxes[box, default: []].append(
                KeptText(index: freeIndex(), phone: phone, content: content, date: date, state: networkFails ? 4 : 3))
        }
        return RouterXML.response("OK")
    }

    private mutating func sendStatus() -> String {
        guard let sending = outgoing else { return status(phone: "", sent: lastSent, failed: lastFailed) }
        guard sending.looks <= 0 else {
            outgoing?.looks -= 1
            return status(phone: sending.phones.joined(separator: ","), sent: "", failed: "")
        }
        outgoing = nil
        let phones = sending.phones.joined(separator: ",")
        (lastSent, lastFailed) = sending.hasFailed ? ("", phones) : (phones, "")
        return status(phone: "", sent: lastSent, failed: lastFailed)
    }

    private func status(phone: String, sent: String, failed: String) -> String {
        RouterXML.response(
            RouterXML.element("Phone", phone) + RouterXML.element("SucPhone", sent) + RouterXML.element("FailPhone", failed)
                + RouterXML.element("TotalCount", "1") + RouterXML.element("CurIndex", "1"))
    }
}
