/// What goes wrong, and when.
extension VirtualModem {
    mutating func inject(_ fault: Fault) {
        switch fault {
        case .hang(let duration):
            mode = .deaf
            if let duration { arm(.hang, after: duration) }
        case .disconnect(let count, let duration): plan.disconnect = (count, duration)
        case .vanish(let duration): unplug(for: duration)
        case .plug: finishBoot()
        case .reboot(let silence): reboot(silence: silence)
        case .trickle(let interval): plan.trickle = interval
        case .storm(let line, let interval):
            plan.storm = (line, interval)
            arm(.storm, after: interval)
        case .announce(let line): announce([line])
        case .interrupt(let line): plan.interruption = line
        case .noise(let octets): transmit(octets)
        case .echo: settings.echo = true
        case .negativeIndex: plan.negativeIndex = true
        case .latePrompt(let delay): plan.prompt = .late(delay)
        case .missingPrompt: plan.prompt = .missing
        case .endlessPrompt: plan.prompt = .endless
        case .loseAnswer(let times): plan.lostAnswers = times
        case .lateAnswer(let delay): plan.answerDelay = delay
        case .refuse(let error, let times): plan.refusal = (error, times)
        case .card(let fault): inject(fault)
        case .capacity(let memory, let places):
            store.resize(memory, to: places)
            reportRoom()
        case .coverage(let status):
            radio.coverage = status
            announceRegistration()
            if mode == .command { releaseHeldBack() }
            reportAttachment()
        case .ussdStyle(let style): ussdStyle = style
        case .factory: makeNew()
        case .heal: heal()
        }
    }

    private mutating func inject(_ fault: Fault.CardFault) {
        switch fault {
        case .absent: sim.isPresent = false
        case .present: sim.isPresent = true
        case .busy: sim.isBusy = true
        case .ready: sim.isBusy = false
        case .pin(let tries):
            sim.isLocked = true
            sim.reset()
            sim.spend(pinTries: tries)
        }
        reportAttachment()
    }

    /// The terminal's settings stay as they are, so that a program in the middle of something can go on.
    private mutating func makeNew() {
        let fresh = VirtualModem(personality: personality, sim: originalSIM)
        sim = originalSIM
        radio = fresh.radio
        store = fresh.store
        ussdStyle = personality.ussdStyle
        service.unacknowledged = nil
        service.buffered = []
        service.wasFull = false
        disarm(.acknowledgement)
        reportAttachment()
    }

    private mutating func heal() {
        plan = FaultPlan()
        disarm(.storm)
        disarm(.hang)
        disarm(.trickle)
        giveLateAnswer()
        let rest = trickling
        trickling = []
        wake()
        if !rest.isEmpty { transmit(rest) }
    }

    /// The end of a hang: what was being typed is forgotten.
    mutating func wake() {
        guard mode == .deaf, !isUnplugged else { return }
        mode = .command
        editor.clear()
    }

    mutating func continueStorm() {
        guard let storm = plan.storm else { return }
        announce([storm.line])
        arm(.storm, after: storm.every)
    }

    mutating func trickle() {
        guard mode != .deaf, !trickling.isEmpty else { return trickling = [] }
        emit(.transmit([trickling.removeFirst()]))
        if !trickling.isEmpty { arm(.trickle, after: plan.trickle ?? .milliseconds(1)) }
    }

    mutating func unplug(for duration: Duration?) {
        powerDown()
        isUnplugged = true
        emit(.unplugged)
        if let duration { arm(.boot, after: duration) }
    }

    /// `+CFUN=1,1`, a brown-out, or the fault of that name.
    mutating func reboot(silence: Duration) {
        powerDown()
        arm(.boot, after: silence)
    }

    private mutating func powerDown() {
        mode = .deaf
        emit(.detached)
        lateAnswer = nil
        disarm(.answer)
        disarm(.registration)
        disarm(.acknowledgement)
        if let id = service.unacknowledged { emit(.refuse(id: id, cause: VirtualModem.unspecifiedCause)) }
    }

    mutating func finishBoot() {
        guard mode == .deaf else { return }
        if isUnplugged { emit(.plugged) }
        isUnplugged = false
        disarm(.boot)
        searchNetwork()
        start()
    }

    /// Everything but the card and the message memories starts anew.
    mutating func start() {
        mode = .command
        settings = TerminalSettings()
        service = MessageService(personality: personality)
        switches = [:]
        editor.clear()
        remainder = []
        typedAhead = []
        heldBack = []
        trickling = []
        radio.functionality = .full
        sim.reset()
        for line in personality.banner { announce([line]) }
        reportAttachment()
    }
}
