import Telephony

/// A person's apps: those that came, and those that are still waited for.
struct AppList {
    let person: Person
    let devices: [DeviceRecord]
    let now: Instant
    let times: Times
    let token: FormToken
    let words: PeopleWords

    var html: HTML {
        let awaited = person.apps.filter { app in !devices.contains { $0.password == app.id } }
        let rows = devices.map(row) + awaited.map(row)
        let list: HTML = rows.isEmpty ? "<p class=\"note\">\(words.noApps)</p>" : "<ul class=\"apps\">\(rows)</ul>"
        return "<section class=\"card\"><h2>\(words.apps)</h2>\(list)</section>"
    }

    private func row(_ device: DeviceRecord) -> HTML {
        let label = person.apps.first { $0.id == device.password }?.label
        let name = AppName(userAgent: device.userAgent)
        return """
            <li><div><strong><bdi>\(label ?? name.short ?? words.unknownApp)</bdi></strong> \(state(of: device))</div>
            <dl>\(facts(of: device, name).map { "<dt>\($0.label)</dt><dd><bdi>\($0.value)</bdi></dd>" as HTML })</dl>
            <form method="post" action="\(Pages.path(of: person.id))/devices/forget">\(token.input)<input type="hidden" name="device" value="\(device.device.name)">
            <button class="plain">\(words.forget)<span class="hidden"> \(label ?? name.short ?? words.unknownApp)</span></button></form></li>
            """
    }

    private func state(of device: DeviceRecord) -> HTML {
        device.isHere(at: now) ? "<span class=\"here\">● \(words.here)</span>" : "<span class=\"away\">○ \(words.away)</span>"
    }

    private func facts(of device: DeviceRecord, _ name: AppName) -> [(label: String, value: String)] {
        var facts: [(String, String)] = []
        if let full = name.full { facts.append((words.app, full)) }
        if let way = FlowName(device.flow) { facts.append((words.address, "\(way.address), \(way.transport)")) }
        if let seen = device.seenAt { facts.append((words.lastSeen, moment(seen))) }
        if let until = device.expiresAt, until > now { facts.append((words.registeredUntil, times.time(until))) }
        if device.password == nil { facts.append((words.words.password, words.sharedPassword)) }
        return facts
    }

    /// The time, and before it the day where that is not today.
    private func moment(_ instant: Instant) -> String {
        let day = times.short(instant), time = times.time(instant)
        return day == time ? time : "\(day), \(time)"
    }

    private func row(_ app: AppPassword) -> HTML {
        """
        <li><div><strong><bdi>\(app.label)</bdi></strong> <span class="away">○ \(words.awaited)</span></div>
        <dl><dt>\(words.madeAt)</dt><dd>\(moment(app.createdAt))</dd></dl>
        <form method="post" action="\(Pages.path(of: person.id))/apps/\(app.id.description)/remove">\(token.input)
        <button class="plain">\(words.forget)<span class="hidden"> \(app.label)</span></button></form></li>
        """
    }
}
