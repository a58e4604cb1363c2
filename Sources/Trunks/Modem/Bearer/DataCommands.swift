import AT

/// How a make of modem puts a data context onto its network interface.
struct DataCommands: Sendable {
    /// User and password are nil where the access point has none.
    typealias Connect = @Sendable (_ context: Int, _ accessPoint: CommandArgument, _ user: CommandArgument?, _ password: CommandArgument?) -> [Command]

    let connect: Connect
    let disconnect: @Sendable (_ context: Int) -> [Command]
    let addressing: Addressing

    /// Where the interface's address comes from.
    enum Addressing: Sendable {
        /// The modem is a little router and serves DHCP.
        case dhcp
        /// The modem tells the network's own address by `+CGCONTRDP`.
        case told
        /// The same by `^DHCP?`.
        case toldByHuawei
    }

    /// The context is activated, and that is all (TS 27.007 §10.1.10).
    static let standard = DataCommands(
        connect: { context, _, _, _ in [.activateContext(context)] }, disconnect: { [.deactivateContext($0)] }, addressing: .dhcp)
    static let huawei = DataCommands(
        connect: { [.huaweiConnect($0, accessPoint: $1, user: $2, password: $3)] }, disconnect: { [.huaweiDisconnect($0)] }, addressing: .toldByHuawei)
    static let quectel = DataCommands(
        connect: { context, _, _, _ in [.activateContext(context), .quectelConnect(context)] },
        disconnect: { [.quectelDisconnect($0), .deactivateContext($0)] }, addressing: .dhcp)
    static let simcom = DataCommands(
        connect: { context, _, _, _ in [.simcomConnect(context)] }, disconnect: { [.simcomDisconnect($0)] }, addressing: .dhcp)
    static let sierra = DataCommands(
        connect: { context, _, _, _ in [.sierraConnect(context)] }, disconnect: { [.sierraDisconnect($0)] }, addressing: .told)
    static let zte = DataCommands(connect: { context, _, _, _ in [.zteConnect(context)] }, disconnect: { [.zteDisconnect($0)] }, addressing: .dhcp)
}
