import Foundation
import FoundationXML

/// One pass over the provider file, keeping the access points of the networks asked for.
final class ProviderReading: NSObject, XMLParserDelegate {
    private static let textLimit = 512
    private static let depthLimit = 16
    private static let entryLimit = 256

    private let wanted: Set<NetworkCode>
    private var entries: [ProviderEntry] = []
    private var path: [String] = []
    private var text = ""
    private var provider = ProviderEntry()
    private var point = ProviderEntry()

    private init(wanted: Set<NetworkCode>) {
        self.wanted = wanted
    }

    static func entries(in contents: Data, of networks: Set<NetworkCode>) throws(ProviderFile.Unusable) -> [ProviderEntry] {
        let reading = ProviderReading(wanted: networks)
        let parser = XMLParser(data: contents)
        parser.delegate = reading
        // What `parse` returns is true for a document that breaks off; the error tells.
        guard parser.parse(), parser.parserError == nil else { throw .malformed(line: parser.lineNumber) }
        return reading.entries
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]
    ) {
        path.append(name)
        text = ""
        guard path.count <= Self.depthLimit else { return parser.abortParsing() }
        switch name {
        case "provider":
            provider = ProviderEntry()
            provider.isPrimary = attributes["primary"] == "true"
        case "network-id":
            if let country = attributes["mcc"], let network = attributes["mnc"], let code = NetworkCode(country: country, network: network) {
                provider.networks.append(code)
            }
        case "apn":
            point = provider
            point.apn = attributes["value"] ?? ""
        case "usage":
            point.usage = attributes["type"] ?? ""
        default:
            break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) {
        guard text.utf8.count + characters.utf8.count <= Self.textLimit else { return }
        text += characters
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        let value = text.trimmingCharacters(in: .whitespacesAndNewlines)
        text = ""
        path.removeLast()
        switch (path.last, name) {
        case ("provider", "name"): if provider.provider.isEmpty { provider.provider = value }
        case ("apn", "username"): point.user = value
        case ("apn", "password"): point.password = value
        case ("apn", "dns"): point.resolvers.append(value)
        case ("apn", "mmsc"): point.mmsc = value
        case ("apn", "mmsproxy"): point.proxy = value
        case (_, "apn"): keep()
        default: break
        }
    }

    private func keep() {
        guard point.mmsc?.isEmpty == false, entries.count < Self.entryLimit, !wanted.isDisjoint(with: point.networks) else { return }
        entries.append(point)
    }
}
