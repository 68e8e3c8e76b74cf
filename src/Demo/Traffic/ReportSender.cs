using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Demo.World;

namespace GridMesh.Demo.Traffic;

/// <summary>A report with everything that was drawn for it, on its way to an endpoint.</summary>
/// <param name="Key">The same again is the same case.</param>
/// <param name="IsRepeat">Somebody else has told of the same matter shortly before.</param>
/// <param name="Scene">What the reporter takes a photo of; null: nothing.</param>
/// <param name="Hurry">So many steps are taken within seconds.</param>
internal sealed record OutgoingReport(
    Report Report, GeoPoint At, string Key, OrderShape Order, bool IsRepeat, int? Scene, int Hurry);

/// <summary>Draws reports and sends them as people do; some tell of what is known already.</summary>
internal sealed class ReportSender(TrafficContext context, PublicReporting ways, PhotoSender photos, TimeProvider time)
{
    /// <summary>Reports that tell of the same matter as one shortly before.</summary>
    private const double RepeatShare = 0.04;

    /// <summary>Last reports that others may tell of again.</summary>
    private const int RecentMax = 64;

    /// <summary>Two people who see the same thing stand at most so far apart, metres east and north.</summary>
    private const double ApartMax = 25;

    private readonly Reports _reports = new(context.World, context.Random(16));
    private readonly Random _random = context.Random(21);
    private readonly List<(Report Report, Geography.Spot At)> _recent = [];
    private long _reported;

    /// <param name="hurry">For the stock of the first minute, which comes by tokens; null for all else.</param>
    /// <returns>Null in a directory without standards.</returns>
    public OutgoingReport? Draw(TrafficTown town, bool isStormy, int? hurry)
    {
        if (_reports.Draw(town, isStormy) is not { } report)
            return null;

        var at = report.Grid.Plot.Any(_random, context.World.Plane);
        var isRepeat = hurry is null && _recent.Count > 0 && _random.NextDouble() < RepeatShare;
        if (isRepeat)
        {
            var (known, place) = _recent[_random.Next(_recent.Count)];
            // Whoever tells of it stands nearby, and is somebody else, at a desk that is responsible there.
            report = known with { Reporter = report.Reporter, Way = report.Way };
            at = Beside(place, known.Grid);
        }
        else if (hurry is null)
        {
            Remember(report, at);
        }

        // The start is in the key: after a restart the same numbers are other cases.
        return new OutgoingReport(
            hurry is null ? report : report with { Way = CaseReporting.Token }, context.World.Plane.ToGeo(at),
            $"demo-report:{context.Started.UtcTicks}:{_reported++}", ways.Draw(), isRepeat, photos.DrawBefore(),
            hurry ?? 0);
    }

    /// <summary>The case that came of it, with its photo; null where it was not taken.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public async Task<OpenCase?> SendAsync(OutgoingReport outgoing, CancellationToken cancellation)
    {
        var open = outgoing.Report.Way != CaseReporting.Token && ways.IsOpen(outgoing.Report.Way)
            ? await SendByKeyAsync(outgoing, cancellation)
            : await SendByTokenAsync(outgoing, cancellation);
        return open is not null && outgoing.IsRepeat ? open with { LookAt = outgoing.At } : open;
    }

    /// <summary>The command that merges the case into one that was there before it; null where none is near.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public async Task<CaseCommand?> FindKnownAsync(OpenCase open, CancellationToken cancellation)
    {
        var desk = new TokenKey("dispatcher", open.Grid.At(Tier.Town), null);
        var at = open.LookAt!.Value;
        var answer = await context.Client.GetAsync(
            desk, FormattableString.Invariant(
                $"api/v1/incidents/similar?category={open.Category}&lng={at.Lng}&lat={at.Lat}"),
            cancellation);
        if (answer is not { IsSuccess: true, Json: { } body } || !body.TryGetProperty("items", out var items))
        {
            context.Failures.Add($"similar: {answer.Code}");
            return null;
        }

        var known = items.EnumerateArray().Select(item => item.GetProperty("id").GetString()!)
            .FirstOrDefault(id => id != open.Id);
        return known is null
            ? null
            : new CaseCommand(desk, "merge", JsonSerializer.SerializeToUtf8Bytes(new { into = known }));
    }

    private async Task<OpenCase?> SendByKeyAsync(OutgoingReport outgoing, CancellationToken cancellation)
    {
        var number = await ways.ReportAsync(
            outgoing.Report, outgoing.At, outgoing.Order, outgoing.Key, time.GetUtcNow(), cancellation);
        return number is null ? null : await OpenCase.FetchAsync(context.Client, number, cancellation);
    }

    private async Task<OpenCase?> SendByTokenAsync(OutgoingReport outgoing, CancellationToken cancellation)
    {
        var (report, at) = (outgoing.Report, outgoing.At);
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            category = report.Standard.Category,
            description = report.Description,
            position = new { lng = at.Lng, lat = at.Lat },
            // Who a resident is his token says.
            reporter = report.Who.Role == "resident" ? null : report.Reporter,
        });
        var answer = await context.Client.PostAsync(report.Who, "api/v1/incidents", body, outgoing.Key, cancellation);
        if (answer is not { IsSuccess: true, Json: { } json })
        {
            context.Failures.Add($"report: {answer.Code}");
            return null;
        }

        if (outgoing.Scene is { } scene)
        {
            var id = json.GetProperty("id").GetString()!;
            json = await photos.AddAsync(report.Who, id, scene, isAfter: false, cancellation) ?? json;
        }

        return OpenCase.Read(json, outgoing.Hurry);
    }

    private void Remember(Report report, Geography.Spot at)
    {
        _recent.Add((report, at));
        if (_recent.Count > RecentMax)
            _recent.RemoveAt(0);
    }

    private Geography.Spot Beside(Geography.Spot place, TrafficGrid grid)
    {
        var beside = context.World.Plane.Snap(new Geography.Spot(
            place.X + (ApartMax * ((2 * _random.NextDouble()) - 1)),
            place.Y + (ApartMax * ((2 * _random.NextDouble()) - 1))));
        return grid.Plot.Contains(beside) ? beside : place;
    }
}
