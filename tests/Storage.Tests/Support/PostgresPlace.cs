using GridMesh.Postgres.Fixture;
using GridMesh.Storage.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace GridMesh.Storage.Tests.Support;

/// <summary>The one server of the assembly, started by the first class that needs it.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private PostgresServer? _server;

    public async Task<PostgresServer> ServerAsync()
    {
        Assert.SkipWhen(PostgresServer.Unavailable is not null, PostgresServer.Unavailable ?? "");
        await _gate.WaitAsync();
        try
        {
            return _server ??= await PostgresServer.StartNewAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _gate.Dispose();
    }
}

public sealed class PostgresPlace(SharedPostgres shared) : IPlace
{
    public string ConnectionString { get; private set; } = "";

    public async ValueTask CreateAsync() =>
        ConnectionString = await (await shared.ServerAsync()).CreateDatabaseAsync();

    public void Configure(StorageOptions options) =>
        (options.Kind, options.ConnectionString) = (StorageKind.Postgres, ConnectionString);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
