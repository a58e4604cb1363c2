import Exchange
import Logging

/// Everything that is served: finds the operation, admits the caller, and turns whatever goes wrong into the one form of error.
///
/// It knows no socket: the listener brings it requests, and so do tests.
public struct Site: Sendable {
    private let table: OperationTable
    private let tokens: TokenGuard
    let counts: RequestCounts
    private let logger: Logger
    private let proxies: Proxies

    /// - Parameter proxies: whose word on who asks is taken.
    public init(operations: [Operation], tokens: TokenGuard, counts: RequestCounts, logger: Logger, proxies: Proxies = Proxies()) {
        self.proxies = proxies
        table = OperationTable(operations)
        self.tokens = tokens
        self.counts = counts
        self.logger = logger
    }

    /// Paths whose request lines may be longer than is allowed everywhere.
    var longTargets: [String: LongTarget] { table.longTargets }

    /// Answers a whole request.
    public func respond(to request: Request) async -> Response {
        switch await admit(request) {
        case .admitted(let operation, let request):
            guard request.body.count <= operation.bodyLimit else { return refuse(.tooLarge, operation.path) }
            let body = RequestBody(request.body, limit: operation.bodyLimit)
            return await respond(to: request, body, by: operation)
        case .refused(let response): return response
        }
    }

    enum Admission: Sendable {
        /// The operation, and the request with its caller and path parameters.
        case admitted(Operation, Request)
        case refused(Response)
    }

    /// Decides by the head alone, before any octet of the body is read.
    func admit(_ request: Request) async -> Admission {
        var request = proxies.seenThrough(request)
        switch table.resolve(request.method, request.path) {
        case .notFound: return .refused(refuse(.notFound("There is nothing at this path"), "other"))
        case .methodNotAllowed(let allowed):
            var response = refuse(Problem(405, "method_not_allowed", "This path does not take \(request.method)"), "other")
            response.headers.append(("Allow", allowed.map(\.rawValue).joined(separator: ", ")))
            return .refused(response)
        case .found(let operation, let parameters):
            request.parameters = parameters
            do {
                let claim = operation.access == .own ? nil : request.fields[.authorization]
                request.caller = try await tokens.identify(authorization: claim, source: request.source)
                if case .scope(let scope) = operation.access, !request.caller.may(scope) {
                    throw request.caller == .stranger ? Problem.unauthorized : .forbidden(scope)
                }
                if case .whole = operation.answer, operation.bodyLimit > 0 { try Self.checkContentType(request) }
                return .admitted(operation, request)
            } catch {
                return .refused(refuse(problem(for: error, operation), operation.path))
            }
        }
    }

    /// A body that says it is something else than JSON in UTF-8 is not guessed at (RFC 9110 §15.5.16); one that says nothing is tried.
    private static func checkContentType(_ request: Request) throws(Problem) {
        guard let type = request.fields[.contentType], type != "application/json" else { return }
        let parts = type.lowercased().split(separator: ";", omittingEmptySubsequences: false).map { $0.filter { $0 != " " && $0 != "\"" } }
        let isJSON = parts.first == "application/json" && parts.dropFirst().allSatisfy { $0.isEmpty || $0 == "charset=utf-8" }
        guard isJSON else { throw .unsupportedMediaType }
    }

    func respond(to request: Request, _ body: RequestBody, by operation: Operation) async -> Response {
        do {
            let response = watched(try await answer(request, body, by: operation), to: request, by: operation)
            counts.note(operation.path, status: response.status)
            return response
        } catch {
            return refuse(problem(for: error, operation), operation.path)
        }
    }

    /// Asks who calls once more where there was a body: it may have come slowly.
    private func answer(_ request: Request, _ body: RequestBody, by operation: Operation) async throws -> Response {
        switch operation.answer {
        case .whole(let respond):
            if !request.body.isEmpty { try await check(request, operation) }
            return try await respond(request)
        case .reading(let respond):
            return try await respond(request, body.then { try await check(request, operation) })
        }
    }

    private func check(_ request: Request, _ operation: Operation) async throws(Problem) {
        guard await mayStill(request, operation) else { throw .unauthorized }
    }

    /// Ends a stream without a length, which may go on for ever, when its reader's token is good no more.
    private func watched(_ response: Response, to request: Request, by operation: Operation) -> Response {
        guard case .token = request.caller, case .stream(nil, let next) = response.body else { return response }
        var response = response
        response.body = .stream {
            let piece = try await next()
            return await mayStill(request, operation) ? piece : nil
        }
        return response
    }

    private func mayStill(_ request: Request, _ operation: Operation) async -> Bool {
        let caller = await tokens.again(request)
        if case .scope(let scope) = operation.access { return caller.may(scope) }
        return caller.name == request.caller.name
    }

    func refuse(_ problem: Problem, _ path: String) -> Response {
        counts.note(path, status: problem.status)
        return problem.response
    }

    private func problem(for error: any Error, _ operation: Operation) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case is CancellationError: return .stopping
        case let error as LedgerError:
            logger.error("\(error)", metadata: ["operation": "\(operation.method.rawValue) \(operation.path)"])
            return Problem(error)
        default:
            logger.error("\(error)", metadata: ["operation": "\(operation.method.rawValue) \(operation.path)"])
            return .internalError
        }
    }
}
