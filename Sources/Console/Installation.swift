import Settings

/// The daemon's own configuration and life, for pages that change them.
public protocol Installation: Sendable {
    /// What the configuration file says now, changes that were not begun with included. Throws `SettingsError` where it cannot be read.
    func configuration() throws(SettingsError) -> Node
    /// Changes the configuration file; everything else in it stays as it is. Throws `SettingsError`, which says what is wrong and where, and then
    /// nothing has changed. The daemon goes on as before until it begins anew.
    func change(_ changes: [ConfigurationChange]) throws(SettingsError)
    /// Keeps a secret in a file of its own that nobody else can read, in the place of one of the same name; its path. Throws `SettingsError`.
    func keepSecret(_ secret: String, as name: String) throws(SettingsError) -> String
    /// Has the daemon finish what it does, read its configuration again and begin anew, within the same process; the answer to whoever asked still
    /// leaves. Throws `SettingsError` where the configuration does not hold, and then nothing happens.
    func beginAnew() throws(SettingsError)
    /// Whether the configuration file says something else than what the daemon began with.
    var isChanged: Bool { get }
    /// Why the daemon could not begin with the last configuration, and runs on with the one before, which is in the file again; nil where it could.
    var lastRefusal: String? { get }
}
