import SMS
import Testing

@Suite struct ReportTests {
    @Test func `a status report is built and read`() throws {
        let report = StatusReport(
            of: 42, to: try Address(number: "+15551234567"), .permanent(0x46), submitted: Timestamp(secondsSince1970: 1_795_000_000),
            discharged: Timestamp(secondsSince1970: 1_795_000_100, zoneQuarterHours: 4))
        let octets = TPDU.statusReport(report).encode()
        #expect(try TPDU(decoding: octets, direction: .toMobile) == .statusReport(report))
        #expect(report.status.isFinal)
    }

    @Test(arguments: [(DeliverReport.accepted, [0x00, 0x00]), (DeliverReport(refusing: .memoryCapacityExceeded), [0x00, 0xD3, 0x00])] as [(DeliverReport, [UInt8])])
    func `a deliver report is built as an acknowledgement carries it`(report: DeliverReport, octets: [UInt8]) throws {
        #expect(TPDU.deliverReport(report).encode() == octets)
        #expect(try TPDU(decoding: octets, direction: .fromMobile) == .deliverReport(report))
    }

    @Test(arguments: [nil, FailureCause.unspecified])
    func `a submit report is built and read`(cause: FailureCause?) throws {
        let report = SubmitReport(at: Timestamp(secondsSince1970: 1_795_000_000), refusing: cause)
        #expect(try TPDU(decoding: TPDU.submitReport(report).encode(), direction: .toMobile) == .submitReport(report))
    }

    @Test(arguments: [.enquiry, .cancelStatusReport, .delete, .enableStatusReport, .other(0xE0)] as [Command.Kind])
    func `a command is built and read`(kind: Command.Kind) throws {
        let command = Command(kind, of: 7, to: try Address(number: "8222"), messageReference: 8)
        #expect(try TPDU(decoding: TPDU.command(command).encode(), direction: .fromMobile) == .command(command))
    }

    @Test func `flags of the first octet stand where the standard has them`() {
        var first = FirstOctet(rawValue: 0)
        #expect(first.moreMessagesToSend)
        first.moreMessagesToSend = false
        first.loopPrevention = true
        first.statusReport = true
        first.userDataHeader = true
        first.replyPath = true
        #expect(first.rawValue == 0xEC)
        first = FirstOctet(rawValue: 0x01)
        first.rejectDuplicates = true
        first.validityPeriodFormat = .relative
        #expect(first.rawValue == 0x15)
    }
}
