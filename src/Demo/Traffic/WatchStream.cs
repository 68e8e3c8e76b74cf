using System.Text.Json;
using GridMesh.Client;
using GridMesh.Contracts.Care;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Demo.Care;
using GridMesh.Demo.Names;

namespace GridMesh.Demo.Traffic;

/// <summary>
/// Begins the watches that the server lacks, lets the leaders of their grids look at them, and sends somebody to the
/// door where nothing was heard.
/// </summary>
internal sealed class WatchStream
{
    private const int AtOnceMax = 4;

    /// <summary>Each grid's watches are looked at so often on a day.</summary>
    private const double LooksPerDay = 12;

    /// <summary>Minutes until somebody is at the door.</summary>
    private const double WayMin = 5;

    private const double WayMax = 25;

    private const double HelpedShare = 0.1;
    private const double AwayShare = 0.3;

    private readonly TrafficContext _context;
    private readonly Random _random;
    private readonly Inflight _inflight;
    private readonly Queue<DemoWatch> _missing = new();
    private readonly AreaCode[] _grids;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Alarm, DateTimeOffset> _due = new();
    private readonly HashSet<string> _known = [];
    private double _owedLooks;
    private int _looked;

    public WatchStream(TrafficContext context)
    {
        (_context, _random) = (context, context.Random(17));
        _inflight = new Inflight(AtOnceMax, context.Failures);
        foreach (var watch in WatchTable.For(context.World, context.Options.Speed))
            _missing.Enqueue(watch);

        _grids = [.. _missing.Select(watch => watch.Grid).Distinct()];
    }

    /// <summary>Somebody who is not heard of.</summary>
    /// <param name="Name">Tells this alarm from the next one of the same watch.</param>
    private sealed record Alarm(AreaCode Grid, string Building, string Watch, string Name);

    /// <summary>Learns which watches are there, and which wait for somebody at the door.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        var there = new HashSet<(string, string)>();
        foreach (var grid in _grids)
        {
            foreach (var item in await ReadAsync(grid, cancellation))
            {
                there.Add((item.GetProperty("building").GetString()!, item.GetProperty("household").GetString()!));
                Heed(grid, item, _context.Started);
            }
        }

        for (var left = _missing.Count; left > 0; left--)
        {
            var watch = _missing.Dequeue();
            if (!there.Contains((watch.Building.Value, watch.Household)))
                _missing.Enqueue(watch);
        }
    }

    public void Tick(DateTimeOffset now, TimeSpan sinceLast, CancellationToken cancellation)
    {
        while (_missing.Count > 0 && _inflight.HasRoom)
        {
            var (watch, name) = (_missing.Dequeue(), PersonNames.Next(_random));
            _inflight.TryRun(() => BeginAsync(watch, name, cancellation));
        }

        var days = sinceLast * _context.Options.Speed / TimeSpan.FromDays(1);
        _owedLooks = Math.Min(
            _owedLooks + (days * LooksPerDay * _grids.Length * DayCurve.Cases.At(ChinaTime.Local(now))), AtOnceMax);
        for (; _owedLooks >= 1 && _inflight.HasRoom; _owedLooks--)
        {
            var grid = _grids[_looked++ % _grids.Length];
            _inflight.TryRun(() => LookAsync(grid, now, cancellation));
        }

        while (_inflight.HasRoom && TakeDue(now) is { } alarm)
        {
            var finding = Finding();
            _inflight.TryRun(() => ConfirmAsync(alarm, finding, cancellation));
        }
    }

    public Task DrainAsync() => _inflight.DrainAsync();

    private async Task BeginAsync(DemoWatch watch, string agreed, CancellationToken cancellation)
    {
        if (WorkerOf(watch.Grid) is not { } worker)
            return;

        var answer = await _context.Client.PostAsync(
            worker, $"api/v1/buildings/{watch.Building}/watches",
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    watch.Household, watch.Device, watch.WindowHours,
                    Consent = new { By = agreed, At = _context.Started },
                },
                MeshJson.Compact),
            $"demo-watch:{watch.Building}:{watch.Household}:{_context.Started.UtcTicks}", cancellation);
        Count(answer, $"watch in {watch.Grid}");
    }

    private async Task LookAsync(AreaCode grid, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var item in await ReadAsync(grid, cancellation))
            Heed(grid, item, now);
    }

    private async Task<IReadOnlyList<JsonElement>> ReadAsync(AreaCode grid, CancellationToken cancellation)
    {
        var answer = await _context.Client.GetAsync(
            new TokenKey("lead", grid, null), $"api/v1/areas/{grid}/watches", cancellation);
        if (answer is { IsSuccess: true, Json: { } body } && body.TryGetProperty("items", out var items))
            return [.. items.EnumerateArray()];

        _context.Failures.Add($"watches of {grid}: {(int)answer.Status}");
        return [];
    }

    /// <summary>An alarm that nobody has seen yet: somebody sets out.</summary>
    private void Heed(AreaCode grid, JsonElement item, DateTimeOffset now)
    {
        if (item.GetProperty("alarmedAt") is not { ValueKind: JsonValueKind.String } alarmed)
            return;

        var watch = item.GetProperty("id").GetString()!;
        var alarm = new Alarm(
            grid, item.GetProperty("building").GetString()!, watch, $"{watch}:{alarmed.GetDateTimeOffset().UtcTicks}");
        lock (_lock)
        {
            if (_known.Add(alarm.Name))
                _due.Enqueue(alarm, now + (_random.Minutes(WayMin, WayMax) / _context.Options.Speed));
        }
    }

    private Alarm? TakeDue(DateTimeOffset now)
    {
        lock (_lock)
        {
            return _due.TryPeek(out _, out var at) && at <= now ? _due.Dequeue() : null;
        }
    }

    private async Task ConfirmAsync(Alarm alarm, CareFinding finding, CancellationToken cancellation)
    {
        if (WorkerOf(alarm.Grid) is { } worker)
        {
            var answer = await _context.Client.PostAsync(
                worker, $"api/v1/buildings/{alarm.Building}/watches/{alarm.Watch}/confirm",
                JsonSerializer.SerializeToUtf8Bytes(new { Finding = finding, Text = "已上门查看" }, MeshJson.Compact),
                $"demo-confirm:{alarm.Name}", cancellation);
            Count(answer, $"confirmation in {alarm.Grid}");
        }

        lock (_lock)
        {
            // One that did not get through is seen again at the next look.
            _known.Remove(alarm.Name);
        }
    }

    private void Count(Answer answer, string what)
    {
        DemoMeter.Commands.Add(1);
        if (!answer.IsSuccess)
            _context.Failures.Add($"{what}: {(int)answer.Status}");
    }

    /// <summary>The people of the grid itself: nobody else begins a watch.</summary>
    private TokenKey? WorkerOf(AreaCode grid) => _context.World.Find(grid)?.Owners is [.., var worker]
        ? new TokenKey("worker", grid, worker.Id)
        : null;

    private CareFinding Finding()
    {
        lock (_lock)
        {
            return _random.NextDouble() switch
            {
                < HelpedShare => CareFinding.Helped,
                < AwayShare => CareFinding.Away,
                _ => CareFinding.Safe,
            };
        }
    }
}
