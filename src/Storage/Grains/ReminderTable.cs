using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Grains;

/// <summary>Reminders: rarely written, read as a whole at start.</summary>
internal sealed class ReminderTable(Database database) : IReminderRows
{
    public async ValueTask<IReadOnlyList<ReminderRow>> ReadAllAsync(CancellationToken cancellation = default) =>
        await database.ListAsync(
            "SELECT grain_type, key, name, first_due, period FROM reminders ORDER BY grain_type, key, name",
            row => new ReminderRow(
                row.GetString(0), row.GetString(1), row.GetString(2), row.Time(3), new TimeSpan(row.GetInt64(4))),
            cancellation);

    public ValueTask UpsertAsync(ReminderRow row, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(row);
        StorableText.Check(row.GrainType, row.Key, row.Name);
        return database.WriteAsync(
            connection => connection.Run(
                """
                INSERT INTO reminders (grain_type, key, name, first_due, period)
                VALUES (@type, @key, @name, @due, @period)
                ON CONFLICT (grain_type, key, name)
                DO UPDATE SET first_due = excluded.first_due, period = excluded.period
                """,
                ("type", row.GrainType),
                ("key", row.Key),
                ("name", row.Name),
                ("due", row.FirstDue.UtcTicks),
                ("period", row.Period.Ticks)),
            cancellation);
    }

    public ValueTask DeleteAsync(
        string grainType, string key, string name, CancellationToken cancellation = default) =>
        database.WriteAsync(
            connection => connection.Run(
                "DELETE FROM reminders WHERE grain_type = @type AND key = @key AND name = @name",
                ("type", grainType),
                ("key", key),
                ("name", name)),
            cancellation);
}
