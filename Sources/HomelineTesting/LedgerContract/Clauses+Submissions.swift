import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let submissions: [Clause] = [
        Clause("a submission is stored with its deliveries and told") { bench in
            let message = bench.outgoing()
            let delivery = bench.sending(message)
            #expect(try await bench.ledger.submit(message, key: "k", deliveries: [delivery]).kind == .recorded(message.id))
            #expect(try await bench.ledger.message(message.id) == MessageRecord(message: message, state: .queued, failure: nil))
            let record = DeliveryRecord(delivery: delivery, state: .pending, attempts: 0, failure: nil, reference: nil)
            #expect(try await bench.ledger.deliveries(of: message.id) == [record])
            let timeline = try await bench.ledger.timeline(message.id)
            #expect(timeline.map(\.kind) == [.message, .planned])
            #expect(timeline.map(\.delivery) == [nil, delivery.id])
            #expect(timeline.map(\.detail) == ["Submitted by alice through softphone.", "To be brought to +15550100 over home."])
        },
        Clause("the same key of the same endpoint is the same message, however often and whatever it says") { bench in
            let first = bench.outgoing("hello")
            _ = try await bench.ledger.submit(first, key: "k", deliveries: [bench.sending(first)])
            let again = bench.outgoing("goodbye")
            #expect(try await bench.ledger.submit(again, key: "k", deliveries: [bench.sending(again)]).kind == .duplicate(first.id))
            #expect(try await bench.ledger.message(again.id) == nil)
            #expect(try await bench.ledger.deliveries(of: first.id).count == 1)
            #expect(try await bench.ledger.lastEntry() == 2)
        },
        Clause("a submission's number is the one by which its message is found, however often it is submitted") { bench in
            for number: Int64 in 1...2 {
                let message = bench.outgoing(), again = bench.outgoing()
                #expect(try await bench.ledger.submit(message, key: "\(number)", deliveries: []).number == number)
                #expect(try await bench.ledger.submit(again, key: "\(number)", deliveries: []).number == number)
                let found = try await bench.ledger.messages(MessageSelection(lines: ["home"], reader: "r", limit: 1))
                #expect(found.map(\.number) == [number] && found.map(\.message.id) == [message.id])
            }
        },
        Clause("equal texts under different keys, and equal keys of different endpoints, are different messages") { bench async throws in
            let (one, two) = (bench.outgoing(), bench.outgoing())
            #expect(try await bench.ledger.submit(one, key: "1", deliveries: []).kind == .recorded(one.id))
            #expect(try await bench.ledger.submit(two, key: "2", deliveries: []).kind == .recorded(two.id))
            let web = Message(
                id: bench.mint.identifier(), line: "home", direction: .outgoing, sender: nil, participants: [.far], parts: [.text("hello")],
                recordedAt: bench.now, origin: Origin(endpoint: "web", person: nil, reference: "1"))
            #expect(try await bench.ledger.submit(web, key: "1", deliveries: []).kind == .recorded(web.id))
            let notice = Message(
                id: bench.mint.identifier(), line: "home", direction: .within, sender: nil, participants: [.person("alice")],
                parts: [.text("The modem is gone.")], recordedAt: bench.now)
            #expect(try await bench.ledger.submit(notice, key: "1", deliveries: []).kind == .recorded(notice.id))
            #expect(try await bench.ledger.submit(notice, key: "1", deliveries: []).kind == .duplicate(notice.id))
        },
        Clause("a delivery of another message that does not exist is refused with the whole submission") { bench async throws in
            let message = bench.outgoing()
            await expectConflict {
                _ = try await bench.ledger.submit(message, key: "k", deliveries: [bench.sending(bench.outgoing())])
            }
            #expect(try await bench.ledger.message(message.id) == nil)
            #expect(try await bench.ledger.submit(message, key: "k", deliveries: []).kind == .recorded(message.id))
        },
        Clause("a message or delivery whose name exists already is refused") { bench in
            let message = bench.outgoing()
            let delivery = try await bench.submit(message)
            await expectConflict { _ = try await bench.ledger.submit(message, key: "other", deliveries: []) }
            let second = bench.outgoing()
            let twin = Delivery(
                id: delivery.id, message: second.id, destination: delivery.destination, content: .message, due: bench.now,
                expires: bench.now)
            await expectConflict { _ = try await bench.ledger.submit(second, key: "second", deliveries: [twin]) }
            #expect(try await bench.ledger.message(second.id) == nil)
        },
        Clause("every kind of address, part and destination comes back as it was given") { bench in
            let participants: [Address] = [
                .number("+15550100"), .shortCode("*100#"), .alphanumeric("A B\n%0A,:"), .email("a@example.org"), .person("bob"),
            ]
            let message = Message(
                id: bench.mint.identifier(), line: "home", direction: .within, sender: .alphanumeric("Bank"), participants: participants,
                parts: [.text("a\u{0}\r\n\u{1A}🎉"), Part(contentType: "image/png", octets: [0, 255, 10], name: "../x.png"), .text("")],
                presentation: .flash, sentAt: Instant(milliseconds: -1), recordedAt: bench.now,
                origin: Origin(endpoint: "web", person: "bob", device: nil, reference: ""))
            let contents: [DeliveryContent] = [
                .message, .status(.delivered(.far, at: bench.now)), .status(.failed(.alphanumeric("x:y\n"), Failure(.cms(38), "a:b\nc"))),
                .status(.inDoubt(.far, Failure(.lostAnswer))),
            ]
            let destinations: [Destination] = [.trunk("home", recipients: participants), .alicesPhone, .alicesFirst, .endpoint("hook")]
            let deliveries = zip(destinations, contents).map { bench.delivery(of: message, to: $0, content: $1) }
            _ = try await bench.ledger.submit(message, key: "k", deliveries: deliveries)
            #expect(try await bench.ledger.message(message.id)?.message == message)
            #expect(try await bench.ledger.deliveries(of: message.id).map(\.delivery) == deliveries)
        },
    ]
}
