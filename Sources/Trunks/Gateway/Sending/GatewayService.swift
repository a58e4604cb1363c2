import Exchange
import HTTPStack
import Telephony

/// What a gateway's line does beside sending: fetches files, asks for texts, and keeps the connections.
struct GatewayService: Service {
    let line: LineID
    let inbox: Inbox
    let waiting: WaitingFiles
    let poll: InboxPoll?
    let client: GuardedClient

    func run() async throws {
        try? await inbox.lineIsBack(line)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await waiting.run() }
            if let poll { group.addTask { try? await poll.run() } }
            await group.waitForAll()
        }
        await client.close()
    }
}
