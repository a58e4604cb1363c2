import EndpointTesting
import Exchange
import HomelineTesting
import Simulator
import Telephony
import Testing

/// What every API that others made known promises to the programs that use it, whatever happens to the line behind it.
@Suite struct APIScenarioTests {
    typealias Interface = SimulatedClient.Interface

    @Test(arguments: Interface.allCases)
    func `a text is taken, and recorded as it was written`(interface: Interface) async throws {
        let house = try await APIHouse(interface)
        let texts = [
            "Running late", "Grüße, 你好, 😀", "a+b %41 & c=d; e#f?", "\"quoted\" \\ and {\"json\":1}", "<b>&amp;</b>]]>", "'; DROP TABLE sms; --", "{TO} $HOME `id`",
        ]
        for text in texts { #expect(await house.send(text) == .taken) }
        let messages = try await house.bench.messages()
        #expect(messages.map(\.text) == texts)
        #expect(Set(messages.flatMap(\.participants)) == [.number("+1" + APIHouse.recipient)])
        #expect(try await house.drain() == texts)
    }

    @Test(arguments: Interface.allCases)
    func `the same text meant twice is sent twice`(interface: Interface) async throws {
        let house = try await APIHouse(interface)
        for _ in 0..<2 { #expect(await house.send("Yes") == .taken) }
        #expect(try await house.drain() == ["Yes", "Yes"])
    }

    @Test(arguments: Interface.allCases)
    func `a wrong secret sends nothing, however often it is tried`(interface: Interface) async throws {
        let house = try await APIHouse(interface, secret: "0123456789abcdef-secreT")
        for _ in 0..<9 { #expect(await house.send("x") == .stranger) }
        for _ in 0..<5 {
            // By now it is made to wait, and told so in a way that it understands.
            switch await house.send("x") {
            case .stranger, .notTaken: break
            case .taken, .unclear: Issue.record("not refused in form")
            }
        }
        #expect(try await house.bench.messages().isEmpty)
    }

    @Test(arguments: Interface.allCases)
    func `what is sent while the line is away for a day leaves once, in order, when it is back`(interface: Interface) async throws {
        let house = try await APIHouse(interface)
        for text in ["one", "two", "two"] { #expect(await house.send(text) == .taken) }
        // A text that waits longer than a day is reported instead of surprising somebody.
        for _ in 0..<(23 * 6) {
            #expect(try await house.settle(house.claim(), .away).isEmpty)
            house.bench.clock.advance(by: .seconds(600))
        }
        #expect(await house.send("three") == .taken)
        #expect(try await house.drain() == ["one", "two", "two", "three"])
        house.bench.clock.advance(by: .seconds(86_400))
        #expect(try await house.drain().isEmpty)
    }

    @Test(arguments: Interface.allCases)
    func `a line that is slow holds up no answer`(interface: Interface) async throws {
        let house = try await APIHouse(interface)
        #expect(await house.send("one") == .taken)
        let underway = try await house.claim()
        for text in ["two", "three"] { #expect(await house.send(text) == .taken) }
        #expect(try await house.claim().isEmpty)
        #expect(try await house.settle(underway) + house.drain() == ["one", "two", "three"])
    }

    @Test(arguments: Interface.allCases)
    func `a ledger that takes nothing is told as such, and nothing is said to be sent`(interface: Interface) async throws {
        let house = try await APIHouse(interface) { CrashingLedger($0, at: CrashPoint(.before, .submit)) }
        for _ in 0..<2 {
            guard case .notTaken = await house.send("x") else {
                Issue.record("it is no refusal that its programs know")
                return
            }
        }
        #expect(try await house.bench.messages().isEmpty)
    }

    @Test(arguments: Interface.allCases)
    func `a queue that is full is told as such, and takes the text when there is room again`(interface: Interface) async throws {
        let house = try await APIHouse(interface, queueLimit: 2)
        for text in ["one", "two"] { #expect(await house.send(text) == .taken) }
        guard case .notTaken = await house.send("three") else {
            Issue.record("it is no refusal that its programs know")
            return
        }
        #expect(try await house.drain() == ["one", "two"])
        house.bench.clock.advance(by: .seconds(SubmissionError.queuePause))
        #expect(await house.send("three") == .taken)
        #expect(try await house.drain() == ["three"])
    }
}
