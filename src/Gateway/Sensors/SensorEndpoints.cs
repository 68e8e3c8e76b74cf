using GridMesh.Contracts.Access;
using GridMesh.Contracts.Buildings;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Problems;
using GridMesh.Gateway.Plumbing.Telemetry;
using GridMesh.Gateway.Workers;

namespace GridMesh.Gateway.Sensors;

internal sealed record SensorAnswer(int Accepted, IReadOnlyList<Rejected> Rejected, IReadOnlyList<CaseNumber> Cases);

/// <param name="Forgotten">Devices that were forgotten for others since the start.</param>
internal sealed record UnknownDeviceList(IReadOnlyList<UnknownDevice> Items, string? Next, long Forgotten);

/// <summary>
/// <c>POST sensors/events</c>: door events go to the track store and their building, alarms become cases. The device's
/// entry in the directory says where it is, not the event.
/// </summary>
internal static class SensorEndpoints
{
    /// <summary>How far a device's clock may run ahead.</summary>
    private static readonly TimeSpan s_aheadMax = TimeSpan.FromMinutes(5);

    public static void MapSensors(this IEndpointRouteBuilder api)
    {
        api.MapPost("sensors/events", PostAsync)
            .Describe("postSensorEvents", "Events of devices, up to 1,000", "设备事件，每次至多一千条")
            .Accepts<SensorBody[]>("application/json")
            .Produces<SensorAnswer>(StatusCodes.Status202Accepted)
            .Refuses(RejectCode.RoleMayNot).Refuses(ProblemCode.TooManyItems);
        api.MapGet("sensors/unknown", Unknown)
            .Describe("listUnknownDevices", "Devices that send and are not in the directory", "名录中没有的设备")
            .Produces<UnknownDeviceList>().Refuses(RejectCode.RoleMayNot);
    }

    private static async Task<IResult> PostAsync(
        SensorBatch batch, CurrentActor me, IDirectory directory, IncidentService service, ITrackStore tracks,
        IClusterClient client, UnknownDevices unknown, TimeProvider time, CancellationToken cancellation)
    {
        if (batch.IsTooLong)
            return Problem.Of(ProblemCode.TooManyItems, $"At most {SensorBatch.ItemsMax} events.");

        if (me.Actor.Role is Role.Viewer or Role.Resident or Role.Inspector)
            return Problem.Of(RejectCode.RoleMayNot);

        var rejected = new List<Rejected>();
        var doors = new List<DoorRecord>();
        var alarms = new List<(int Index, DeviceEntry Device, SensorBody Event)>();
        for (var i = 0; i < batch.Items.Count; i++)
        {
            var (body, wrong) = batch.Items[i];
            var kind = default(SensorKind);
            wrong ??= WrongIn(body, time.GetUtcNow(), out kind);
            if (wrong is not null)
            {
                rejected.Add(new Rejected(i, body?.Device, nameof(ProblemCode.ValidationFailed), wrong));
            }
            else if (Refusal(body!, kind, me.Actor, directory.Current, out var device) is { } refusal)
            {
                if (refusal == RejectCode.DeviceIsUnknown)
                {
                    GatewayMeter.UnknownDevices.Add(1);
                    unknown.Seen(body!.Device!, body.Kind!, me.Actor.Area);
                }

                rejected.Add(new Rejected(i, body!.Device, refusal.ToString()));
            }
            else if (device is { Kind: SensorKind.Door, Building: { } building })
            {
                doors.Add(new DoorRecord(building.Value, device.Id, body!.At!.Value));
            }
            else
            {
                alarms.Add((i, device!, body!));
            }
        }

        await RecordDoorsAsync(doors, tracks, client, cancellation);
        var cases = await RaiseAsync(alarms, me.Actor, directory.Current, service, rejected);
        var accepted = batch.Items.Count - rejected.Count;
        GatewayMeter.SensorEvents.Add(accepted);
        return Results.Json(
            new SensorAnswer(accepted, rejected, cases), statusCode: StatusCodes.Status202Accepted);
    }

    private static IResult Unknown(CurrentActor me, UnknownDevices unknown, IDirectory directory) =>
        me.Actor.Role is not (Role.Dispatcher or Role.Supervisor or Role.Admin)
            ? Problem.Of(RejectCode.RoleMayNot)
            : Results.Ok(new UnknownDeviceList(
                unknown.Read(me.Actor.Area, directory.Current), null, unknown.Forgotten));

    private static async Task RecordDoorsAsync(
        List<DoorRecord> doors, ITrackStore tracks, IClusterClient client, CancellationToken cancellation)
    {
        if (doors.Count == 0)
            return;

        await tracks.AppendAsync(doors, cancellation);
        await Task.WhenAll(doors.GroupBy(door => door.Building).Select(building =>
            client.GetGrain<IBuildingGrain>(building.Key).RecordDoorsAsync([.. building.Select(door => door.At)])));
    }

    /// <summary>
    /// Alarms of one device and kind are told one after the other, so the second one finds the case of the first.
    /// </summary>
    private static async Task<IReadOnlyList<CaseNumber>> RaiseAsync(
        List<(int Index, DeviceEntry Device, SensorBody Event)> alarms, Actor me, DirectoryView view,
        IncidentService service,
        List<Rejected> rejected)
    {
        var cases = new HashSet<CaseNumber>();
        foreach (var (index, device, sensed) in alarms)
        {
            var standard = view.Alarms.GetValueOrDefault(device.Kind);
            var outcome = standard is null
                ? new ReportOutcome(RejectCode.CategoryIsUnknown, null, [])
                : await service.ReportAsync(device.Grid, new ReportIncident(
                    Commands.IdOf(me.Sub, $"alarm\n{device.Id}\n{device.Kind}\n{sensed.At:O}"), me, standard.Category,
                    Describe(standard, device, sensed), device.Position, null, null, SourceOf(device.Kind), null,
                    $"{device.Id}:{device.Kind}"));
            if (outcome.Reject is { } reject)
                rejected.Add(new Rejected(index, device.Id, reject.ToString()));
            else
                cases.Add(outcome.Case!.Id);
        }

        return [.. cases];
    }

    /// <summary>The first field that is missing or wrong.</summary>
    private static string? WrongIn(SensorBody? item, DateTimeOffset now, out SensorKind kind)
    {
        kind = default;
        return item is not { Device.Length: > 0 } ? "device"
            : !EnumName.TryParse(item.Kind, out kind, ignoreCase: true) ? "kind"
            : item.Position is { IsValid: false } ? "position"
            : item.At is not { } at || at > now + s_aheadMax ? "at"
            : item.Value is { } value && !double.IsFinite(value) ? "value"
            : null;
    }

    private static RejectCode? Refusal(
        SensorBody item, SensorKind kind, Actor me, DirectoryView view, out DeviceEntry? device) =>
        !view.Devices.TryGetValue(item.Device!, out device) || device.Kind != kind ? RejectCode.DeviceIsUnknown
        : me.Sees(device.Grid) ? null
        : RejectCode.AreaIsOutsideYourOwn;

    private static string Describe(FilingStandard standard, DeviceEntry device, SensorBody sensed) =>
        sensed.Value is { } value ? $"{standard.Name} {device.Id}: {value}" : $"{standard.Name} {device.Id}";

    private static Source SourceOf(SensorKind kind) => kind switch
    {
        SensorKind.FireRisk or SensorKind.StreetOrder or SensorKind.Intrusion or SensorKind.Drowning => Source.Camera,
        _ => Source.Sensor,
    };
}
