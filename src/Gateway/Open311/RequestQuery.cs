using System.Globalization;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Open311;

/// <summary>What <c>GET requests</c> asks for, once everything about it is known to be right.</summary>
/// <param name="Skip">Requests before the page.</param>
/// <param name="Take">Requests of the page; nothing beyond <see cref="RequestsMax"/> is ever reached.</param>
internal sealed record RequestQuery(CaseQuery Cases, int Skip, int Take)
{
    /// <summary>Most requests of one search (GeoReport v2: ninety days or a thousand, whichever is smaller).</summary>
    public const int RequestsMax = 1_000;

    /// <summary>Most service codes of one search.</summary>
    public const int CodesMax = 50;

    public static readonly TimeSpan SpanMax = TimeSpan.FromDays(90);

    public static (RequestQuery? Query, Open311Answer? Problem) Read(
        HttpContext context, DirectoryView view, PublicLines lines, DateTimeOffset now)
    {
        var (district, problem) = Jurisdictions.Find(view, Open311Endpoints.Parameter(context, "jurisdiction_id"));
        if (problem is not null)
            return (null, problem);

        var reader = new Reader(context);
        var codes = reader.Codes();
        var isOpen = reader.IsOpen();
        var (from, to) = reader.Span(now);
        var (skip, take) = reader.Page();
        return reader.Faults.Count > 0
            ? (null, Open311Answer.Error(StatusCodes.Status400BadRequest, reader.Faults))
            : (new RequestQuery(
                new CaseQuery(
                    district, From: from, To: to, Lines: lines.All, Categories: codes, IsOpen: isOpen), skip, take),
                null);
    }

    /// <summary>Reads one parameter after another and keeps what is wrong with each.</summary>
    private sealed class Reader(HttpContext context)
    {
        public List<string> Faults { get; } = [];

        public ImmutableArray<string> Codes()
        {
            ImmutableArray<string> codes = Get("service_code")?.Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()
                .ToImmutableArray() ?? [];
            return That(codes.Length <= CodesMax, $"service_code: at most {CodesMax} codes") ? codes : [];
        }

        public bool? IsOpen()
        {
            // Both statuses may be asked for, which is the same as not asking.
            var wanted = Get("status")?.Split(',', StringSplitOptions.TrimEntries).Distinct().ToArray() ?? [];
            That(wanted.All(one => one is "open" or "closed"), "status: is open or closed");
            return wanted is [var only] ? only == "open" : null;
        }

        public (DateTimeOffset From, DateTimeOffset To) Span(DateTimeOffset now)
        {
            var (start, end) = (Time("start_date"), Time("end_date"));
            var to = end ?? (start is { } s && s + SpanMax < now ? s + SpanMax : now + TimeSpan.FromMinutes(1));
            var from = start ?? to - SpanMax;
            That(from <= to, "start_date: is not after end_date");
            That(start is null || end is null || to - from <= SpanMax, "end_date: at most 90 days after start_date");
            return (from, to);
        }

        public (int Skip, int Take) Page()
        {
            var size = Count("page_size", RequestsMax) ?? RequestsMax;
            var page = Count("page", RequestsMax) ?? 1;
            var skip = Math.Min(RequestsMax, (page - 1) * size);
            return (skip, Math.Min(size, RequestsMax - skip));
        }

        private int? Count(string name, int max)
        {
            if (Get(name) is not { } text)
                return null;

            var isCount = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count >= 1 && count <= max;
            return That(isCount, $"{name}: is 1-{max}") ? count : null;
        }

        private DateTimeOffset? Time(string name) =>
            Get(name) is { } text && That(ZonedTime.TryParseOrDay(text, out var time), $"{name}: {ZonedTime.DayWords}")
                ? time
                : null;

        private string? Get(string name) => Open311Endpoints.Parameter(context, name);

        private bool That(bool holds, string otherwise)
        {
            if (!holds)
                Faults.Add(otherwise);

            return holds;
        }
    }
}
