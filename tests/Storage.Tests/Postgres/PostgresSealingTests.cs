using System.Text;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;
using Npgsql;

namespace GridMesh.Storage.Tests.Postgres;

public sealed class PostgresSealingTests : StorageContract
{
    private const int WriterLock = 0x4D455348;

    private readonly PostgresPlace _place;

    public PostgresSealingTests(SharedPostgres server)
        : this(new PostgresPlace(server))
    {
    }

    private PostgresSealingTests(PostgresPlace place)
        : base(place) => _place = place;

    [Fact(DisplayName = "[PD6] while a process that cannot read sealed values writes, nobody seals; once it has gone, everybody does")]
    public async Task Agreed()
    {
        await using (var earlier = new NpgsqlConnection(_place.ConnectionString))
        {
            await earlier.OpenAsync(Token);
            await using var claim = new NpgsqlCommand($"SELECT pg_advisory_lock({WriterLock}, 60)", earlier);
            await claim.ExecuteNonQueryAsync(Token);
            await AppendAsync(Note("a"));
            (await IsSealedAsync("a")).ShouldBeFalse();
            NpgsqlConnection.ClearPool(earlier);
        }

        await RestartAsync();
        await AppendAsync(Note("b"));
        (await IsSealedAsync("b")).ShouldBeTrue();
        (await AllFactsAsync()).Select(FactJson.Decode<IncidentFact>).OfType<IncidentNoted>()
            .Select(note => note.Text).ShouldBe(["said of Li", "said of Li"]);
    }

    private static JournalAppend Note(string stream) => new(
        stream, 0, Guid.NewGuid(), Samples.District,
        [FactJson.ToNew<IncidentFact>(new IncidentNoted(Samples.Noon, "w1", "said of Li"))]);

    private async Task<bool> IsSealedAsync(string stream) => !Encoding.UTF8.GetString(
        (byte[])(await Store.ScalarAsync($"SELECT payload FROM facts WHERE stream = '{stream}'"))!)
            .Contains("said of Li");
}
