using System.Globalization;
using System.Text.Json;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Visits;
using GridMesh.Demo.Visits;

namespace GridMesh.Demo.Traffic;

/// <summary>Links the households that the server does not know yet, and visits them over the month.</summary>
internal sealed class VisitStream
{
    /// <summary>
    /// Visits a day of a million people: a little more than the links of the demo need, so that most are covered at the
    /// end of the month.
    /// </summary>
    public const double VisitsPerDay = 80;

    private const int AtOnceMax = 4;

    /// <summary>Links that are looked at for one that lacks a visit.</summary>
    private const int TriesMax = 16;

    private static readonly string[] s_heard =
    [
        "身体状况良好，已提醒用电安全", "反映楼道照明不足，已记录", "已宣传防诈骗知识", "协助预约社区医院", "了解就业需求，已登记",
    ];

    private readonly TrafficContext _context;
    private readonly Random _random;
    private readonly Inflight _inflight;
    private readonly Lock _lock = new();
    private readonly Stand[] _stands;
    private readonly Queue<Stand> _missing = new();
    private double _owed;

    public VisitStream(TrafficContext context)
    {
        (_context, _random) = (context, context.Random(18));
        _inflight = new Inflight(AtOnceMax, context.Failures);
        _stands = [.. VisitTable.For(context.World).Select(link => new Stand(link))];
    }

    /// <summary>A link and how it stands in its period.</summary>
    private sealed class Stand(DemoLink link)
    {
        public DemoLink Link => link;

        /// <summary>Null until the server has it.</summary>
        public string? Id { get; private set; }

        public int From { get; private set; }

        public int Done { get; private set; }

        private int Needed { get; set; }

        private int To { get; set; }

        /// <summary>It is on its way: nobody visits twice at once.</summary>
        public bool IsBusy { get; set; }

        /// <param name="day">Today in China as yyyyMMdd; a period that is over lacks everything again.</param>
        public bool Lacks(int day) => Id is not null && !IsBusy && (Done < Needed || day > To);

        public void Read(JsonElement item)
        {
            Id = item.GetProperty("id").GetString();
            (From, To) = (item.GetProperty("from").GetInt32(), item.GetProperty("to").GetInt32());
            (Done, Needed) = (item.GetProperty("done").GetInt32(), item.GetProperty("needed").GetInt32());
        }
    }

    /// <summary>Learns which links are there and how they stand.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        foreach (var grid in _stands.GroupBy(stand => stand.Link.Grid))
        {
            var answer = await _context.Client.GetAsync(
                new TokenKey("lead", grid.Key, null), $"api/v1/areas/{grid.Key}/visits", cancellation);
            if (answer is not { IsSuccess: true, Json: { } body } || !body.TryGetProperty("items", out var items))
            {
                _context.Failures.Add($"visits of {grid.Key}: {(int)answer.Status}");
                continue;
            }

            foreach (var item in items.EnumerateArray())
                grid.FirstOrDefault(stand => IsOf(stand.Link, item))?.Read(item);

            foreach (var stand in grid.Where(stand => stand.Id is null))
                _missing.Enqueue(stand);
        }
    }

    public void Tick(DateTimeOffset now, TimeSpan sinceLast, CancellationToken cancellation)
    {
        while (_missing.Count > 0 && _inflight.HasRoom)
        {
            var stand = _missing.Dequeue();
            _inflight.TryRun(() => LinkAsync(stand, cancellation));
        }

        var china = ChinaTime.Local(now);
        var days = sinceLast * _context.Options.Speed / TimeSpan.FromDays(1);
        _owed = Math.Min(
            _owed + (days * VisitsPerDay * _context.World.Size * DayCurve.Cases.At(china)), AtOnceMax);
        for (; _owed >= 1 && _inflight.HasRoom; _owed--)
        {
            if (TakeLacking(DayOf(china)) is { } stand)
            {
                var heard = s_heard[_random.Next(s_heard.Length)];
                _inflight.TryRun(() => VisitAsync(stand, heard, cancellation));
            }
        }
    }

    public Task DrainAsync() => _inflight.DrainAsync();

    private static bool IsOf(DemoLink link, JsonElement item) =>
        item.GetProperty("kind").GetString() == link.Kind.ToString()
        && item.GetProperty("building").GetString() == link.Building.Value
        && item.GetProperty("household").GetString() == link.Household;

    private static int DayOf(DateTime china) =>
        int.Parse(china.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private Stand? TakeLacking(int day)
    {
        lock (_lock)
        {
            for (var tries = 0; tries < TriesMax && _stands.Length > 0; tries++)
            {
                var stand = _stands[_random.Next(_stands.Length)];
                if (stand.Lacks(day))
                {
                    stand.IsBusy = true;
                    return stand;
                }
            }

            return null;
        }
    }

    private async Task LinkAsync(Stand stand, CancellationToken cancellation)
    {
        var link = stand.Link;
        await PostAsync(
            stand, new TokenKey("lead", link.Grid, null), $"areas/{link.Grid}/visit-links",
            new { link.Kind, link.Visitor, link.Building, link.Household },
            $"demo-link:{link.Kind}:{link.Building}:{link.Household}:{_context.Started.UtcTicks}", cancellation);
    }

    /// <summary>The number of the visit is in the key: a visit that was counted is not counted again.</summary>
    private async Task VisitAsync(Stand stand, string heard, CancellationToken cancellation)
    {
        var link = stand.Link;
        var who = link.Kind == VisitKind.Party
            ? new TokenKey("lead", link.Grid, null)
            : new TokenKey("worker", link.Grid, link.Visitor);
        try
        {
            await PostAsync(
                stand, who, $"areas/{link.Grid}/visit-links/{stand.Id}/visits", new { Text = heard },
                $"demo-visit:{stand.Id}:{stand.From}:{stand.Done}", cancellation);
        }
        finally
        {
            lock (_lock)
            {
                stand.IsBusy = false;
            }
        }
    }

    private async Task PostAsync(
        Stand stand, TokenKey who, string path, object body, string key, CancellationToken cancellation)
    {
        var answer = await _context.Client.PostAsync(
            who, $"api/v1/{path}", JsonSerializer.SerializeToUtf8Bytes(body, MeshJson.Compact), key, cancellation);
        DemoMeter.Commands.Add(1);
        if (answer is { IsSuccess: true, Json: { } item } && item.TryGetProperty("needed", out _))
        {
            lock (_lock)
            {
                stand.Read(item);
            }
        }
        else
        {
            _context.Failures.Add($"{path}: {(int)answer.Status}");
        }
    }
}
