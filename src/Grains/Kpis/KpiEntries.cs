using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Storage;

namespace GridMesh.Grains.Kpis;

/// <summary>Says to whose indices a case's counts are added: its areas, its owner, and the owner's post.</summary>
public static class KpiEntries
{
    /// <summary>Most (grid, owner) pairs remembered; beyond it they are put together each time.</summary>
    private const int KnownMax = 20_000;

    private static readonly ConditionalWeakTable<DirectoryView, Known> s_known = [];

    public static IEnumerable<KpiEntry> Of(CaseNumber number, IEnumerable<Tally> tallies, DirectoryView view) =>
        tallies.Where(tally => !tally.Counts.IsEmpty)
            .Select(tally => new KpiEntry(tally.At, SubjectsOf(number.Grid, tally.Owner, view), tally.Counts));

    /// <summary>A checkpoint counts as due when its fate is known: done, or missed by nobody in particular.</summary>
    public static IEnumerable<KpiEntry> Of(AreaCode grid, PatrolFact fact, DirectoryView view) => fact switch
    {
        CheckpointDone e =>
        [
            new KpiEntry(
                e.At, SubjectsOf(grid, e.Worker, view),
                [new KpiCount(KpiCounter.PatrolsDue, 1), new KpiCount(KpiCounter.PatrolsDone, 1)]),
        ],
        CheckpointMissed e =>
        [
            new KpiEntry(e.At, SubjectsOf(grid, null, view), [new KpiCount(KpiCounter.PatrolsDue, 1)]),
        ],
        _ => [],
    };

    /// <summary>The same from the journal; nothing where the stream is not a grid's patrols.</summary>
    public static IEnumerable<KpiEntry> OfPatrols(JournalRecord record, DirectoryView view) =>
        GrainKinds.OfStream(record.Stream) == GrainKinds.Patrol
        && AreaCode.TryParse(GrainKinds.Patrol.KeyOf(record.Stream), out var grid)
            ? Of(grid, FactJson.Decode<PatrolFact>(record), view)
            : [];

    /// <summary>
    /// The same few people own most of the cases of a grid: their subjects are put together once for each directory.
    /// </summary>
    private static ImmutableArray<string> SubjectsOf(AreaCode grid, string? owner, DirectoryView view)
    {
        var known = s_known.GetValue(view, static _ => new Known());
        if (known.Subjects.TryGetValue((grid, owner), out var subjects))
            return subjects;

        subjects = MakeSubjects(grid, owner, view);
        if (known.Subjects.Count < KnownMax)
            known.Subjects[(grid, owner)] = subjects;

        return subjects;
    }

    private static ImmutableArray<string> MakeSubjects(AreaCode grid, string? owner, DirectoryView view)
    {
        var subjects = ImmutableArray.CreateBuilder<string>(8);
        for (AreaCode? area = grid; area is { } code; area = code.Parent)
        {
            // Above the district only what the directory has: not everybody runs a city.
            if (code.Tier >= Tier.District || view.Areas.ContainsKey(code))
                subjects.Add(KpiSubject.Of(code));
        }

        if (owner is null)
            return subjects.ToImmutable();

        if (view.Workers.TryGetValue(owner, out var worker))
        {
            subjects.Add(KpiSubject.OfWorker(owner));
            subjects.Add(KpiSubject.OfPost(grid.District, worker.Kind));
            subjects.Add(KpiSubject.OfPost(grid.At(Tier.Town), worker.Kind));
        }
        else
        {
            subjects.Add(KpiSubject.OfDepartment(owner));
        }

        return subjects.ToImmutable();
    }

    private sealed class Known
    {
        public ConcurrentDictionary<(AreaCode Grid, string? Owner), ImmutableArray<string>> Subjects { get; } = new();
    }
}
