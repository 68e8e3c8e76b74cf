using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Json;
using GridMesh.Contracts.Services;

namespace GridMesh.Demo.Traffic;

/// <summary>
/// People ask for services 代办, most by the code that hangs in their grid and without a token; the grid's people do
/// them, and the askers rate.
/// </summary>
internal sealed class ServiceStream
{
    /// <summary>Asked for in a day by a million people.</summary>
    public const double ServicesPerDay = 60;

    private const int AtOnceMax = 4;

    /// <summary>Services that are driven; beyond it nobody asks.</summary>
    private const int OpenMax = 2_000;

    /// <summary>Who asks by the code; the others are signed in.</summary>
    private const double CodeShare = 0.7;

    private const double HomeShare = 0.5;
    private const double BestShare = 0.6;

    private static readonly string[] s_notes = ["行动不便，请上门", "白天有人在家", "请先电话联系", "家中无人会用手机办理"];

    private static readonly string[] s_missing = ["缺户口簿复印件", "照片不合要求，请重新提供", "缺银行卡复印件"];

    private readonly TrafficContext _context;
    private readonly Random _random;
    private readonly Inflight _inflight;
    private readonly PriorityQueue<(OpenService Service, ServiceAction Action), DateTimeOffset> _due = new();
    private readonly ConcurrentQueue<OpenService> _moved = [];
    private readonly ConcurrentDictionary<AreaCode, string> _codes = [];
    private double _owed;
    private long _asked;

    public ServiceStream(TrafficContext context)
    {
        (_context, _random) = (context, context.Random(22));
        _inflight = new Inflight(AtOnceMax, context.Failures);
    }

