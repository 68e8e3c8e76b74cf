using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace GridMesh.Engine.Tests.Hosts;

/// <summary>Reminders that outlive a silo, within the process. The one that Orleans brings keeps them in a grain of the silo.</summary>
internal sealed class DictionaryReminderTable : IReminderTable
{
    private readonly ConcurrentDictionary<(GrainId, string), ReminderEntry> _entries = new();

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Found(_entries.Values.Where(entry => entry.GrainId == grainId));

    /// <summary>The whole ring: there is one silo.</summary>
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Found(_entries.Values);

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        Task.FromResult(_entries.TryGetValue((grainId, reminderName), out var entry) ? Copy(entry) : null);

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        var stored = Copy(entry);
        stored.ETag = Guid.NewGuid().ToString();
        _entries[(entry.GrainId, entry.ReminderName)] = stored;
        return Task.FromResult<string?>(stored.ETag);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        Task.FromResult(_entries.TryGetValue((grainId, reminderName), out var entry) && entry.ETag == eTag
            && _entries.TryRemove((grainId, reminderName), out _));

    public Task TestOnlyClearTable()
    {
        _entries.Clear();
        return Task.CompletedTask;
    }

    private static Task<ReminderTableData> Found(IEnumerable<ReminderEntry> entries) =>
        Task.FromResult(new ReminderTableData(entries.Select(Copy)));

    private static ReminderEntry Copy(ReminderEntry entry) => new()
    {
        GrainId = entry.GrainId,
        ReminderName = entry.ReminderName,
        StartAt = entry.StartAt,
        Period = entry.Period,
        ETag = entry.ETag,
    };
}
