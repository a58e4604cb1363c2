/// What is particular to one program that Homeline takes the place of. Pure: what is in files, and what follows from it.
protocol StandIn: Sendable {
    /// For sentences.
    var program: String { get }
    /// The files of a text that came. `isTaken` tells whether a name is in use.
    func files(of text: BroughtText, isTaken: (String) -> Bool) -> [StandInFile]
    /// The file of a report on what was sent through the folders; nil where there is none.
    func report(_ report: BroughtReport, isTaken: (String) -> Bool) -> StandInFile?
    /// How the owner's program is told of a text that came, of a report, and of an order's end.
    func call(_ text: BroughtText, _ names: [String], in path: String) -> ProgramCall
    func call(_ report: BroughtReport, _ name: String, in path: String) -> ProgramCall?
    func call(_ end: OrderEnd, _ name: String, in path: String) -> ProgramCall?
    /// Whether a file in the folder of what is to be sent is one; others are left alone.
    func isOrder(_ name: String) -> Bool
    /// What files ask to be sent; each file is in one of them.
    func orders(in files: [StandInFile]) -> [SpoolOrder]
    /// A file as it is kept when its text was sent or given up.
    func kept(_ octets: [UInt8], _ end: OrderEnd) -> [UInt8]
}

extension StandIn {
    func report(_ report: BroughtReport, isTaken: (String) -> Bool) -> StandInFile? { nil }
    func call(_ text: BroughtText, _ names: [String], in path: String) -> ProgramCall { ProgramCall(arguments: names) }
    func call(_ report: BroughtReport, _ name: String, in path: String) -> ProgramCall? { nil }
    func call(_ end: OrderEnd, _ name: String, in path: String) -> ProgramCall? { nil }
    func kept(_ octets: [UInt8], _ end: OrderEnd) -> [UInt8] { octets }
}

/// Arguments and environment of the owner's program.
struct ProgramCall: Hashable, Sendable {
    var arguments: [String]
    var variables: [String: String] = [:]
}

struct StandInFile: Hashable, Sendable {
    let name: String
    let octets: [UInt8]
}
