extension Command {
    /// Which kind of data context, as `+CGDCONT` names it.
    public enum ContextType: String, Sendable {
        case ipv4 = "IP"
        case dual = "IPV4V6"
    }

    /// Defines a data context (TS 27.007 §10.1.1).
    public static func defineContext(_ number: Int, _ type: ContextType, accessPoint: CommandArgument) -> Command {
        Command("AT+CGDCONT=\(number),\"\(type.rawValue)\",\(accessPoint.text)")
    }

    /// User and password of a data context, by PAP (TS 27.007 §10.1.31).
    public static func authenticateContext(_ number: Int, user: CommandArgument, password: CommandArgument) -> Command {
        Command("AT+CGAUTH=\(number),1,\(user.text),\(password.text)", isSecret: true)
    }

    public static let attachToPacketService = Command("AT+CGATT=1", within: Deadline.activation)
    /// TS 27.007 §10.1.10.
    public static func activateContext(_ number: Int) -> Command { Command("AT+CGACT=1,\(number)", within: Deadline.activation) }
    public static func deactivateContext(_ number: Int) -> Command { Command("AT+CGACT=0,\(number)", within: Deadline.activation) }
    /// Which contexts are active.
    public static let contextStates = Command("AT+CGACT?", expects: .prefixed(["+CGACT:"]))
    /// The address the network gave (TS 27.007 §10.1.14).
    public static func contextAddress(_ number: Int) -> Command { Command("AT+CGPADDR=\(number)", expects: .prefixed(["+CGPADDR:"])) }
    /// Addresses, gateway and resolvers of a context (TS 27.007 §10.1.23).
    public static func contextParameters(_ number: Int) -> Command { Command("AT+CGCONTRDP=\(number)", expects: .prefixed(["+CGCONTRDP:"])) }

    // What switches a context onto the modem's network interface, by make.

    /// Huawei: user and password go with it.
    public static func huaweiConnect(_ number: Int, accessPoint: CommandArgument, user: CommandArgument?, password: CommandArgument?) -> Command {
        var text = "AT^NDISDUP=\(number),1,\(accessPoint.text)"
        if let user, let password { text += ",\(user.text),\(password.text),1" }
        return Command(text, within: Deadline.activation, isSecret: user != nil)
    }
    public static func huaweiDisconnect(_ number: Int) -> Command { Command("AT^NDISDUP=\(number),0", within: Deadline.activation) }
    public static let huaweiAddresses = Command("AT^DHCP?", expects: .prefixed(["^DHCP:"]))

    /// Quectel with its interface in ECM or RNDIS mode.
    public static func quectelConnect(_ number: Int) -> Command { Command("AT+QNETDEVCTL=\(number),1,0", within: Deadline.activation) }
    public static func quectelDisconnect(_ number: Int) -> Command { Command("AT+QNETDEVCTL=\(number),0,0", within: Deadline.activation) }

    /// SIMCom with Qualcomm inside, its interface in ECM or RNDIS mode.
    public static func simcomConnect(_ number: Int) -> Command {
        Command("AT$QCRMCALL=1,\(number)", expects: .prefixed(["$QCRMCALL:"]), within: Deadline.activation)
    }
    public static func simcomDisconnect(_ number: Int) -> Command {
        Command("AT$QCRMCALL=0,\(number)", expects: .prefixed(["$QCRMCALL:"]), within: Deadline.activation)
    }

    /// Sierra Wireless.
    public static func sierraConnect(_ number: Int) -> Command { Command("AT!SCACT=1,\(number)", within: Deadline.activation) }
    public static func sierraDisconnect(_ number: Int) -> Command { Command("AT!SCACT=0,\(number)", within: Deadline.activation) }

    /// ZTE.
    public static func zteConnect(_ number: Int) -> Command { Command("AT+ZGACT=1,\(number)", within: Deadline.activation) }
    public static func zteDisconnect(_ number: Int) -> Command { Command("AT+ZGACT=0,\(number)", within: Deadline.activation) }
}

extension Command.Deadline {
    /// A network may take long to give an address; TS 27.007 names no limit.
    public static let activation = Duration.seconds(75)
}
