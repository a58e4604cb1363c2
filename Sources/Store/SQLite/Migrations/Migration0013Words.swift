extension Migration {
    /// Beginnings of up to four letters are kept of each word: without them a beginning that most messages have is looked for in all of them,
    /// a tenth of a second in a million. The index is filled anew when somebody searches.
    static let words = Migration(
        name: "0013-words",
        sql: """
            DROP TABLE word;
            CREATE VIRTUAL TABLE word USING fts5 (words, content='', prefix='2 3 4', tokenize='unicode61 remove_diacritics 2');
            UPDATE word_index SET through = min(0, ifnull((SELECT min(id) FROM message), 0) - 1);
            """)
}
