using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Buildings;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Areas;
using GridMesh.Gateway.Problems;

namespace GridMesh.Gateway.Care;

internal sealed record ConsentBody(string? By, DateTimeOffset? At);

internal sealed record WatchBody(string? Household, string? Device, int? WindowHours, ConsentBody? Consent);

internal sealed record WithdrawBody(string? Reason);

internal sealed record ConfirmBody(string? Finding, string? Text);

internal sealed record WatchItem(
    string Id, BuildingCode Building, string Household, string? Device, int WindowHours, ConsentBody Consent,
    DateTimeOffset SeenAt, DateTimeOffset? DueAt, DateTimeOffset? AlarmedAt, ImmutableArray<CareCircle> Asked)
{
    public static WatchItem Of(CareView view) => new(
        view.Watch.Id, view.Watch.Building, view.Watch.Household, view.Watch.Device, view.Watch.WindowHours,
        new ConsentBody(view.Watch.ConsentBy, view.Watch.ConsentAt), view.SeenAt, view.DueAt, view.AlarmedAt,
        view.Asked);
}

/// <summary>Watches over households (docs/care.md). Who may is decided where they are kept.</summary>
internal static class CareEndpoints
{
    private const int WindowHoursDefault = 24;

    public static void MapCare(this IEndpointRouteBuilder api)
    {
        api.MapPost("buildings/{code}/watches", BeginAsync).WithSummary("Watch over a household, with its consent")
            .Produces<WatchItem>(StatusCodes.Status201Created);
        api.MapGet("buildings/{code}/watches", ReadBuildingAsync)
            .WithSummary("The watches of a building; that they were read is written down");
        api.MapGet("areas/{code}/watches", ReadGridAsync)
            .WithSummary("The watches of a grid, alarms first; that they were read is written down");
        api.MapPost("buildings/{code}/watches/{id}/confirm", ConfirmAsync).WithSummary("Somebody was at the door")
            .Produces<WatchItem>();
        api.MapPost("buildings/{code}/watches/{id}/withdraw", WithdrawAsync)
            .WithSummary("The consent is withdrawn: the watch ends").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> BeginAsync(
        string code, WatchBody body, HttpContext context, CurrentActor me, IDirectory directory, IClusterClient client)
    {
        var check = new Check();
        if (AreaDoor.Refusal(code, me.Actor, directory.Current, out BuildingCode building) is { } refusal)
        {
            return refusal;
        }

        var id = Commands.Read(check, context, me.Actor);
        var household = check.Text(body.Household, "household", CareWatch.HouseholdMax);
        var hours = body.WindowHours ?? WindowHoursDefault;
        check.That(hours is >= 1 and <= CareWatch.WindowHoursMax, "windowHours", $"is 1-{CareWatch.WindowHoursMax}");
        var consentBy = check.Text(body.Consent?.By, "consent.by", CareWatch.ConsentByMax);
        check.That(body.Consent?.At is not null, "consent.at", "is required");
        check.That(
            body.Device is null || (directory.Current.Devices.TryGetValue(body.Device, out var device)
                && device.Kind == SensorKind.Door && device.Building == building),
            "device", "is no door of this building");
        if (check.Failed)
        {
            return check.Problem;
        }

        var watch = new CareWatch(
            $"K{id:N}"[..17], building, household, body.Device, hours, consentBy, body.Consent!.At!.Value);
        var outcome = await DoAsync(client, building.Grid, new BeginCare(id, me.Actor, watch));
        return outcome.Reject is { } reject ? Problem.Of(reject)
            : outcome.Watches is [var view]
                ? Results.Created($"/api/v1/buildings/{building}/watches", WatchItem.Of(view))
            : Problem.Of(RejectCode.WatchIsUnknown);
    }

    private static Task<IResult> ReadBuildingAsync(
        string code, CurrentActor me, IDirectory directory, IClusterClient client) =>
        AreaDoor.Refusal(code, me.Actor, directory.Current, out BuildingCode building) is { } refusal
            ? Task.FromResult(refusal)
            : ReadAsync(client, building.Grid, building, me.Actor);

    private static Task<IResult> ReadGridAsync(
        string code, CurrentActor me, IDirectory directory, IClusterClient client)
    {
        if (!AreaCode.TryParse(code, out var grid, out var reason) || grid.Tier != Tier.Grid)
        {
            return Task.FromResult(new Check().That(false, "code", reason ?? "is the code of a grid").Problem);
        }

        return !me.Actor.Sees(grid) ? Task.FromResult(Problem.Of(RejectCode.AreaIsOutsideYourOwn))
            : !directory.Current.Areas.ContainsKey(grid) ? Task.FromResult(Problem.Of(RejectCode.AreaIsUnknown))
            : ReadAsync(client, grid, null, me.Actor);
    }

    private static async Task<IResult> ConfirmAsync(
        string code, string id, ConfirmBody body, HttpContext context, CurrentActor me, IDirectory directory,
        IClusterClient client)
    {
        if (AreaDoor.Refusal(code, me.Actor, directory.Current, out BuildingCode building) is { } refusal)
        {
            return refusal;
        }

        var check = new Check();
        var commandId = Commands.Read(check, context, me.Actor);
        var finding = check.OneOf<CareFinding>(body.Finding, "finding");
        check.That(!string.IsNullOrEmpty(body.Finding), "finding", "is required");
        var text = check.OptionalText(body.Text, "text", IncidentCommand.TextMax);
        if (check.Failed)
        {
            return check.Problem;
        }

        var outcome = await DoAsync(
            client, building.Grid, new ConfirmCare(commandId, me.Actor, id, finding ?? default, text));
        return outcome.Reject is { } reject ? Problem.Of(reject)
            : outcome.Watches is [var view] ? Results.Ok(WatchItem.Of(view))
            : Problem.Of(RejectCode.WatchIsUnknown);
    }

    private static async Task<IResult> WithdrawAsync(
        string code, string id, WithdrawBody body, HttpContext context, CurrentActor me, IDirectory directory,
        IClusterClient client)
    {
        if (AreaDoor.Refusal(code, me.Actor, directory.Current, out BuildingCode building) is { } refusal)
        {
            return refusal;
        }

        var check = new Check();
        var command = new WithdrawConsent(
            Commands.Read(check, context, me.Actor), me.Actor, id,
            check.Text(body.Reason, "reason", IncidentCommand.TextMax));
        if (check.Failed)
        {
            return check.Problem;
        }

        var outcome = await DoAsync(client, building.Grid, command);
        return outcome.Reject is { } reject ? Problem.Of(reject) : Results.NoContent();
    }

    /// <summary>Each reading is a fact of its own: no key of a client makes two of them one.</summary>
    private static async Task<IResult> ReadAsync(
        IClusterClient client, AreaCode grid, BuildingCode? building, Actor me)
    {
        var outcome = await DoAsync(client, grid, new ReadCare(Guid.NewGuid(), me, building));
        return outcome.Reject is { } reject
            ? Problem.Of(reject)
            : Results.Ok(new { Items = outcome.Watches.Select(WatchItem.Of) });
    }

    private static Task<CareOutcome> DoAsync(IClusterClient client, AreaCode grid, CareCommand command) =>
        client.GetGrain<ICareGrain>(grid.Value).ExecuteAsync(command);
}
