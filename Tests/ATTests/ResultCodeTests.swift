import Testing

@testable import AT

@Suite struct ResultCodeTests {
    @Test(
        arguments: [
            ("OK", .ok), ("ERROR", .error), ("NO CARRIER", .noCarrier), ("COMMAND NOT SUPPORT", .notSupported),
            ("TOO MANY PARAMETERS", .notSupported),
            ("+CME ERROR: 14", .equipment(CMEError(14))), ("+CMS ERROR: 322", .message(CMSError(322))), ("ERROR+CNUM:", .error),
            ("+CSQ: 1,99", nil), ("OKAY", nil), ("", nil),
        ] as [(String, ResultCode?)])
    func `a final result ends an answer and nothing else does`(line: String, result: ResultCode?) {
        #expect(ResultCode(line: line) == result)
    }

    @Test(arguments: [("SIM busy", 14), ("SIM PIN required", 11), ("sim not inserted.", 10), ("Memory full", 20), ("operation not allowed", 3)])
    func `equipment errors in words have the number of the standard`(words: String, code: Int) {
        #expect(CMEError(text: words).code == code)
    }

    @Test(arguments: [("memory full", 322), ("SMSC address unknown", 330), ("Network timeout", 332), ("no network service", 331)])
    func `message errors in words have the number of the standard`(words: String, code: Int) {
        #expect(CMSError(text: words).code == code)
    }

    @Test func `unknown words and numbers are kept`() {
        #expect(CMEError(text: "whatever").code == nil)
        #expect(CMEError(text: "whatever").meaning == "unknown error whatever")
        #expect(CMSError(text: "9999").code == 9999)
    }
}
