import Exchange
import SIPStack
import Testing

@testable import EndpointSoftphone

@Suite struct FigureTests {
    private let figures = Figure.all(of: Counters(), connections: 3, transactions: 4, blocked: 5, waiting: 6, devices: 7)

    @Test func `every reason to drop has a value from the start, so that its first rise is seen`() throws {
        let dropped = try #require(figures.first { $0.name == "homeline_sip_dropped_total" })
        #expect(Set(dropped.values.keys.compactMap { $0["reason"] }) == Set(Counters.Drop.allCases.map(\.rawValue)))
        #expect(dropped.values.values.allSatisfy { $0 == 0 })
    }

    @Test func `names follow the convention and are not given twice`() {
        #expect(Set(figures.map(\.name)).count == figures.count)
        for figure in figures {
            #expect(figure.name.hasPrefix("homeline_sip_"))
            #expect(figure.name.hasSuffix("_total") == (figure.kind == .count), "\(figure.name)")
        }
        #expect(figures.first { $0.name == "homeline_sip_devices" }?.values == [[:]: 7])
    }
}
