import Exchange
import Kinds
import Logging
import Runtime
import Settings
import Telephony

extension TrunkKind {
    public static let modem = TrunkKind(
        name: "modem", summary: "A SIM in a USB modem or a module on a serial line, driven by AT commands.", keys: ModemSettings.keys,
        carries: { $0.has("mms") ? [.files, .groups] : [] }
    ) { section, context in
        let settings = try ModemSettings(line: context.line, section: &section)
        guard let numbers = NumberPlan(country: context.country) else {
            throw section.error("country", "\(context.country) is no country with telephones")
        }
        let segments = ModemSegments(numbers: numbers, settings: settings)
        var environment = ModemEnvironment(
            ports: SystemSerialPorts(), inbox: context.inbox, notices: context.notices, compose: segments.compose,
            refusedPINs: RefusedSecretsDirectory(context.directory), now: { context.mint.now() }, logger: Logger(label: "homeline.modem"))
        environment.fitting = PartFitting(fitter: context.fitter, media: context.media)
        environment.numbers = numbers
        environment.links = try section.links(for: settings.multimedia?.tooLarge ?? .refused, among: context.files, key: "mms")
        return ModemTrunk(settings: settings, environment: environment).ports
    }
}
