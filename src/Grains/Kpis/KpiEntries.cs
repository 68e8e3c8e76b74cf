using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Kpis;

namespace GridMesh.Grains.Kpis;

/// <summary>Says to whose indices a case's counts are added: its areas, its owner, and the owner's post.</summary>
public static class KpiEntries
{
    public static IEnumerable<KpiEntry> Of(CaseNumber number, IEnumerable<Tally> tallies, DirectoryView view) =>
        tallies.Where(tally => !tally.Counts.IsEmpty)
            .Select(tally => new KpiEntry(tally.At, SubjectsOf(number.Grid, tally.Owner, view), tally.Counts));

    private static ImmutableArray<string> SubjectsOf(AreaCode grid, string? owner, DirectoryView view)
    {
        var subjects = ImmutableArray.CreateBuilder<string>(8);
        for (AreaCode? area = grid; area is { } code; area = code.Parent)
        {
            // Above the district only what the directory has: not everybody runs a city.
            if (code.Tier >= Tier.District || view.Areas.ContainsKey(code))
            {
                subjects.Add(KpiSubject.Of(code));
            }
        }

        if (owner is null)
        {
            return subjects.ToImmutable();
        }

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
}
