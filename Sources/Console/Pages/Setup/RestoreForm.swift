/// Beside the beginning of a first run: going on from a backup instead.
struct RestoreForm {
    let action: String
    let token: FormToken
    /// Octets of a backup that is here already and waits for its passphrase.
    let waiting: Int?
    var refusal: RestoreRefusal?
    let words: Words

    /// Octets of a backup; the room on the disk ends before.
    static let fileLimit = 1 << 40

    var html: HTML {
        let isHere: HTML = waiting.map { "<p role=\"status\">\(words.backupIsHere(octets: $0))</p>" as HTML } ?? .nothing
        let described: HTML = fileMistake == nil ? .nothing : " aria-invalid=\"true\" aria-describedby=\"file-mistake\""
        let label = waiting == nil ? words.backupFile : words.anotherBackup
        // The passphrase comes before the file: fields are read in their order, and the file is the last.
        return """
            <form class="card" method="post" action="\(action)" enctype="multipart/form-data"><h2>\(words.restoreTitle)</h2><p>\(words.restoreText)</p>\(token.input)\(isHere)
            \(Field(name: "passphrase", label: words.backupPassphrase, kind: .password, mistake: passphraseMistake, isFirst: refusal != nil).html)
            <label>\(label)<input type="file" name="file" accept=".age,application/octet-stream"\(described)></label>\(Field.note(fileMistake, of: "file"))
            <button class="plain" data-slow="\(words.restoring)">\(words.restore)</button></form>
            """
    }

    private var passphraseMistake: String? { refusal == .wrongPassphrase ? words.wrongPassphrase : nil }

    private var fileMistake: String? {
        switch refusal {
        case .file(let sentence): sentence
        case .noRoom: words.noRoomForBackup
        case .noFile: words.chooseBackup
        case .wrongPassphrase, nil: nil
        }
    }
}
