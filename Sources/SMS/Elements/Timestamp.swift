import Wire

/// A time as the service centre or the phone wrote it (TP-SCTS, TP-DT, absolute TP-VP; 3GPP TS 23.040 §9.2.3.11).
///
/// Networks send wrong zones and impossible dates: the octets are kept and whatever can't be read is nil.
public struct Timestamp: Hashable, Sendable {
    private let raw: SevenOctets

    /// Year, month, day, hour, minute, second, zone; halves swapped.
    public var octets: [UInt8] { raw.array }

    /// The first seven octets count; missing ones are zero.
    public init(octets: [UInt8]) {
        raw = SevenOctets(octets)
    }

    /// Only two digits of the year are carried: local time is clamped to 1970 to 2069. The zone is clamped to ±79 quarter hours.
    public init(secondsSince1970: Int64, zoneQuarterHours: Int = 0) {
        let zone = min(max(zoneQuarterHours, -79), 79)
        let moment = min(max(secondsSince1970, 0), CivilDate.lastSecond)
        let local = min(max(moment + Int64(zone) * 900, 0), CivilDate.lastSecond)
        let date = CivilDate(secondsSince1970: local)
        let zoneOctet = Self.swapped(abs(zone)) | (zone < 0 ? 0x08 : 0)
        raw = SevenOctets([date.year % 100, date.month, date.day, date.hour, date.minute, date.second].map(Self.swapped) + [zoneOctet])
    }

    init(decoding reader: inout OctetReader, _ field: StaticString) throws(DecodeError) {
        raw = try SevenOctets(decoding: &reader, field)
    }

    func encode(to writer: inout OctetWriter) {
        raw.encode(to: &writer)
    }

    /// The local time that is written, nil when it is no date.
    var civilDate: CivilDate? {
        guard let year = number(0), let month = number(1), let day = number(2),
            let hour = number(3), let minute = number(4), let second = number(5)
        else { return nil }
        return CivilDate(year: year < 70 ? 2000 + year : 1900 + year, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    /// How far local time is ahead of UTC, in quarter hours; nil when the octet is not decimal.
    public var zoneQuarterHours: Int? {
        let octet = raw[6]
        guard octet >> 4 <= 9 else { return nil }
        let size = Int(octet & 0x07) * 10 + Int(octet >> 4)
        return octet & 0x08 == 0 ? size : -size
    }

    /// The moment, nil when date or zone can't be read.
    public var secondsSince1970: Int64? {
        guard let date = civilDate, let zone = zoneQuarterHours else { return nil }
        return date.secondsSince1970 - Int64(zone) * 900
    }

    private func number(_ index: Int) -> Int? {
        let octet = raw[index]
        guard octet & 0x0F <= 9, octet >> 4 <= 9 else { return nil }
        return Int(octet & 0x0F) * 10 + Int(octet >> 4)
    }

    private static func swapped(_ number: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: number / 10 | (number % 10) << 4)
    }
}

extension Timestamp: CustomStringConvertible {
    /// `2015-11-05 01:36:26 +13:00`, or the octets in hexadecimal.
    public var description: String {
        guard let date = civilDate, let zone = zoneQuarterHours else { return Hex.encode(octets) }
        let sign = zone < 0 ? "-" : "+"
        return "\(date) \(sign)\(CivilDate.twoDigits(abs(zone) / 4)):\(CivilDate.twoDigits(abs(zone) % 4 * 15))"
    }
}
