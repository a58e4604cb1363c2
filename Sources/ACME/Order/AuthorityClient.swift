import Exchange
import HTTPStack
import Telephony
import Wire

/// Talks to one authority: signs, keeps its nonces, and asks again where one was stale (RFC 8555 §6).
actor AuthorityClient {
    /// Why a request came to nothing.
    struct Refusal: Error, Sendable {
        let reason: OrderFailure.Reason
        /// When the authority wants to be asked again (RFC 8555 §6.6).
        var later: Duration?

        var isUnknownAccount: Bool { if case .problem(let problem) = reason { problem.type == "accountDoesNotExist" } else { false } }
    }

    struct Answer: Sendable {
        let json: JSON
        let body: [UInt8]
        let location: WebURL?
        let later: Duration?
    }

    /// Stale nonces that are put up with in a row.
    static let nonceTries = 10
    private static let answerLimit = 256 * 1024

    private let url: WebURL
    private let web: any WebClient
    private let agent: String
    let key: AccountKey
    private var nonces: [String] = []
    private var directory: DirectoryDocument?
    private(set) var account: String?
    /// What the authority was told of how to reach us.
    private(set) var contact: [String]

    init(directory url: WebURL, key: AccountKey, account: String?, contact: [String], web: any WebClient, agent: String) {
        self.url = url
        self.key = key
        self.account = account
        self.contact = contact
        self.web = web
        self.agent = agent
    }

    func readDirectory() async throws(Refusal) -> DirectoryDocument {
        let answer = try await send(OutgoingRequest(.get, url, headers: [("User-Agent", agent)], redirects: 1))
        guard answer.status == 200 else { throw Self.refusal(answer) }
        let directory = try Self.document(answer.body) { json throws(Misshapen) in try DirectoryDocument(json) }
        self.directory = directory
        return directory
    }

    /// Finds the account of our key, or makes it, with what its owner has agreed to; tells the authority of another contact (RFC 8555 §7.3).
    func findAccount(contact: [String], binding: ExternalAccount?) async throws(Refusal) {
        if let account = account.flatMap({ WebURL($0) }) {
            guard contact != self.contact else { return }
            do throws(Refusal) {
                _ = try await post(["contact": .array(contact.map { .string($0) })], to: account)
                self.contact = contact
                return
            } catch {
                guard error.isUnknownAccount else { throw error }
            }
        }
        guard let directory else { throw Refusal(reason: .misshapen("newAccount")) }
        if directory.wantsExternalAccount, binding == nil {
            throw Refusal(reason: .problem(ProblemDocument(type: "externalAccountRequired", detail: "this authority wants an account that you have with it already")))
        }
        var members: [JSON.Member] = [("termsOfServiceAgreed", true)]
        if !contact.isEmpty { members.append(("contact", .array(contact.map { .string($0) }))) }
        if let binding { members.append(("externalAccountBinding", binding.binding(of: key, at: directory.newAccount))) }
        guard let location = try await post(.object(members), to: directory.newAccount, by: .key).location else { throw Refusal(reason: .misshapen("Location")) }
        account = location.description
        self.contact = contact
    }

    /// An account that the authority no longer knows is to be made anew.
    func forgetAccount() { account = nil }

    func placeOrder(_ identifiers: JSON) async throws(Refusal) -> Answer {
        guard let directory else { throw Refusal(reason: .misshapen("newOrder")) }
        return try await post(["identifiers": identifiers], to: directory.newOrder)
    }

    /// Asks as the account; nil says nothing and only reads.
    func post(_ payload: JSON?, to url: WebURL) async throws(Refusal) -> Answer {
        guard let account else { throw Refusal(reason: .misshapen("account")) }
        return try await post(payload, to: url, by: .account(account))
    }

    private func post(_ payload: JSON?, to url: WebURL, by signer: SignedRequest.Signer) async throws(Refusal) -> Answer {
        for _ in 0..<Self.nonceTries {
            let request = SignedRequest(payload: payload, url: url, nonce: try await nonce())
            guard let body = try? request.octets(by: signer, key) else { throw Refusal(reason: .unusable("the account's key cannot sign")) }
            let answer = try await send(
                OutgoingRequest(
                    .post, url, headers: [("User-Agent", agent), ("Content-Type", "application/jose+json")], body: body,
                    answerBody: .whole(limit: Self.answerLimit)))
            if (200..<300).contains(answer.status) {
                let json = (try? JSON(decoding: answer.body)) ?? .null
                return Answer(json: json, body: answer.body, location: answer.header("location").flatMap { WebURL($0) }, later: Self.later(answer))
            }
            let refusal = Self.refusal(answer)
            guard case .problem(let problem) = refusal.reason, problem.type == "badNonce" else { throw refusal }
        }
        throw Refusal(reason: .problem(ProblemDocument(type: "badNonce", detail: "the authority took none of our nonces")))
    }

    private func nonce() async throws(Refusal) -> String {
        if let nonce = nonces.popLast() { return nonce }
        guard let directory else { throw Refusal(reason: .misshapen("newNonce")) }
        let answer = try await send(OutgoingRequest(.get, directory.newNonce, headers: [("User-Agent", agent)], answerBody: .none))
        guard (200..<300).contains(answer.status) else { throw Self.refusal(answer) }
        guard let nonce = nonces.popLast() else { throw Refusal(reason: .misshapen("Replay-Nonce")) }
        return nonce
    }

    private func send(_ request: OutgoingRequest) async throws(Refusal) -> OutgoingAnswer {
        let answer: OutgoingAnswer
        do throws(Failure) {
            answer = try await web.send(request)
        } catch {
            throw Refusal(reason: .unreachable(error.detail.isEmpty ? "\(error.cause)" : error.detail))
        }
        // One is enough, and the freshest is the best.
        if let nonce = answer.header("replay-nonce"), !nonce.isEmpty, nonce.utf8.count <= 512, Base64URL.isAlphabet(nonce) { nonces = [nonce] }
        return answer
    }
}
