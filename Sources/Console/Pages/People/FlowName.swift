/// Where an app was last reached, read from the SIP stack's name for it: `tls/192.0.2.1:5061/192.0.2.9:40000/1f`.
struct FlowName: Hashable {
    let transport: String
    let address: String

    init?(_ flow: String) {
        let fields = flow.split(separator: "/", omittingEmptySubsequences: false)
        guard fields.count == 4, !fields[2].isEmpty else { return nil }
        transport = fields[0].uppercased()
        address = String(fields[2])
    }
}
