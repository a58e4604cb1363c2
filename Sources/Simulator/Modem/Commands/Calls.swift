/// Calls: the simulated network has nobody to put through (3GPP TS 27.007 §6, §7).
extension Command {
    static let calls: [Command] = [
        Command("D") { _, _ in .result("NO CARRIER") },
        Command("A") { _, _ in .result("NO CARRIER") },
        .accepted("H"), .accepted("+CHUP"),
        .query("+CLCC") { _ in .ok }.settable,
        .setting("+CLIP", 0...1), .setting("+CLIR", 0...2), .setting("+COLP", 0...1), .setting("+CRC", 0...1), .setting("+CVHU", 0...1),
        .setting("+CDIP", 0...1), .setting("+CNAP", 0...1), .setting("+COLR", 0...1),
        .setting("+CCWA", 0...1), .setting("+CSSN", 0...1), .setting("+CSTA", 128...161, initial: 145), .setting("+VTD", 0...255),
        .accepted("+CHLD"), .accepted("+VTS"), .accepted("+CMUT"), .accepted("+FCLASS"), .setting("+CLVL", 0...7, initial: 4),
        Command("+CMOD") { _, _ in .ok },
    ]
}
