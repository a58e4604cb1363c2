/// Sizes and times as people say them.
enum Measure {
    static func octets(_ count: Int) -> String {
        if count < 1000 << 10 { return "\(max(1, count >> 10)) KB" }
        let tenths = (count * 10) >> 20
        return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
    }

    static func time(_ seconds: Double) -> String {
        let whole = max(1, Int(seconds.rounded()))
        if whole < 60 { return "\(whole) s" }
        return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s"
    }
}
