import Carriers
import Runtime

/// Opens a bearer for the first who needs it, shares it with whoever else does, and releases it when it was idle for a while.
actor SharedBearer {
    private enum State {
        case down
        case opening(Task<Result<BearerContext, BearerError>, Never>)
        case up(BearerContext)
        case releasing(Task<Void, Never>)
    }

    private let bearer: any Bearer
    private let idle: Duration
    private let patience: Duration
    private let clock: any MonotonicClock
    private var state = State.down
    private var users = 0
    /// Counts the uses, so that an old idle timer knows it is old.
    private var uses = 0
    private var timer: Task<Void, Never>?

    /// - Parameters:
    ///   - idle: how long it stays up when nobody uses it.
    ///   - patience: how long opening may take.
    init(_ bearer: any Bearer, idle: Duration, patience: Duration, clock: any MonotonicClock) {
        self.bearer = bearer
        self.idle = idle
        self.patience = patience
        self.clock = clock
    }

    /// Whether a context is up.
    var isUp: Bool {
        if case .up = state { true } else { false }
    }

    /// Runs the body while the context is up.
    func use<Value: Sendable>(
        _ carrier: CarrierProfile, _ body: @Sendable (BearerContext) async -> Value
    ) async throws(BearerError) -> Value {
        users += 1
        uses += 1
        timer?.cancel()
        defer {
            users -= 1
            if users == 0 { armTimer() }
        }
        let context = try await context(for: carrier)
        return await body(context)
    }

    /// Nothing came through: it is taken down as soon as nobody uses it, and the next use opens a new one.
    func suspect() async {
        guard users == 0 else { return }
        await invalidate()
    }

    /// The modem is gone, and its context with it: the next use opens a new one.
    func invalidate() async {
        guard case .up = state else { return }
        await release()
    }

    /// Releases it at once, for the end of service.
    func close() async {
        timer?.cancel()
        if case .opening(let task) = state {
            task.cancel()
            _ = await task.value
        }
        await release()
    }

    private func context(for carrier: CarrierProfile) async throws(BearerError) -> BearerContext {
        while true {
            switch state {
            case .up(let context):
                return context
            case .releasing(let task):
                guard await outcome(of: task) != nil else { throw .timeout("given up") }
            case .opening(let task):
                return try await context(of: task)
            case .down:
                // A task of its own: who asked first may give up, and the others still want it.
                let task = Task { await self.open(carrier) }
                state = .opening(task)
                return try await context(of: task)
            }
        }
    }

    private func context(of opening: Task<Result<BearerContext, BearerError>, Never>) async throws(BearerError) -> BearerContext {
        guard let result = await outcome(of: opening) else { throw .timeout("given up") }
        return try result.get()
    }

    /// Nil for who is cancelled: a network in trouble takes minutes, and who is to end does not wait for it.
    private func outcome<Value: Sendable>(of task: Task<Value, Never>) async -> Value? {
        let (outcomes, told) = AsyncStream<Value>.makeStream()
        Task {
            told.yield(await task.value)
            told.finish()
        }
        for await outcome in outcomes { return outcome }
        return nil
    }

    private func open(_ carrier: CarrierProfile) async -> Result<BearerContext, BearerError> {
        let result = await within(patience) { [bearer] in await Result.of { () throws(BearerError) in try await bearer.open(carrier) } }
        switch result {
        case .success(let context):
            state = .up(context)
            if users == 0 { armTimer() }
        case .failure:
            await bearer.release()
            state = .down
        }
        return result
    }

    private func release() async {
        switch state {
        case .down, .opening:
            return
        case .releasing(let task):
            await task.value
        case .up:
            let task = Task { await self.takeDown() }
            state = .releasing(task)
            await task.value
        }
    }

    /// Down before its task ends: who waits for that task looks at the state at once.
    private func takeDown() async {
        await bearer.release()
        state = .down
    }

    private func armTimer() {
        timer?.cancel()
        let number = uses
        timer = Task { [clock, idle] in
            guard (try? await clock.sleep(for: idle)) != nil else { return }
            await self.ranIdle(number)
        }
    }

    private func ranIdle(_ number: Int) async {
        guard users == 0, number == uses else { return }
        await release()
    }

    private func within(
        _ limit: Duration, _ work: @escaping @Sendable () async -> Result<BearerContext, BearerError>
    ) async -> Result<BearerContext, BearerError> {
        await withTaskGroup(of: Result<BearerContext, BearerError>?.self) { [clock] group in
            group.addTask { await work() }
            group.addTask {
                guard (try? await clock.sleep(for: limit)) != nil else { return nil }
                return .failure(.timeout("nothing came up within \(limit.components.seconds) seconds"))
            }
            defer { group.cancelAll() }
            for await result in group {
                if let result { return result }
            }
            return .failure(.timeout("given up"))
        }
    }
}

extension Result where Success: Sendable {
    /// What an asynchronous work comes to.
    static func of(_ work: () async throws(Failure) -> Success) async -> Result {
        do {
            return .success(try await work())
        } catch {
            return .failure(error)
        }
    }
}
