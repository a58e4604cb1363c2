#ifndef CSQLITE_H
#define CSQLITE_H

/// Lets SQLite allocate without counting, which takes a lock each time. To be called before the first database is opened; SQLite's
/// result code.
int csqlite_forgo_memory_statistics(void);

#endif
