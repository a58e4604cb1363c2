import Telephony

/// Whether an app has come that was set up. A script asks again while it has not.
struct ArrivalCard {
    let person: PersonID
    let app: AppPassword
    /// The device that proved itself by the app's password.
    let device: DeviceRecord?
    let words: PeopleWords

    var html: HTML {
        let back: HTML = "<p><a href=\"\(Pages.path(of: person))\">\(words.backTo(person))</a></p>"
        guard let device else {
            let path: HTML = "\(Pages.path(of: person))/apps/\(app.id.description)"
            return """
                <section class="card" data-arrival="\(path)"><p role="status">\(words.waiting) <bdi>\(app.label)</bdi></p>
                <noscript><p><a href="\(path)">\(words.lookAgain)</a></p></noscript>\(back)</section>
                """
        }
        let name = AppName(userAgent: device.userAgent).short ?? words.unknownApp
        return """
            <section class="card" data-arrived><p role="status">✓ \(words.arrived) <bdi>\(app.label)</bdi> (<bdi>\(name)</bdi>)</p>\(back)</section>
            """
    }
}
