import Foundation
import HTTPStack

/// An address by DHCP (RFC 2131), got by a client that changes nothing itself: what it learned is read from its lease file.
struct AddressLease: Sendable {
    let address: IPAddress
    let prefixLength: Int
    let gateway: IPAddress?
    let resolvers: [IPAddress]
    private let client: StayingProgram
    private let directory: String

    static func call(for interface: String, directory: String) -> ProgramCall {
        // A script that does nothing: the client would change the machine's resolvers and default route.
        ProgramCall(
            "dhclient",
            ["-4", "-1", "-d", "-sf", "/bin/true", "-cf", "/dev/null", "-lf", "\(directory)/lease", "-pf", "\(directory)/pid", interface])
    }

    /// Stays leased until it is given back.
    static func obtain(for interface: String, programs: any Programs) async throws(BearerError) -> AddressLease {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("homeline-lease-\(UUID().uuidString)").path
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .missing("no directory for the address lease")
        }
        let client: StayingProgram
        do {
            client = try programs.stay(call(for: interface, directory: directory))
        } catch {
            try? FileManager.default.removeItem(atPath: directory)
            throw error
        }
        for await line in client.lines where line.hasPrefix("bound to ") {
            let text = (try? String(contentsOfFile: "\(directory)/lease", encoding: .utf8)) ?? ""
            if let lease = AddressLease(leaseFile: text, client: client, directory: directory) { return lease }
            break
        }
        await client.stop()
        try? FileManager.default.removeItem(atPath: directory)
        throw .refused("the modem gives \(interface) no address by DHCP")
    }

    /// The last lease of a `dhclient.leases(5)` file.
    init?(leaseFile text: String, client: StayingProgram, directory: String) {
        var address: IPAddress?
        var options: [String: [IPAddress]] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split { " \t;,".contains($0) }.map(String.init)
            switch words.first {
            case "lease": options = [:]
            case "fixed-address": address = words.dropFirst().first.flatMap { IPAddress($0) }
            case "option" where words.count > 2: options[words[1]] = words[2...].compactMap { IPAddress($0) }
            default: break
            }
        }
        guard let address else { return nil }
        self.address = address
        prefixLength = options["subnet-mask"]?.first?.maskLength ?? 24
        gateway = options["routers"]?.first
        resolvers = options["domain-name-servers"] ?? []
        self.client = client
        self.directory = directory
    }

    func giveBack() async {
        await client.stop()
        try? FileManager.default.removeItem(atPath: directory)
    }
}
