import Console
import Telephony

extension PhoneService {
    /// A service whose digests say whose they are.
    static let test = PhoneService(
        domain: "home.test", host: "sms.example.org", ways: [Way(.tls, port: 5061), Way(.udp, port: 5060)], files: "https://sms.example.org/files",
        callingCodes: ["home": "41"]
    ) { user, password in SIPCredentials(realm: "home.test", ha1MD5: "md5 \(user) \(password)", ha1SHA256: "sha256 \(user) \(password)") }
}
