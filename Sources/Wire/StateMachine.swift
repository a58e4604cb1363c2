/// A pure machine: what happened goes in, what is to be done comes out.
///
/// It owns no clock, socket or task. `handle` is one flat `switch (state, input)`; whoever drives it (`Runtime`'s `Driver`) carries
/// out the outputs in order and feeds back the timers that fire.
public protocol StateMachine: Sendable {
    /// A fact from outside: octets arrived, a command was issued.
    associatedtype Event: Sendable
    /// Something the driver is to carry out: write octets, tell the user.
    associatedtype Effect: Sendable
    /// A timer's name, the standard's where there is one (`timerF`).
    associatedtype TimerName: Hashable & Sendable

    mutating func handle(_ input: Input<Event, TimerName>) -> [Output<Effect, TimerName>]
}

/// What a machine is told.
public enum Input<Event: Sendable, TimerName: Hashable & Sendable>: Sendable {
    case event(Event)
    /// The armed timer of this name ran out. A machine ignores one it no longer waits for.
    case fired(TimerName)
}

/// What a machine wants done, in order.
public enum Output<Effect: Sendable, TimerName: Hashable & Sendable>: Sendable {
    case effect(Effect)
    /// Start the timer, replacing one of the same name.
    case arm(TimerName, after: Duration)
    case disarm(TimerName)
    /// The machine will take no further input and may be dropped.
    case finished
}

extension Input: Equatable where Event: Equatable {}
extension Output: Equatable where Effect: Equatable {}
