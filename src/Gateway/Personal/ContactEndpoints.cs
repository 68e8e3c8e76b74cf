using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Services;
using GridMesh.Gateway.Accesses;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Services;

namespace GridMesh.Gateway.Personal;

/// <summary>A party of a dispute, with the number whole.</summary>
internal sealed record PartyContact(string Name, string? Contact, string? Role);

/// <summary>Who reported a case and what was said, with numbers whole.</summary>
internal sealed record CaseContact(string? Reporter, string Description, IReadOnlyList<PartyContact> Parties);

/// <summary>Who asked for a service, with the number whole.</summary>
internal sealed record ServiceContact(string Name, string Phone, string? Address);

/// <summary>Numbers whole, for who has to call: asked for one by one, and on record.</summary>
internal static class ContactEndpoints
{
    public static void MapContacts(this IEndpointRouteBuilder incidents, IEndpointRouteBuilder services)
    {
        incidents.MapGet("incidents/{id}/reporter", ReporterAsync).OnRecord(AccessKind.Contact)
            .Describe(
                "getReporter", "Who reported a case, with telephone numbers whole",
                "上报人及完整电话，仅限办理人员，查阅留痕")
            .Produces<CaseContact>().Refuses(IncidentEndpoints.FindCodes);
        services.MapGet("services/{id}/contact", ServiceAsync).OnRecord(AccessKind.Contact)
            .Describe(
                "getServiceContact", "Who asked for a service, with the telephone number whole",
                "申请人及完整电话，仅限本网格人员，查阅留痕")
            .Produces<ServiceContact>().Refuses(RejectCode.ServiceIsUnknown, RejectCode.RoleMayNot);
    }

    private static async Task<IResult> ReporterAsync(string id, CurrentActor me, IncidentService service)
    {
        var (incident, problem) = await IncidentEndpoints.FindAsync(new Check(), id, me.Actor, service);
        return problem
            ?? (me.Actor.MayCall(incident!)
                ? Results.Ok(ContactOf(incident!.ShowTo(me.Actor)))
                : Problem.Of(RejectCode.RoleMayNot));
    }

    private static CaseContact ContactOf(IncidentView shown) => new(
        shown.Reporter, shown.Description,
        [.. (shown.Mediation?.Parties ?? []).Select(party => new PartyContact(party.Name, party.Contact, party.Role))]);

    private static async Task<IResult> ServiceAsync(
        string id, CurrentActor me, IDirectory directory, IClusterClient client)
    {
        if (!ServiceEndpoints.TryFind(id, directory.Current, out var grid) || !me.Actor.Sees(grid)
            || await client.GetGrain<IServiceGrain>(grid.Value).FindAsync(id) is not { } view)
        {
            return Problem.Of(RejectCode.ServiceIsUnknown);
        }

        return me.Actor.SeesHouseholds(grid)
            ? Results.Ok(new ServiceContact(view.Request.Name, view.Request.Phone, view.Request.Address))
            : Problem.Of(RejectCode.RoleMayNot);
    }
}
