import HTTPStack
import Telephony

/// `POST /api/v1/certificate/renewal`: has the house's certificate made anew now. What comes of it is in `GET /health`.
struct RenewCertificate: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.post, "/api/v1/certificate/renewal", access: .scope(.admin)) { _ in
            guard await desk.renewCertificate() else {
                throw Problem(409, "no_authority", "No authority makes this house's certificate; 'certificates: acme:' in the configuration names one")
            }
            return .json(202, ["status": "ordering"])
        }
    }
}
