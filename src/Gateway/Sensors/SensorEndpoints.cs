using GridMesh.Contracts.Access;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Buildings;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Grids;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Access;
using GridMesh.Gateway.Incidents;
using GridMesh.Gateway.Problems;
using GridMesh.Gateway.Telemetry;
using GridMesh.Gateway.Workers;

namespace GridMesh.Gateway.Sensors;

internal sealed record SensorBody(
    string? Device, string? Kind, string? Building, GeoPoint? Position, DateTimeOffset? At, double? Value);

internal sealed record SensorAnswer(int Accepted, IReadOnlyList<Rejected> Rejected, IReadOnlyList<CaseNumber> Cases);

/// <summary>
/// <c>POST sensors/events</c>: door events go to the track store and their building, alarms become cases. The device's
/// entry in the directory says where it is, not the event.
/// </summary>
internal static class SensorEndpoints
{
    /// <summary>Most events in one request.</summary>
    public const int ItemsMax = 1_000;

    /// <summary>How far a device's clock may run ahead.</summary>
    private static readonly TimeSpan s_aheadMax = TimeSpan.FromMinutes(5);

    public static void MapSensors(this IEndpointRouteBuilder api)
    {
        api.MapPost("sensors/events", PostAsync).WithSummary("Events of devices, up to 1,000")
            .Produces<SensorAnswer>(StatusCodes.Status202Accepted);
        api.MapGet("sensors/unknown", Unknown).WithSummary("Devices that send and are not in the directory");
    }

    private static async Task<IResult> PostAsync(
        IReadOnlyList<SensorBody?> body, CurrentActor me, IDirectory directory, IncidentDesk desk, ITrackStore tracks,
        IClusterClient client, UnknownDevices unknown, TimeProvider time, CancellationToken cancellation)
    {
        if (body.Count > ItemsMax)
        {
            return Problem.Of(
                ProblemCode.TooManyItems, StatusCodes.Status413PayloadTooLarge, $"At most {ItemsMax} events.");
        }

        if (me.Actor.Role is Role.Viewer or Role.Resident or Role.Inspector)
        {
            return Problem.Of(RejectCode.RoleMayNot);
        }

        var rejected = new List<Rejected>();
        var doors = new List<DoorRecord>();
        var alarms = new List<(int Index, DeviceEntry Device, SensorBody Event)>();
        for (var i = 0; i < body.Count; i++)
        {
            if (Fault(body[i], me.Actor, directory.Current, time.GetUtcNow(), out var device) is { } fault)
            {
                if (fault == nameof(RejectCode.DeviceIsUnknown))
                {
                    GatewayMeter.UnknownDevices.Add(1);
                    unknown.Seen(body[i]!.Device!, body[i]!.Kind!, me.Actor.Area);
                }

                rejected.Add(new Rejected(i, body[i]?.Device, fault));
            }
            else if (device is { Kind: SensorKind.Door, Building: { } building })
            {
                doors.Add(new DoorRecord(building.Value, device.Id, body[i]!.At!.Value));
            }
            else
            {
                alarms.Add((i, device!, body[i]!));
            }
        }

        await RecordDoorsAsync(doors, tracks, client, cancellation);
        var cases = await RaiseAsync(alarms, me.Actor, directory.Current, desk, rejected);
        GatewayMeter.SensorEvents.Add(body.Count - rejected.Count);
        return Results.Json(
            new SensorAnswer(body.Count - rejected.Count, rejected, cases), statusCode: StatusCodes.Status202Accepted);
    }

    private static IResult Unknown(CurrentActor me, UnknownDevices unknown, IDirectory directory) =>
        me.Actor.Role is not (Role.Dispatcher or Role.Supervisor or Role.Admin)
            ? Problem.Of(RejectCode.RoleMayNot)
            : Results.Ok(new
            {
                Items = unknown.Read(me.Actor.Area, directory.Current), Next = (string?)null, unknown.Forgotten,
            });

    private static async Task RecordDoorsAsync(
        List<DoorRecord> doors, ITrackStore tracks, IClusterClient client, CancellationToken cancellation)
    {
        if (doors.Count == 0)
        {
            return;
        }

        await tracks.AppendAsync(doors, cancellation);
        await Task.WhenAll(doors.GroupBy(door => door.Building).Select(building =>
            client.GetGrain<IBuildingGrain>(building.Key).RecordDoorsAsync([.. building.Select(door => door.At)])));
    }

    /// <summary>
    /// Alarms of one device and kind are told one after the other, so the second one finds the case of the first.
    /// </summary>
    private static async Task<IReadOnlyList<CaseNumber>> RaiseAsync(
        List<(int Index, DeviceEntry Device, SensorBody Event)> alarms, Actor me, DirectoryView view, IncidentDesk desk,
        List<Rejected> rejected)
    {
        var cases = new HashSet<CaseNumber>();
        foreach (var (index, device, sensed) in alarms)
        {
            var standard = view.Alarms.GetValueOrDefault(device.Kind);
            var outcome = standard is null
                ? new ReportOutcome(RejectCode.CategoryIsUnknown, null, [])
                : await desk.ReportAsync(device.Grid, new ReportIncident(
                    Commands.IdOf(me.Sub, $"alarm\n{device.Id}\n{device.Kind}\n{sensed.At:O}"), me, standard.Category,
                    Describe(standard, device, sensed), device.Position, null, null, SourceOf(device.Kind), null,
                    $"{device.Id}:{device.Kind}"));
            if (outcome.Reject is { } reject)
            {
                rejected.Add(new Rejected(index, device.Id, reject.ToString()));
            }
            else
            {
                cases.Add(outcome.Case!.Id);
            }
        }

        return [.. cases];
    }

    private static string? Fault(
        SensorBody? item, Actor me, DirectoryView view, DateTimeOffset now, out DeviceEntry? device)
    {
        device = null;
        if (item is not { Device: { Length: > 0 } id, At: { } at } || at > now + s_aheadMax
            || item.Position is { IsValid: false } || item.Value is { } value && !double.IsFinite(value)
            || !Enum.TryParse<SensorKind>(item.Kind, ignoreCase: true, out var kind)
            || char.IsAsciiDigit(item.Kind![0]))
        {
            return nameof(ProblemCode.ValidationFailed);
        }

        if (!view.Devices.TryGetValue(id, out device) || device.Kind != kind)
        {
            return nameof(RejectCode.DeviceIsUnknown);
        }

        return me.Sees(device.Grid) ? null : nameof(RejectCode.AreaIsOutsideYourOwn);
    }

    private static string Describe(FilingStandard standard, DeviceEntry device, SensorBody sensed) =>
        sensed.Value is { } value ? $"{standard.Name} {device.Id}: {value}" : $"{standard.Name} {device.Id}";

    private static Source SourceOf(SensorKind kind) => kind switch
    {
        SensorKind.FireRisk or SensorKind.StreetOrder or SensorKind.Intrusion or SensorKind.Drowning => Source.Camera,
        _ => Source.Sensor,
    };
}
