import EndpointTesting
import Exchange
import Foundation
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import EndpointKannel

@Suite struct KannelTests {
    private let settings: Written = ["username": "tester", "password-file": "SECRET", "dlr-hosts": ["alerts.example.org"]]
    private let login = "username=tester&password=\(EndpointBench.secret)"

    @Test func `a text is sent and answered to the letter`() async throws {
        let bench = try await EndpointBench(.kannel, settings)
        let answer = await bench.ask(.get, "/cgi-bin/sendsms?\(login)&to=%2B12125550123&from=1234&text=Gr%C3%BCezi+du&charset=UTF-8&coding=0")
        #expect(answer.status == 202 && answer.text == "0: Accepted for delivery")
        let message = try #require(try await bench.messages().first)
        #expect(message.text == "Grüezi du" && message.participants == [.number("+12125550123")])
    }

    @Test func `short names of parameters, a form and several receivers do as well`() async throws {
        let bench = try await EndpointBench(.kannel, settings)
        let body = "user=tester&pass=\(EndpointBench.secret)&to=2125550123+2125550124&text=x"
        #expect(await bench.post("/cgi-bin/sendsms", body, type: "application/x-www-form-urlencoded").status == 202)
        #expect(try await bench.messages().first?.participants.count == 2)
    }

    @Test func `each of several recipients gets a text of their own, though the line carries groups`() async throws {
        let bench = try await EndpointBench(.kannel, settings, carriage: [.files, .groups])
        _ = await bench.ask(.get, "/cgi-bin/sendsms?\(login)&to=2125550123+2125550124&text=x")
        let message = try #require(try await bench.messages().first)
        let ways = try await bench.ledger.deliveries(of: message.id).map(\.delivery.destination)
        #expect(ways == [.trunk("home", recipients: [.number("+12125550123")]), .trunk("home", recipients: [.number("+12125550124")])])
    }

    @Test func `a POST may have its parameters in the head`() async throws {
        let bench = try await EndpointBench(.kannel, settings)
        let headers = [
            "X-Kannel-Username": "tester", "X-Kannel-Password": EndpointBench.secret, "X-Kannel-To": "+12125550123",
            "Content-Type": "text/plain; charset=\"utf-8\"",
        ]
        #expect(await bench.ask(.post, "/cgi-bin/sendsms", headers: headers, "Grüezi & du").status == 202)
        #expect(try await bench.messages().first?.text == "Grüezi & du")
    }

    @Test(arguments: [
        ("username=tester&password=x&to=2125550123&text=x", 403, "Authorization failed for sendsms"),
        ("username=other&password=SECRET&to=2125550123&text=x", 403, "Authorization failed for sendsms"),
        ("to=2125550123&text=x", 403, "Authorization failed for sendsms"),
        ("LOGIN&text=x", 400, "Empty receiver number not allowed, rejected"),
        ("LOGIN&to=2125550123", 400, "Empty text not allowed, rejected"),
        ("LOGIN&to=abc&text=x", 400, "Garbage `to' field, rejected."),
        ("LOGIN&to=2125550123&text=x&coding=1", 400, "Charset or body misformed, rejected"),
        ("LOGIN&to=2125550123&text=x&udh=%05%00", 400, "Charset or body misformed, rejected"),
        ("LOGIN&to=2125550123&text=x&charset=klingon", 400, "Charset or body misformed, rejected"),
        ("LOGIN&to=911&text=x", 403, "Not routable. Do not try again."),
    ])
    func `what is wrong is told in Kannel's words`(query: String, status: Int, text: String) async throws {
        let bench = try await EndpointBench(.kannel, settings)
        let answer = await bench.ask(.get, "/cgi-bin/sendsms?" + query.replacing("LOGIN", with: login).replacing("SECRET", with: EndpointBench.secret))
        #expect(answer.status == status && answer.text == text)
        #expect(try await bench.messages().isEmpty)
    }

    @Test func `a line without room says when to come again`() async throws {
        let bench = try await EndpointBench(.kannel, settings, queueLimit: 1)
        #expect(await bench.ask(.get, "/cgi-bin/sendsms?\(login)&to=2125550123&text=x").status == 202)
        let full = await bench.ask(.get, "/cgi-bin/sendsms?\(login)&to=2125550123&text=x")
        #expect(full.status == 503 && full.text == "Temporal failure, try again later." && full.header("Retry-After") != nil)
    }

    @Test func `who guesses at a short password has to wait, and learns nothing meanwhile: eight characters are found by trying`() async throws {
        let directory = try TemporaryDirectory(), file = directory.file("short"), login = "username=tester&password=12345678"
        try "12345678".write(toFile: file, atomically: true, encoding: .utf8)
        let bench = try await EndpointBench(.kannel, ["username": "tester", "password-file": .text(file)])
        for _ in 0..<10 { _ = await bench.ask(.get, "/cgi-bin/sendsms?username=tester&password=guess&to=2125550123&text=x") }
        let slowed = await bench.ask(.get, "/cgi-bin/sendsms?username=tester&password=guess&to=2125550123&text=x")
        #expect(slowed.status == 429 && slowed.header("Retry-After") == "300")
        #expect(await bench.ask(.get, "/cgi-bin/sendsms?\(login)&to=2125550123&text=x").status == 429)
        bench.clock.advance(by: .seconds(301))
        #expect(await bench.ask(.get, "/cgi-bin/sendsms?\(login)&to=2125550123&text=x").status == 202)
    }

    @Test func `who has a long password loses no text by another's guesses from the same address`() async throws {
        let bench = try await EndpointBench(.kannel, settings)
        for _ in 0..<11 { _ = await bench.ask(.get, "/cgi-bin/sendsms?username=tester&password=guess&to=2125550123&text=x") }
        #expect(await bench.ask(.get, "/cgi-bin/sendsms?username=tester&password=guess&to=2125550123&text=x").status == 429)
        #expect(await bench.ask(.get, "/cgi-bin/sendsms?\(login)&to=2125550123&text=x").status == 202)
    }

    @Test func `the wish to be told is kept with the message, for hosts that are named only`() async throws {
        let bench = try await EndpointBench(.kannel, settings)
        let url = "https%3A%2F%2Falerts.example.org%2Fdlr%3Fs%3D%25d"
        _ = await bench.ask(.get, "/cgi-bin/sendsms?\(login)&to=2125550123&text=a&dlr-mask=31&dlr-url=\(url)")
        for bad in ["http%3A%2F%2F169.254.169.254%2F", "https%3A%2F%2Fevil.example%2F%3Falerts.example.org", "file%3A%2F%2F%2Fetc%2Fpasswd", "https%3A%2F%2F%25d.alerts.example.org%2F"] {
            _ = await bench.ask(.get, "/cgi-bin/sendsms?\(login)&to=2125550123&text=b&dlr-mask=31&dlr-url=\(bad)")
        }
        let notes = try await bench.messages().map { $0.origin.flatMap { ReportWish(reference: $0.reference) } }
        #expect(notes == [ReportWish(mask: 31, template: "https://alerts.example.org/dlr?s=%d"), nil, nil, nil, nil])
    }
}
