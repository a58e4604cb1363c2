import Console

/// One modem, one router, one network; none of them answers otherwise.
struct StillSurroundings: Surroundings {
    static let modem = FoundModem(name: "Huawei E3372", place: "/dev/ttyUSB0", imei: "490154203237518", card: .wantsPIN)

    func modems(at place: String?) async -> [FoundModem] { place == nil || place == "/dev/ttyUSB0" ? [Self.modem] : [] }
    func routers(at url: String?) async -> [FoundRouter] { url == nil || url == "http://192.168.8.1" ? [FoundRouter(name: "Huawei B525", url: "http://192.168.8.1")] : [] }
    func addresses() -> [String] { ["192.168.1.5"] }
    func accessPoints(imsi: String) -> [String] { imsi.hasPrefix("22801") ? ["gprs.swisscom.ch"] : [] }
    func freePort(_ wanted: Int) async -> Int { wanted }
}
