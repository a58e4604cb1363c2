import Telephony
import TrunkModem

/// Whether the modem of a line answers.
enum DeviceCheck {
    static func finding(_ line: LineID, _ settings: ModemSettings) async -> Finding {
        let subject = "line \(line)"
        do {
            let modem = try await ModemFinder.system.find(settings.address)
            let name = [modem.manufacturer, modem.model].compactMap(\.self).joined(separator: " ")
            return Finding(subject, .good, "\(name) answers at \(modem.place), IMEI \(modem.imei.digits).")
        } catch {
            return Finding(
                subject, .bad, "\(settings.address): \(error)",
                advice: "Is it plugged in? May you use it (group dialout)? 'homeline setup' lists the modems that answer.")
        }
    }
}
