import HTTPStack

/// The configuration that stands in for the old bridge, with a reason beside every choice. No secret is in it.
struct SeedBridgeLayout: Sendable {
    let directory: String
    let phone: WebURL
    let listen: String
    let choices: SeedBridgeImport.Choices

    var phoneTokenFile: String { directory + "/phone.token" }
    var bridgeSecretFile: String { directory + "/bridge.secret" }
    var apiPasswordFile: String { directory + "/voipms.password" }

    var yaml: String {
        """
        # Homeline in the place of sms-bridge-linphone. 'homeline config example' explains every key.

        # Messages and what became of them are kept here; the old bridge kept nothing.
        state: \(quoted(choices.state))

        # How numbers without a plus sign are read. The old bridge put a + before them, whatever they were.
        country: \(choices.country.uppercased())

        lines:
          home:
            trunk: fossify
            # FOSSIFY_API_URL: where Homeline reaches the phone.
            url: \(quoted(phone.description.hasSuffix("/") ? String(phone.description.dropLast()) : phone.description))
            # FOSSIFY_AUTH_TOKEN: what the phone wants of us.
            token-file: \(quoted(phoneTokenFile))
            # BRIDGE_SECRET: what the phone shows when it posts to /webhook/fossify.
            webhook-token-file: \(quoted(bridgeSecretFile))

        endpoints:
          # /webhook/linphone, /sip/message, /test/fossify and /health as the old bridge had them.
          seed-bridge:
            secret-file: \(quoted(bridgeSecretFile))
            # The old bridge let anybody send through /sip/message and /test/fossify. If something of yours
            # that cannot send the secret still uses them, name the network it is in; nobody else's.
            # open-on: [10.0.0.0/8]

        \(voipms)
          # Apps straight at Homeline, without Flexisip and mmsgate: see Docs/Guides/moving-from-the-seed-bridge.md.
          # softphone:
          #   domain: sms.example.org
          #   listen: ["udp:0.0.0.0:5060", "tcp:0.0.0.0:5060"]

        http:
          # FLASK_HOST and FLASK_PORT: where the phone and everything else finds us.
          listen: \(quoted(listen))

        """
    }

    private var voipms: String {
        """
          # /voipms/api, and the API of VoIP.ms itself. The old bridge asked nobody for a password; this one does.
          voipms:
            users:
              bridge:
                api-username: bridge@home.example
                password-file: \(quoted(apiPasswordFile))
                # While Linphone still hangs on mmsgate, it is fed here with what comes in, in the form that it understands.
                # webhook: http://127.0.0.1:38443/mmsgate
                # private: yes
            # Addresses of yours that may use /voipms/api without a password, as all the world could.
            # open-on: [10.0.0.2]

        """
    }

    /// As a double-quoted scalar of YAML.
    private func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
