using System.Collections.Concurrent;

namespace GridMesh.Engine.Reminders;

/// <summary>Keeps reminders for as long as the process lives.</summary>
public sealed class MemoryReminderStore : IReminderStore
{
    private readonly ConcurrentDictionary<(string Grain, string Key, string Name), ReminderRow> _rows = new();

    public ValueTask<IReadOnlyList<ReminderRow>> LoadAsync(CancellationToken ct) =>
        ValueTask.FromResult<IReadOnlyList<ReminderRow>>([.. _rows.Values]);

    public ValueTask UpsertAsync(ReminderRow row, CancellationToken ct)
    {
        _rows[(row.GrainType, row.Key, row.Name)] = row;
        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteAsync(string grainType, string key, string name, CancellationToken ct)
    {
        _rows.TryRemove((grainType, key, name), out _);
        return ValueTask.CompletedTask;
    }
}
