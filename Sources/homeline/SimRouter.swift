import ArgumentParser
import Daemon
import Simulator
import Telephony

extension Sim {
    struct Router: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A Huawei router with a HiLink page.",
            discussion: "Example: homeline sim router --port 8081 --control 8082 --login hashed --password secret")

        @Option(name: .long, help: "Port of its page on 127.0.0.1.") var port = 0
        @Option(name: .long, help: "Port of its controls: POST /text?from=…&text=…, GET /sent.") var control = 0
        @Option(name: .long, help: "The login it wants: \(RouterModel.Login.allCases.map(\.rawValue).joined(separator: ", ")).") var login = "none"
        @Option(name: .long, help: "How it begins: \(RouterModel.Opening.allCases.map(\.rawValue).joined(separator: ", ")).") var opening = "information"
        @Option(name: .long, help: "Tokens with each answer: \(RouterModel.Tokens.allCases.map(\.rawValue).joined(separator: ", ")).") var tokens = "one"
        @Option(name: .long, help: "Its password; the user is admin.") var password = "secret"

        func run() async throws {
            var model = RouterModel()
            guard let login = RouterModel.Login(rawValue: login), let opening = RouterModel.Opening(rawValue: opening),
                let tokens = RouterModel.Tokens(rawValue: tokens)
            else {
                Terminal.complain("--login, --opening and --tokens take the words that --help shows")
                throw ExitCode.validationFailure
            }
            (model.login, model.opening, model.tokens, model.password) = (login, opening, tokens, password)
            let router = SimulatedRouter(model) { Int(SystemClock().now().seconds) }
            try await router.run(port: port, control: control) { Terminal.say($0) }
        }
    }
}
