import Exchange
import Telephony

/// What the pages for the owner's care work with; given by whoever assembles.
public struct Care: Sendable {
    let ledger: any CareLedger
    let repairs: Repairs
    let signs: VitalSigns
    let alerts: AlertWatch
    let log: LogRing
    let trunk: @Sendable (LineID) -> (any TendedTrunk)?
    let probe: @Sendable (Vital.Place) -> Probe?
    let support: @Sendable () async -> String
    let pause: Pause

    /// Tries whether a part works, and says what was found.
    public typealias Probe = @Sendable () async throws -> String

    /// - Parameters:
    ///   - trunk: what can be done to a line's device; nil where nothing can.
    ///   - probe: how a part is tried; nil where looking at it is all there is.
    ///   - support: the text of the support bundle.
    public init(
        ledger: any CareLedger, repairs: Repairs, signs: VitalSigns, alerts: AlertWatch, log: LogRing,
        trunk: @escaping @Sendable (LineID) -> (any TendedTrunk)?, probe: @escaping @Sendable (Vital.Place) -> Probe?,
        support: @escaping @Sendable () async -> String, pause: @escaping Pause
    ) {
        self.ledger = ledger
        self.repairs = repairs
        self.signs = signs
        self.alerts = alerts
        self.log = log
        self.trunk = trunk
        self.probe = probe
        self.support = support
        self.pause = pause
    }
}
