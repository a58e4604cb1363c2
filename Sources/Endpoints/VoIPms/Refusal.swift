/// Why a call was not carried out.
struct Refusal: Error, Hashable, Sendable {
    let status: Status
    /// For people: one sentence, no secret. Clients show it or pass it over.
    let sentence: String?

    init(_ status: Status, _ sentence: String? = nil) {
        self.status = status
        self.sentence = sentence
    }
}
