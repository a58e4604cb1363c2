extension CarrierAddition {
    /// One entry a carrier; sizes are what the carriers say they take, rounded down.
    static let known: [CarrierAddition] = [
        CarrierAddition(host: "mmsc.mobile.att.net", size: 1_000_000),
        CarrierAddition(host: "mms.msg.eng.t-mobile.com", size: 1_000_000),
        CarrierAddition(host: "wholesale.mmsmvno.com", size: 1_000_000),
        CarrierAddition(host: "pwg.mmsmvno.com", size: 1_000_000),
        // Converts voice notes to QCELP, which nothing plays, unless it knows the phone.
        CarrierAddition(
            host: "mms.vtext.com", size: 1_200_000, userAgent: "T408DL-MMS/2.0",
            headers: [CarrierHeader(name: "X-VzW-MDN", template: "1{national}")]),
        CarrierAddition(
            host: "mmsc1.uscc.net", size: 500_000,
            headers: [CarrierHeader(name: "X-CS3G-MDN", template: "{national}"), CarrierHeader(name: "X-MDN", template: "{national}")]),
    ]
}
