/// A daemon with its API, fresh for one group of measurements.
struct Scene {
    let homeline: Homeline
    let api: HTTPCall

    /// `parts` is the configuration's lines and endpoints. The daemon is not yet started.
    init(_ name: String, in place: Place, parts: String) throws {
        homeline = try Homeline(binary: place.binary, directory: place.directory + "/" + name)
        let port = try Socket.freePort(.stream)
        try homeline.configure("http:\n  listen: 127.0.0.1:\(port)\n  public-url: http://127.0.0.1:\(port)\n\(parts)")
        api = HTTPCall(address: LoopbackAddress(port: port), token: try homeline.addToken())
    }

    /// Where the binary is and where state may be kept.
    struct Place {
        let binary: String
        let directory: String
    }

    /// CPU seconds the daemon used while `work` ran.
    func cpu<Result>(during work: () throws -> Result) throws -> (result: Result, user: Double, system: Double) {
        let before = homeline.usage
        let result = try work()
        let after = homeline.usage
        return (result, after.user - before.user, after.system - before.system)
    }

    /// What the CPU figures say about a rate.
    static func account(user: Double, system: Double, count: Int, rate: Double) -> String {
        let each = (user + system) / Double(max(1, count)) * 1e6
        let kernel = Int((system / max(user + system, 1e-9) * 100).rounded())
        let busy = Int((each * rate / 1e4).rounded())
        return "the daemon spends \(Table.number(each, .microseconds)) of CPU on each, \(kernel) % of it in the kernel: "
            + "\(busy) % of a core at this rate; "
            + "\(Machine.cores) cores are shared with the load generator and other processes"
    }
}
