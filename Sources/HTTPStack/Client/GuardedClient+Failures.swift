import AsyncHTTPClient
import Exchange
import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Telephony

/// What the errors of a call mean.
extension GuardedClient {
    /// Whether no connection was had.
    static func isNobodyThere(_ error: any Error) -> Bool {
        switch error {
        case is NIOConnectionError: true
        // An open connection without a way only becomes silent, for longer than we wait.
        case let error as IOError: [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENETDOWN].contains(error.errnoCode)
        case let error as HTTPClientError: error == .connectTimeout
        default: false
        }
    }

    /// Whether no octet of a request has left over a connection that was had.
    static func isBeforeSending(_ error: any Error) -> Bool {
        switch error {
        case let error as HTTPClientError: error == .getConnectionFromPoolTimeout
        case let error as NIOSSLError: if case .handshakeFailed = error { true } else { false }
        case is NIOSSLExtraError: true
        default: false
        }
    }

    /// The error for who asked.
    static func failure(for error: any Error, of host: String) -> Failure {
        switch error {
        case let failure as Failure: failure
        case is Resolver.NotFound: Failure(.unreachable, "\(host) is not known to the name service")
        case let error as MediaError: Failure(.refused, error.description)
        case is NIOTooManyBytesError: Failure(.refused, "the answer of \(host) is too large")
        case let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout || error == .connectTimeout: Failure(.timeout, host)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            Failure(.unreachable, "the certificate that \(host) shows bears another name")
        case is NIOSSLError: Failure(.unreachable, "\(host) offers no TLS that can be trusted; look at its certificate")
        default: Failure(.unreachable, "\(host): \(type(of: error))")
        }
    }
}
