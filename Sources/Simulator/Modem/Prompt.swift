/// Text typed after `> ` (3GPP TS 27.005 §3.5.1, §4.3).
extension VirtualModem {
    private static let controlZ: UInt8 = 0x1A
    private static let escape: UInt8 = 0x1B

    mutating func open(_ entry: TextEntry) {
        var entry = entry
        let fault = plan.prompt
        plan.prompt = nil
        entry.isEndless = fault == .endless
        mode = .text(entry)
        switch fault {
        case .late(let delay): arm(.prompt, after: delay)
        case .missing: break
        case .endless, nil: transmitPrompt()
        }
    }

    mutating func transmitPrompt() {
        guard case .text = mode else { return }
        transmit(Array("\r\n> ".utf8))
    }

    mutating func receiveText(_ octet: UInt8) {
        guard case .text(var entry) = mode else { return }
        switch octet {
        case VirtualModem.escape:
            disarm(.prompt)
            resume(.ok)
        case VirtualModem.controlZ where entry.isEndless:
            break
        case VirtualModem.controlZ:
            disarm(.prompt)
            finish(entry)
        default:
            if settings.echo { transmit([octet]) }
            if case .text = entry.subject, octet == UInt8(ascii: "\r") { transmit(Array("\r\n> ".utf8)) }
            mode = .waiting  // so that the octets are added in place
            if entry.octets.count < VirtualModem.inputLimit { entry.octets.append(octet) }
            mode = .text(entry)
            pullCable(afterTextOctets: entry.octets.count)
        }
    }

    private mutating func pullCable(afterTextOctets count: Int) {
        guard let planned = plan.disconnect, count >= planned.afterTextOctets else { return }
        plan.disconnect = nil
        unplug(for: planned.duration)
    }

    private mutating func finish(_ entry: TextEntry) {
        mode = .waiting
        switch entry.purpose {
        case .send: submit(entry)
        case .write(let status): write(entry, as: status)
        case .acknowledge:
            acknowledgeByTerminal()
            resume(.ok)
        }
    }
}
