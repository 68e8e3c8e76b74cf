namespace GridMesh.Simulator.Reminders;

/// <summary>One reminder.</summary>
/// <param name="Key">Key of the grain that it wakes.</param>
/// <param name="From">When it is due first.</param>
public sealed record StoredReminder(string Key, string Name, DateTimeOffset From, TimeSpan Period) : IGrainReminder
{
    public string ReminderName => Name;

    internal GrainId Grain { get; init; }

    internal ITimer? Timer { get; set; }
}

/// <summary>Reminders stay when everything else is lost.</summary>
public sealed class ReminderTable
{
    private readonly Dictionary<(GrainId, string), StoredReminder> _rows = [];

    public IReadOnlyCollection<StoredReminder> Rows => _rows.Values;

    internal StoredReminder? Find(GrainId grain, string name) => _rows.GetValueOrDefault((grain, name));

    internal void Put(StoredReminder row) => _rows[(row.Grain, row.Name)] = row;

    internal void Remove(GrainId grain, string name) => _rows.Remove((grain, name));
}
