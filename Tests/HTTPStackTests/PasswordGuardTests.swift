import HTTPStack
import HomelineTesting
import Testing

@Suite struct PasswordGuardTests {
    private let clock = ManualClock()
    private let door: PasswordGuard

    init() { door = PasswordGuard(passwords: ["alice": "correct horse", "bob": "battery staple"], clock: clock) }

    @Test func `a name with its password is known, and nothing else`() {
        #expect(door.check(name: "alice", password: "correct horse", source: .local) == .known)
        #expect(door.check(name: "bob", password: "battery staple", source: .network("192.0.2.1")) == .known)
        for (name, password) in [("alice", "battery staple"), ("alice", ""), ("nobody", "correct horse"), ("", "")] {
            #expect(door.check(name: name, password: password, source: .network("192.0.2.2")) == .wrong)
        }
    }

    @Test func `who guesses too often has to wait, even with the right one, and others do not`() {
        let guesser = Source.network("192.0.2.1")
        for _ in 0..<10 { #expect(door.check(name: "alice", password: "guess", source: guesser) == .wrong) }
        #expect(door.check(name: "alice", password: "guess", source: guesser) == .wait(seconds: 300))
        clock.advance(by: .seconds(100))
        #expect(door.check(name: "alice", password: "correct horse", source: guesser) == .wait(seconds: 200))
        #expect(door.check(name: "bob", password: "battery staple", source: guesser) == .known)
        #expect(door.check(name: "alice", password: "correct horse", source: .network("192.0.2.7")) == .known)
        clock.advance(by: .seconds(200))
        #expect(door.check(name: "alice", password: "correct horse", source: guesser) == .known)
    }

    @Test func `a clock that is set back locks nobody out for longer than a window`() {
        let guesser = Source.network("192.0.2.1"), before = clock.now()
        clock.advance(by: .seconds(86_400))
        for _ in 0..<11 { _ = door.check(name: "alice", password: "guess", source: guesser) }
        #expect(door.check(name: "alice", password: "correct horse", source: guesser) == .wait(seconds: 300))
        clock.set(before)
        #expect(door.check(name: "alice", password: "correct horse", source: guesser) == .known)
    }

    @Test func `who guesses at thousands of names that nobody has waits for that of somebody too`() {
        let guesser = Source.network("192.0.2.1")
        for number in 0..<4096 {
            for _ in 0..<11 { _ = door.check(name: "nobody-\(number)", password: "guess", source: guesser) }
        }
        for _ in 0..<11 { _ = door.check(name: "alice", password: "guess", source: guesser) }
        #expect(door.check(name: "alice", password: "correct horse", source: guesser) == .wait(seconds: 300))
    }

    @Test func `a name longer than any is wrong, and all of them together are guesses at one`() {
        let marks = String(repeating: "\u{301}\u{323}", count: 2000)
        for number in 0..<10 { #expect(door.check(name: "\(number)\(marks)", password: "guess", source: .network("192.0.2.1")) == .wrong) }
        #expect(door.check(name: "11\(marks)", password: "guess", source: .network("192.0.2.1")) == .wait(seconds: 300))
        #expect(door.check(name: "alice", password: "correct horse", source: .network("192.0.2.1")) == .known)
    }

    @Test func `guessing from many addresses of one subscriber is guessing from one`() {
        for number in 0..<11 { _ = door.check(name: "alice", password: "guess", source: .network("2001:db8:1:2::\(number)")) }
        #expect(door.check(name: "alice", password: "correct horse", source: .network("2001:db8:1:2::ff")) == .wait(seconds: 300))
    }
}
