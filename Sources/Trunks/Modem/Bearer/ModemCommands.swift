import AT

/// The modem's AT channel as a bearer uses it, between the commands of everybody else.
protocol ModemCommands: Sendable {
    /// Nil while no modem serves.
    func perform(_ command: AT.Command) async -> Reply?
}
