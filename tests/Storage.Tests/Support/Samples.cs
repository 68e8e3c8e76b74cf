using System.Text;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Contracts.Workers;

namespace GridMesh.Storage.Tests.Support;

/// <summary>Well-formed things to store.</summary>
public static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly AreaCode District = AreaCode.Parse("450105");

    public static readonly AreaCode Grid = AreaCode.Parse("450105001003007");

    public static NewFact Fact(string text = "a case was reported", string type = "IncidentReported") =>
        new(type, Noon.AddTicks(7), "worker-1", Encoding.UTF8.GetBytes($$"""{"text":"{{text}}"}"""));

    public static JournalAppend Append(
        string stream, long expected, Guid? command = null, int facts = 1, AreaCode? district = null,
        CaseRow? row = null, DutyRow? duty = null) =>
        new(stream, expected, command ?? Guid.NewGuid(), district ?? District,
            [.. Enumerable.Range(0, facts).Select(index => Fact($"{stream} {expected + index}"))], row, duty);

    public static CaseRow Case(
        int serial, long version = 1, AreaCode? grid = null, Step step = Step.Reported,
        DateTimeOffset? reportedAt = null,
        int closedDay = 0, string description = "井盖缺失 manhole cover missing", Line line = Line.UrbanManagement)
    {
        var at = reportedAt ?? Noon;
        var day = DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime);
        return new CaseRow(
            CaseNumber.Create(grid ?? Grid, day, serial), version, step, "manhole-missing", line, Severity.Urgent,
            Source.Resident, description, new GeoPoint(108.3, 22.8), at, at.AddHours(2), Overdue: false, "worker-7",
            grid ?? Grid, null, (day.Year * 10000) + (day.Month * 100) + day.Day, closedDay);
    }
}
