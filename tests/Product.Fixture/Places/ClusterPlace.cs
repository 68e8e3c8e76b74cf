using GridMesh.Postgres.Fixture;
using GridMesh.Silo.Fixture;

namespace GridMesh.Product.Fixture.Places;

/// <summary>
/// Where silos and gateways under test meet: a database of a real PostgreSQL that this test process starts and that
/// ends with it. Each process of the cluster has ports of its own.
/// </summary>
public sealed class ClusterPlace
{
    private static readonly Lazy<Task<PostgresServer>> s_server = new(PostgresServer.StartNewAsync);

    private ClusterPlace(string connection) => Connection = connection;

    public string Connection { get; }

    /// <summary>
    /// Settings, each <c>key=value</c>, of whatever reads or writes the database and joins no cluster.
    /// </summary>
    public string[] Storage => ["GridMesh:Storage=Postgres", $"ConnectionStrings:GridMesh={Connection}"];

    public static async Task<ClusterPlace> NewAsync() => new(await (await s_server.Value).CreateDatabaseAsync());

    /// <summary>Settings of one more process of the cluster.</summary>
    public string[] Member(string role = "All") =>
    [
        .. Storage, "GridMesh:Cluster:Mode=Database", $"GridMesh:Cluster:Role={role}",
        $"GridMesh:Cluster:SiloPort={SiloProcess.FreePort()}", $"GridMesh:Cluster:GatewayPort={SiloProcess.FreePort()}",
    ];
}
