import Files
import SIP
import Telephony

extension FileLink {
    /// What an app is told of a file: the body of a message, and the answer to who sent it here.
    func document(url: String, name: String, size: Int) -> [UInt8] {
        FileTransfer(name: name, contentType: contentType, size: size, url: url, until: CivilDate(expires).rfc3339).encoded()
    }
}
