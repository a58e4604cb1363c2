import Console
import Exchange
import Foundation
import Store
import Telephony

/// A text for whoever helps: what runs here and how it fares, without secrets, numbers and texts.
public struct SupportBundle: Sendable {
    private let settings: DaemonSettings
    private let ledger: SQLiteLedger
    private let signs: VitalSigns?
    private let ring: LogRing?

    init(settings: DaemonSettings, ledger: SQLiteLedger, signs: VitalSigns, ring: LogRing) {
        self.settings = settings
        self.ledger = ledger
        self.signs = signs
        self.ring = ring
    }

    /// Without a running daemon: no health but what can be found out, and no log.
    public init(_ settings: DaemonSettings) throws {
        self.settings = settings
        ledger = try LedgerAccess.open(StateDirectory(settings.stateDirectory))
        signs = nil
        ring = nil
    }

    @Sendable public func text() async -> String {
        let sections = [
            ("Versions", versions), ("Configuration", ConfigurationOutline.text(of: settings.document)), ("Health", await health()),
            ("Ledger", await counts()), ("Log", log),
        ]
        let head = """
            Homeline support bundle, \(CivilDate(SystemClock().now()).rfc3339).
            Numbers are cut to their last two digits; secrets, addresses and texts are left out. Read it before you hand it on.
            """
        return head + "\n" + sections.map { "\n== \($0.0)\n\($0.1)\n" }.joined()
    }

    private var versions: String {
        let information = ProcessInfo.processInfo
        return """
            homeline \(Version.text)
            \(information.operatingSystemVersionString)
            \(information.processorCount) processors, \(information.physicalMemory / 1_048_576) MB of memory
            \(HostCheck.media().sentence)
            """
    }

    private func health() async -> String {
        if let signs {
            let now = SystemClock().now()
            return await signs.now().map { line($0, now) }.joined(separator: "\n")
        }
        return await findings().joined(separator: "\n")
    }

    private func findings() async -> [String] {
        var lines = ["The daemon does not run; this is what 'homeline check' finds."]
        await Diagnosis(settings).run { finding in lines.append("\(finding.verdict) \(finding.subject): \(finding.sentence)".masked.harmlessLine) }
        return lines
    }

    private func line(_ standing: Standing, _ now: Instant) -> String {
        let health = standing.vital.health
        let facts = health.facts.sorted { $0.key < $1.key }.map { "  \($0.key): \(DeviceIdentity.shown($0.value, as: $0.key))" }
        let head = "\(standing.vital.place): \(health.state.rawValue) since \(CivilDate(standing.since).rfc3339). \(health.summary)".masked
        return ([head] + facts).map(\.harmlessLine).joined(separator: "\n")
    }

    private func counts() async -> String {
        do {
            let (schema, tables) = try await ledger.census()
            return "schema \(schema)\n" + tables.map { "\($0.name): \($0.rows)" }.joined(separator: "\n")
        } catch {
            return "cannot be counted: \(error)".masked.harmlessLine
        }
    }

    private var log: String {
        guard let ring else { return "The daemon does not run, and its log is not here." }
        return ring.lines().map(\.written).joined(separator: "\n")
    }
}

/// Names of devices and cards, cut to what tells their make.
enum DeviceIdentity {
    static func shown(_ value: String, as fact: String) -> String {
        switch fact {
        // The type allocation code (TS 23.003 §6.2).
        case "imei": "\(value.prefix(8))…"
        // Country and network (§2.2), issuer (ITU-T E.118).
        case "imsi", "iccid": "\(value.prefix(6))…"
        default: value.masked
        }
    }
}
