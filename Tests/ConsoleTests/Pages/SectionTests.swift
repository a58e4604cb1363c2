import Telephony
import Testing

@testable import Console

@Suite struct SectionTests {
    private func top(_ sections: [Section], _ role: Account.Role, path: String = "/") -> String {
        let account = Account(person: "alice", role: role, password: "", timeZone: nil, createdAt: Instant(seconds: 0))
        let visitor = Visitor(
            account: account, lines: nil, signIn: SignIn(hash: "x", person: "alice", startedAt: Instant(seconds: 0), seenAt: Instant(seconds: 0)), secret: SignInSecret("x"))
        let response = Scene.$current.withValue(Scene(path: path, sections: sections)) { Layout(title: "t", visitor: visitor, content: .nothing).response() }
        return response.text
    }

    @Test func `the top leads to the sections that have a page, and to the owner's only the owner`() {
        let page = top([.messages, .lines, .health], .owner)
        #expect(["/", "/lines", "/health/parts"].allSatisfy { path in page.contains("<a href=\"\(path)\"") })
        #expect(top([.messages, .lines, .health], .member).contains("/lines"))
        #expect(!top([.messages, .lines, .health], .member).contains("/health"))
        #expect(!top([.messages], .owner).contains("class=\"sections\""))
        #expect(!top([.messages, .lines], .owner).contains("/people"))
    }

    @Test(arguments: [
        ("/", Section.messages), ("/conversations/7", .messages), ("/lines/home", .lines), ("/health/queues", .health), ("/settings", .settings),
        ("/contacts/edit", .contacts), ("/blocked", .contacts),
    ])
    func `the section that one is in is marked`(path: String, section: Section) {
        #expect(top(Section.allCases, .owner, path: path).contains("<a href=\"\(section.path)\" aria-current=\"page\">"))
        #expect(top(Section.allCases, .owner, path: path).matches(of: /aria-current/).count == 1)
    }

    @Test func `a stranger is spoken to in the language that their browser likes best`() {
        #expect(Language(accepting: nil) == .english && Language(accepting: "") == .english)
        #expect(Language(accepting: "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5") == .french)
        #expect(Language(accepting: "de, fr;q=0.3, en;q=0.5") == .english)
        #expect(Language(accepting: "frr, fr;q=x") == .english)
    }
}
