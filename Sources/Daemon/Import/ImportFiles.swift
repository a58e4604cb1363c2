import Glibc

/// Writes what was imported: everything or nothing, and over nothing that is there.
public enum ImportFiles {
    /// - Parameter path: of the configuration. Everything is for its owner to read alone: secrets in files of their own, mode 0600.
    public static func write(_ imported: ImportedConfiguration, to path: String) throws(ImportError) {
        let files = imported.secrets.map { ($0.path, $0.content + "\n") } + [(path, imported.yaml)]
        for (path, _) in files where access(path, F_OK) == 0 { throw ImportError("\(path) is there already, and nothing is written over") }
        var written: [String] = []
        do throws(ImportError) {
            for (path, content) in files {
                written.append(path)
                try write(Array(content.utf8), to: path)
            }
        } catch {
            for path in written { unlink(path) }
            throw error
        }
    }

    private static func write(_ octets: [UInt8], to path: String) throws(ImportError) {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw ImportError("\(path) cannot be made: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        guard Glibc.write(descriptor, octets, octets.count) == octets.count, fsync(descriptor) == 0 else {
            throw ImportError("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
