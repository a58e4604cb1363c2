import Console
import Exchange
import HTTPStack
import Kinds
import Logging

extension API {
    /// What the pages of messages work with, and the services behind it: what sends messages at their time, and what calls browsers.
    static func personal(
        _ assembly: Assembly, _ ledger: any Ledger & PersonalBook & BlockList, _ settings: DaemonSettings, _ state: StateDirectory
    ) -> (desk: PersonalDesk, services: [Lifecycle]) {
        let hosts = settings.http.pushHosts
        let address = settings.http.publicURL.flatMap { $0.scheme == .https ? $0.description : nil }
        let push = PushKey(directory: state.path, hosts: hosts, contact: address ?? PushKey.nobody)
        let held = HeldMessages(
            ledger: ledger, book: ledger, submissions: assembly.submissions, media: assembly.media, clock: assembly.mint.now, pause: systemPause, log: Logger(label: "console"))
        let client = GuardedClient(policy: ClientPolicy(allowedHosts: hosts))
        let caller = PushCaller(
            ledger: ledger, book: ledger, blocks: ledger, key: push, client: client, clock: assembly.mint.now,
            signal: assembly.workers.watcher(), pause: systemPause, log: Logger(label: "push"))
        let repetitions = Dictionary(assembly.trunks.map { ($0.line, $0.repetition) }, uniquingKeysWith: { $1 })
        let withdrawals = Withdrawals(ledger: ledger, plan: assembly.plan, repetitions: repetitions, mint: assembly.mint, workers: assembly.workers)
        let desk = PersonalDesk(
            book: ledger, withdrawals: withdrawals, heldMessages: held,
            limits: { [trunks = assembly.trunks] line in await trunks.first { $0.line == line }?.multimedia?.limits }, push: push)
        return (desk, [Lifecycle(held), Lifecycle(ClientService(client)), Lifecycle(caller)])
    }
}
