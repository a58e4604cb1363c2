/// What programs ask for while they find out what a modem can do, and do without.
extension Command {
    static let probes: [Command] = [
        .query("+CLAC") { _ in .done(CommandTable.standard.keys.filter { $0.hasPrefix("+") }.sorted()) },
        Command("+CPBS") { _, form in
            form == .test ? .line("+CPBS: (\"SM\")") : form == .read ? .line("+CPBS: \"SM\",0,250") : .ok
        },
        Command("+CPBR") { _, form in form == .test ? .line("+CPBR: (1-250),40,18") : .ok },
        Command("+CGDCONT") { _, form in form == .test ? .line("+CGDCONT: (1-16),\"IP\",,,(0),(0)") : .ok },
        .accepted("+CGACT"), .accepted("+CGAUTO"),
        .query("+CPOL") { _ in .ok }.settable,
        .accepted("+CPLS"),
    ]
}
