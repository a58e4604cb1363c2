import HomelineTesting
import SIP
import Testing
import Wire

/// What no script thought of: every order of responses, repetitions, timers and failures.
@Suite struct TransactionWalkTests {
    private static let statuses: [Status] = [.trying, .ringing, .ok, .busyHere, .serverInternalError]

    @Test(arguments: [Method.invite, .message], [Reliability.reliable, .unreliable])
    func `a request that was sent comes to an end by itself, whatever was answered`(method: Method, reliability: Reliability) {
        var random = SplitMix(seed: 3)
        let stale: [TransactionTimer] = [.a, .b, .d, .e, .f, .k, .m]
        for _ in 0..<1_000 {
            var walk = Walk(ClientTransaction(method, over: reliability))
            var effects = walk.tell(.start)
            var isAnswered = false
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                switch Int.random(in: 0..<4, using: &random) {
                case 0: effects += walk.passToNextTimer() ?? []
                case 1: effects += walk.fireStale(stale.randomElement(using: &random) ?? .a)
                case 2 where Int.random(in: 0..<8, using: &random) == 0: effects += walk.tell(.transportFailed)
                default:
                    let status = Self.statuses.randomElement(using: &random) ?? .ok
                    isAnswered = isAnswered || !walk.isFinished
                    effects += walk.tell(.response(Response(status)))
                }
            }
            effects += walk.runOut()
            // An INVITE that rings may ring for ever: only its user ends that.
            #expect(walk.isFinished || method == .invite && isAnswered)
            let failures = effects.count { if case .fail = $0 { true } else { false } }
            #expect(failures <= 1)
            #expect(effects.first == .send)
            #expect(walk.now <= .seconds(32 * 3))
        }
    }

    @Test(arguments: [Method.invite, .message], [Reliability.reliable, .unreliable])
    func `a request that was answered comes to an end by itself`(method: Method, reliability: Reliability) {
        var random = SplitMix(seed: 5)
        let stale: [TransactionTimer] = [.g, .h, .i, .j, .l, .trying]
        for _ in 0..<1_000 {
            var walk = Walk(ServerTransaction(method, over: reliability))
            var effects = walk.tell(.request)
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                switch Int.random(in: 0..<6, using: &random) {
                case 0: effects += walk.passToNextTimer() ?? []
                case 1: effects += walk.fireStale(stale.randomElement(using: &random) ?? .g)
                case 2: effects += walk.tell(.request)
                case 3: effects += walk.tell(.acknowledgement)
                case 4 where Int.random(in: 0..<8, using: &random) == 0: effects += walk.tell(.transportFailed)
                default: effects += walk.tell(.respond(Response(Self.statuses.randomElement(using: &random) ?? .ok)))
                }
            }
            effects += walk.tell(.respond(Response(.busyHere)))
            effects += walk.runOut()
            #expect(walk.isFinished)
            #expect(effects.count { $0 == .deliver } == 1)
            let finals = effects.count { if case .send(let response) = $0 { response.status.isFinal && !response.status.isSuccess } else { false } }
            #expect(finals <= 1, "a failure is sent once; repetitions are resends")
        }
    }
}
