import Exchange
import Testing

/// Expects that the ledger refuses because a row is missing or in another state.
func expectConflict(_ location: SourceLocation = #_sourceLocation, _ body: () async throws -> Void) async {
    do {
        try await body()
        Issue.record("a conflict was expected", sourceLocation: location)
    } catch LedgerError.conflict {
    } catch {
        Issue.record("a conflict was expected, not: \(error)", sourceLocation: location)
    }
}
