import Exchange
import Glibc

extension MediaError {
    /// What the system said about a file, by what the caller can do about it.
    init(_ number: Int32, _ what: String) {
        let detail = "\(what): \(String(cString: strerror(number)))"
        self =
            switch number {
            // A disk that may not be written or a process without descriptors takes nothing now, as a full one does.
            case ENOSPC, EDQUOT, EROFS, EFBIG, EACCES, EPERM, EMFILE, ENFILE, ENOMEM: .full(detail)
            case ENOENT: .missing
            default: .failed(detail)
            }
    }
}
