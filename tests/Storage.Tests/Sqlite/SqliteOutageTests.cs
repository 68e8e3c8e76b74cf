using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Sqlite;

public sealed class SqliteOutageTests() : StorageContract(new SqlitePlace())
{
    private static readonly TimeSpan s_pauseMax = TimeSpan.FromSeconds(5);

    [Fact(DisplayName = "[ST23] a full disk fails the group as unavailable, and the journal goes on when there is room")]
    public async Task FullDisk()
    {
        await AppendAsync(Samples.Append("s", 0));
        await Store.LimitPagesAsync(1);
        var append = Large("s", 1);
        await Should.ThrowAsync<StorageUnavailableException>(() => AppendAsync(append));
        await Should.ThrowAsync<StorageUnavailableException>(() => AppendAsync(append));
        (await Store.Admin.IsHealthyAsync(Token)).ShouldBeFalse();

        // The bound lives in the connection, so the one that replaces it has room.
        (await RetryAsync(append)).ShouldBe(new AppendOutcome(AppendResult.Appended, "s", 1 + append.Facts.Count));
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldBeEmpty();
        (await Store.Admin.IsHealthyAsync(Token)).ShouldBeTrue();
    }

    [Fact(DisplayName = "[ST24] a second process on the same folder is refused with a message that says so")]
    public async Task SecondProcess()
    {
        await using var second = Open();
        (await Should.ThrowAsync<InvalidOperationException>(async () => await second.Admin.MigrateAsync(Token)))
            .Message.ShouldContain("in use by another process");
        await Should.ThrowAsync<InvalidOperationException>(
            async () => await second.Journal.AppendAsync(Samples.Append("s", 0), Token));
        (await second.Admin.IsHealthyAsync(Token)).ShouldBeFalse();
        await Store.DisposeAsync();
        (await second.Admin.MigrateAsync(Token)).ShouldBeEmpty();
    }

    private static JournalAppend Large(string stream, long expected)
    {
        var fact = Samples.Fact() with { Payload = new byte[IJournal.PayloadMax] };
        return Samples.Append(stream, expected) with { Facts = [.. Enumerable.Repeat(fact, IJournal.FactsMax)] };
    }

    private async Task<AppendOutcome> RetryAsync(JournalAppend append)
    {
        while (true)
        {
            Time.Advance(s_pauseMax);
            try
            {
                return await AppendAsync(append);
            }
            catch (StorageUnavailableException)
            {
                await Task.Yield();
                Token.ThrowIfCancellationRequested();
            }
        }
    }
}
