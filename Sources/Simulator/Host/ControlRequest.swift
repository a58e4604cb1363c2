/// A line of the control interface. `Docs/Guides/virtual-modem.md` has one example of each.
struct ControlRequest: Decodable, Sendable {
    enum Command: String, Decodable, Sendable {
        case text, pdu, sent, fault, air, reports, phones, pace, state, reset, ussd
        case picture, pictures, mmsc, pictureReports
    }

    var command: Command
    /// The line meant; the first one when absent.
    var line: String?

    // text
    var from: String?
    var to: String?
    var text: String?
    // pdu: hexadecimal, the service centre field included
    var hex: String?
    var kind: String?
    // fault, air
    var fault: String?
    var seconds: Double?
    var octets: Int?
    var times: Int?
    var code: Int?
    var segment: Int?
    var places: Int?
    var memory: String?
    var tries: Int?
    // reports
    var outcome: String?
    // phones, ussd
    var mode: String?
    var script: [OutsidePhone.Line]?
    // picture
    var files: [String]?
    var subject: String?
    /// What its writer wants to hear of it.
    var asking: MultimediaCentre.ReportWish?
    /// The recipients of a group message; the line alone when absent.
    var members: [String]?
    // mmsc
    var address: String?
}
