using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Json;

namespace GridMesh.Demo.Traffic;

/// <summary>What is drawn for an order of the hotline before it is passed on.</summary>
/// <param name="RemindAfter">When the caller asks again; null: never.</param>
internal sealed record OrderShape(HotlineKind Kind, TimeSpan? RemindAfter);

/// <summary>
/// Reports by the endpoints of other systems: an app of the city by Open311, the hotline 12345, each with its key of
/// Development. Now and then a caller asks again when it will be done.
/// </summary>
internal sealed class PublicReporting
{
    /// <summary>Taken in Development where no keys are configured (docs/open311.md, docs/hotline.md).</summary>
    private const string AppKey = "development-open311";

    private const string HotlineKey = "development-hotline";

    private const int AtOnceMax = 4;

    /// <summary>Orders that are remembered for a reminder; beyond it nobody asks again.</summary>
    private const int RemindersMax = 500;

    private const double RemindShare = 0.2;
    private const double UrgentShare = 0.1;
    private const double EnquiryShare = 0.4;

    private readonly TrafficContext _context;
    private readonly Random _random;
    private readonly Inflight _inflight;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<string, DateTimeOffset> _reminders = new();
    private readonly HashSet<CaseReporting> _closed = [];

    public PublicReporting(TrafficContext context)
    {
        (_context, _random) = (context, context.Random(20));
        _inflight = new Inflight(AtOnceMax, context.Failures);
    }

    /// <summary>The kind of an order, and whether somebody will ask again.</summary>
    public OrderShape Draw()
    {
        const double MinutesMin = 20, MinutesMax = 400;
        var chance = _random.NextDouble();
        TimeSpan? remind = _random.NextDouble() < RemindShare
            ? _random.Minutes(MinutesMin, MinutesMax)
            : null;
        return new OrderShape(
            chance < UrgentShare ? HotlineKind.Urgent
                : chance < EnquiryShare ? HotlineKind.Enquiry
                : HotlineKind.Complaint,
            remind);
    }

    /// <summary>False where the installation has keys of its own: then the demo has none.</summary>
    public bool IsOpen(CaseReporting way)
    {
        lock (_lock)
        {
            return !_closed.Contains(way);
        }
    }

    /// <summary>The number of the case; null where it was not taken.</summary>
    /// <param name="key">The same again is the same case.</param>
    public async Task<string?> ReportAsync(
        Report report, GeoPoint at, OrderShape order, string key, DateTimeOffset now, CancellationToken cancellation)
    {
        var number = key.Replace(':', '-');
        var answer = report.Way == CaseReporting.Hotline
            ? await _context.Client.PostOpenAsync(() => OrderOf(report, at, order.Kind, number), key, cancellation)
            : await _context.Client.PostOpenAsync(() => RequestOf(report, at), key, cancellation);
        if (answer is { IsSuccess: true, Json: { } body })
        {
            if (report.Way == CaseReporting.Hotline && order.RemindAfter is { } after)
                Remember(number, now + (after / _context.Options.Speed));

            return body.ValueKind == JsonValueKind.Array
                ? body[0].GetProperty("service_request_id").GetString()
                : body.GetProperty("incident").GetString();
        }

        _context.Failures.Add($"report by {report.Way}: {(int)answer.Status}");
        if (answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            lock (_lock)
            {
                _closed.Add(report.Way);
            }
        }

        return null;
    }

    public void Tick(DateTimeOffset now, CancellationToken cancellation)
    {
        while (_inflight.HasRoom && TakeDue(now) is { } number)
            _inflight.TryRun(() => RemindAsync(number, cancellation));
    }

    public Task DrainAsync() => _inflight.DrainAsync();

    private static HttpRequestMessage OrderOf(Report report, GeoPoint at, HotlineKind kind, string number) =>
        ToHotline("", new
        {
            Number = number, Kind = kind, report.Standard.Category, report.Description, Position = at, report.Reporter,
        });

    private static HttpRequestMessage ToHotline(string path, object body) =>
        new(HttpMethod.Post, $"api/v1/hotline/orders{path}")
        {
            Content = JsonContent.Create(body, options: MeshJson.Options),
            Headers = { { "X-Api-Key", HotlineKey } },
        };

    private static HttpRequestMessage RequestOf(Report report, GeoPoint at) =>
        new(HttpMethod.Post, "open311/v2/requests.json")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["api_key"] = AppKey,
                ["jurisdiction_id"] = report.Grid.Code.District.Value,
                ["service_code"] = report.Standard.Category,
                ["lat"] = at.Lat.ToString(CultureInfo.InvariantCulture),
                ["long"] = at.Lng.ToString(CultureInfo.InvariantCulture),
                ["description"] = report.Description,
                ["first_name"] = report.Reporter ?? "",
            }),
        };

    private void Remember(string number, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (_reminders.Count < RemindersMax)
                _reminders.Enqueue(number, at);
        }
    }

    private string? TakeDue(DateTimeOffset now)
    {
        lock (_lock)
        {
            return _reminders.TryPeek(out _, out var at) && at <= now ? _reminders.Dequeue() : null;
        }
    }

    /// <summary>Nobody asks about what is done: a conflict is none.</summary>
    private async Task RemindAsync(string number, CancellationToken cancellation)
    {
        var answer = await _context.Client.PostOpenAsync(
            () => ToHotline($"/{number}/reminders", new { Reason = "来电人再次询问办理进度" }), $"demo-remind:{number}",
            cancellation);
        DemoMeter.Commands.Add(1);
        if (!answer.IsSuccess && answer.Status != HttpStatusCode.Conflict)
            _context.Failures.Add($"reminder: {(int)answer.Status}");
    }
}
