import Archive
import Glibc

/// Makes files of what is in a backup, below a folder.
struct Unpacking {
    private let root: String
    /// Whether a file of this name is made.
    private let wanted: (String) -> Bool
    private var open: BackupFile?
    private var made: Set<String> = []

    init(to root: String, _ wanted: @escaping (String) -> Bool = { _ in true }) {
        self.root = root
        self.wanted = wanted
    }

    mutating func take(_ event: TarReading.Event) throws(BackupError) {
        switch event {
        case .begun(let entry):
            guard wanted(entry.name) else { return }
            let path = "\(root)/\(entry.name)"
            guard access(path, F_OK) != 0 else { throw .damaged("\(entry.name) is in it twice.") }
            try makeFolders(of: entry.name)
            open = try BackupFile(path)
        case .octets(let octets):
            try open?.write(octets)
        case .ended:
            try open?.keep()
            open = nil
        }
    }

    private mutating func makeFolders(of name: String) throws(BackupError) {
        var path = root
        for component in name.split(separator: "/").dropLast() {
            path += "/\(component)"
            guard made.insert(path).inserted else { continue }
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .failed("\(path) cannot be made: \(String(cString: strerror(errno)))") }
        }
    }
}
