import Exchange
import Foundation
import HTTPStack
import HomelineTesting
import Kinds
import Settings
import Telephony
import Testing

@testable import EndpointVoIPms

@Suite struct SettingsTests {
    private static func section(_ entries: [(String, Node.Content)], line: Int = 1) -> Node {
        Node(.section(entries.enumerated().map { Node.Entry(name: $1.0, value: Node($1.1, line: line + $0)) }), line: line)
    }

    private func make(user: [(String, Node.Content)], _ rest: [(String, Node.Content)] = []) throws -> Made<EndpointPorts> {
        let users = Self.section([("alice", Self.section(user).content)])
        var section = try Section(Self.section([("users", users.content)] + rest), path: "endpoints.voipms")
        let made = try EndpointKind.voipms.make(&section, try House().context)
        try section.finish()
        return made
    }

    private func withPassword<Value>(_ password: String = "0123456789ab", _ use: (String) async throws -> Value) async throws -> Value {
        let file = FileManager.default.temporaryDirectory.appending(path: "homeline-\(UUID().uuidString)")
        try Data(password.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await use(file.path)
    }

    @Test func `a user with a password is all it takes; everything else has its key`() async throws {
        try await withPassword { path in
            let small = try make(user: [("api-username", .scalar("a@b.example")), ("password-file", .scalar(path))])
            #expect(small.ports.messages != nil && small.routes.map(\.path).contains("/api/v1/rest.php"))
            #expect(await small.ports.health().state == .working)
            let whole = try make(
                user: [
                    ("api-username", .scalar("a@b.example")), ("password-file", .scalar(path)), ("person", .scalar("alice")), ("lines", .list([Node(.scalar("work"), line: 1)])),
                    ("sub-accounts", .list([Node(.scalar("100001_alice@work"), line: 1)])), ("callback", .scalar("http://10.0.0.9/?m={MESSAGE}")), ("callback-retry", .scalar("no")),
                    ("webhook", .scalar("http://10.0.0.9:38443/mmsgate")), ("private", .scalar("yes")),
                ],
                [
                    ("strict", .scalar("yes")), ("app-callbacks", .scalar("yes")), ("balance", .scalar("1.00")), ("timeout", .scalar("5s")),
                    ("media-from", .list([Node(.scalar("nas.home.example"), line: 1)])), ("open-on", .list([Node(.scalar("10.0.0.2"), line: 1)])),
                ])
            #expect(await whole.ports.health().summary.contains("10.0.0.2"))
        }
    }

    @Test func `what cannot be is told at its line`() async throws {
        try await withPassword { path in
            let user: [(String, Node.Content)] = [("api-username", .scalar("a@b.example")), ("password-file", .scalar(path))]
            func reason(_ user: [(String, Node.Content)], _ rest: [(String, Node.Content)] = []) -> String {
                do {
                    _ = try make(user: user, rest)
                    return ""
                } catch let error as SettingsError {
                    return "\(error.path): \(error.reason)"
                } catch {
                    return "\(error)"
                }
            }
            #expect(reason([]).hasPrefix("endpoints.voipms.users.alice.api-username: missing"))
            #expect(reason(user + [("lines", .list([Node(.scalar("cabin"), line: 1)]))]) == "endpoints.voipms.users.alice.lines: there is no line named cabin here")
            #expect(reason(user + [("sub-accounts", .scalar("x@cabin"))]).contains("names no line"))
            #expect(reason(user + [("callback", .scalar("nowhere"))]).contains("URL expected"))
            #expect(reason(user + [("unknown", .scalar("x"))]).contains("unknown key"))
            #expect(reason(user, [("open-on", .list([Node(.scalar("8.8.8.8"), line: 1)]))]).contains("private address ranges"))
            #expect(reason([user[0], ("password-file", .scalar("/nowhere"))]).contains("cannot be read"))
        }
        _ = try await withPassword("short") { path in
            #expect(throws: SettingsError.self) { try make(user: [("api-username", .scalar("a@b.example")), ("password-file", .scalar(path))]) }
        }
        var empty = Section(emptyAt: "endpoints.voipms")
        #expect(throws: SettingsError.self) { _ = try EndpointKind.voipms.make(&empty, try House().context) }
    }
}
