/// The device, its SIM and its network.
extension VirtualRouter {
    mutating func answerOfDevice(_ path: String, _ body: String, method: String) -> String? {
        switch (path, method) {
        case ("api/device/information", "GET"):
            RouterXML.response(
                RouterXML.element("DeviceName", model.name) + RouterXML.element("Imei", model.imei) + RouterXML.element("Imsi", isOpen ? model.imsi : "")
                    + RouterXML.element("Iccid", "89410122330011223344") + RouterXML.element("Msisdn", model.number)
                    + RouterXML.element("SoftwareVersion", "22.333.01.00.00"))
        case ("api/device/signal", "GET"):
            RouterXML.response(RouterXML.element("rsrq", "-9dB") + RouterXML.element("rsrp", "-95dBm") + RouterXML.element("rssi", "&gt;=-51dBm"))
        case ("api/monitoring/status", "GET"):
            RouterXML.response(
                RouterXML.element("ConnectionStatus", "901") + RouterXML.element("CurrentNetworkType", "19") + RouterXML.element("RoamingStatus", "0")
                    + RouterXML.element("ServiceStatus", isOpen ? "2" : "0") + RouterXML.element("SimStatus", "1"))
        case ("api/net/current-plmn", "GET"):
            RouterXML.response(RouterXML.element("FullName", "Swisscom") + RouterXML.element("ShortName", "Swisscom") + RouterXML.element("Numeric", "22801"))
        case ("api/pin/status", "GET"):
            RouterXML.response(
                RouterXML.element("SimState", isOpen ? "257" : pinTries > 0 ? "260" : "261") + RouterXML.element("PinOptState", "258")
                    + RouterXML.element("SimPinTimes", "\(pinTries)") + RouterXML.element("SimPukTimes", "10"))
        case ("api/pin/operate", "POST"): enterPIN(body)
        case ("api/dialup/mobile-dataswitch", "GET"): RouterXML.response(RouterXML.element("dataswitch", hasData ? "1" : "0"))
        case ("api/dialup/mobile-dataswitch", "POST"): switchData(body)
        case ("api/ussd/send", "POST"): askNetwork(body)
        case ("api/ussd/get", "GET"): networkAnswer()
        case ("api/ussd/status", "GET"): RouterXML.response(RouterXML.element("result", ussd == nil ? "0" : ussd?.wantsReply == true ? "2" : "1"))
        case ("api/ussd/release", "GET"): release()
        default: nil
        }
    }

    private var isOpen: Bool { model.pin == nil || isPINEntered }

    private mutating func enterPIN(_ body: String) -> String {
        guard RouterXML.isOrdered(["OperateType", "CurrentPin", "NewPin", "PukCode"], in: body), pinTries > 0 else { return RouterXML.error(100_005) }
        guard RouterXML.field("CurrentPin", in: body) == model.pin else {
            pinTries -= 1
            return RouterXML.error(101_007)
        }
        pinTries = 3
        isPINEntered = true
        return RouterXML.response("OK")
    }

    private mutating func switchData(_ body: String) -> String {
        hasData = RouterXML.field("dataswitch", in: body) == "1"
        return RouterXML.response("OK")
    }

    private mutating func askNetwork(_ body: String) -> String {
        guard RouterXML.isOrdered(["content", "codeType", "timeout"], in: body), let code = RouterXML.field("content", in: body) else {
            return RouterXML.error(100_005)
        }
        ussd = USSD(answer: model.codes[code] ?? "", looks: 2, wantsReply: model.codes[code]?.hasSuffix("?") == true)
        return RouterXML.response("OK")
    }

    private mutating func networkAnswer() -> String {
        guard let waiting = ussd else { return RouterXML.error(111_020) }
        guard waiting.looks <= 0, !waiting.answer.isEmpty else {
            ussd?.looks -= 1
            return RouterXML.error(waiting.answer.isEmpty && waiting.looks <= 0 ? 111_022 : 111_019)
        }
        if !waiting.wantsReply { ussd = nil }
        return RouterXML.response(RouterXML.element("content", RouterXML.escape(waiting.answer)))
    }

    private mutating func release() -> String {
        ussd = nil
        return RouterXML.response("OK")
    }
}
