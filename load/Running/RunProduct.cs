using GridMesh.Load.Products;
using GridMesh.Load.Scenarios;
using Npgsql;

namespace GridMesh.Load.Running;

/// <summary>The product under load: a silo of our own, or one that runs already.</summary>
internal sealed class RunProduct : IAsyncDisposable
{
    private readonly TemporaryFolder? _folder;

    private RunProduct(
        Uri url, int? processId, SiloProcess? silo, TemporaryFolder? folder, SiloBuild? build, string storage, string durability)
    {
        (Url, ProcessId, Silo, _folder) = (url, processId, silo, folder);
        (Build, Storage, Durability) = (build, storage, durability);
    }

    public Uri Url { get; }

    /// <summary>The process to sample, where it is known.</summary>
    public int? ProcessId { get; }

    /// <summary>False where it is not GridMesh at all.</summary>
    public bool HasMetrics { get; private init; } = true;

    /// <summary>Null where the product is not ours.</summary>
    public SiloProcess? Silo { get; }

    /// <summary>Null where the product is not ours.</summary>
    public SiloBuild? Build { get; }

    public string Storage { get; }

    /// <summary>What makes an acknowledged fact durable.</summary>
    public string Durability { get; }

    /// <param name="settings">Of a product of our own, as <c>GridMesh:Demo:Speed=1</c>.</param>
    /// <exception cref="InvalidOperationException">It does not start; the message has its last words.</exception>
    public static async Task<RunProduct> StartAsync(
        RunOptions options, IReadOnlyList<string> settings, ScenarioContext context, CancellationToken cancellation)
    {
        if (options.Url is { } url)
        {
            return new RunProduct(url, options.ProcessId, null, null, null, "as it runs", "as it runs");
        }

        var durability = await DurabilityAsync(options.Connection, cancellation);
        var folder = options.Data is null ? new TemporaryFolder() : null;
        SiloProcess? silo = null;
        try
        {
            var setup = context.Setup(folder?.Path ?? Path.GetFullPath(options.Data!), options.Connection);
            silo = SiloProcess.Start(setup, SiloProcess.FreePort(), settings, context.Time);
            context.Say($"starting a silo at {silo.Url} on {options.Storage}{string.Concat(settings.Select(setting => $", {setting}"))}");
            await silo.ReadyAsync(cancellation);
            return new RunProduct(silo.Url, silo.ProcessId, silo, folder, setup.Build, $"{options.Storage}", durability);
        }
        catch
        {
            silo?.Dispose();
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>A silo that the scenario has started itself; it is waited for.</summary>
    /// <param name="storage">What its facts lie in.</param>
    public static async Task<RunProduct> OfAsync(
        SiloProcess silo, SiloSetup setup, string storage, CancellationToken cancellation)
    {
        await silo.ReadyAsync(cancellation);
        return new RunProduct(
            silo.Url, silo.ProcessId, silo, null, setup.Build, storage,
            await DurabilityAsync(setup.PostgresConnection, cancellation));
    }

    /// <summary>Something that the product is compared with.</summary>
    public static RunProduct Beside(Uri url, int processId) => new(url, processId, null, null, null, "none", "none") { HasMetrics = false };

    /// <summary>Stops a product of our own in order; true also where there is none. Call it once.</summary>
    public Task<bool> StopAsync() => Silo?.StopAsync() ?? Task.FromResult(true);

    public ValueTask DisposeAsync()
    {
        Silo?.Dispose();
        _folder?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<string> DurabilityAsync(string? connection, CancellationToken cancellation) =>
        connection is null ? "WAL, synchronous=FULL" : await DurabilityOfAsync(connection, cancellation);

    private static async Task<string> DurabilityOfAsync(string connection, CancellationToken cancellation)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(connection);
            await using var command = source.CreateCommand(
                "SELECT 'PostgreSQL ' || current_setting('server_version') || ', fsync=' || current_setting('fsync')");
            return $"{await command.ExecuteScalarAsync(cancellation)}, synchronous_commit=on";
        }
        catch (NpgsqlException e)
        {
            throw new InvalidOperationException($"the database cannot be reached: {e.Message}", e);
        }
    }
}
