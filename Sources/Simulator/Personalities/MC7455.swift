extension Personality {
    /// Sierra MC7455: data and messages only.
    public static let mc7455 = Personality(
        name: "mc7455", manufacturer: "Sierra Wireless, Incorporated", model: "MC7455",
        revision: "SWI9X30C_02.24.05.06 r7040 CARMD-EV-FRMWR2 2017/05/19 06:23:09", imei: "359072060000015"
    ).with {
        $0.memory = .equipment
        $0.capacities = [.card: 20, .equipment: 255, .terminal: 275]
        $0.ussdStyle = .plain
        $0.commands = [
            .query("+CPINC") { .line("+CPINC: \($0.sim.pinTries),3,\($0.sim.pukTries),10") },
            .query("!GSTATUS") { modem in
                .done([
                    "!GSTATUS: ", "Current Time:  1204           Temperature: 38", "System mode:   LTE            PS state:    Attached",
                    "PCC RxM RSSI:  -75            RSRP (dBm):  -105", "PCC RxD RSSI:  -100           RSRP (dBm):  -140",
                    "RSRQ (dB):     -12.8          Cell ID:     023B7D03 (37453059)", "SINR (dB):      0.6",
                ])
            },
            .accepted("!ENTERCND"), .fixed("!USBCOMP", "Config Index: 1", "Config Type:  1 (Generic)"),
            .query("+ICCID") { .line("ICCID: \($0.sim.iccid)") }.needingSIM,
            Command("D") { _, _ in .result("NO CARRIER") },
        ]
    }
}
