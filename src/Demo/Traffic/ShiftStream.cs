using System.Net;
using System.Text.Json;
using GridMesh.Client;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;

namespace GridMesh.Demo.Traffic;

/// <summary>Sends people on and off duty as their shifts begin and end, and knows who is on duty now.</summary>
internal sealed class ShiftStream
{
    private const int AtOnceMax = 64;

    /// <summary>Shifts are looked at this often.</summary>
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(15);

    /// <summary>As many as one page of the list may hold.</summary>
    private const int PageSize = 500;

    private static readonly byte[] s_on = "{\"onDuty\":true}"u8.ToArray();
    private static readonly byte[] s_off = "{\"onDuty\":false}"u8.ToArray();

    private readonly TrafficContext _context;
    private readonly Inflight _inflight;
    private readonly WorkerEntry[] _workers;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _onDuty = [];
    private readonly HashSet<string> _changing = [];
    private readonly Queue<WorkerEntry> _due = new();
    private DateTimeOffset _nextLook = DateTimeOffset.MinValue;

    public ShiftStream(TrafficContext context)
    {
        (_context, _inflight) = (context, new Inflight(AtOnceMax, context.Failures));
        _workers = [.. context.World.View.Data.Workers.Where(worker =>
            ShiftPlan.Walks(worker) && context.World.Find(worker.Grid) is not null)];
    }

    /// <summary>Told the number of each case that has another owner since a shift ended.</summary>
    public Action<string> HandedOver { get; set; } = _ => { };

    public bool IsOnDuty(string worker)
    {
        lock (_lock)
        {
            return _onDuty.Contains(worker);
        }
    }

    /// <summary>Learns who is on duty from before, so that a shift which ended meanwhile is ended here too.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        foreach (var town in _context.World.Towns)
        {
            for (var cursor = ""; ;)
            {
                var answer = await _context.Client.GetAsync(
                    new TokenKey("lead", town.Code, null),
                    $"api/v1/workers?area={town.Code}&onDuty=true&limit={PageSize}{cursor}", cancellation);
                if (answer is not { IsSuccess: true, Json: { } page })
                {
                    _context.Failures.Add($"workers of {town.Code}: {(int)answer.Status}");
                    break;
                }

                lock (_lock)
                {
                    _onDuty.UnionWith(
                        page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
                }

                if (page.GetProperty("next").GetString() is not { } next)
                    break;

                cursor = $"&cursor={Uri.EscapeDataString(next)}";
            }
        }
    }

    public void Tick(DateTimeOffset now, CancellationToken cancellation)
    {
        if (now >= _nextLook && _due.Count == 0)
        {
            _nextLook = now + s_lookEvery;
            Look(ChinaTime.Local(now));
        }

        while (_due.Count > 0 && _inflight.HasRoom)
        {
            var worker = _due.Dequeue();
            _inflight.TryRun(() => ChangeAsync(worker, now, cancellation));
        }
    }

    public Task DrainAsync() => _inflight.DrainAsync();

    private void Look(DateTime china)
    {
        lock (_lock)
        {
            foreach (var worker in _workers)
            {
                if (ShiftPlan.IsRunning(worker, china) != _onDuty.Contains(worker.Id) && !_changing.Contains(worker.Id))
                {
                    _changing.Add(worker.Id);
                    _due.Enqueue(worker);
                }
            }
        }
    }

    /// <summary>Somebody of the same grid who is still on duty; null when nobody is.</summary>
    private string? ColleagueOf(WorkerEntry worker)
    {
        lock (_lock)
        {
            return _context.World.Find(worker.Grid)?.Owners
                .FirstOrDefault(other => other.Id != worker.Id && _onDuty.Contains(other.Id)
                    && !_changing.Contains(other.Id))?.Id;
        }
    }

    private async Task<Answer> PostAsync(
        WorkerEntry worker, bool goesOn, string? to, DateTimeOffset now, CancellationToken cancellation)
    {
        var body = to is null ? goesOn ? s_on : s_off
            : JsonSerializer.SerializeToUtf8Bytes(new { onDuty = false, handTo = to });
        var answer = await _context.Client.PostAsync(
            new TokenKey("lead", worker.Grid.At(Tier.Town), null), $"api/v1/workers/{worker.Id}/shift", body,
            $"demo-shift:{worker.Id}:{goesOn}:{to}:{now.UtcTicks}", cancellation);
        DemoMeter.Commands.Add(1);
        return answer;
    }

    private void TellHanded(Answer answer)
    {
        if (answer.Json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("handed", out var handed))
        {
            foreach (var number in handed.EnumerateArray())
                HandedOver(number.GetString()!);
        }
    }

    private async Task ChangeAsync(WorkerEntry worker, DateTimeOffset now, CancellationToken cancellation)
    {
        var goesOn = ShiftPlan.IsRunning(worker, ChinaTime.Local(now));
        try
        {
            var to = goesOn ? null : ColleagueOf(worker);
            var answer = await PostAsync(worker, goesOn, to, now, cancellation);
            if (to is not null && answer.Status == HttpStatusCode.Conflict)
            {
                // Whoever does not serve a line takes none of its cases over: they stay, and the shift ends.
                answer = await PostAsync(worker, goesOn, null, now, cancellation);
            }

            if (!answer.IsSuccess)
            {
                _context.Failures.Add($"shift of {worker.Id}: {(int)answer.Status}");
                return;
            }

            TellHanded(answer);
            lock (_lock)
            {
                _ = goesOn ? _onDuty.Add(worker.Id) : _onDuty.Remove(worker.Id);
            }
        }
        finally
        {
            lock (_lock)
            {
                _changing.Remove(worker.Id);
            }
        }
    }
}
