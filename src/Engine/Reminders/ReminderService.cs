using System.Collections.Concurrent;
using GridMesh.Engine.Activations;
using Orleans.Runtime;

namespace GridMesh.Engine.Reminders;

/// <summary>The reminders of all grains: kept in the store, ticking while the engine runs.</summary>
internal sealed class ReminderService(GrainEngine engine, IReminderStore store)
{
    private readonly ConcurrentDictionary<(string Grain, string Key), ConcurrentDictionary<string, ReminderEntry>>
        _entries = new();
    private volatile bool _stopped;
    private int _ticksUnderWay;

    /// <summary>Whether every reminder waits for its clock: none ticks, or has ticked and not yet set it.</summary>
    public bool AllWait => Volatile.Read(ref _ticksUnderWay) == 0;

    /// <summary>Takes up what the store holds. Ticks missed while the process was down are not made up for.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        foreach (var row in await store.LoadAsync(ct))
        {
            if (engine.KindsByName.TryGetValue(row.GrainType, out var kind))
                Put(kind, row).ArmNext();
            else
                EngineLog.UnknownReminder(engine.Log, row.Name, row.GrainType);
        }
    }

    public void Stop()
    {
        _stopped = true;
        foreach (var entry in _entries.Values.SelectMany(names => names.Values))
            entry.Dispose();
    }

    public async Task<IGrainReminder> RegisterAsync(
        Activation activation, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < engine.Options.ReminderPeriodMin)
        {
            throw new ArgumentException(
                $"A reminder has a period of at least {engine.Options.ReminderPeriodMin}, not {period}.",
                nameof(period));
        }

        var firstDue = engine.Time.GetUtcNow() + dueTime;
        var row = new ReminderRow(activation.Kind.Name, activation.Key, name, firstDue, period);
        await store.UpsertAsync(row, CancellationToken.None);
        var entry = Put(activation.Kind, row);
        entry.ArmFirst();
        return entry;
    }

    public async Task UnregisterAsync(Activation activation, string name)
    {
        await store.DeleteAsync(activation.Kind.Name, activation.Key, name, CancellationToken.None);
        if (_entries.TryGetValue((activation.Kind.Name, activation.Key), out var names)
            && names.TryRemove(name, out var entry))
        {
            entry.Dispose();
        }
    }

    public IGrainReminder? Find(Activation activation, string name) =>
        _entries.TryGetValue((activation.Kind.Name, activation.Key), out var names)
            ? names.GetValueOrDefault(name)
            : null;

    public List<IGrainReminder> All(Activation activation) =>
        _entries.TryGetValue((activation.Kind.Name, activation.Key), out var names) ? [.. names.Values] : [];

    public void BeginTick() => Interlocked.Increment(ref _ticksUnderWay);

    public void EndTick() => Interlocked.Decrement(ref _ticksUnderWay);

    private ReminderEntry Put(GrainKind kind, ReminderRow row)
    {
        var entry = new ReminderEntry(kind, row);
        var names = _entries.GetOrAdd((row.GrainType, row.Key), _ => new());
        names.AddOrUpdate(row.Name, entry, (_, old) =>
        {
            old.Dispose();
            return entry;
        });
        if (_stopped)
            entry.Dispose();
        return entry;
    }
}
