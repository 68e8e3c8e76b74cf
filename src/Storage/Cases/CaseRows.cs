using System.Data.Common;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Cases;

/// <summary>The columns of the case and duty lists, in the one order that every statement uses.</summary>
internal static class CaseRows
{
    public const string Columns =
        "number, version, step, category, line, severity, source, description, lng, lat, reported_at, due_at,"
        + " overdue, owner, desk, alarm_key, reported_day, closed_day, serial, also_lines, rung_at";

    public const string DutyColumns = "worker, grid, on_duty, since, version";

    public static CaseRow Read(DbDataReader row) => new(
        CaseNumber.Parse(row.GetString(0)),
        row.GetInt64(1),
        (Step)row.GetInt32(2),
        row.GetString(3),
        (Line)row.GetInt32(4),
        (Severity)row.GetInt32(5),
        (Source)row.GetInt32(6),
        row.GetString(7),
        row.IsDBNull(8) || row.IsDBNull(9) ? null : new GeoPoint(row.GetDouble(8), row.GetDouble(9)),
        row.Time(10),
        row.IsDBNull(11) ? null : row.Time(11),
        row.GetInt32(12) != 0,
        row.NullableString(13),
        AreaCode.Parse(row.GetString(14)),
        row.NullableString(15),
        row.GetInt32(16),
        row.GetInt32(17),
        row.GetInt32(19),
        row.IsDBNull(20) ? null : row.Time(20));

    public static DutyRow ReadDuty(DbDataReader row) => new(
        row.GetString(0), AreaCode.Parse(row.GetString(1)), row.GetInt32(2) != 0, row.Time(3), row.GetInt64(4));

    /// <summary>
    /// The part of an upsert after the values: every column follows the new row, unless that row is older.
    /// </summary>
    public static string OnConflict(string table, string key, string columns)
    {
        var set = string.Join(", ", columns.Split(", ").Where(column => column != key)
            .Select(column => $"{column} = excluded.{column}"));
        return $"ON CONFLICT ({key}) DO UPDATE SET {set} WHERE excluded.version >= {table}.version";
    }
}
