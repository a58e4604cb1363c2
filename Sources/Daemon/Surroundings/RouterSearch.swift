import Console
import Glibc
import HTTPStack
import Telephony

/// Finds Huawei routers by the page that they all have, asking few addresses and each once.
enum RouterSearch {
    /// Where the makers put them.
    private static let usual = ["192.168.8.1", "192.168.1.1"].compactMap(NetworkInterface.IPv4.init)

    /// Private addresses of this machine's own networks, and never its own: nobody else's router is asked.
    static func candidates(gateways: [NetworkInterface.IPv4], interfaces: [NetworkInterface]) -> [NetworkInterface.IPv4] {
        var candidates: [NetworkInterface.IPv4] = []
        for address in gateways + usual where address.isPrivate && !candidates.contains(address) {
            if interfaces.contains(where: { $0.holds(address) }), !interfaces.contains(where: { $0.address == address }) { candidates.append(address) }
        }
        return candidates
    }

    /// The default routes of the kernel's table (proc_net(5)).
    static func gateways() -> [NetworkInterface.IPv4] {
        guard let file = fopen("/proc/net/route", "r") else { return [] }
        defer { fclose(file) }
        var lines: [String] = []
        var buffer = [CChar](repeating: 0, count: 512)
        while lines.count < 1000, fgets(&buffer, Int32(buffer.count), file) != nil {
            lines.append(String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        return gateways(in: lines)
    }

    /// Addresses in it are hexadecimal digits in the order of a little-endian machine.
    static func gateways(in lines: [String]) -> [NetworkInterface.IPv4] {
        lines.dropFirst().compactMap { line in
            let fields = line.split { $0 == "\t" || $0 == " " }
            guard fields.count > 2, fields[1] == "00000000", let gateway = UInt32(fields[2], radix: 16), gateway != 0 else { return nil }
            return NetworkInterface.IPv4(gateway.byteSwapped)
        }
    }

    static func ask(_ text: String) async -> FoundRouter? {
        guard let url = WebURL(text), let page = WebURL(text.trimmingSlash + "/api/webserver/SesTokInfo"),
            let about = WebURL(text.trimmingSlash + "/api/device/basic_information")
        else { return nil }
        let client = GuardedClient(policy: ClientPolicy(allowedHosts: [url.host]))
        let answer = try? await client.send(OutgoingRequest(.get, page, timeout: .seconds(4), answerBody: .whole(limit: 16 * 1024)))
        var found: FoundRouter?
        if let answer, isRouter(answer) {
            let basics = try? await client.send(OutgoingRequest(.get, about, timeout: .seconds(4), answerBody: .whole(limit: 16 * 1024)))
            found = FoundRouter(name: basics.flatMap(name) ?? "Huawei", url: text.trimmingSlash)
        }
        await client.close()
        return found
    }

    /// It gives a session and a token to everybody, or an error in its own words.
    static func isRouter(_ answer: OutgoingAnswer) -> Bool {
        let text = String(decoding: answer.body, as: UTF8.self)
        return answer.status == 200 && (text.contains("<SesInfo>") || text.contains("<error>") && text.contains("<code>"))
    }

    /// Some say it to strangers.
    static func name(_ answer: OutgoingAnswer) -> String? {
        let text = String(decoding: answer.body, as: UTF8.self)
        guard answer.status == 200, let start = text.firstRange(of: "<devicename>"), let end = text[start.upperBound...].firstRange(of: "</devicename>") else { return nil }
        let name = String(text[start.upperBound..<end.lowerBound].prefix(40)).harmlessLine
        return name.isEmpty ? nil : "Huawei \(name)"
    }
}
