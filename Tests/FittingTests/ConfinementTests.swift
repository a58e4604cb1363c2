import Foundation
import Testing

@testable import Fitting

/// What a program that was taken over by its input could do: the programs here are told to do it.
@Suite(.timeLimit(.minutes(10))) struct ConfinementTests {
    private static let generous = Confinement(memory: 1 << 30, processorSeconds: 10, outputOctets: 1 << 20, wallClock: .seconds(30))
    private let studio: Studio
    private let workplace: Workplace
    private let decoder = Decoder(places: 2)

    init() throws {
        studio = try Studio()
        workplace = try Workplace(in: studio.file("work"), source: try studio.write(Array("the original".utf8), "original"))
    }

    private func run(_ program: String, _ arguments: [String], within confinement: Confinement = generous) async throws -> Ending {
        try await decoder.run(Errand(Tool(path: program), arguments, within: confinement), in: workplace)
    }

    private func python(_ program: String, within confinement: Confinement = generous) async throws -> Ending {
        try await run("/usr/bin/python3", ["-c", program], within: confinement)
    }

    @Test func `it reads its original and writes into its folder`() async throws {
        #expect(try await run("/usr/bin/cat", ["in"]) == .exited(0))
        #expect(workplace.printed == "the original")
        #expect(try await run("/usr/bin/cp", ["in", "out"]) == .exited(0))
        #expect(workplace.octets(of: "out", limit: 100) == Array("the original".utf8))
        #expect(workplace.octets(of: "out", limit: 11) == nil)
    }

    @Test func `this kernel is asked what it can hide`() {
        print("Landlock: version \(Decoder.landlock); 0 means that other files stay readable to decoders")
        #expect(Decoder.landlock >= 0)
    }

    @Test(.enabled("the kernel has Landlock") { Decoder.landlock > 0 }, arguments: ["/etc/passwd", "/proc/self/environ", "/proc/1/cmdline", "/etc/hostname", "/etc"])
    func `other files are hidden`(path: String) async throws {
        let isThere = FileManager.default.isReadableFile(atPath: path)
        #expect(isThere)
        #expect(try await python("import os; os.listdir('\(path)') if os.path.isdir('\(path)') else open('\(path)').read()") == .exited(1))
        #expect(workplace.complaint.contains("PermissionError"), "\(workplace.complaint)")
    }

    @Test(.enabled("the kernel has Landlock") { Decoder.landlock > 0 }) func `it writes nowhere else, and not over its original`() async throws {
        for path in [studio.file("elsewhere"), studio.file("original"), "/tmp/homeline-escape-\(UUID().uuidString)", "/dev/shm/homeline-escape"] {
            #expect(try await python("open('\(path)', 'w')") == .exited(1), "\(path)")
            #expect(workplace.complaint.contains("PermissionError"))
        }
        #expect(try await python("import os; os.unlink('\(studio.file("original"))')") == .exited(1))
        #expect(try await python("import os; os.rename('in', '\(studio.file("moved"))')") == .exited(1))
        #expect(try MediaSource.file(studio.file("original")).octets() == Array("the original".utf8))
    }

    @Test(arguments: ["AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_PACKET"]) func `it has no network`(family: String) async throws {
        #expect(try await python("import socket; socket.socket(socket.\(family))") == .exited(1))
        #expect(workplace.complaint.contains("PermissionError: [Errno 1]"), "\(workplace.complaint)")
    }

    @Test(arguments: [
        "os.fork()", "os.kill(os.getppid(), 0)", "os.kill(os.getpid(), 9)", "os.posix_spawn('/bin/true', ['true'], {})", "resource.setrlimit(resource.RLIMIT_CPU, (999, 999))",
        "resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))", "ctypes.CDLL(None, use_errno=True).unshare(0x10000000) and os.abort()",
    ])
    func `other processes, its bounds and the machine are out of its reach`(call: String) async throws {
        #expect(try await python("import os, resource, ctypes\n\(call)") != .exited(0))
    }

    @Test func `it has no powers, whoever the daemon is`() async throws {
        // Whether capability 21 (CAP_SYS_ADMIN) could be had, and what are in force (capget(2), version 3).
        let program = """
            import ctypes, os
            c = ctypes.CDLL(None)
            header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
            assert c.capget(header, sets) == 0
            print(sets[0], sets[3], c.prctl(23, 21) if os.getuid() == 0 else 0)
            """
        #expect(try await python(program) == .exited(0))
        #expect(workplace.printed == "0 0 0\n")
    }

    @Test func `threads it may have`() async throws {
        #expect(try await python("import threading; t = threading.Thread(target=print, args=('done',)); t.start(); t.join()") == .exited(0))
        #expect(workplace.printed == "done\n")
    }

    @Test func `it sees nothing of the daemon's environment and descriptors`() async throws {
        let secret = open(studio.file("original"), O_RDONLY)
        defer { close(secret) }
        #expect(try await python("import os; print(sorted(os.environ))") == .exited(0))
        let given = ["PATH", "LANG", "HOME", "TMPDIR"]
        let own = ProcessInfo.processInfo.environment.keys.filter { !given.contains($0) }
        #expect(!own.isEmpty && own.allSatisfy { !workplace.printed.contains("'\($0)'") })
        for number in [3, Int(secret)] {
            #expect(try await python("import os; os.fstat(\(number))") == .exited(1))
            #expect(workplace.complaint.contains("Bad file descriptor"))
        }
    }

    @Test func `one that hangs is killed at its time`() async throws {
        let bounds = Confinement(memory: 1 << 30, processorSeconds: 10, outputOctets: 1 << 20, wallClock: .milliseconds(300))
        let clock = ContinuousClock()
        let began = clock.now
        #expect(try await run("/usr/bin/sleep", ["60"], within: bounds) == .tooLong)
        // Long before it would have ended by itself, also on a machine that has no time.
        #expect(clock.now - began < .seconds(50))
    }

    @Test func `one that computes for ever is killed for its processor time`() async throws {
        let bounds = Confinement(memory: 1 << 30, processorSeconds: 1, outputOctets: 1 << 20, wallClock: .seconds(60))
        #expect(try await python("while True: pass", within: bounds) == .signalled(SIGXCPU))
    }

    @Test func `one that eats memory gets none`() async throws {
        let bounds = Confinement(memory: 256 << 20, processorSeconds: 10, outputOctets: 1 << 20, wallClock: .seconds(30))
        #expect(try await python("b = bytearray(512 << 20)", within: bounds) == .exited(1))
        #expect(workplace.complaint.contains("MemoryError"))
    }

    @Test func `one that writes too much is ended, and what it printed is bounded too`() async throws {
        let bounds = Confinement(memory: 1 << 30, processorSeconds: 10, outputOctets: 4096, wallClock: .seconds(30))
        #expect(try await run("/usr/bin/cp", ["/usr/bin/python3", "out"], within: bounds) == .signalled(SIGXFSZ))
        #expect(workplace.size(of: "out") <= 4096)
        #expect(try await run("/usr/bin/yes", [], within: bounds) == .signalled(SIGXFSZ))
    }

    @Test func `one that dies is told`() async throws {
        #expect(try await python("import ctypes; ctypes.string_at(0)") == .signalled(SIGSEGV))
        #expect(try await run("/usr/bin/false", []) == .exited(1))
    }

    @Test(arguments: ["SIGTERM", "SIGHUP"]) func `what tells every process of the service to end leaves it its work`(signal: String) async throws {
        #expect(try await python("import signal; signal.raise_signal(signal.\(signal)); print('done')") == .exited(0))
        #expect(workplace.printed == "done\n")
    }

    @Test func `a program that is not there is told before anything runs`() async throws {
        #expect(try await run("/usr/bin/no-such-program", []) == .notStarted("the program", ENOENT))
        #expect(try await run(studio.file("original"), []) == .notStarted("the program", EACCES))
    }

    @Test func `who gives up is answered at once, also while waiting for a place`() async throws {
        let decoder = Decoder(places: 1)
        let tasks = (0..<3).map { _ in
            Task { try await decoder.run(Errand(Tool(path: "/usr/bin/sleep"), ["60"], within: Self.generous), in: workplace) }
        }
        for task in tasks.reversed() { task.cancel() }
        for task in tasks { #expect(try await task.value == .cancelled) }
        #expect(try await decoder.run(Errand(Tool(path: "/usr/bin/true"), [], within: Self.generous), in: workplace) == .exited(0))
    }

    @Test func `no descriptor and no process is left behind`() async throws {
        for _ in 0..<3 { _ = try await run("/usr/bin/true", []) }
        let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        for _ in 0..<20 { _ = try await run("/usr/bin/true", []) }
        // What other tests open beside this one they close again.
        while try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count >= before + 20 { try await Task.sleep(for: .milliseconds(20)) }
    }

    @Test func `so many run at a time as there are places`() async throws {
        let most = Most()
        let places = Places(2)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    _ = await places.hold {
                        await most.enter()
                        // Until there have been two at a time, whatever the machine does beside.
                        while await most.count < 2 { await Task.yield() }
                        await most.leave()
                    }
                }
            }
        }
        #expect(await most.count == 2)
    }
}

private actor Most {
    private var current = 0
    private(set) var count = 0

    func enter() {
        current += 1
        count = max(count, current)
    }

    func leave() { current -= 1 }
}
