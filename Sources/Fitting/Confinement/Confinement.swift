/// How much of the machine one run of a decoder may take.
public struct Confinement: Hashable, Sendable {
    /// Octets of address space; what it holds in memory is less.
    public var memory: Int
    /// Seconds of processor time, all its threads together.
    public var processorSeconds: Int
    /// Octets of the largest file it may write.
    public var outputOctets: Int
    /// By the clock, from its start to its end.
    public var wallClock: Duration

    public init(memory: Int, processorSeconds: Int, outputOctets: Int, wallClock: Duration) {
        self.memory = memory
        self.processorSeconds = processorSeconds
        self.outputOctets = outputOctets
        self.wallClock = wallClock
    }

    private static let mebibyte = 1 << 20

    /// For reading headers.
    public static let look = Confinement(memory: 1024 * mebibyte, processorSeconds: 10, outputOctets: mebibyte, wallClock: .seconds(20))
    public static let picture = Confinement(memory: 1536 * mebibyte, processorSeconds: 30, outputOctets: 256 * mebibyte, wallClock: .seconds(45))
    public static let sound = Confinement(memory: 1024 * mebibyte, processorSeconds: 60, outputOctets: 64 * mebibyte, wallClock: .seconds(90))
    public static let film = Confinement(memory: 2048 * mebibyte, processorSeconds: 300, outputOctets: 64 * mebibyte, wallClock: .seconds(180))
}
