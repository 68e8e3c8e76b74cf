namespace GridMesh.Engine;

/// <summary>A stored reminder.</summary>
/// <param name="GrainType">The stable name of the grain class.</param>
/// <param name="Key">The key of the grain.</param>
/// <param name="Name">The name of the reminder within the grain.</param>
/// <param name="FirstDue">The first tick, UTC; later ones follow every <paramref name="Period"/>.</param>
/// <param name="Period">Between ticks, at least one minute.</param>
public sealed record ReminderRow(string GrainType, string Key, string Name, DateTimeOffset FirstDue, TimeSpan Period);

/// <summary>Where the engine keeps reminders. Without one in the services they are kept in memory.</summary>
public interface IReminderStore
{
    /// <summary>All reminders, read once at start.</summary>
    ValueTask<IReadOnlyList<ReminderRow>> LoadAsync(CancellationToken ct);

    /// <summary>Writes a reminder durably; one of the same grain and name is replaced.</summary>
    ValueTask UpsertAsync(ReminderRow row, CancellationToken ct);

    /// <summary>Removes a reminder; a missing one is no error.</summary>
    ValueTask DeleteAsync(string grainType, string key, string name, CancellationToken ct);
}
