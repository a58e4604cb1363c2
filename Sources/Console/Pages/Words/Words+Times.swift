// Days and times.
extension Words {
    var today: String { say("Today", "Aujourd’hui") }
    var yesterday: String { say("Yesterday", "Hier") }

    /// Sunday first.
    var weekdays: [String] {
        switch language {
        case .english: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
        case .french: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"]
        }
    }

    var months: [String] {
        switch language {
        case .english:
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
        case .french:
            ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
        }
    }

    /// As lists have them.
    var shortMonths: [String] {
        switch language {
        case .english: months.map { String($0.prefix(3)) }
        case .french: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
        }
    }

    /// `Friday, 20 November`
    func date(weekday: Int, day: Int, month: Int) -> String {
        let weekday = weekdays[weekday], month = months[month - 1]
        return switch language {
        case .english: "\(weekday), \(day) \(month)"
        case .french: "\(weekday) \(day == 1 ? "1er" : "\(day)") \(month)"
        }
    }
}
