using GridMesh.Contracts.Storage;
using Orleans.Runtime;

namespace GridMesh.Silo.Hosting.Local;

/// <summary>
/// Reminders in the product's own table. The one process has them all in memory, reads them once and writes through, so
/// that looking for its share costs no query.
/// </summary>
internal sealed class LocalReminders(IReminderRows rows) : IReminderTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(GrainId Grain, string Name), ReminderEntry> _entries = [];
    private long _written;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        foreach (var row in await rows.ReadAllAsync(cancellationToken))
        {
            Keep(new ReminderEntry
            {
                GrainId = GrainId.Create(row.GrainType, row.Key),
                ReminderName = row.Name,
                StartAt = row.FirstDue.UtcDateTime,
                Period = row.Period,
            });
        }
    }

    public Task<ReminderTableData> ReadRows(GrainId grainId) =>
        Task.FromResult(Where(entry => entry.GrainId == grainId));

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Task.FromResult(Where(entry =>
        entry.GrainId.GetUniformHashCode() is var hash
        && (begin < end ? hash > begin && hash <= end : hash > begin || hash <= end)));

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        lock (_lock)
        {
            return Task.FromResult(_entries.GetValueOrDefault((grainId, reminderName)));
        }
    }

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        await rows.UpsertAsync(new ReminderRow(
            entry.GrainId.Type.ToString()!, entry.GrainId.Key.ToString()!, entry.ReminderName,
            new DateTimeOffset(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc)), entry.Period));
        return Keep(entry);
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue((grainId, reminderName), out var entry) || entry.ETag != eTag)
                return false;
        }

        await rows.DeleteAsync(grainId.Type.ToString()!, grainId.Key.ToString()!, reminderName);
        lock (_lock)
        {
            return _entries.Remove((grainId, reminderName));
        }
    }

    public Task TestOnlyClearTable() => throw new NotSupportedException("The reminders of a product are not cleared.");

    private ReminderTableData Where(Func<ReminderEntry, bool> holds)
    {
        lock (_lock)
        {
            return new ReminderTableData(_entries.Values.Where(holds).ToArray());
        }
    }

    private string Keep(ReminderEntry entry)
    {
        lock (_lock)
        {
            entry.ETag = $"{++_written}";
            _entries[(entry.GrainId, entry.ReminderName)] = entry;
            return entry.ETag;
        }
    }
}
