import Archive

/// Opens a backup and gives what is in it, piece by piece, to the end. Takes the calling thread.
struct BackupReading {
    let path: String
    let passphrase: String
    let progress: TellProgress

    /// Throws when it is not whole, after having given what it could.
    func read(_ take: (TarReading.Event) throws(BackupError) -> Void) throws(BackupError) {
        guard let source = SourceFile(path) else { throw .failed("\(path) cannot be read") }
        var opening = AgeOpening(passphrase: passphrase), reading = TarReading(), done = 0
        while true {
            let piece = try source.read()
            let plain = try Self.translated { () throws(AgeError) in piece.isEmpty ? try opening.finish() : try opening.open(piece) }
            for event in try Self.understood({ () throws(TarError) in try reading.take(plain) }) { try take(event) }
            done += piece.count
            try progress(BackupProgress(phase: .checking, done: done, total: max(source.size, done)))
            if piece.isEmpty { return try Self.understood { () throws(TarError) in try reading.finish() } }
        }
    }

    private static func translated(_ open: () throws(AgeError) -> [UInt8]) throws(BackupError) -> [UInt8] {
        do { return try open() } catch {
            if error == .wrongPassphrase { throw .wrongPassphrase }
            throw .damaged("\(error).")
        }
    }

    private static func understood<Value>(_ read: () throws(TarError) -> Value) throws(BackupError) -> Value {
        do { return try read() } catch { throw .damaged("\(error).") }
    }
}
