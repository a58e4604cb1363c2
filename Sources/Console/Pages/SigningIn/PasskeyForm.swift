import Factors
import HTTPStack
import Wire

/// A form that a passkey fills in, by `passkeys.js`. Without script, or where the browser knows no passkeys, it stays hidden.
struct PasskeyForm {
    enum Ceremony {
        /// To sign with one that is there.
        case get
        /// To make one for a person: whose name the form's field `name` has where it is nil.
        case create(handle: [UInt8], person: String?, known: [[UInt8]])
    }

    let action: String
    let ceremony: Ceremony
    let challenge: [UInt8]
    let party: RelyingParty
    let token: FormToken
    let words: Words
    let button: String
    var fields: HTML = .nothing
    var mistake: String?

    var html: HTML {
        let waiting = PasskeyAnswer.fields.map { "<input type=\"hidden\" name=\"\($0)\" value=\"\">" as HTML }
        return """
            <form class="or" method="post" action="\(action)" data-passkey="\(kind)" data-challenge="\(Base64URL.encode(challenge))" data-site="\(party.id)"\(details) hidden>
            \(token.input)\(waiting)\(fields)<button class="plain">\(button)</button>
            <p class="mistake" role="alert" data-mistake="\(words.passkeyFailed)">\(mistake ?? "")</p></form>
            """
    }

    private var kind: String { if case .get = ceremony { "get" } else { "create" } }

    private var details: HTML {
        guard case .create(let handle, let person, let known) = ceremony else { return .nothing }
        let list = known.map { Base64URL.encode($0) }.joined(separator: " ")
        let algorithms = COSEKey.algorithms.map { "\($0)" }.joined(separator: " ")
        return " data-handle=\"\(Base64URL.encode(handle))\" data-person=\"\(person ?? "")\" data-known=\"\(list)\" data-algorithms=\"\(algorithms)\""
    }
}
