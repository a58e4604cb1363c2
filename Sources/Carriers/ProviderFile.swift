import Foundation

/// The list of carriers that Debian's `mobile-broadband-provider-info` keeps (`serviceproviders.2.dtd`), read when it is asked.
public struct ProviderFile: Sendable {
    public enum Unusable: Error, Hashable, Sendable {
        case missing(path: String)
        case tooLarge(octets: Int)
        /// It declares entities, which no list of carriers needs.
        case suspicious
        case malformed(line: Int)
    }

    public static let standardPath = "/usr/share/mobile-broadband-provider-info/serviceproviders.xml"
    /// Ten times what it is.
    static let sizeLimit = 4 * 1024 * 1024

    private let path: String

    public init(path: String = Self.standardPath) {
        self.path = path
    }

    /// The carriers of these networks that have an MMSC, the best first; earlier networks before later ones.
    public func profiles(of networks: [NetworkCode]) throws(Unusable) -> [CarrierProfile] {
        let entries = try ProviderReading.entries(in: try contents(), of: Set(networks))
        var ranked: [(place: Int, entry: ProviderEntry)] = []
        for entry in entries {
            if let place = networks.firstIndex(where: entry.networks.contains) { ranked.append((place, entry)) }
        }
        return ranked.enumerated()
            .sorted { ($0.element.place, $0.element.entry.rank, $0.offset) < ($1.element.place, $1.element.entry.rank, $1.offset) }
            .map(\.element.entry.profile)
    }

    private func contents() throws(Unusable) -> Data {
        guard let file = FileHandle(forReadingAtPath: path) else { throw .missing(path: path) }
        defer { try? file.close() }
        guard let contents = try? file.read(upToCount: Self.sizeLimit + 1) else { throw .missing(path: path) }
        guard contents.count <= Self.sizeLimit else { throw .tooLarge(octets: contents.count) }
        // The parser expands entities before anybody can refuse them.
        guard contents.range(of: Data("<!ENTITY".utf8)) == nil else { throw .suspicious }
        return contents
    }
}

extension ProviderFile.Unusable: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missing(let path): "\(path) is not there (Debian: mobile-broadband-provider-info)"
        case .tooLarge: "the list of carriers is too large to be one"
        case .suspicious: "the list of carriers declares entities and is not read"
        case .malformed(let line): "the list of carriers is no XML at line \(line)"
        }
    }
}
