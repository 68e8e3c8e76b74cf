using System.Data.Common;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Accesses;

/// <summary>The record of reads in a table of its own, numbered as it was written.</summary>
internal sealed class AccessRecord(Database database) : IAccessRecord
{
    private const string Columns = "at, sub, role, kind, area, subject";

    public ValueTask AppendAsync(IReadOnlyList<AccessEntry> entries, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
            StorableText.Check(entry.Sub, entry.Subject);
        return database.WriteAsync(
            connection =>
            {
                foreach (var entry in entries)
                {
                    connection.Run(
                        $"INSERT INTO accesses ({Columns}) VALUES (@at, @sub, @role, @kind, @area, @subject)",
                        ("at", entry.At.UtcTicks), ("sub", entry.Sub), ("role", entry.Role.ToString()),
                        ("kind", entry.Kind.ToString()), ("area", entry.Area.Value), ("subject", entry.Subject));
                }
            },
            cancellation);
    }

    public async ValueTask<AccessPage> ReadAsync(
        AccessQuery query, int limit, long? before, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, AccessQuery.LimitMax);
        StorableText.Check(query.Sub, query.Subject);
        var rows = await database.ListAsync(
            Sql(query, limit + 1),
            row => (Number: row.GetInt64(0), Entry: Read(row)),
            cancellation,
            ("area", query.Area.Value), ("before", before ?? long.MaxValue), ("sub", query.Sub),
            ("subject", query.Subject), ("kind", query.Kind?.ToString()),
            ("from", query.From?.UtcTicks ?? 0), ("to", query.To?.UtcTicks ?? long.MaxValue));
        return rows.Count <= limit
            ? new AccessPage([.. rows.Select(row => row.Entry)], null)
            : new AccessPage([.. rows.Take(limit).Select(row => row.Entry)], rows[limit - 1].Number);
    }

    public ValueTask ForgetAsync(DateTimeOffset before, CancellationToken cancellation = default) =>
        database.WriteAsync(
            connection => connection.Run("DELETE FROM accesses WHERE at < @before", ("before", before.UtcTicks)),
            cancellation);

    /// <summary>Conditions that nobody asked for are left out, so that the others have their index.</summary>
    private static string Sql(AccessQuery query, int limit) =>
        $"SELECT number, {Columns} FROM accesses"
        + $" WHERE substr(area, 1, {query.Area.Value.Length}) = @area AND number < @before"
        + " AND at >= @from AND at < @to"
        + (query.Sub is null ? "" : " AND sub = @sub")
        + (query.Subject is null ? "" : " AND subject = @subject")
        + (query.Kind is null ? "" : " AND kind = @kind")
        + $" ORDER BY number DESC LIMIT {limit}";

    private static AccessEntry Read(DbDataReader row) => new(
        row.Time(1), row.GetString(2), EnumName.Parse<Role>(row.GetString(3)),
        EnumName.Parse<AccessKind>(row.GetString(4)), AreaCode.Parse(row.GetString(5)), row.GetString(6));
}
