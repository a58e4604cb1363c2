import ArgumentParser
import QR
import WireGuard

/// A phone's profile as a QR code on the terminal.
enum ProfilePicture {
    static func show(_ profile: PhoneProfile, asText: Bool) throws {
        if asText { return Terminal.say(profile.text) }
        guard let code = QRCode(profile.text) else {
            Terminal.complain("the profile is too long for a QR code; --text prints it")
            throw ExitCode.failure
        }
        Terminal.say(code.halfBlocks)
        Terminal.say("In the WireGuard app: add a tunnel, scan from QR code. It is shown once; 'show \(profile.name) --new-keys' makes another.")
    }
}
