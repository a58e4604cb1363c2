import Exchange
import HTTPStack
import Telephony
import Testing

@testable import Console

@Suite struct BackupPagesTests {
    @Test func `the last backup is shown with what was found, and one more is begun`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        #expect(await browser.get("/settings/backup").text.contains("There is no backup yet."))
        let made = BackupStatus.Made(
            name: "homeline-20261121T120000Z.tar.age", at: bench.clock.now(), size: 12_300_000, messages: 7, files: 2, provenAt: bench.clock.now(), faults: [])
        bench.backups.be(BackupStatus(last: made, failure: nil, percent: nil, folder: "/mnt/b", nextAt: bench.clock.now(), kept: 7))
        let page = await browser.get("/settings/backup").text
        #expect(page.contains("7 messages, 2 files, 12.3 MB"))
        #expect(page.contains("is whole"))
        #expect(await browser.submit("/settings/backup", [:]).location == "/settings/backup")
        #expect(bench.backups.begun == 1)
    }

    @Test func `what was left out is said, and the backup is whole all the same`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        let made = BackupStatus.Made(
            name: nil, at: bench.clock.now(), size: 1, messages: 1, files: 0, provenAt: bench.clock.now(), faults: [],
            omissions: ["/etc/<key> is not in it: it cannot be read."])
        bench.backups.be(BackupStatus(last: made, failure: nil, percent: nil, folder: "/mnt/b", nextAt: bench.clock.now(), kept: 7))
        let page = await browser.get("/settings/backup").text
        #expect(page.contains("These files are left out:") && page.contains("/etc/&lt;key&gt; is not in it: it cannot be read."))
        #expect(page.contains("is whole"))
    }

    @Test func `what is wrong is said, and how far it is`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        let made = BackupStatus.Made(name: nil, at: bench.clock.now(), size: 1, messages: 1, files: 0, provenAt: bench.clock.now(), faults: ["<The ledger>"])
        bench.backups.be(
            BackupStatus(last: made, failure: (bench.clock.now(), "No room & no time"), percent: 42, folder: "/mnt/b", nextAt: bench.clock.now(), kept: 7))
        let page = await browser.get("/settings/backup").text
        #expect(page.contains("&lt;The ledger&gt;") && page.contains("No room &amp; no time") && page.contains("value=\"42\""))
        #expect(!page.contains("download"))
    }

    @Test func `a backup is downloaded by its name alone`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        let response = await browser.get("/settings/backup/file?name=homeline-20261121T120000Z.tar.age")
        #expect(response.status == 200)
        #expect(response.header("Content-Disposition")?.contains("homeline-20261121T120000Z.tar.age") == true)
        #expect(await browser.get("/settings/backup/file?name=..%2F..%2Fetc%2Fpasswd").status == 404)
        #expect(await browser.submit("/settings/backup", [:]).status == 303)
        #expect(try await bench.ledger.auditEntries(before: nil, limit: 2).map(\.act) == [.backupTaken, .backupDownloaded])
    }

    @Test func `who is shut out, or is no owner any more, gets no more of what is being downloaded`() async throws {
        for role in [Account.Role.member, nil] {
            let bench = try await Bench(), browser = try await Browser(bench).settle()
            let response = await browser.get("/settings/backup/file?name=homeline-20261121T120000Z.tar.age")
            guard case .stream(_, let next) = response.body else { throw CancellationError() }
            let first = try await next()
            let account = try #require(try await bench.ledger.accounts().first)
            if let role {
                try await bench.ledger.save(Account(person: "alice", role: role, password: account.password, createdAt: account.createdAt), keeping: nil)
            } else {
                _ = try await bench.ledger.removeAccount(of: "alice")
            }
            let second = try await next()
            #expect(first == [0x61, 0x67] && second == nil)
        }
    }

    @Test(arguments: ["/settings/backup", "/settings/backup/file?name=x", "/settings/moving", "/settings/moving/export"])
    func `a member sees nothing of it`(_ path: String) async throws {
        let bench = try await Bench()
        #expect(try await Browser(bench).settle(as: "bob", role: .member).get(path).status == 403)
    }
}

@Suite struct MovingPagesTests {
    @Test func `a phone's messages are taken over from a file, and go out again`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        let file = "<smses><sms address=\"+15550199\" date=\"1600000000000\" type=\"1\" body=\"&#55357;&#56832;\"/></smses>"
        let response = await browser.upload("/settings/moving", to: "/settings/moving/import", ["line": "home"], file: file)
        #expect(response.location == "/settings/moving?added=1&known=0&rest=0")
        #expect(await browser.get("/settings/moving?added=1&known=0&rest=0").text.contains("1 messages were added"))
        #expect(try await bench.past.history(HistorySelection(lines: ["home"]), after: nil, limit: 9).map(\.message.text) == ["😀"])
        let export = await browser.get("/settings/moving/export?format=android-xml")
        #expect(export.header("Content-Disposition")?.contains("sms-homeline.xml") == true)
        #expect(try await bench.ledger.auditEntries(before: nil, limit: 2).map(\.act) == [.exported, .imported])
        #expect(await browser.get("/settings/moving/export?format=exe").status == 404)
        #expect(await browser.get("/settings/moving/export?line=nowhere").status == 404)
    }

    @Test func `what is no such file, and a line that is not there, are refused`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        #expect(await browser.upload("/settings/moving", to: "/settings/moving/import", ["line": "home"], file: "<!DOCTYPE x>").status == 422)
        #expect(await browser.upload("/settings/moving", to: "/settings/moving/import", ["line": "nowhere"], file: "<smses></smses>").status == 404)
    }
}
