using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Postgres;

public sealed class PostgresWritersTests(SharedPostgres server) : StorageContract(new PostgresPlace(server))
{
    private const int Rounds = 150;

    [Fact(DisplayName = "[ST25] two processes on one database: each version is written once, and the loser is told precisely")]
    public async Task TwoProcesses()
    {
        var other = Open();
        var wins = await Task.WhenAll(Enumerable.Range(0, Rounds).SelectMany(i => new[] { Store, other }.Select(
            async store => await store.Journal.AppendAsync(Samples.Append($"s{i}", 0), Token))));
        wins.Count(win => win.Result == AppendResult.Appended).ShouldBe(Rounds);
        wins.Where(win => win.Result != AppendResult.Appended)
            .ShouldAllBe(lost => lost.Result == AppendResult.VersionConflict && lost.Version == 1);

        // What one process remembers of a stream is behind what the other has written to it since.
        (await other.Journal.AppendAsync(Samples.Append("s0", 1), Token)).Version.ShouldBe(2);
        (await AppendAsync(Samples.Append("s0", 2))).Version.ShouldBe(3);
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldBeEmpty();
        (await Store.ScalarAsync("SELECT count(DISTINCT writer) FROM facts")).ShouldBe(2L);
    }

    [Fact(DisplayName = "[ST3] a command id is known across processes")]
    public async Task CommandAcrossProcesses()
    {
        var other = Open();
        var append = Samples.Append("s", 0);
        await AppendAsync(append);
        (await other.Journal.AppendAsync(append, Token)).ShouldBe(new AppendOutcome(AppendResult.CommandKnown, "s", 1));
    }

    [Fact(DisplayName = "[ST6] a reader that pages by sequence while two processes write meets every fact")]
    public async Task ReaderMissesNothing()
    {
        var other = Open();
        var writing = Task.WhenAll(Enumerable.Range(0, 20).Select(async caller =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                var store = caller % 2 == 0 ? Store : other;
                await store.Journal.AppendAsync(Samples.Append($"s{caller}", i), Token);
            }
        }));
        var met = new List<long>();
        bool isLast;
        do
        {
            isLast = writing.IsCompleted;
            await foreach (var fact in Store.Journal.ReadAllAsync(met.LastOrDefault(), Token))
                met.Add(fact.Seq);
        }
        while (!isLast);
        await writing;
        met.Count.ShouldBe(20 * Rounds);
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldBeEmpty();
    }
}
