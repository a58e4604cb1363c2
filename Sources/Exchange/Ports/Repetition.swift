/// What becomes of a text that a trunk is asked to send once more after it was cut off.
public enum Repetition: Hashable, Sendable {
    /// It may be sent twice: whether it is asked at all is the line's policy.
    case costly
    /// The trunk or its peer knows what it was given before, so that asking again is how it goes on.
    case harmless
}
