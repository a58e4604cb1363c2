import CConfine
import Glibc

/// What is asked of the C side, with everything spelled out.
struct Order: Sendable {
    private let program: String
    private let arguments: [String]
    private let folder: String
    private let readable: [String]
    private let (output, errors, cancellation): (Int32, Int32, Int32)
    private let confinement: Confinement

    init(_ errand: Errand, _ workplace: Workplace, output: Int32, errors: Int32, cancellation: Int32) {
        program = errand.tool.path
        arguments = [errand.tool.path] + errand.arguments
        folder = workplace.path
        readable = [workplace.source]
        (self.output, self.errors, self.cancellation) = (output, errors, cancellation)
        confinement = errand.confinement
    }

    /// Nothing of the daemon's own environment, which may hold secrets.
    private var environment: [String] {
        [
            "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=\(folder)", "TMPDIR=\(folder)",
            // libvips then has no loaders but those of well-kept libraries: no SVG, no PDF, no ImageMagick.
            "VIPS_BLOCK_UNTRUSTED=1", "VIPS_CONCURRENCY=2",
            // Address space is bounded, and threads would reserve much of it.
            "MALLOC_ARENA_MAX=2", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1",
        ]
    }

    /// Blocks until the program has ended.
    func run() -> Ending {
        withTexts(arguments) { arguments in
            withTexts(environment) { environment in
                withTexts(readable) { readable in
                    program.withCString { program in
                        folder.withCString { folder in
                            run(program, arguments, environment, folder, readable)
                        }
                    }
                }
            }
        }
    }

    private typealias Texts = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    private func run(_ program: UnsafePointer<CChar>, _ arguments: Texts, _ environment: Texts, _ folder: UnsafePointer<CChar>, _ readable: Texts) -> Ending {
        readable.withMemoryRebound(to: UnsafePointer<CChar>?.self, capacity: self.readable.count + 1) { readable in
            var order = confine_order(
                program: program, arguments: arguments, environment: environment, folder: folder, readable: readable, output: output,
                errors: errors, cancellation: cancellation, memory: UInt64(max(0, confinement.memory)),
                processor_seconds: UInt64(max(1, confinement.processorSeconds)), file_octets: UInt64(max(0, confinement.outputOctets)),
                clock_milliseconds: UInt64(max(0, confinement.wallClock / .milliseconds(1))))
            return Ending(confine_run(&order))
        }
    }

    private func withTexts(_ texts: [String], _ body: (Texts) -> Ending) -> Ending {
        var pointers = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map(body) ?? .notStarted("its arguments", ENOMEM)
        }
    }
}
