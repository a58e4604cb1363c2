import HTTPStack

/// A backup that is brought on the first visit. Where the form comes without one, that which waits for its passphrase is taken.
actor RestoreTaker: FileTaker {
    private let restoration: any Restoration
    private let passphrase: String
    private let announced: Int?
    private let place: String
    private let words: Words
    private let times: Times
    private var incoming: (any IncomingBackup)?

    init(_ restoration: any Restoration, passphrase: String, from request: Request, times: Times, words: Words) {
        self.restoration = restoration
        self.passphrase = passphrase
        announced = request.header("Content-Length").flatMap { Int($0) }
        place = request.source.address
        self.times = times
        self.words = words
    }

    func take(_ octets: [UInt8]) async throws {
        // A picker that was left empty sends a file of no octets.
        guard !octets.isEmpty else { return }
        let incoming = try incoming ?? restoration.receive(announced)
        self.incoming = incoming
        try await incoming.take(octets)
    }

    func finish() async throws -> Response {
        if let incoming { try await incoming.keep() } else if restoration.waiting == nil { throw RestoreRefusal.noFile }
        let house = try await restoration.restore(passphrase: passphrase, askedFrom: place)
        let card = RestoredCard(house: house, times: times, words: words).html
        return Layout(title: words.restored, visitor: nil, further: [.setupScript], content: card).response()
    }
}
