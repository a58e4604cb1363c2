import HomelineTesting
import SIP
import Testing
import Wire

private let trying = Response(.trying), ringing = Response(.ringing), ok = Response(.ok), busy = Response(.busyHere)
private let lifetime = Duration.seconds(32)

private func ms(_ count: Int) -> Duration { .milliseconds(count) }

private let nonInvite: [TransactionScript<NonInviteClient>] = [
    .init("over UDP a request is repeated at doubling intervals up to T2", NonInviteClient(over: .unreliable), [
        (.event(.start), [.effect(.send), .arm(.f, after: lifetime), .arm(.e, after: ms(500))]),
        (.fired(.e), [.effect(.send), .arm(.e, after: ms(1_000))]),
        (.fired(.e), [.effect(.send), .arm(.e, after: ms(2_000))]),
        (.fired(.e), [.effect(.send), .arm(.e, after: ms(4_000))]),
        (.fired(.e), [.effect(.send), .arm(.e, after: ms(4_000))]),
        (.fired(.f), [.effect(.fail(.timeout)), .finished]),
        (.fired(.e), []),
    ]),
    .init("a provisional response slows repetition to T2 and does not end it", NonInviteClient(over: .unreliable), [
        (.event(.start), [.effect(.send), .arm(.f, after: lifetime), .arm(.e, after: ms(500))]),
        (.event(.response(trying)), [.effect(.deliver(trying))]),
        (.fired(.e), [.effect(.send), .arm(.e, after: ms(4_000))]),
        (.event(.response(ok)), [.disarm(.e), .disarm(.f), .effect(.deliver(ok)), .arm(.k, after: .seconds(5))]),
        (.event(.response(ok)), []),
        (.fired(.k), [.finished]),
    ]),
    .init("over TCP nothing is repeated and the end comes with the answer", NonInviteClient(over: .reliable), [
        (.event(.start), [.effect(.send), .arm(.f, after: lifetime)]),
        (.event(.response(busy)), [.effect(.deliver(busy)), .finished]),
        (.event(.response(busy)), []),
    ]),
    .init("a broken transport ends it", NonInviteClient(over: .reliable), [
        (.event(.start), [.effect(.send), .arm(.f, after: lifetime)]),
        (.event(.transportFailed), [.effect(.fail(.transport)), .finished]),
    ]),
    .init("before its start it does nothing", NonInviteClient(over: .unreliable), [
        (.event(.response(ok)), []),
        (.fired(.f), []),
        (.event(.transportFailed), []),
    ]),
]

private let invite: [TransactionScript<InviteClient>] = [
    .init("an INVITE over UDP is repeated without bound until Timer B", InviteClient(over: .unreliable), [
        (.event(.start), [.effect(.send), .arm(.b, after: lifetime), .arm(.a, after: ms(500))]),
        (.fired(.a), [.effect(.send), .arm(.a, after: ms(1_000))]),
        (.fired(.a), [.effect(.send), .arm(.a, after: ms(2_000))]),
        (.fired(.a), [.effect(.send), .arm(.a, after: ms(4_000))]),
        (.fired(.a), [.effect(.send), .arm(.a, after: ms(8_000))]),
        (.fired(.b), [.effect(.fail(.timeout)), .finished]),
    ]),
    .init("a failure is acknowledged each time it comes", InviteClient(over: .unreliable), [
        (.event(.start), [.effect(.send), .arm(.b, after: lifetime), .arm(.a, after: ms(500))]),
        (.event(.response(ringing)), [.disarm(.a), .disarm(.b), .effect(.deliver(ringing))]),
        (.event(.response(busy)), [
            .disarm(.a), .disarm(.b), .effect(.acknowledge(busy)), .effect(.deliver(busy)), .arm(.d, after: .seconds(32)),
        ]),
        (.event(.response(busy)), [.effect(.acknowledge(busy))]),
        (.event(.response(ok)), []),
        (.fired(.d), [.finished]),
    ]),
    .init("every success is passed on until Timer M, for forks answer too", InviteClient(over: .unreliable), [
        (.event(.start), [.effect(.send), .arm(.b, after: lifetime), .arm(.a, after: ms(500))]),
        (.event(.response(ok)), [.disarm(.a), .disarm(.b), .effect(.deliver(ok)), .arm(.m, after: lifetime)]),
        (.event(.response(ok)), [.effect(.deliver(ok))]),
        (.event(.response(busy)), []),
        (.fired(.b), []),
        (.fired(.m), [.finished]),
    ]),
    .init("over TCP a failure ends it at once", InviteClient(over: .reliable), [
        (.event(.start), [.effect(.send), .arm(.b, after: lifetime)]),
        (.event(.response(busy)), [.disarm(.a), .disarm(.b), .effect(.acknowledge(busy)), .effect(.deliver(busy)), .finished]),
    ]),
    .init("an ACK that cannot be sent is told to the user", InviteClient(over: .unreliable), [
        (.event(.start), [.effect(.send), .arm(.b, after: lifetime), .arm(.a, after: ms(500))]),
        (.event(.response(busy)), [
            .disarm(.a), .disarm(.b), .effect(.acknowledge(busy)), .effect(.deliver(busy)), .arm(.d, after: .seconds(32)),
        ]),
        (.event(.transportFailed), [.effect(.fail(.transport)), .finished]),
    ]),
]

@Suite struct ClientTransactionTests {
    @Test(arguments: nonInvite)
    func `a non-INVITE client follows its script`(script: TransactionScript<NonInviteClient>) {
        #expect(script.firstDifference() == nil)
    }

    @Test(arguments: invite)
    func `an INVITE client follows its script`(script: TransactionScript<InviteClient>) {
        #expect(script.firstDifference() == nil)
    }

    @Test(arguments: [Method.invite, .message], [Reliability.reliable, .unreliable])
    func `no sequence of inputs is answered after the end, or with more than one final response`(method: Method, reliability: Reliability) {
        let inputs: [ClientInput] = [
            .event(.start), .event(.response(trying)), .event(.response(ok)), .event(.response(busy)), .event(.transportFailed),
            .fired(.a), .fired(.b), .fired(.d), .fired(.e), .fired(.f), .fired(.k), .fired(.m),
        ]
        var random = SplitMix(seed: 7)
        for _ in 0..<500 {
            var machine = ClientTransaction(method, over: reliability)
            var isFinished = false, failures = 0
            for _ in 0..<20 {
                let outputs = machine.handle(inputs.randomElement(using: &random) ?? .event(.start))
                #expect(!isFinished || outputs.isEmpty)
                isFinished = isFinished || outputs.contains(.finished)
                failures += outputs.count { $0 == .effect(.deliver(busy)) || $0 == .effect(.fail(.timeout)) }
            }
            #expect(failures <= 1)
        }
    }
}
