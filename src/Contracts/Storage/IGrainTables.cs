namespace GridMesh.Contracts.Storage;

/// <summary>A grain's stored state; the ETag changes with every write.</summary>
public readonly record struct StateRow(ReadOnlyMemory<byte> Payload, string Etag);

/// <summary>
/// Grain state, by (state name, grain type, key), with optimistic concurrency.
/// </summary>
public interface IStateTable
{
    ValueTask<StateRow?> ReadAsync(string name, string grainType, string key, CancellationToken cancellation = default);

    /// <summary>Writes if the stored ETag equals <paramref name="etag"/> (null: no row yet). Null answer: it does not.
    /// Otherwise the new ETag.</summary>
    ValueTask<string?> WriteAsync(
        string name, string grainType, string key, ReadOnlyMemory<byte> payload, string? etag,
        CancellationToken cancellation = default);

    /// <summary>Removes the row under the same condition; false when the ETag differs.</summary>
    ValueTask<bool> ClearAsync(
        string name, string grainType, string key, string? etag, CancellationToken cancellation = default);
}

public sealed record ReminderRow(string GrainType, string Key, string Name, DateTimeOffset FirstDue, TimeSpan Period);

/// <summary>Reminders of a process that has all of them to itself.</summary>
public interface IReminderRows
{
    ValueTask<IReadOnlyList<ReminderRow>> ReadAllAsync(CancellationToken cancellation = default);

    ValueTask UpsertAsync(ReminderRow row, CancellationToken cancellation = default);

    ValueTask DeleteAsync(string grainType, string key, string name, CancellationToken cancellation = default);
}
