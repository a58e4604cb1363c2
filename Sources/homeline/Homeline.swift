import ArgumentParser
import Daemon

@main
struct Homeline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "homeline",
        abstract: "Your own SIM card's number, in every app you use, from anywhere.",
        discussion: """
            New here? Try 'homeline demo', which needs no hardware. With a SIM in a modem, a router or an old phone: 'homeline run', and open the link.

            Exit codes: 0 done; 1 it did not work; 64 the command line was wrong; 65 the ledger is damaged, or of a newer version or \
            another program; 69 the daemon is not running; 73 a file could not be made or written; 74 the disk failed; 75 try again \
            later; 78 the configuration is wrong.
            """,
        version: Version.text,
        subcommands: [
            Run.self, Restart.self, Demo.self, Check.self, Setup.self, Send.self, Timeline.self, Settle.self, Decode.self, Compose.self, Sim.self, Spool.self, PersonCommand.self,
            TokenCommand.self, ConsoleCommand.self, LineCommand.self, LogCommand.self, Support.self, Config.self, Certificate.self, WireGuardCommand.self, Import.self,
            BackupCommand.self, RestoreCommand.self, ExportCommand.self, ContactsCommand.self,
        ])
}
