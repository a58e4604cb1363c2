/// How a simulated phone or its server treats what it is asked.
public enum HandsetMood: String, Sendable, CaseIterable {
    case working
    /// It does it, and answers later.
    case slow
    /// Nobody listens.
    case away
    /// It says that the number is none.
    case refusing
    /// It answers 500 and has done nothing.
    case failing
    /// It does it and ends the connection.
    case losingAnswers
    /// It does it and says nothing.
    case silent
}
