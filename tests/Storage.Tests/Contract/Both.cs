using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public sealed class SqliteJournalTests() : JournalContract(new SqlitePlace());

public sealed class PostgresJournalTests(SharedPostgres server) : JournalContract(new PostgresPlace(server));

public sealed class SqliteFactTests() : FactContract(new SqlitePlace());

public sealed class PostgresFactTests(SharedPostgres server) : FactContract(new PostgresPlace(server));

public sealed class SqliteChainTests() : ChainContract(new SqlitePlace());

public sealed class PostgresChainTests(SharedPostgres server) : ChainContract(new PostgresPlace(server));

public sealed class SqliteCaseTests() : CaseContract(new SqlitePlace());

public sealed class PostgresCaseTests(SharedPostgres server) : CaseContract(new PostgresPlace(server));

public sealed class SqliteReviewTests() : ReviewContract(new SqlitePlace());

public sealed class PostgresReviewTests(SharedPostgres server) : ReviewContract(new PostgresPlace(server));

public sealed class SqliteGrainTablesTests() : GrainTablesContract(new SqlitePlace());

public sealed class PostgresGrainTablesTests(SharedPostgres server) : GrainTablesContract(new PostgresPlace(server));

public sealed class SqliteSubscriptionTests() : SubscriptionContract(new SqlitePlace());

public sealed class PostgresSubscriptionTests(SharedPostgres server) : SubscriptionContract(new PostgresPlace(server));

public sealed class SqliteTrackTests() : TrackContract(new SqlitePlace());

public sealed class PostgresTrackTests(SharedPostgres server) : TrackContract(new PostgresPlace(server));

public sealed class SqliteAdminTests() : AdminContract(new SqlitePlace());

public sealed class PostgresAdminTests(SharedPostgres server) : AdminContract(new PostgresPlace(server));

public sealed class SqliteDurabilityTests() : DurabilityContract(new SqlitePlace());

public sealed class PostgresDurabilityTests(SharedPostgres server) : DurabilityContract(new PostgresPlace(server));

public sealed class SqliteKpiTests() : KpiContract(new SqlitePlace());

public sealed class PostgresKpiTests(SharedPostgres server) : KpiContract(new PostgresPlace(server));

public sealed class SqliteAccessTests() : AccessContract(new SqlitePlace());

public sealed class PostgresAccessTests(SharedPostgres server) : AccessContract(new PostgresPlace(server));

public sealed class SqliteAccountTests() : AccountContract(new SqlitePlace());

public sealed class PostgresAccountTests(SharedPostgres server) : AccountContract(new PostgresPlace(server));

public sealed class SqliteEvidenceTests() : EvidenceContract(new SqlitePlace());

public sealed class PostgresEvidenceTests(SharedPostgres server) : EvidenceContract(new PostgresPlace(server));

public sealed class SqlitePersonalTests() : PersonalContract(new SqlitePlace());

public sealed class PostgresPersonalTests(SharedPostgres server) : PersonalContract(new PostgresPlace(server));
