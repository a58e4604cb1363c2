import Exchange
import HomelineTesting
import Telephony

/// One life of the daemon: the whole exchange between a scripted trunk and a scripted endpoint.
struct Process: Sendable {
    let services: [any Service]

    init(_ world: World, ledger: any Ledger, plug: Plug, pauses: ManualPauses) throws {
        let numbering = try HomeNumbering()
        let plan = RoutingPlan(routes: [Route(endpoint: .softphone, audience: .devices)], carriage: ["home": [.files, .groups]])
        let workers = WakeGroup()
        let intakeSignal = WakeSignal()
        let mint = world.mint
        let doubts = DoubtPolicies(["home": world.doubt])
        let trunk = ScriptedTrunk(
            line: "home", carrier: world.carrier,
            inbox: Inbox(ledger: ledger, mint: mint, intake: intakeSignal, workers: workers), plug: plug, clock: world.clock, centre: world.centre,
            media: world.media)
        let notices = Notices(ledger: ledger, plan: plan, mint: mint, workers: workers)
        let endpoint = ScriptedEndpoint(phone: world.phone, plug: plug)
        let trunkWorker = Worker(
            scope: .trunk("home"), capacity: 1, ledger: ledger, policy: RetryPolicy(doubt: world.doubt), plan: plan, mint: mint, signals: workers,
            pause: pauses.pause, perform: trunk.send)
        let endpointWorker = Worker(
            scope: .endpoint(.softphone), capacity: 8, ledger: ledger, plan: plan, mint: mint, signals: workers, pause: pauses.pause,
            perform: { claim, _ in await endpoint.deliver(claim) })
        let submissions = Submissions(ledger: ledger, numbering: numbering, plan: plan, limits: ["home": 1000], mint: mint, workers: workers)
        services = [
            Dispatcher(workers: [trunkWorker, endpointWorker], ledger: ledger, plan: plan, doubts: doubts, mint: mint, pause: pauseForever),
            Intake(
                ledger: ledger, interpreter: numbering, numbering: numbering, plan: plan, doubts: doubts, media: world.media, mint: mint,
                pause: pauses.pause, signal: intakeSignal, workers: workers),
            Retriever(
                line: "home", trunk: ScriptedMultimedia(centre: world.centre, plug: plug), ledger: ledger, notices: notices, mint: mint,
                pause: pauses.pause, workers: workers, intake: intakeSignal),
            trunk, AppDoor(world: world, submissions: submissions, plug: plug),
        ]
    }
}

/// Where Alice's app hands in what she wrote; it is answered only when that is durable.
private struct AppDoor: Service {
    let world: World
    let submissions: Submissions
    let plug: Plug

    func run() async throws {
        for written in world.unanswered {
            try plug.pass("before a text is handed in")
            var parts: [Part] = [.text(written.text)]
            if let picture = written.picture { parts.append(Part(contentType: "image/jpeg", content: .stored(try await world.media.keep(picture)))) }
            try plug.pass("after a picture was kept")
            let submission = Submission(
                line: written.recipient.kind == .person ? .house : "home", sender: "alice", recipients: [written.recipient], parts: parts, idempotencyKey: written.text,
                origin: Origin(endpoint: .softphone, person: "alice", device: "phone", reference: written.text))
            _ = try await submissions.submit(submission)
            try plug.pass("before the app is answered")
            world.answer(written)
            try plug.pass("after the app was answered")
        }
    }
}
