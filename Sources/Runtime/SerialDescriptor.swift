import Glibc

/// Opens a tty for a modem: raw, 8N1, no modem control, ours alone, without octets from before.
enum SerialDescriptor {
    /// The descriptor, which the caller owns.
    static func open(path: String, speed: SerialSpeed) throws(SerialError) -> CInt {
        let place = SerialPlace.device(path: path)
        let descriptor = Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw error(errno, place) }
        do throws(SerialError) {
            try prepare(descriptor, place, speed)
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func prepare(_ descriptor: CInt, _ place: SerialPlace, _ speed: SerialSpeed) throws(SerialError) {
        guard isatty(descriptor) == 1 else { throw .failed(place, reason: "it is no serial device") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .taken(place, by: nil) }
        // The lock is advisory; this keeps out programs that do not ask. Root gets past it.
        _ = ioctl(descriptor, UInt(TIOCEXCL), 0)
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { throw error(errno, place) }
        cfmakeraw(&settings)
        settings.c_cflag |= tcflag_t(CLOCAL | CREAD)
        cfsetspeed(&settings, speed.code)
        guard tcsetattr(descriptor, TCSANOW, &settings) == 0 else { throw error(errno, place) }
        tcflush(descriptor, TCIOFLUSH)
    }

    private static func error(_ code: CInt, _ place: SerialPlace) -> SerialError {
        switch code {
        case ENOENT, ENODEV, ENXIO, EIO: .absent(place)
        case EACCES, EPERM: .denied(place)
        case EBUSY: .taken(place, by: nil)
        default: .failed(place, reason: String(cString: strerror(code)))
        }
    }
}

/// Line speeds; a USB modem ignores them, a module on a real UART does not.
public enum SerialSpeed: Int, Sendable, CaseIterable {
    case baud9600 = 9600
    case baud19200 = 19200
    case baud38400 = 38400
    case baud57600 = 57600
    case baud115200 = 115_200
    case baud230400 = 230_400
    case baud460800 = 460_800
    case baud921600 = 921_600

    var code: speed_t {
        switch self {
        case .baud9600: speed_t(B9600)
        case .baud19200: speed_t(B19200)
        case .baud38400: speed_t(B38400)
        case .baud57600: speed_t(B57600)
        case .baud115200: speed_t(B115200)
        case .baud230400: speed_t(B230400)
        case .baud460800: speed_t(B460800)
        case .baud921600: speed_t(B921600)
        }
    }
}
