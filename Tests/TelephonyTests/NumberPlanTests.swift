import Testing

@testable import Telephony

@Suite struct NumberPlanTests {
    @Test(arguments: [
        ("+1 555 010 0123", Address.number("+15550100123")), ("5550100123", .number("+15550100123")), ("(555) 010–0123", .number("+15550100123")),
        ("15550100123", .number("+15550100123")), ("011 41 79 123 45 67", .number("+41791234567")),
        ("72975", .shortCode("72975")), ("911", .shortCode("911")), ("*100#", .shortCode("*100#")), ("#31#", .shortCode("#31#")),
        ("555-0123", .shortCode("5550123")),
    ] as [(String, Address)])
    func `what a person types at home in the US is understood`(text: String, address: Address) throws {
        #expect(try plan("US").normalise(text) == address)
    }

    @Test(arguments: [
        "", " ", "+", "()", "hello", "Mum", "alice@example.org", "1-800-FLOWERS", "+1+555", "12+34", "+*100#", "1", "+112", "+41 79",
        "+999 123 456 789", "+1234567890123456789", "5550100123 ext 5", "١", "½", "1234567890123456789012345678901234567890",
    ])
    func `what is no number is refused`(text: String) throws {
        #expect(try plan("US").normalise(text) == nil)
    }

    @Test(arguments: [
        ("41791234567", NumberForm.international, Address.number("+41791234567")),
        ("0041791234567", .international, .number("+41791234567")),
        ("0791234567", .international, .number("+41791234567")),
        ("9292", .international, .shortCode("9292")),
        ("99912345678", .international, .number("+99912345678")),
        ("0791234567", .national, .number("+41791234567")),
        ("791234567", .national, .number("+41791234567")),
        ("9292", .national, .shortCode("9292")),
        ("0791234567", .unknown, .number("+41791234567")),
        ("41791234567", .unknown, .number("+41791234567")),
        ("9292", .unknown, .shortCode("9292")),
        ("162", .unknown, .shortCode("162")),
        ("12345678901", .unknown, .shortCode("12345678901")),
        ("0791234567", .short, .shortCode("0791234567")),
        ("*100#", .unknown, .shortCode("*100#")),
        ("", .unknown, .shortCode("")),
        ("49c12", .international, .shortCode("49c12")),
    ] as [(String, NumberForm, Address)])
    func `what a network gives is understood and never lost`(digits: String, form: NumberForm, address: Address) throws {
        #expect(try plan("CH").interpret(digits, as: form) == address)
    }

    @Test func `the forms of one number are one address, whoever wrote it`() throws {
        let argentina = try plan("AR")
        #expect(argentina.interpret("5491123456789", as: .international) == argentina.normalise("011 15 2345-6789"))
        let britain = try plan("GB")
        #expect(britain.interpret("447400123456", as: .international) == britain.normalise("+44 (0)7400 123456"))
    }

    @Test(arguments: [("CH", "117", true), ("CH", "112", true), ("CH", "911", true), ("CH", "162", false), ("GB", "999", true), ("US", "999", false)])
    func `emergency numbers are those of home and the universal ones`(country: String, digits: String, isEmergency: Bool) throws {
        #expect(try plan(country).isEmergency(.shortCode(digits)) == isEmergency)
    }

    @Test func `a full number is no emergency number and a name is nothing`() throws {
        let home = try plan("CH")
        #expect(!home.isEmergency(.number("+41117")))
        #expect(!home.isEmergency(.alphanumeric("112")))
        #expect(!home.isPremium(.alphanumeric("0900")))
    }

    @Test(arguments: [("+41900123456", true), ("+41791234567", false), ("+442070313000", false), ("+449012345678", true), ("nonsense", false)])
    func `premium numbers are told, at home and abroad`(number: String, isPremium: Bool) throws {
        #expect(try plan("CH").isPremium(.number(number)) == isPremium)
    }

    @Test(arguments: [("+41791234567", "CH"), ("+12125550123", "US"), ("+14165550123", "CA"), ("+12684641234", "AG"), ("+80012345678", "001"), ("+99912345", "-"), ("", "-"), ("41", "-")])
    func `a number's region is told`(number: String, region: String) throws {
        #expect(try plan("CH").region(of: number) ?? "-" == region)
    }

    @Test func `countries are ISO letters in either case and nothing else`() {
        #expect(NumberPlan(country: "ch")?.country == "CH")
        #expect(NumberPlan(country: "001") == nil)
        #expect(NumberPlan(country: "XX") == nil)
        #expect(NumberPlan(country: "") == nil)
        #expect(NumberPlan.countries.count == 245)
        #expect(NumberPlan.countries.allSatisfy { NumberPlan(country: $0) != nil })
    }

    private func plan(_ country: String) throws -> NumberPlan { try #require(NumberPlan(country: country)) }
}
