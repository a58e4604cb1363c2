import HomelineTesting
import SIP
import Testing
import Wire

private let trying = Response(.trying), ringing = Response(.ringing), ok = Response(.ok), busy = Response(.busyHere)
private let lifetime = Duration.seconds(32)

private let nonInvite: [TransactionScript<NonInviteServer>] = [
    .init("over UDP the answer is remembered for 64 T1 and given again to each repetition", NonInviteServer(over: .unreliable), [
        (.event(.request), [.effect(.deliver)]),
        (.event(.request), []),
        (.event(.respond(ok)), [.effect(.send(ok)), .arm(.j, after: lifetime)]),
        (.event(.request), [.effect(.resend)]),
        (.event(.respond(busy)), []),
        (.event(.request), [.effect(.resend)]),
        (.fired(.j), [.finished]),
        (.event(.request), []),
    ]),
    .init("a provisional response is repeated too", NonInviteServer(over: .unreliable), [
        (.event(.request), [.effect(.deliver)]),
        (.event(.respond(trying)), [.effect(.send(trying))]),
        (.event(.request), [.effect(.resend)]),
        (.event(.respond(busy)), [.effect(.send(busy)), .arm(.j, after: lifetime)]),
    ]),
    .init("over TCP the answer ends it", NonInviteServer(over: .reliable), [
        (.event(.request), [.effect(.deliver)]),
        (.event(.respond(ok)), [.effect(.send(ok)), .finished]),
        (.event(.request), []),
    ]),
    .init("an answer that cannot be sent ends it", NonInviteServer(over: .unreliable), [
        (.event(.request), [.effect(.deliver)]),
        (.event(.respond(ok)), [.effect(.send(ok)), .arm(.j, after: lifetime)]),
        (.event(.transportFailed), [.effect(.fail(.transport)), .finished]),
    ]),
]

private let invite: [TransactionScript<InviteServer>] = [
    .init("100 goes out when the user takes longer than 200 ms", InviteServer(over: .unreliable), [
        (.event(.request), [.effect(.deliver), .arm(.trying, after: .milliseconds(200))]),
        (.fired(.trying), [.disarm(.trying), .effect(.sendTrying)]),
        (.event(.request), [.effect(.resend)]),
        (.event(.respond(ringing)), [.effect(.send(ringing))]),
        (.event(.request), [.effect(.resend)]),
    ]),
    .init("a failure is repeated over UDP until ACK, which is absorbed", InviteServer(over: .unreliable), [
        (.event(.request), [.effect(.deliver), .arm(.trying, after: .milliseconds(200))]),
        (.event(.respond(busy)), [.disarm(.trying), .effect(.send(busy)), .arm(.h, after: lifetime), .arm(.g, after: .milliseconds(500))]),
        (.fired(.g), [.effect(.resend), .arm(.g, after: .seconds(1))]),
        (.fired(.g), [.effect(.resend), .arm(.g, after: .seconds(2))]),
        (.fired(.g), [.effect(.resend), .arm(.g, after: .seconds(4))]),
        (.fired(.g), [.effect(.resend), .arm(.g, after: .seconds(4))]),
        (.event(.request), [.effect(.resend)]),
        (.event(.acknowledgement), [.disarm(.g), .disarm(.h), .arm(.i, after: .seconds(5))]),
        (.event(.acknowledgement), []),
        (.event(.request), []),
        (.fired(.i), [.finished]),
    ]),
    .init("a failure over TCP is not repeated but waits for its ACK", InviteServer(over: .reliable), [
        (.event(.request), [.effect(.deliver), .arm(.trying, after: .milliseconds(200))]),
        (.event(.respond(busy)), [.disarm(.trying), .effect(.send(busy)), .arm(.h, after: lifetime)]),
        (.event(.acknowledgement), [.finished]),
    ]),
    .init("without ACK the user is told", InviteServer(over: .unreliable), [
        (.event(.request), [.effect(.deliver), .arm(.trying, after: .milliseconds(200))]),
        (.event(.respond(busy)), [.disarm(.trying), .effect(.send(busy)), .arm(.h, after: lifetime), .arm(.g, after: .milliseconds(500))]),
        (.fired(.h), [.effect(.fail(.timeout)), .finished]),
    ]),
    .init("after success repetitions are absorbed, the user repeats its answer, ACKs are passed on", InviteServer(over: .unreliable), [
        (.event(.request), [.effect(.deliver), .arm(.trying, after: .milliseconds(200))]),
        (.event(.respond(ok)), [.disarm(.trying), .effect(.send(ok)), .arm(.l, after: lifetime)]),
        (.event(.request), []),
        (.event(.respond(ok)), [.effect(.send(ok))]),
        (.event(.respond(busy)), []),
        (.event(.acknowledgement), [.effect(.deliverAcknowledgement)]),
        (.fired(.l), [.finished]),
    ]),
]

@Suite struct ServerTransactionTests {
    @Test(arguments: nonInvite)
    func `a non-INVITE server follows its script`(script: TransactionScript<NonInviteServer>) {
        #expect(script.firstDifference() == nil)
    }

    @Test(arguments: invite)
    func `an INVITE server follows its script`(script: TransactionScript<InviteServer>) {
        #expect(script.firstDifference() == nil)
    }

    @Test(arguments: [Method.invite, .message], [Reliability.reliable, .unreliable])
    func `whatever comes, one request is delivered once and nothing follows the end`(method: Method, reliability: Reliability) {
        let inputs: [ServerInput] = [
            .event(.request), .event(.acknowledgement), .event(.respond(trying)), .event(.respond(ok)), .event(.respond(busy)),
            .event(.transportFailed), .fired(.g), .fired(.h), .fired(.i), .fired(.j), .fired(.l), .fired(.trying),
        ]
        var random = SplitMix(seed: 11)
        for _ in 0..<500 {
            var machine = ServerTransaction(method, over: reliability)
            var isFinished = false, deliveries = 0
            for _ in 0..<20 {
                let outputs = machine.handle(inputs.randomElement(using: &random) ?? .event(.request))
                #expect(!isFinished || outputs.isEmpty)
                isFinished = isFinished || outputs.contains(.finished)
                deliveries += outputs.count { $0 == .effect(.deliver) }
                #expect(!isFinished || machine.isAnswered || outputs.contains(.effect(.fail(.transport))) || outputs.isEmpty)
            }
            #expect(deliveries <= 1)
        }
    }
}
