import Exchange
import HTTPStack
import HomelineTesting
import Kinds
import Settings
import Store
import Telephony

@testable import EndpointSoftphone

private struct NoNumbering: Numbering {
    func address(_ text: String, line: LineID) -> Address? { nil }
    func refusal(_ address: Address, line: LineID) -> Failure? { nil }
    func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool { one == other }
}

/// A softphone of sms.example.org on a free port of loopback, over this ledger.
func softphone(
    _ ledger: any Ledger, clock: ManualClock = ManualClock(), listen address: String = "udp:127.0.0.1:0",
    foreign: ForeignFiles = ForeignFiles(hosts: [], client: GuardedClient(policy: ClientPolicy()), limit: 0),
    change: (inout SoftphoneSettings) -> Void = { _ in }, pause: @escaping Pause
) throws -> Softphone {
    let listen = Node(.list([Node(.scalar(address), line: 2)]), line: 2)
    let node = Node(
        .section([Node.Entry(name: "domain", value: Node(.scalar("sms.example.org"), line: 1)), Node.Entry(name: "listen", value: listen)]), line: 1)
    var section = try Section(node, path: "endpoints.softphone")
    let (workers, mint) = (WakeGroup(), Mint.repeatable(clock))
    let submissions = Submissions(
        ledger: ledger, numbering: NoNumbering(), plan: RoutingPlan(routes: []), limits: [:], mint: mint, workers: workers)
    let context = EndpointContext(
        id: .softphone, ledger: ledger, submissions: submissions, workers: workers, mint: mint, pause: pause,
        media: MemoryMediaStore(clock: ManualClock()), directory: "/nowhere")
    var settings = try SoftphoneSettings(&section)
    change(&settings)
    return Softphone(settings: settings, context: context, foreign: foreign)
}
