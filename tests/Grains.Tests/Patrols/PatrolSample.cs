using System.Collections.Immutable;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Patrols;
using GridMesh.Grains.Patrols;

namespace GridMesh.Grains.Tests.Patrols;

/// <summary>A plan with two places and two windows, and a fold that is written like the journal's fold.</summary>
internal static class PatrolSample
{
    public static readonly GeoPoint Bridge = new(108.30, 22.70);
    public static readonly GeoPoint Pier = new(108.31, 22.70);

    /// <summary>Monday 2026-03-02, China time.</summary>
    public static DateTimeOffset At(int hour, int minute = 0, int day = 2) =>
        new(2026, 3, day, hour, minute, 0, TimeSpan.FromHours(8));

    public static PatrolPlan Plan(
        string id = "P1", int[]? weekdays = null, int everyDays = 1, PatrolSeason? season = null,
        params (int From, int To)[] windows) => new(
        id, "河岸巡查", Line.Emergency,
        [new Checkpoint("bridge", "大桥", Bridge, 50), new Checkpoint("pier", "码头", Pier, 50)],
        [.. (windows.Length == 0 ? [(8, 10), (14, 16)] : windows)
            .Select(window => new PatrolWindow(window.From * 60, window.To * 60))],
        [.. weekdays ?? []], everyDays, season);

    public static PatrolFold Planned(PatrolPlan? plan = null, DateTimeOffset? since = null)
    {
        var fold = new PatrolFold(new PatrolSnapshot());
        fold.Add(new PatrolPlanned(since ?? At(7), "lead", plan ?? Plan()));
        return fold;
    }

    public static void Add(this PatrolFold fold, params IEnumerable<PatrolFact> facts)
    {
        foreach (var fact in facts)
            fold.Apply(fold.Version + 1, fact);
    }

    public static PatrolSlot Slot(string checkpoint, int from = 8, int day = 20260302, string plan = "P1") =>
        new(plan, day, from * 60, checkpoint);

    public static PatrolSighting Seen(PatrolSlot slot, string worker = "w1") => new(slot, worker, At(9));

    public static CheckInAtPoint Scan(
        string checkpoint = "bridge", string code = "p1", string worker = "w1", GeoPoint? at = null,
        string plan = "P1") =>
        new(Guid.NewGuid(), Sample.By(Role.Worker, worker), worker, plan, checkpoint, code, at);
}
