/// Why a request of a gateway is not what its template says.
struct Unintelligible: Error, Hashable, Sendable {
    let reason: String
}
