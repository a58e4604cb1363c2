import Wire

/// Files of the card, as far as programs look before they use a modem (3GPP TS 27.007 §8.17, §8.18; 3GPP TS 51.011 §9.2, §10).
extension Command {
    static let cardFiles: [Command] = [
        Command("+CRSM") { modem, form in
            guard case .set(let arguments) = form, let command = arguments.first?.number, arguments.count > 1 else {
                return form == .test ? .ok : .failed(.badParameters)
            }
            return modem.access(command: command, file: arguments[1].number ?? 0, arguments)
        }.needingSIM,
        Command("+CSIM") { modem, form in
            guard case .set(let arguments) = form, arguments.count == 2, let apdu = try? Hex.decode(arguments[1].text) else {
                return form == .test ? .ok : .failed(.badParameters)
            }
            let status = modem.status(ofAPDU: apdu)
            return .line("+CSIM: \(status.count),\"\(status)\"")
        },
    ]
}

/// One elementary file.
private struct CardFile {
    var contents: [UInt8]
    /// Nil for a transparent file.
    var recordLength: Int?

    /// The answer to GET RESPONSE.
    func description(id: Int) -> [UInt8] {
        let size = contents.count
        return [
            0, 0, UInt8(truncatingIfNeeded: size >> 8), UInt8(truncatingIfNeeded: size), UInt8(truncatingIfNeeded: id >> 8),
            UInt8(truncatingIfNeeded: id), 4, 0, 0x11, 0xFF, 0x44, 1, 2, recordLength == nil ? 0 : 1, UInt8(recordLength ?? 0),
        ]
    }
}

extension VirtualModem {
    private func file(_ id: Int) -> CardFile? {
        switch id {
        case 0x2FE2: CardFile(contents: swapped(sim.iccid))
        case 0x6F07: CardFile(contents: [8] + swapped("9" + sim.imsi))
        // Two-digit network code.
        case 0x6FAD: CardFile(contents: [0, 0, 0, 2])
        // Service provider name, shown beside the network's.
        case 0x6F46: CardFile(contents: padded([1] + Array(radio.operatorName.utf8), to: 17))
        // Every service of the table allocated and activated.
        case 0x6F38: CardFile(contents: [UInt8](repeating: 0xFF, count: 5))
        case 0x6F40: CardFile(contents: ownNumberRecord, recordLength: ownNumberRecord.count)
        case 0x6F05: CardFile(contents: Array("en".utf8))
        default: nil
        }
    }

    fileprivate func access(command: Int, file id: Int, _ arguments: [Argument]) -> Answer {
        guard let file = file(id) else { return .line("+CRSM: 106,130,\"\"") }
        switch command {
        case 192: return .line("+CRSM: 144,0,\"\(Hex.encode(file.description(id: id)))\"")
        case 176, 178:
            let wanted = arguments.count > 4 ? arguments[4].number ?? 0 : 0
            let contents = file.contents.prefix(wanted > 0 ? wanted : file.contents.count)
            return .line("+CRSM: 144,0,\"\(Hex.encode(contents))\"")
        case 214, 220: return .line("+CRSM: 144,0")
        default: return .line("+CRSM: 109,0,\"\"")
        }
    }

    /// VERIFY and UNBLOCK without data tell the tries left (3GPP TS 51.011 §9.4); anything else is refused.
    fileprivate func status(ofAPDU apdu: [UInt8]) -> String {
        guard apdu.count >= 4, sim.isPresent else { return "6F00" }
        switch (apdu[1], apdu[3]) {
        case (0x20, 0x01): return "63C\(sim.pinTries)"
        case (0x20, 0x81): return "63C3"
        case (0x2C, 0x01), (0x2C, 0x81): return "63C\(Hex.encode([UInt8(sim.pukTries)]).suffix(1))"
        default: return "6D00"
        }
    }

    private var ownNumberRecord: [UInt8] {
        let digits = sim.number.filter(\.isNumber)
        let number = swapped(String(digits))
        return padded([], to: 14) + [UInt8(number.count + 1), 0x91] + padded(number, to: 10) + [0xFF, 0xFF]
    }

    private func padded(_ octets: [UInt8], to count: Int) -> [UInt8] {
        Array((octets + [UInt8](repeating: 0xFF, count: max(0, count - octets.count))).prefix(count))
    }

    /// Digits with swapped nibbles, filled up with F.
    private func swapped(_ digits: String) -> [UInt8] {
        let values = digits.compactMap { $0.hexDigitValue.map(UInt8.init) }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] | (($0 + 1 < values.count ? values[$0 + 1] : 0xF) << 4) }
    }
}
