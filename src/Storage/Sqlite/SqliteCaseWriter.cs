using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;
using GridMesh.Storage.Cases;
using Microsoft.Data.Sqlite;

namespace GridMesh.Storage.Sqlite;

/// <summary>Upserts of the case and duty lists.</summary>
internal sealed class SqliteCaseWriter(SqliteConnection connection) : IDisposable
{
    private const string Touch =
        "UPDATE cases SET version = ?2, step = ?3, line = ?5, severity = ?6, source = ?7, lng = ?9, lat = ?10,"
        + " due_at = ?12, overdue = ?13, desk = ?15, alarm_key = ?16, rung_at = ?20, also_lines = ?21";

    private const string Same =
        "number = ?1 AND version <= ?2 AND category = ?4 AND description = ?8 AND reported_at = ?11"
        + " AND reported_day = ?17";

    private readonly SqliteStatement _case = new(connection,
        $"INSERT INTO cases ({CaseRows.Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
        + $" ?15, ?16, ?17, ?18, ?19, ?21, ?20) {CaseRows.OnConflict("cases", "number", CaseRows.Columns)}");

    // SQLite rewrites every index of a column that is set, changed or not. Most updates leave the indexed columns as
    // they are, so they are tried as conditions first, and only a row that is new or differs in them takes the upsert.
    private readonly SqliteStatement _touch = new(connection,
        $"{Touch} WHERE {Same} AND owner IS ?14 AND closed_day = ?18");

    // The other usual changes are that a case gets an owner, and that it closes: only their indexes are written.
    private readonly SqliteStatement _own = new(connection,
        $"{Touch}, owner = ?14 WHERE {Same} AND closed_day = ?18");

    private readonly SqliteStatement _close = new(connection,
        $"{Touch}, closed_day = ?18 WHERE {Same} AND owner IS ?14");

    private readonly SqliteStatement _duty = new(connection,
        $"INSERT INTO duty ({CaseRows.DutyColumns}) VALUES (?1, ?2, ?3, ?4, ?5)"
        + $" {CaseRows.OnConflict("duty", "worker", CaseRows.DutyColumns)}");

    public void Upsert(CaseRow row)
    {
        // A case in its first version is new, bar a report that is told again.
        if (row.Version > 1 && TryUpdate(row))
            return;
        Bind(_case, row).Bind(19, row.Number.Serial).Run();
    }

    public void Upsert(DutyRow row) =>
        _duty.Bind(1, row.Worker).Bind(2, row.Grid.Value).Bind(3, row.OnDuty ? 1L : 0L).Bind(4, row.Since.UtcTicks)
            .Bind(5, row.Version).Run();

    public void Dispose()
    {
        foreach (var statement in new[] { _touch, _own, _close, _case, _duty })
            statement.Dispose();
    }

    /// <summary>The step says what is likely to have changed; whatever else has, the upsert writes.</summary>
    private bool TryUpdate(CaseRow row) => row.Step switch
    {
        Step.Dispatched or Step.Returned => Updates(_own, row),
        Step.Closed or Step.Rejected or Step.Merged => Updates(_close, row) || Updates(_touch, row),
        Step.Evaluated => Updates(_touch, row) || Updates(_close, row),
        _ => Updates(_touch, row) || Updates(_own, row),
    };

    private static bool Updates(SqliteStatement statement, CaseRow row) => Bind(statement, row).Run() > 0;

    private static SqliteStatement Bind(SqliteStatement statement, CaseRow row) =>
        statement.Bind(1, row.Number.Value).Bind(2, row.Version).Bind(3, (long)row.Step).Bind(4, row.Category)
            .Bind(5, (long)row.Line).Bind(6, (long)row.Severity).Bind(7, (long)row.Source).Bind(8, row.Description)
            .Bind(9, row.Position?.Lng).Bind(10, row.Position?.Lat).Bind(11, row.ReportedAt.UtcTicks)
            .Bind(12, row.DueAt?.UtcTicks).Bind(13, row.Overdue ? 1L : 0L).Bind(14, row.Owner)
            .Bind(15, row.Desk.Value).Bind(16, row.AlarmKey).Bind(17, row.ReportedDay).Bind(18, row.ClosedDay)
            .Bind(20, row.RungAt?.UtcTicks).Bind(21, row.AlsoLines);
}
