import SMS
import Testing

@Suite struct ValidityPeriodTests {
    /// 3GPP TS 23.040 §9.2.3.12.1.
    @Test(arguments: [
        (0, 300), (143, 43_200), (144, 45_000), (167, 86_400), (168, 2 * 86_400), (196, 30 * 86_400), (197, 35 * 86_400), (255, 63 * 7 * 86_400),
    ] as [(UInt8, Int)])
    func `a relative period's steps`(octet: UInt8, seconds: Int) {
        #expect(ValidityPeriod.relative(octet).duration == .seconds(seconds))
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func `rounding never shortens and takes the nearest step`(octet: UInt8) throws {
        let duration = try #require(ValidityPeriod.relative(octet).duration)
        #expect(ValidityPeriod.relative(atLeast: duration) == .relative(octet))
        #expect(ValidityPeriod.relative(atLeast: duration + .nanoseconds(1)) == .relative(octet == 255 ? 255 : octet + 1))
        #expect(ValidityPeriod.relative(atLeast: duration - .seconds(1)) == .relative(octet))
    }

    @Test(arguments: [(.seconds(-5), 0), (.zero, 0), (.seconds(Int64.max), 255), (.seconds(Int64.min), 0)] as [(Duration, UInt8)])
    func `what no step holds takes the nearest end`(duration: Duration, octet: UInt8) {
        #expect(ValidityPeriod.relative(atLeast: duration) == .relative(octet))
    }

    /// §9.2.3.12.3.
    @Test(arguments: [
        ([0x00], nil, false), ([0x01, 167], .seconds(86_400), false), ([0x42, 90], .seconds(90), true),
        ([0x03, 0x10, 0x20, 0x30], .seconds(3600 + 120 + 3), false), ([0x03, 0x1A, 0x20, 0x30], nil, false), ([0x04, 1], nil, false), ([0x82, 1], nil, false),
    ] as [([UInt8], Duration?, Bool)])
    func `an enhanced period is read`(octets: [UInt8], duration: Duration?, isSingleShot: Bool) {
        let validity = EnhancedValidity(octets: octets)
        #expect(validity.duration == duration)
        #expect(validity.isSingleShot == isSingleShot)
    }

    @Test(arguments: [
        .none, .relative(255), .absolute(Timestamp(secondsSince1970: 1_800_000_000, zoneQuarterHours: -20)), .enhanced(EnhancedValidity(seconds: 30)),
    ] as [ValidityPeriod])
    func `each form comes back from the wire with its format bits`(validity: ValidityPeriod) throws {
        let submit = TPDU.submit(Submit(to: try Address(number: "8222"), try UserData(gsm7: "x"), validityPeriod: validity))
        guard case .submit(let decoded) = try TPDU(decoding: submit.encode(), direction: .fromMobile) else {
            Issue.record("not a SUBMIT")
            return
        }
        #expect(decoded.validityPeriod == validity)
        #expect(decoded.userData.text == "x")
    }
}
