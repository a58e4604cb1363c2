import Foundation

/// Base64 with padding (RFC 4648 §4).
func base64(_ octets: some Sequence<UInt8>) -> String { Data(octets).base64EncodedString() }

/// Nil for what is none.
func octets(base64 text: String) -> [UInt8]? { Data(base64Encoded: text).map { Array($0) } }
