using GridMesh.Storage.Databases;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Tests.Sqlite;

public sealed class KeptCommandsTests : IDisposable
{
    private const string Doubled = "SELECT 2 * @number";

    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly KeptCommands _kept;

    public KeptCommandsTests()
    {
        _connection.Open();
        _kept = new KeptCommands(_connection);
    }

    [Fact(DisplayName = "[ST36] the same statement is one command, and answers for the values of each call")]
    public async Task OneCommand()
    {
        await using var lease = Lease();
        (await DoubleAsync(lease, 4)).ShouldBe([8]);
        (await DoubleAsync(lease, 21)).ShouldBe([42]);
        (await DoubleAsync(lease, null)).ShouldBe([null]);
        _kept.Count.ShouldBe(1);
    }

    [Fact(DisplayName = "[ST36] what comes when all places are taken is read all the same, and not kept")]
    public async Task NoMorePlaces()
    {
        await using var lease = Lease();
        for (var i = 0; i < KeptCommands.Most + 10; i++)
            (await lease.ListAsync($"SELECT {i}", row => row.GetInt32(0), CancellationToken.None)).ShouldBe([i]);
        _kept.Count.ShouldBe(KeptCommands.Most);
        (await DoubleAsync(lease, 4)).ShouldBe([8]);
    }

    [Fact(DisplayName = "[ST36] a kept statement is compiled anew when a table changes")]
    public async Task TableChanges()
    {
        _connection.Run("CREATE TABLE places (code TEXT); INSERT INTO places VALUES ('a');");
        await using var lease = Lease();
        const string Columns = "SELECT * FROM places";
        (await lease.ListAsync(Columns, row => row.FieldCount, CancellationToken.None)).ShouldBe([1]);
        _connection.Run("ALTER TABLE places ADD COLUMN name TEXT");
        (await lease.ListAsync(Columns, row => row.FieldCount, CancellationToken.None)).ShouldBe([2]);
    }

    [Fact(DisplayName = "[ST36] a kept statement with other parameters is a mistake and is refused")]
    public async Task OtherParameters()
    {
        await using var lease = Lease();
        await DoubleAsync(lease, 4);
        await Should.ThrowAsync<InvalidOperationException>(
            lease.ListAsync(Doubled, row => row.GetInt64(0), CancellationToken.None, ("other", 4)).AsTask());
        await Should.ThrowAsync<InvalidOperationException>(
            lease.ListAsync(Doubled, row => row.GetInt64(0), CancellationToken.None).AsTask());
    }

    public void Dispose() => _connection.Dispose();

    private static ValueTask<List<long?>> DoubleAsync(ReadLease lease, int? number) => lease.ListAsync(
        Doubled, row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0), CancellationToken.None, ("number", number));

    private ReadLease Lease() => new(_connection, _kept, static (_, _) => ValueTask.CompletedTask);
}
