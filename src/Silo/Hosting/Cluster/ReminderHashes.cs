using GridMesh.Storage;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Runtime;

namespace GridMesh.Silo.Hosting.Cluster;

/// <summary>
/// Gives reminders that a Local process has set in this database the hash by which silos share them out. It runs before
/// the silo starts; where there is nothing to do it is one query.
/// </summary>
internal sealed class ReminderHashes(IOptions<StorageOptions> storage) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(storage.Value.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var grains = await FindAsync(connection, cancellationToken);
        if (grains.Count == 0)
            return;

        await using var command = new NpgsqlCommand(
            "UPDATE reminders AS r SET grain_hash = input.hash"
            + " FROM unnest($1::text[], $2::text[], $3::integer[]) AS input (grain_type, key, hash)"
            + " WHERE r.grain_type = input.grain_type AND r.key = input.key AND r.grain_hash IS NULL", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. grains.Select(grain => grain.Type)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. grains.Select(grain => grain.Key)] },
                new NpgsqlParameter<int[]> { TypedValue = [.. grains.Select(HashOf)] },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<List<(string Type, string Key)>> FindAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT DISTINCT grain_type, key FROM reminders WHERE grain_hash IS NULL", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var grains = new List<(string, string)>();
        while (await reader.ReadAsync(cancellation))
            grains.Add((reader.GetString(0), reader.GetString(1)));

        return grains;
    }

    private static int HashOf((string Type, string Key) grain) =>
        unchecked((int)GrainId.Create(grain.Type, grain.Key).GetUniformHashCode());
}
