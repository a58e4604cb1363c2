import Telephony

/// What Linphone takes over when it is set up from afar (its `lpconfig.xsd`). Every entry replaces what the app had: one that does not say so is
/// passed over where the app has a value already.
struct LinphoneDocument {
    let service: PhoneService
    let password: AppPassword
    /// The line that the person's texts leave from.
    let line: LineID?

    var text: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">
        \(sections.map(Self.section).joined())</config>

        """
    }

    private typealias Section = (name: String, entries: [(name: String, value: String)])

    private var sections: [Section] { [sip, misc, app, ("lime", [("enabled", "0")]), authentication, account] }

    private var sip: Section {
        // Ticks are wanted, and that somebody has read; that somebody is typing cannot go over a SIM.
        // Where the daemon was away for a moment, the app is back within seconds and not after the minute that is its habit.
        (
            "sip",
            [
                ("default_proxy", "0"), ("refresher_retry_after", "10000"),
                ("im_notif_policy", "recv_imdn_delivered,recv_imdn_delivery_error,send_imdn_delivered,send_imdn_displayed"),
            ]
        )
    }

    private var misc: Section {
        // The link is good once: an app that asked again at its next start would be refused, and stand there without an account.
        ("misc", [("transient_provisioning", "1")] + (service.files.map { [("file_transfer_server_url", $0)] } ?? []))
    }

    /// Without push an app hears only while it runs.
    private var app: Section { ("app", [("auto_start", "1"), ("keep_service_alive", "1")]) }

    private var authentication: Section {
        (
            "auth_info_0",
            [
                ("username", user), ("domain", service.domain), ("realm", service.domain), ("algorithm", "SHA-256"),
                ("ha1", password.credentials.ha1SHA256),
            ]
        )
    }

    private var account: Section {
        let calling = line.flatMap { service.callingCodes[$0] }.map { [("dial_prefix", $0), ("use_dial_prefix_for_calls_and_chats", "1")] } ?? []
        // Without a conference server and keys of Linphone's own, conversations are plain ones, which is what a SIM can carry.
        return (
            "proxy_0",
            [
                ("reg_identity", "<sip:\(user)@\(service.domain)>"), ("reg_proxy", "<\(server)>"), ("reg_route", "<\(server);lr>"),
                ("reg_expires", "3600"), ("reg_sendregister", "1"), ("publish", "0"), ("avpf", "0"), ("rtp_bundle", "0"), ("quality_reporting_enabled", "0"),
                ("conference_factory_uri", ""), ("lime_server_url", ""), ("cpim_in_basic_chat_rooms_enabled", "0"),
            ] + calling
        )
    }

    private var user: String { password.person.name }

    private var server: String {
        guard let way = service.ways.first else { return "sip:\(service.host)" }
        return "sip:\(service.host):\(way.port);transport=\(way.transport.rawValue)"
    }

    private static func section(_ section: Section) -> String {
        let entries = section.entries.map { "  <entry name=\"\($0.name)\" overwrite=\"true\">\(escaped($0.value))</entry>\n" }.joined()
        return " <section name=\"\(section.name)\">\n\(entries) </section>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
