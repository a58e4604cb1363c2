import ArgumentParser

@main
struct Homeline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "homeline", abstract: "Your own SIM card's number, in every app you use, from anywhere.")
}
