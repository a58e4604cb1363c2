import AT
import Runtime

extension ModemLink {
    /// Sends a command and waits for its answer. Commands of several callers go one after the other, in order of asking.
    func perform(_ command: Command) async -> Reply {
        switch await begin(command) {
        case .answered(let reply): return reply
        // Only a submission is prompted, and its issuer uses `begin`.
        case .prompted: return await abandon()
        }
    }

    /// Sends a command; when it comes back as prompted, the link stays the caller's until `submit` or `abandon`.
    func begin(_ command: Command) async -> Progress {
        await takeTurn()
        guard await becomeIdle() else {
            passTurn()
            return .answered(Reply(completion: .disconnected(.commanded)))
        }
        feed(.issue(command))
        return await progress()
    }

    /// Lets the PDU of the prompted command leave.
    func submit() async -> Reply {
        feed(.submit)
        return await finalReply()
    }

    func abandon() async -> Reply {
        feed(.abandon)
        return await finalReply()
    }

    private func finalReply() async -> Reply {
        while true {
            if case .answered(let reply) = await progress() { return reply }
        }
    }

    private func progress() async -> Progress {
        let progress: Progress
        if let arrived {
            self.arrived = nil
            progress = arrived
        } else {
            progress = await withCheckedContinuation { issuer = $0 }
        }
        if case .answered = progress { passTurn() }
        return progress
    }

    func report(_ progress: Progress) {
        guard let issuer else {
            arrived = progress
            return
        }
        self.issuer = nil
        issuer.resume(returning: progress)
    }

    private func takeTurn() async {
        guard isTaken else {
            isTaken = true
            return
        }
        await withCheckedContinuation { turns.append($0) }
    }

    private func passTurn() {
        guard turns.isEmpty else {
            turns.removeFirst().resume()
            return
        }
        isTaken = false
    }

    /// Waits while the session finds its way back to order; false when the link ended.
    private func becomeIdle() async -> Bool {
        while ending == nil {
            guard let session, let machine = driver[session] else { return false }
            if machine.isIdle { return true }
            await withCheckedContinuation { idleWaiters.append($0) }
        }
        return false
    }

    func releaseIdleWaiters() {
        let waiters = idleWaiters
        idleWaiters = []
        for waiter in waiters { waiter.resume() }
    }
}
