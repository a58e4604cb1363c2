import SIP
import Testing
import Wire

typealias ClientInput = Input<ClientTransaction.Event, TransactionTimer>
typealias ClientOutput = Output<ClientTransaction.Effect, TransactionTimer>
typealias ServerInput = Input<ServerTransaction.Event, TransactionTimer>
typealias ServerOutput = Output<ServerTransaction.Effect, TransactionTimer>

/// What goes into a machine, step by step, and what must come out at each step.
struct TransactionScript<Machine: StateMachine & Sendable>: CustomTestStringConvertible, Sendable
where Machine.Event: Equatable, Machine.Effect: Equatable {
    typealias Step = (Input<Machine.Event, Machine.TimerName>, [Output<Machine.Effect, Machine.TimerName>])

    let sentence: String
    let machine: Machine
    let steps: [Step]

    init(_ sentence: String, _ machine: Machine, _ steps: [Step]) {
        self.sentence = sentence
        self.machine = machine
        self.steps = steps
    }

    var testDescription: String { sentence }

    /// The first step whose outputs are not those expected, nil when all are.
    func firstDifference() -> String? {
        var machine = machine
        for (index, step) in steps.enumerated() {
            let outputs = machine.handle(step.0)
            if outputs != step.1 { return "step \(index + 1), \(step.0): \(outputs) instead of \(step.1)" }
        }
        return nil
    }
}
