using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public sealed class SqliteJournalTests() : JournalContract(new SqlitePlace());

public sealed class PostgresJournalTests(SharedPostgres server) : JournalContract(new PostgresPlace(server));
