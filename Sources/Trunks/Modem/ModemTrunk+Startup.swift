import AT
import Exchange

extension ModemTrunk {
    enum StartupResult: Equatable, Sendable {
        case ready
        case blocked(Obstacle)
        case failed(RecoveryLadder.Trouble)
    }

    /// Brings the modem from whatever state it is in to one in which it receives and sends.
    func startUp(_ link: ModemLink) async -> StartupResult {
        if status.phase == .absent(nil) { status.phase = .starting }
        guard await identify(link) else { return .failed(.unusable("it does not answer commands")) }
        for command in profile.initialisation { _ = await link.perform(command) }
        await switchRadioOn(link)
        if let obstacle = await readySIM(link) { return .blocked(obstacle) }
        for command in profile.preparation + settings.commands { _ = await link.perform(command) }
        guard await prepareMessages(link) else { return .failed(.unusable("it refuses PDU mode")) }
        await prepareNetwork(link)
        await readCard(link)
        await refreshNetwork(link)
        await refreshOperator(link)
        await refreshStorage(link)
        return .ready
    }

    /// Echo off, errors as numbers, and which make it is.
    private func identify(_ link: ModemLink) async -> Bool {
        // The first may still be garbled by a modem that is finding the line's speed.
        if !(await link.perform(.echoOff).isOK) {
            guard await link.perform(.echoOff).isOK else { return false }
        }
        _ = await link.perform(.verboseResults)
        _ = await link.perform(.numericErrors)
        status.manufacturer = ReportedValue.first(in: await link.perform(.manufacturer).texts)
        status.model = ReportedValue.first(in: await link.perform(.model).texts)
        if status.model == nil { await identifyByWords(link) }
        status.revision = ReportedValue.first(in: await link.perform(.revision).texts)
        status.facts.imei = await link.perform(.serialNumber).texts.lazy.compactMap { IMEI($0) }.first?.digits
        profile = settings.profile ?? .matching(manufacturer: status.manufacturer ?? "", model: status.model ?? "")
        status.profile = profile.name
        return true
    }

    /// `ATI` of modems that know no `+CGMM`: `Manufacturer: …`, `Model: …`.
    private func identifyByWords(_ link: ModemLink) async {
        for line in await link.perform(.identification).texts {
            guard let colon = line.firstIndex(of: ":"), let value = ReportedValue.first(in: [String(line[line.index(after: colon)...])]) else {
                continue
            }
            switch line[..<colon].lowercased() {
            case "manufacturer": status.manufacturer = value
            case "model": status.model = value
            default: break
            }
        }
    }

    private func switchRadioOn(_ link: ModemLink) async {
        let reply = await link.perform(.functionality)
        guard let line = reply.firstText, Parameters(line, after: "+CFUN:")?.int(0) != 1 else { return }
        _ = await link.perform(.radioOn)
        expectBanners()
    }

    // MARK: Messages

    private func prepareMessages(_ link: ModemLink) async -> Bool {
        guard await link.perform(.pduMode).isOK else { return false }
        await chooseStorage(link)
        await chooseNotifications(link)
        return true
    }

    private func chooseStorage(_ link: ModemLink) async {
        let choices = await link.perform(.storageChoices).texts.lazy.compactMap { ParameterSets($0, after: "+CPMS:") }.first
        reportStorage = StorageChoice.reports(from: choices, profile: profile)
        storage = nil
        var wanted = profile.storages
        if let best = StorageChoice.storage(from: choices, profile: profile) { wanted = [best] + wanted.filter { $0 != best } }
        for candidate in wanted where await link.perform(.useStorage(candidate)).isOK {
            storage = candidate
            break
        }
        box.receive(into: storage)
    }

    func chooseNotifications(_ link: ModemLink) async {
        let choices = await link.perform(.notificationChoices).texts.lazy.compactMap { NotificationChoices(line: $0) }.first
        acknowledges = false
        notifications = nil
        for setting in NotificationRouting.candidates(from: choices, profile: profile, route: settings.route) {
            guard await link.perform(.notify(setting)).isOK else { continue }
            logger.debug("notifications", metadata: ["cnmi": "\(setting)"])
            notifications = setting
            guard setting.messages == 2 || setting.reports == 1, profile.acknowledges else { return }
            // Phase 2+ makes the modem wait for our acknowledgement before it tells the network that the message arrived.
            acknowledges = await link.perform(.messageServicePhase2Plus).isOK
            return
        }
        logger.warning("the modem takes no notification setting: messages are found by looking every minute")
    }

    // MARK: Network and card

    private func prepareNetwork(_ link: ModemLink) async {
        for command in [
            Command.registrationEvents, .packetRegistrationEvents, .epsRegistrationEvents, .operatorFormatLong, .gsmCharacterSet, .ussdEvents,
        ] {
            _ = await link.perform(command)
        }
        if let number = settings.serviceCentre, let argument = try? CommandArgument(number: number) {
            _ = await link.perform(.setServiceCentre(argument))
        }
    }

    private func readCard(_ link: ModemLink) async {
        let before = status.facts
        status.facts.imsi = ReportedValue.first(in: await link.perform(.subscriberIdentity).texts)
        status.facts.iccid = ReportedValue.first(in: await link.perform(profile.cardIdentity).texts)
        if status.facts.iccid == nil { status.facts.iccid = ReportedValue.first(in: await link.perform(.cardIdentity).texts) }
        status.serviceCentre = await link.perform(.serviceCentre).texts.lazy.compactMap { PhoneNumber(serviceCentre: $0)?.digits }.first
        let own = await link.perform(.ownNumber).texts.lazy.compactMap { PhoneNumber(own: $0)?.digits }.first
        // Without its country a number is no name for a line. One that was told before is kept for that SIM alone.
        if let own, own.hasPrefix("+") {
            status.facts.number = own
        } else if status.facts.imsi == nil || status.facts.imsi != before.imsi {
            status.facts.number = nil
        }
        if let time = await link.perform(profile.networkTime).texts.lazy.compactMap({ NetworkTime(line: $0) }).first {
            status.clockOffset = time.secondsSince1970 - environment.now().seconds
        }
    }
}

extension Profile {
    var acknowledges: Bool {
        switch acknowledgement {
        case .withZero, .bare: true
        case .never: false
        }
    }
}
