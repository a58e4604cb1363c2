import SMS
import Wire

/// Towards the modems: one message at a time, kept until it is acknowledged.
extension CellularNetwork {
    mutating func attach(_ number: String) {
        var subscriber = subscribers[number] ?? Subscriber()
        if !subscriber.isAttached {
            subscriber.isAttached = true
            subscriber.isInFlight = false
            subscriber.isFull = false
            outputs.append(.disarm(.retry(number)))
        }
        subscribers[number] = subscriber
        outputs.append(.effect(.zone(composer.zone, to: number)))
        pushNext(number)
    }

    mutating func changeZone(_ quarterHours: Int) {
        composer.zone = quarterHours
        for (number, subscriber) in subscribers where subscriber.isAttached {
            outputs.append(.effect(.zone(quarterHours, to: number)))
        }
    }

    mutating func detach(_ number: String) {
        subscribers[number, default: Subscriber()].isAttached = false
        subscribers[number]?.isInFlight = false
    }

    mutating func settle(_ id: UInt64, by number: String) {
        guard subscribers[number]?.queue.first?.id == id else { return }
        subscribers[number]?.queue.removeFirst()
        subscribers[number]?.isInFlight = false
        guard pace > .zero else { return pushNext(number) }
        subscribers[number]?.isResting = true
        outputs.append(.arm(.rest(number), after: pace))
    }

    mutating func endRest(_ number: String) {
        subscribers[number]?.isResting = false
        pushNext(number)
    }

    mutating func postpone(_ id: UInt64, cause: UInt8, by number: String) {
        guard subscribers[number]?.queue.first?.id == id else { return }
        subscribers[number]?.isInFlight = false
        if cause == VirtualModem.memoryExceededCause {
            subscribers[number]?.isFull = true
        } else {
            // Nothing else goes until the retry.
            subscribers[number]?.isInFlight = true
            outputs.append(.arm(.retry(number), after: CellularNetwork.retryInterval))
        }
    }

    mutating func tryAgain(_ number: String) {
        subscribers[number]?.isFull = false
        subscribers[number]?.isInFlight = false
        pushNext(number)
    }

    mutating func enqueue(_ pdu: PDU, kind: Incoming.Kind, for number: String) {
        lastID += 1
        var pdu = pdu
        if pdu.serviceCentre == [0] { pdu.serviceCentre = composer.serviceCentre }
        subscribers[number, default: Subscriber()].queue.append(Incoming(id: lastID, kind: kind, pdu: pdu))
        pushNext(number)
    }

    private mutating func pushNext(_ number: String) {
        guard let next = subscribers[number]?.next() else { return }
        outputs.append(.effect(.incoming(next, to: number)))
    }

    /// A text from outside, in as many segments as it takes.
    mutating func send(_ text: String, from: String, to number: String, at time: Int) {
        do {
            for tpdu in try composer.compose(text, from: from, at: time) {
                enqueue(PDU(tpdu: tpdu), kind: .message, for: number)
            }
        } catch {
            outputs.append(.effect(.unsendable("\(error)")))
        }
    }
}
