import Foundation
import HomelineTesting
import Simulator
import Telephony
import Testing

@testable import TrunkSpool

/// The simulated program, working beside the trunk.
private actor SpoolPeer: TrunkPeer {
    private let rig: Rig
    private let work: Task<Void, Never>
    private var isAway = false

    init(_ rig: Rig) {
        self.rig = rig
        work = Task { [daemon = rig.daemon] in
            while !Task.isCancelled {
                await daemon.work()
                try? await Task.sleep(for: .milliseconds(3))
            }
        }
    }

    deinit { work.cancel() }

    /// gammu-smsd does not say why it gave something up, and Asterisk not even that: a folder that takes nothing stands for a failure that passes.
    func set(_ mood: PeerMood) async {
        let isAway = mood == .away || mood == .failing && rig.daemon.habit != .smstools
        let outgoing = rig.folder(rig.daemon.habit.folders[0]).path
        if isAway != self.isAway {
            let aside = outgoing + ".away"
            try? FileManager.default.moveItem(atPath: isAway ? outgoing : aside, toPath: isAway ? aside : outgoing)
            self.isAway = isAway
        }
        switch mood {
        case .working, .away: await rig.daemon.set(.working)
        case .slow:
            await rig.daemon.set(.stopped)
            Task { [daemon = rig.daemon] in
                try? await Task.sleep(for: .milliseconds(300))
                await daemon.set(.working)
            }
        case .refusing: await rig.daemon.set(.refusing)
        case .failing: await rig.daemon.set(.failing)
        case .losingAnswers: await rig.daemon.set(.losing)
        case .silent: await rig.daemon.set(.stuck)
        }
    }

    func taken() async -> [TakenText] { await rig.daemon.sent.map { TakenText(recipient: $0.recipient, text: $0.text) } }
}

@Suite struct ContractTests {
    @Test(arguments: [SpoolHabit.gammu, .smstools], TrunkContract.clauses)
    func `it keeps the contract`(habit: SpoolHabit, clause: TrunkContract.Clause) async throws {
        let rig = try Rig(habit)
        try await clause.check(TrunkBench(try rig.trunk(), SpoolPeer(rig)))
    }
    /// Asterisk removes a file when it has sent it and says nothing more: it cannot refuse, and a file that vanished was sent.
    @Test(arguments: TrunkContract.clauses(without: [.refusing, .losingAnswers]))
    func `it keeps the contract with Asterisk`(clause: TrunkContract.Clause) async throws {
        let rig = try Rig(.smsq)
        try await clause.check(TrunkBench(try rig.trunk(), SpoolPeer(rig)))
    }
}
