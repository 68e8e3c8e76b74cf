using GridMesh.Contracts.Storage;
using GridMesh.Postgres.Fixture;
using GridMesh.Storage.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Storage.Tests.Postgres;

public sealed class PostgresOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan s_pauseMax = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new(Samples.Noon);
    private PostgresServer _server = null!;
    private Store _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Unavailable is not null, PostgresServer.Unavailable ?? "");
        _server = await PostgresServer.StartNewAsync();
        var connection = await _server.CreateDatabaseAsync();
        _store = new Store(
            options => (options.Kind, options.ConnectionString) = (StorageKind.Postgres, connection), _time);
        await _store.Admin.MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [Fact(DisplayName = "[ST23] a server that dies fails every port as unavailable; when it is back, all go on by themselves")]
    public async Task ServerGone()
    {
        var append = Samples.Append("s", 0, facts: 2);
        await _store.Journal.AppendAsync(append, Token);
        var etag = await _store.State.WriteAsync("n", "t", "k", new byte[1], null, Token);
        await _server.KillAsync();

        await ShouldFailAsync(async () => await _store.Journal.AppendAsync(Samples.Append("s", 2), Token));
        await ShouldFailAsync(async () => await _store.Journal.AppendAsync(Samples.Append("s", 2), Token));
        await ShouldFailAsync(async () => await _store.Journal.ReadStreamAsync("s", 0, Token));
        await ShouldFailAsync(async () => await _store.State.WriteAsync("n", "t", "k", new byte[2], etag, Token));
        await ShouldFailAsync(async () => await _store.Tracks.AppendAsync(
            [new TrackPoint("w", Samples.Noon, default, null)], Token));
        await ShouldFailAsync(async () => await _store.Directory.LoadAsync(Token));
        (await _store.Admin.IsHealthyAsync(Token)).ShouldBeFalse();

        await _server.StartAsync();
        (await RetryAsync(() => _store.Journal.AppendAsync(Samples.Append("s", 2), Token))).Version.ShouldBe(3);
        (await RetryAsync(() => _store.State.WriteAsync("n", "t", "k", new byte[2], etag, Token))).ShouldNotBeNull();
        (await _store.Journal.AppendAsync(append, Token))
            .ShouldBe(new AppendOutcome(AppendResult.CommandKnown, "s", 2));
        (await _store.Journal.ReadStreamAsync("s", 0, Token)).Count.ShouldBe(3);
        (await _store.Journal.VerifyChainAsync(cancellation: Token)).ShouldBeEmpty();
        (await _store.Admin.IsHealthyAsync(Token)).ShouldBeTrue();
    }

    private static Task ShouldFailAsync(Func<Task> action) => Should.ThrowAsync<StorageUnavailableException>(action);

    private async Task<T> RetryAsync<T>(Func<ValueTask<T>> action)
    {
        while (true)
        {
            _time.Advance(s_pauseMax);
            try
            {
                return await action();
            }
            catch (StorageUnavailableException)
            {
                await Task.Yield();
                Token.ThrowIfCancellationRequested();
            }
        }
    }
}
