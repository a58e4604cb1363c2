import Exchange
import HomelineTesting
import Telephony
import Testing

@Suite struct RoutingPlanTests {
    private let alice = Subscriber(person: "alice", lines: ["home", "office"], devices: ["phone", "laptop"])
    private let bert = Subscriber(person: "bert", lines: ["home"], devices: [])
    private let cleo = Subscriber(person: "cleo", lines: ["office"], devices: ["phone"])
    private var everybody: [Subscriber] { [alice, bert, cleo] }

    private let plan = RoutingPlan(routes: [
        Route(endpoint: .softphone, audience: .devices), Route(endpoint: "hook", audience: .everyone, lines: ["home"]),
    ])

    @Test func `an incoming message goes to each device of each owner of its line, and once to an endpoint for everyone`() {
        #expect(plan.destinations(of: incoming(), subscribers: everybody) == [
            .alicesPhone, .alicesLaptop, .device(.softphone, "bert", nil), .endpoint("hook"),
        ])
    }

    @Test func `a route for some lines serves no other`() {
        #expect(plan.destinations(of: incoming(line: "office"), subscribers: everybody) == [
            .alicesPhone, .alicesLaptop, .device(.softphone, "cleo", "phone"),
        ])
    }

    @Test func `a line that nobody owns still reaches endpoints for everyone`() {
        #expect(plan.destinations(of: incoming(), subscribers: [cleo]) == [.endpoint("hook")])
        #expect(plan.destinations(of: incoming(line: "cabin"), subscribers: everybody).isEmpty)
        #expect(plan.reachesAnybody("home", subscribers: []) && plan.reachesAnybody("office", subscribers: [cleo]))
        #expect(!plan.reachesAnybody("office", subscribers: [bert]) && !plan.reachesAnybody("cabin", subscribers: everybody))
    }

    @Test func `an outgoing message goes over its line, to each recipient alone`() {
        #expect(plan.destinations(of: outgoing(to: [.bob, .carol]), subscribers: everybody) == [
            .trunk("home", recipients: [.bob]), .trunk("home", recipients: [.carol]),
        ])
    }

    @Test func `several recipients are a group where the line carries those, unless each is to get their own`() {
        let plan = RoutingPlan(routes: [], carriage: ["home": [.groups]])
        let message = outgoing(to: [.bob, .carol])
        #expect(plan.destinations(of: message, subscribers: []) == [.trunk("home", recipients: [.bob, .carol])])
        #expect(plan.destinations(of: message, subscribers: [], company: .apart) == [.trunk("home", recipients: [.bob]), .trunk("home", recipients: [.carol])])
    }

    @Test func `a message within the house goes to the devices of whom it is for, and to no hook`() {
        let message = outgoing(to: [.person("cleo"), .person("bert")], line: .house, direction: .within)
        #expect(plan.destinations(of: message, subscribers: everybody) == [
            .device(.softphone, "bert", nil), .device(.softphone, "cleo", "phone"),
        ])
    }

    @Test func `news goes to the device that wrote the message, and to endpoints for everyone`() {
        #expect(plan.statusDestinations(of: outgoing(), subscribers: everybody) == [.alicesPhone, .endpoint("hook")])
    }

    @Test func `who wrote a message is told of it whichever lines their endpoint serves by now, and others only of theirs`() {
        let plan = RoutingPlan(routes: [
            Route(endpoint: .softphone, audience: .devices, lines: ["office"]), Route(endpoint: "gateway", audience: .writer, lines: ["office"]),
            Route(endpoint: "hook", audience: .everyone, lines: ["office"]),
        ])
        #expect(plan.statusDestinations(of: outgoing(), subscribers: everybody) == [.alicesPhone])
        let within = outgoing(to: [.person("cleo")], line: .house, direction: .within)
        #expect(plan.statusDestinations(of: within, subscribers: everybody) == [.alicesPhone])
        let written = Origin(endpoint: "gateway", person: nil, reference: "1")
        #expect(plan.statusDestinations(of: outgoing(origin: written), subscribers: everybody) == [.endpoint("gateway")])
        let posted = Origin(endpoint: "hook", person: nil, reference: "1")
        #expect(plan.statusDestinations(of: outgoing(origin: posted), subscribers: everybody) == [.endpoint("hook")])
    }

    @Test func `an endpoint that only sends is brought nothing, and one for its writers only news of what was written through it`() {
        let plan = RoutingPlan(routes: [Route(endpoint: "sender", audience: .nobody), Route(endpoint: "gateway", audience: .writer)])
        #expect(plan.destinations(of: incoming(), subscribers: everybody).isEmpty)
        #expect(!plan.reachesAnybody("home", subscribers: everybody))
        let written = Origin(endpoint: "gateway", person: nil, reference: "1")
        #expect(plan.statusDestinations(of: outgoing(line: "office", origin: written), subscribers: everybody) == [.endpoint("gateway")])
        #expect(plan.statusDestinations(of: outgoing(line: "office", origin: .alice), subscribers: everybody).isEmpty)
        let other = Origin(endpoint: "sender", person: nil, reference: "1")
        #expect(plan.statusDestinations(of: outgoing(line: "office", origin: other), subscribers: everybody).isEmpty)
    }

    @Test func `each receiver of an endpoint is told of its own lines, and of nothing that was sent`() {
        let receivers = [Receiver("alice/callback", lines: ["home", "office"]), Receiver("bob/webhook", lines: ["home"])]
        let plan = RoutingPlan(routes: [Route(endpoint: "voipms", audience: .receivers, lines: ["home", "office"], receivers: receivers)])
        #expect(plan.destinations(of: incoming(), subscribers: []) == [.receiver("voipms", "alice/callback"), .receiver("voipms", "bob/webhook")])
        #expect(plan.destinations(of: incoming(line: "office"), subscribers: []) == [.receiver("voipms", "alice/callback")])
        #expect(plan.destinations(of: incoming(line: "cabin"), subscribers: []).isEmpty)
        #expect(plan.statusDestinations(of: outgoing(origin: Origin(endpoint: "voipms", person: "alice", reference: "1")), subscribers: []).isEmpty)
        #expect(plan.reachesAnybody("home", subscribers: []) && !plan.reachesAnybody("cabin", subscribers: []))
    }

    @Test func `news goes to all devices of its writer when the device is not known`() {
        #expect(plan.statusDestinations(of: outgoing(line: "office", origin: .alice), subscribers: everybody) == [.alicesPhone, .alicesLaptop])
    }

    @Test(arguments: [Origin.program, nil])
    func `news of what no person wrote goes to no device`(origin: Origin?) {
        #expect(plan.statusDestinations(of: outgoing(line: "office", origin: origin), subscribers: everybody).isEmpty)
    }

    @Test func `deliveries are due now and live as long as what is brought and where`() {
        let clock = ManualClock(start)
        let lifetimes = Lifetimes(trunk: .seconds(1), device: .seconds(2), endpoint: .seconds(3), status: .seconds(4))
        let plan = RoutingPlan(routes: [], lifetimes: lifetimes)
        let destinations: [Destination] = [.trunk("home", recipients: [.bob]), .alicesPhone, .endpoint("hook")]
        let news = DeliveryContent.status(.failed(.bob, .away))
        func lives(_ content: DeliveryContent) -> [Duration] {
            plan.deliveries(content, of: incoming().id, to: destinations, mint: .repeatable(clock)).map { $0.expires - $0.due }
        }
        #expect(lives(.message) == [.seconds(1), .seconds(2), .seconds(3)])
        #expect(lives(news) == [.seconds(4), .seconds(4), .seconds(4)])
        let made = plan.deliveries(.message, of: incoming().id, to: destinations, mint: .repeatable(clock))
        #expect(made.map(\.destination) == destinations)
        #expect(made.allSatisfy { $0.due == start })
        #expect(Set(made.map(\.id)).count == 3)
    }
}