    /// <summary>Learns which are open. Tokens are told once and never again: nobody rates those.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        foreach (var district in _context.World.Districts)
        {
            var sums = await ListAsync(new TokenKey("dispatcher", district, null), district, "grids", cancellation);
            foreach (var grid in sums.Where(IsOpen).Select(sum => AreaCode.Parse(sum.GetProperty("area").GetString()!)))
            {
                var items = await ListAsync(new TokenKey("lead", grid, null), grid, "items", cancellation);
                foreach (var open in items.Select(item => Read(new OpenService(
                    item.GetProperty("id").GetString()!, grid, null) { State = default }, item)))
                {
                    _moved.Enqueue(open);
                }
            }
        }
    }

    public void Tick(DateTimeOffset now, TimeSpan sinceLast, CancellationToken cancellation)
    {
        while (_moved.TryDequeue(out var service))
        {
            if (ServiceLife.Next(service, _random) is { } move)
            {
                _due.Enqueue((service, move.Action), now + (move.After / _context.Options.Speed));
            }
        }

        while (_inflight.HasRoom && _due.TryPeek(out var next, out var at) && at <= now)
        {
            _due.Dequeue();
            var body = BodyOf(next.Service, next.Action);
            _inflight.TryRun(() => MoveAsync(next.Service, next.Action, body, cancellation));
        }

        var days = sinceLast * _context.Options.Speed / TimeSpan.FromDays(1);
        _owed = Math.Min(
            _owed + (days * ServicesPerDay * _context.World.Size * DayCurve.Cases.At(ChinaTime.Local(now))), AtOnceMax);
        for (; _owed >= 1 && _inflight.HasRoom; _owed--)
        {
            if (_due.Count < OpenMax && !_context.World.IsEmpty)
            {
                Ask(cancellation);
            }
        }
    }

    public Task DrainAsync() => _inflight.DrainAsync();

    private static bool IsOpen(JsonElement sum) =>
        sum.GetProperty("asked").GetInt32() + sum.GetProperty("taken").GetInt32()
            + sum.GetProperty("documentsNeeded").GetInt32() > 0;

    private static OpenService Read(OpenService before, JsonElement item) => before with
    {
        State = Enum.Parse<ServiceState>(item.GetProperty("state").GetString()!),
        Holder = item.TryGetProperty("holder", out var holder) && holder.ValueKind == JsonValueKind.String
            ? holder.GetString()
            : before.Holder,
    };

    private async Task<JsonElement[]> ListAsync(
        TokenKey who, AreaCode area, string part, CancellationToken cancellation)
    {
        var answer = await _context.Client.GetAsync(who, $"api/v1/areas/{area}/services", cancellation);
        if (answer is { IsSuccess: true, Body: { } body })
        {
            return body.TryGetProperty(part, out var rows) && rows.ValueKind == JsonValueKind.Array
                ? [.. rows.EnumerateArray()]
                : [];
        }

        _context.Failures.Add($"services of {area}: {(int)answer.Status}");
        return [];
    }

    private void Ask(CancellationToken cancellation)
    {
        var towns = _context.World.Towns;
        var grid = towns[_random.Next(towns.Length)].Draw(_random).Code;
        var matter = ServiceMatters.All[_random.Next(ServiceMatters.All.Length)];
        var others = matter.Modes.Remove(ServiceMode.AtHome);
        var mode = matter.Modes.Length > others.Length && _random.NextDouble() < HomeShare
            ? ServiceMode.AtHome
            : others[_random.Next(others.Length)];
        var isByCode = _random.NextDouble() < CodeShare;

        // No telephone has such a number.
        var phone = $"000-{_random.Next(10_000_000):D7}";
        var name = Names.PersonNames.Next(_random);
        var note = s_notes[_random.Next(s_notes.Length)];
        var key = $"demo-service:{_context.Started.UtcTicks}:{_asked++}";
        _inflight.TryRun(() => AskAsync(
            grid, isByCode,
            code => new
            {
                Code = code, Grid = code is null ? grid.Value : null, Matter = matter.Code, Mode = mode, Name = name,
                Phone = phone, Address = mode == ServiceMode.AtHome ? "小区南门第一栋" : null, Text = note,
            },
            key, cancellation));
    }

    private async Task AskAsync(
        AreaCode grid, bool isByCode, Func<string?, object> body, string key, CancellationToken cancellation)
    {
        var answer = isByCode && await CodeOfAsync(grid, cancellation) is { } code
            ? await _context.Client.PostOpenAsync(() => Request("api/v1/services", body(code)), key, cancellation)
            : await _context.Client.PostAsync(
                new TokenKey("resident", grid, null), "api/v1/services",
                JsonSerializer.SerializeToUtf8Bytes(body(null), MeshJson.Compact), key, cancellation);
        DemoMeter.Commands.Add(1);
        if (answer is { IsSuccess: true, Body: { } status })
        {
            _moved.Enqueue(Read(
                new OpenService(status.GetProperty("id").GetString()!, grid, status.GetProperty("token").GetString())
                {
                    State = default,
                },
                status));
        }
        else
        {
            _context.Failures.Add($"services: {answer.Code}");
        }
    }

    /// <summary>What hangs in the grid; null where there is none, and then people sign in.</summary>
    private async Task<string?> CodeOfAsync(AreaCode grid, CancellationToken cancellation)
    {
        if (!_codes.TryGetValue(grid, out var code))
        {
            var answer = await _context.Client.GetAsync(
                new TokenKey("lead", grid, null), $"api/v1/areas/{grid}/service-code", cancellation);
            if (answer is { IsSuccess: true, Body: { } body })
            {
                _codes[grid] = code = body.GetProperty("code").GetString()!;
            }
        }

        return code;
    }

    private object BodyOf(OpenService service, ServiceAction action) => action switch
    {
        ServiceAction.Assign => new { Worker = WorkerOf(service) },
        ServiceAction.NeedDocuments => new { Text = s_missing[_random.Next(s_missing.Length)] },
        ServiceAction.Finish => new { Text = "已办结，结果已告知本人" },
        ServiceAction.Decline => new { Text = "不属于代办事项范围，已告知办理途径" },
        ServiceAction.Withdraw => new { service.Token },
        ServiceAction.Rate => new { service.Token, Score = _random.NextDouble() < BestShare ? 5 : _random.Next(2, 5) },
        _ => new { },
    };

    private string? WorkerOf(OpenService service) =>
        _context.World.Find(service.Grid)?.Owners is { Length: > 0 } owners ? owners[^1].Id : null;

    private async Task MoveAsync(
        OpenService service, ServiceAction action, object body, CancellationToken cancellation)
    {
        var path = $"api/v1/services/{service.Id}/{PathOf(action)}";
        var key = $"demo-service:{service.Id}:{_context.Started.UtcTicks}:{service.Moves}";
        var answer = action is ServiceAction.Withdraw or ServiceAction.Rate
            ? await _context.Client.PostOpenAsync(() => Request(path, body), key, cancellation)
            : await _context.Client.PostAsync(
                WhoDoes(service, action), path, JsonSerializer.SerializeToUtf8Bytes(body, MeshJson.Compact), key,
                cancellation);
        DemoMeter.Commands.Add(1);
        if (answer is { IsSuccess: true, Body: { } item } && item.TryGetProperty("state", out _))
        {
            _moved.Enqueue(Read(service, item) with
            {
                Moves = service.Moves + 1, WasMissing = service.WasMissing || action == ServiceAction.NeedDocuments,
            });
        }
        else
        {
            _context.Failures.Add($"service {action}: {answer.Code}");
        }
    }

    /// <summary>The leader assigns, and stands in where nobody of the demo holds it.</summary>
    private TokenKey WhoDoes(OpenService service, ServiceAction action) =>
        action != ServiceAction.Assign && (service.Holder ?? WorkerOf(service)) is { } worker
            && _context.World.Find(service.Grid)?.Owners.Any(owner => owner.Id == worker) == true
            ? new TokenKey("worker", service.Grid, worker)
            : new TokenKey("lead", service.Grid, null);

    private static string PathOf(ServiceAction action) => action switch
    {
        ServiceAction.NeedDocuments => "need-documents",
        ServiceAction.DocumentsCame => "documents-came",
        _ => action.ToString().ToLowerInvariant(),
    };

    private static HttpRequestMessage Request(string path, object body) =>
        new(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: MeshJson.Options) };
}
