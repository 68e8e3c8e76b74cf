using GridMesh.Contracts.Access;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Accesses;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Answers;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Care;

/// <summary>Watches over households (docs/care.md). Who may is decided where they are kept.</summary>
internal static class CareEndpoints
{
    private const int WindowHoursDefault = 24;

    private static readonly CommandPipeline<BuildingCode, CareCommand, CareOutcome> s_watches = new()
    {
        Find = Targets.Building,
        DecideAsync = (call, building, command) =>
            call.Grain<ICareGrain>(building.Grid.Value).ExecuteAsync(command),
        RejectOf = outcome =>
            (outcome.Reject ?? (outcome.Watches.Length == 1 ? null : RejectCode.WatchIsUnknown), null),
        Codes = [.. Targets.BuildingCodes, RejectCode.WatchIsUnknown],
    };

    /// <summary>The same where the watch is over afterwards.</summary>
    private static readonly CommandPipeline<BuildingCode, CareCommand, CareOutcome> s_ends = new()
    {
        Find = s_watches.Find,
        DecideAsync = s_watches.DecideAsync,
        RejectOf = outcome => (outcome.Reject, null),
        Codes = s_watches.Codes,
    };

    public static void MapCare(this IEndpointRouteBuilder api)
    {
        s_watches.Map<WatchBody>(api, "buildings/{code}/watches", Begin, CommandAnswer<CareOutcome>.Created(
                (call, _) => $"buildings/{call.Path("code")}/watches",
                (_, outcome) => WatchItem.Of(outcome.Watches[0])))
            .Describe("beginWatch", "Watch over a household, with its consent", "关爱：经同意后守护一户")
            .Refuses(
                RejectCode.OnlyTheOwnGridMay, RejectCode.ConsentIsFromTheFuture, RejectCode.HouseholdIsWatchedAlready,
                RejectCode.GridHoldsTooManyWatches);
        s_watches.Map<ConfirmBody>(api, "buildings/{code}/watches/{id}/confirm", Confirm, CommandAnswer<CareOutcome>.Ok(
                (_, outcome) => WatchItem.Of(outcome.Watches[0])))
            .Describe("confirmWatch", "Somebody was at the door", "上门确认")
            .Refuses(RejectCode.OnlyTheOwnGridAndItsDesksMay);
        s_ends.Map<WithdrawBody>(
                api, "buildings/{code}/watches/{id}/withdraw", (call, _, body) => new WithdrawConsent(
                    call.Id, call.Me, call.Path("id"),
                    call.Check.Text(body.Reason, "reason", IncidentCommand.TextMax)),
                CommandAnswer<CareOutcome>.NoContent)
            .Describe("withdrawConsent", "The consent is withdrawn: the watch ends", "撤回同意，守护结束")
            .Refuses(RejectCode.OnlyTheOwnGridMay);
        api.MapGet("buildings/{code}/watches", ReadBuildingAsync).OnRecord(AccessKind.Household)
            .Describe(
                "listBuildingWatches", "The watches of a building; that they were read is written down",
                "一栋楼的守护；查看会留痕")
            .Produces<Page<WatchItem>>()
            .Refuses([.. Targets.BuildingCodes, RejectCode.OnlyTheOwnGridAndItsDesksMay]);
        api.MapGet("areas/{code}/watches", ReadGridAsync).OnRecord(AccessKind.Household)
            .Describe(
                "listGridWatches", "The watches of a grid, alarms first; that they were read is written down",
                "一个网格的守护，告警在前；查看会留痕")
            .Produces<Page<WatchItem>>().Refuses(
                RejectCode.AreaIsOutsideYourOwn, RejectCode.AreaIsUnknown, RejectCode.OnlyTheOwnGridAndItsDesksMay);
    }

    private static BeginCare Begin(CommandCall call, BuildingCode building, WatchBody body)
    {
        var check = call.Check;
        var household = check.Text(body.Household, "household", CareWatch.HouseholdMax);
        var hours = body.WindowHours ?? WindowHoursDefault;
        check.That(hours is >= 1 and <= CareWatch.WindowHoursMax, "windowHours", $"is 1-{CareWatch.WindowHoursMax}");
        var consentBy = check.Text(body.Consent?.By, "consent.by", CareWatch.ConsentByMax);
        check.That(body.Consent?.At is not null, "consent.at", "is required");
        check.That(
            body.Device is null || (call.View.Devices.TryGetValue(body.Device, out var device)
                && device.Kind == SensorKind.Door && device.Building == building),
            "device", "is no door of this building");
        return new BeginCare(call.Id, call.Me, new CareWatch(
            $"K{call.Id:N}"[..17], building, household, body.Device, hours, consentBy,
            body.Consent?.At ?? default));
    }

    private static ConfirmCare Confirm(CommandCall call, BuildingCode building, ConfirmBody body)
    {
        var finding = call.Check.OneOf<CareFinding>(body.Finding, "finding");
        call.Check.That(!string.IsNullOrEmpty(body.Finding), "finding", "is required");
        return new ConfirmCare(
            call.Id, call.Me, call.Path("id"), finding ?? default,
            call.Check.OptionalText(body.Text, "text", IncidentCommand.TextMax));
    }

    private static Task<IResult> ReadBuildingAsync(
        string code, CurrentActor me, IDirectory directory, IClusterClient client) =>
        AreaAccess.Refusal(code, me.Actor, directory.Current, out BuildingCode building) is { } refusal
            ? Task.FromResult(refusal)
            : ReadAsync(client, building.Grid, building, me.Actor);

    private static Task<IResult> ReadGridAsync(
        string code, CurrentActor me, IDirectory directory, IClusterClient client)
    {
        if (!AreaCode.TryParse(code, out var grid, out var reason) || grid.Tier != Tier.Grid)
            return Task.FromResult(new Check().That(false, "code", reason ?? "is the code of a grid").Problem);

        return !me.Actor.Sees(grid) ? Task.FromResult(Problem.Of(RejectCode.AreaIsOutsideYourOwn))
            : !directory.Current.Areas.ContainsKey(grid) ? Task.FromResult(Problem.Of(RejectCode.AreaIsUnknown))
            : ReadAsync(client, grid, null, me.Actor);
    }

    /// <summary>Each reading is a fact of its own: no key of a client makes two of them one.</summary>
    private static async Task<IResult> ReadAsync(
        IClusterClient client, AreaCode grid, BuildingCode? building, Actor me)
    {
        var outcome = await client.GetGrain<ICareGrain>(grid.Value)
            .ExecuteAsync(new ReadCare(Guid.NewGuid(), me, building));
        return outcome.Reject is { } reject
            ? Problem.Of(reject)
            : Results.Ok(new Page<WatchItem>([.. outcome.Watches.Select(WatchItem.Of)]));
    }
}
