using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Engine;
using GridMesh.Grains.Live;
using GridMesh.Storage;
using Orleans.Storage;
using EngineReminder = GridMesh.Engine.ReminderRow;

namespace GridMesh.Silo.Hosting;

/// <summary>Runs the grains on the embedded engine, over our own storage.</summary>
internal static class EngineHosting
{
    public const string Name = "Embedded";

    /// <summary>One process has everything in it.</summary>
    public const bool AlwaysHasDoors = true;

    /// <summary>The engine's own bounds are checked where it is added.</summary>
    public static IEnumerable<string> Problems(IConfiguration configuration, StorageOptions storage) => [];

    /// <summary>What <c>check-config</c> shows of the engine.</summary>
    public static object? Settings(IConfiguration configuration) => null;

    public static void AddMeshEngine(this WebApplicationBuilder builder, MeshOptions options)
    {
        builder.Services.AddSingleton<IGrainStateStore, StateStore>();
        builder.Services.AddSingleton<IReminderStore, ReminderStore>();
        builder.Services.AddEmbeddedEngine(
            engine =>
            {
                builder.Configuration.GetSection("GridMesh:Engine").Bind(engine);
                engine.Json = MeshJson.Compact;
            },
            typeof(LiveOptions).Assembly);
    }

    private sealed class StateStore(IStateTable table) : IGrainStateStore
    {
        public async ValueTask<StoredState?> ReadAsync(
            string stateName, string grainType, string key, CancellationToken ct) =>
            await table.ReadAsync(stateName, grainType, key, ct) is { } row
                ? new StoredState(row.Payload, row.Etag)
                : null;

        public async ValueTask<string> WriteAsync(
            string stateName, string grainType, string key, ReadOnlyMemory<byte> payload, string? etag,
            CancellationToken ct) =>
            await table.WriteAsync(stateName, grainType, key, payload, etag, ct) ?? throw Conflict(stateName, key);

        public async ValueTask ClearAsync(
            string stateName, string grainType, string key, string? etag, CancellationToken ct)
        {
            if (!await table.ClearAsync(stateName, grainType, key, etag, ct))
            {
                throw Conflict(stateName, key);
            }
        }

        private static InconsistentStateException Conflict(string stateName, string key) =>
            new($"{stateName} of {key} was written by somebody else");
    }

    private sealed class ReminderStore(IReminderRows table) : IReminderStore
    {
        public async ValueTask<IReadOnlyList<EngineReminder>> LoadAsync(CancellationToken ct) =>
            [.. (await table.ReadAllAsync(ct)).Select(row =>
                new EngineReminder(row.GrainType, row.Key, row.Name, row.FirstDue, row.Period))];

        public ValueTask UpsertAsync(EngineReminder row, CancellationToken ct) => table.UpsertAsync(
            new Contracts.Storage.ReminderRow(row.GrainType, row.Key, row.Name, row.FirstDue, row.Period), ct);

        public ValueTask DeleteAsync(string grainType, string key, string name, CancellationToken ct) =>
            table.DeleteAsync(grainType, key, name, ct);
    }
}
