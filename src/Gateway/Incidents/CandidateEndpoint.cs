using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

/// <summary>Somebody whom a case could be given to.</summary>
/// <param name="Metres">As the crow flies; null where the case or the worker has no place.</param>
/// <param name="Open">Open cases of its own grid that it owns.</param>
internal sealed record CandidateItem(string Id, string Name, AreaCode Grid, double? Metres, int Open);

/// <summary>Whom to dispatch a case to: who is free and near, asked of the living grids around it.</summary>
internal static class CandidateEndpoint
{
    private const int LimitDefault = 5;
    private const int LimitMax = 50;

    public static void MapCandidates(this IEndpointRouteBuilder api) =>
        api.MapGet("incidents/{id}/candidates", GetAsync)
            .Describe(
                "listCandidates", "Workers whom the case could be given to: free ones first, the nearest first",
                "派遣建议：空闲优先，就近优先")
            .Produces<Page<CandidateItem>>().Refuses([.. IncidentEndpoints.FindCodes, RejectCode.RoleMayNot]);

    private static async Task<IResult> GetAsync(
        string id, [Range(1, LimitMax)] int? limit, CurrentActor me, IncidentService service, IDirectory directory,
        IClusterClient client)
    {
        if (CaseNumber.TryParse(id, out _, out _)
            && me.Actor.Role is not (Role.Dispatcher or Role.Lead or Role.Supervisor or Role.Admin))
        {
            return Problem.Of(RejectCode.RoleMayNot);
        }

        var (incident, problem) = await IncidentEndpoints.FindAsync(new Check(), id, me.Actor, service);
        return problem ?? Results.Ok(new Page<CandidateItem>(
            await AroundAsync(incident!, limit ?? LimitDefault, directory.Current, client)));
    }

    /// <summary>The grids of the case's community; where they have nobody, those of its town.</summary>
    private static async Task<IReadOnlyList<CandidateItem>> AroundAsync(
        IncidentView incident, int limit, DirectoryView view, IClusterClient client)
    {
        foreach (var tier in (Tier[])[Tier.Community, Tier.Town])
        {
            var grids = view.GridsOf(incident.Grid.At(tier));
            var candidates = await Task.WhenAll(
                grids.Select(grid => client.GetGrain<IGridGrain>(grid.Value).GetCandidatesAsync(incident.Line)));
            var items = candidates.SelectMany(some => some).Select(one => ItemOf(one, incident, view))
                .OrderBy(item => item.Open > 0).ThenBy(item => item.Metres ?? double.MaxValue)
                .ThenBy(item => item.Grid != incident.Grid).ThenBy(item => item.Open)
                .ThenBy(item => item.Id, StringComparer.Ordinal)
                .Take(limit).ToArray();
            if (items.Length > 0)
                return items;
        }

        return [];
    }

    private static CandidateItem ItemOf(Candidate one, IncidentView incident, DirectoryView view) => new(
        one.Worker, view.Workers.TryGetValue(one.Worker, out var worker) ? worker.Name : one.Worker, one.Grid,
        one.At is { } at && incident.Position is { } place ? Math.Round(at.MetresTo(place)) : null, one.Open);
}
