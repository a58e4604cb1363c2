import ArgumentParser

struct Spool: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Commands that take the place of those of gammu-smsd.", subcommands: [Inject.self])
}
