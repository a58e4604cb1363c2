/// What the network says to a submission.
public enum SubmissionAnswer: Equatable, Sendable {
    case accepted
    /// RP cause (3GPP TS 24.011 §8.2.5.4) or TP failure cause, as `+CMS ERROR` shows it.
    case refused(cause: Int)
}
