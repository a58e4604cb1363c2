import Foundation
import Glibc
import HTTPStack

/// What the kernel knows of network interfaces.
struct KernelInterfaces: Sendable {
    /// Replaced in tests by a tree that looks like it.
    var root = "/sys"

    /// The network interface of the USB device that a terminal or a control device belongs to: `/dev/ttyUSB2`, `/dev/cdc-wdm0`.
    func interface(besides device: String) -> String? {
        let name = resolved(device).split(separator: "/").last.map(String.init) ?? device
        for place in ["class/tty/\(name)/device", "class/usbmisc/\(name)/device", "class/wwan/\(name)/device"] {
            let path = "\(root)/\(place)"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            var folder = resolved(path)
            // Up from the port to the device that has more interfaces.
            for _ in 0..<5 {
                if let found = networks(below: folder).first { return found }
                guard !FileManager.default.fileExists(atPath: "\(folder)/idVendor"), folder.count > root.count else { break }
                folder = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
            }
        }
        return nil
    }

    /// Interfaces in `net` of the folder and of those just below it.
    private func networks(below folder: String) -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let places = ["\(folder)/net"] + entries.sorted().map { "\(folder)/\($0)/net" }
        return places.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0))?.sorted() ?? [] }.filter(\.isInterfaceName)
    }

    private func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// The kernel's number of an interface, nil where there is none.
    func index(of interface: String) -> Int? {
        let index = if_nametoindex(interface)
        return index > 0 ? Int(index) : nil
    }

    /// The IPv4 address that an interface has already, by whoever looks after it.
    func address(of interface: String) -> (address: IPAddress, prefixLength: Int)? {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return nil }
        defer { freeifaddrs(list) }
        var next = list
        while let entry = next {
            next = entry.pointee.ifa_next
            guard String(cString: entry.pointee.ifa_name) == interface, let address = Self.ipv4(entry.pointee.ifa_addr),
                let mask = Self.ipv4(entry.pointee.ifa_netmask)
            else { continue }
            return (address, mask.maskLength)
        }
        return nil
    }

    private static func ipv4(_ pointer: UnsafeMutablePointer<sockaddr>?) -> IPAddress? {
        guard let pointer, pointer.pointee.sa_family == sa_family_t(AF_INET) else { return nil }
        return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
            withUnsafeBytes(of: address.pointee.sin_addr) { IPAddress(networkOrder: Array($0)) }
        }
    }
}
