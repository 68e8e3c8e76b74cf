using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using GridMesh.Client;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
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

    private const double BestShare = 0.6;

    /// <summary>In these somebody has something to do yet.</summary>
    private static readonly ImmutableArray<ServiceState> s_goingOn =
        [ServiceState.Asked, ServiceState.Taken, ServiceState.DocumentsNeeded, ServiceState.Done];

    private static readonly string[] s_missing = ["缺户口簿复印件", "照片不合要求，请重新提供", "缺银行卡复印件"];

    private readonly TrafficContext _context;
    private readonly Random _random;
    private readonly Inflight _inflight;
    private readonly PriorityQueue<(OpenService Service, ServiceAction Action), DateTimeOffset> _due = new();
    private readonly ConcurrentQueue<OpenService> _moved = [];
    private readonly ServiceClient _door;
    private double _owed;

    public ServiceStream(TrafficContext context)
    {
        (_context, _random, _door) = (context, context.RandomOfStart(22), new ServiceClient(context));
        _inflight = new Inflight(AtOnceMax, context.Failures);
    }

    /// <summary>Learns which go on.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        foreach (var district in _context.World.Districts)
        {
            var desk = new TokenKey("dispatcher", district, null);
            foreach (var sum in await ListAsync(desk, $"{district}/services", "grids", cancellation))
            {
                var grid = AreaCode.Parse(sum.GetProperty("area").GetString()!);
                foreach (var state in s_goingOn.Where(state => CountOf(sum, state) > 0 && _moved.Count < OpenMax))
                {
                    foreach (var item in await ListAsync(
                        desk, $"{grid}/services?state={state}", "items", cancellation))
                    {
                        _moved.Enqueue(Read(
                            new OpenService(item.GetProperty("id").GetString()!, grid, ServiceAsk.Read(item))
                            {
                                State = state,
                            },
                            item));
                    }
                }
            }
        }
    }

    public void Tick(DateTimeOffset now, TimeSpan sinceLast, CancellationToken cancellation)
    {
        while (_moved.TryDequeue(out var service))
        {
            if (ServiceLife.Next(service, _random) is { } move)
                _due.Enqueue((service, move.Action), now + (move.After / _context.Options.Speed));
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
                Ask(cancellation);
        }
    }

    public Task DrainAsync() => _inflight.DrainAsync();

    private static int CountOf(JsonElement sum, ServiceState state) =>
        sum.GetProperty(JsonNamingPolicy.CamelCase.ConvertName(state.ToString())).GetInt32();

    private static OpenService Read(OpenService before, JsonElement item) => before with
    {
        State = EnumName.Parse<ServiceState>(item.GetProperty("state").GetString()!),
        Holder = item.TryGetProperty("holder", out var holder) && holder.ValueKind == JsonValueKind.String
            ? holder.GetString()
            : before.Holder,
    };

    private async Task<JsonElement[]> ListAsync(
        TokenKey who, string path, string part, CancellationToken cancellation)
    {
        var answer = await _context.Client.GetAsync(who, $"api/v1/areas/{path}", cancellation);
        if (answer is { IsSuccess: true, Json: { } body })
        {
            return body.TryGetProperty(part, out var rows) && rows.ValueKind == JsonValueKind.Array
                ? [.. rows.EnumerateArray()]
                : [];
        }

        _context.Failures.Add($"{path}: {(int)answer.Status}");
        return [];
    }

    private void Ask(CancellationToken cancellation)
    {
        var towns = _context.World.Towns;
        var grid = towns[_random.Next(towns.Length)].Draw(_random).Code;
        var ask = ServiceAsk.Draw(_random);
        _inflight.TryRun(() => AskAsync(grid, ask, cancellation));
    }

    private async Task AskAsync(AreaCode grid, ServiceAsk ask, CancellationToken cancellation)
    {
        var answer = await _door.AskAsync(grid, ask, cancellation);
        DemoMeter.Commands.Add(1);
        if (answer is { IsSuccess: true, Json: { } status })
        {
            _moved.Enqueue(Read(
                new OpenService(status.GetProperty("id").GetString()!, grid, ask)
                {
                    State = default, Token = status.GetProperty("token").GetString(),
                },
                status));
        }
        else
        {
            _context.Failures.Add($"services: {answer.Code}");
        }
    }

    /// <summary>Without the token, which an asker adds.</summary>
    private JsonObject BodyOf(OpenService service, ServiceAction action) => action switch
    {
        ServiceAction.Assign => new() { ["worker"] = WorkerOf(service) },
        ServiceAction.NeedDocuments => new() { ["text"] = s_missing[_random.Next(s_missing.Length)] },
        ServiceAction.Finish => new() { ["text"] = "已办结，结果已告知本人" },
        ServiceAction.Decline => new() { ["text"] = "不属于代办事项范围，已告知办理途径" },
        ServiceAction.Rate => new() { ["score"] = _random.NextDouble() < BestShare ? 5 : _random.Next(2, 5) },
        _ => [],
    };

    private string? WorkerOf(OpenService service) =>
        _context.World.Find(service.Grid)?.Owners is { Length: > 0 } owners ? owners[^1].Id : null;

    private async Task MoveAsync(
        OpenService service, ServiceAction action, JsonObject body, CancellationToken cancellation)
    {
        var path = $"api/v1/services/{service.Id}/{PathOf(action)}";
        var key = $"demo-service:{service.Id}:{_context.Started.UtcTicks}:{service.Moves}";
        Answer answer;
        if (action is ServiceAction.Withdraw or ServiceAction.Rate)
        {
            service = service with { Token = await _door.TokenOfAsync(service, cancellation) };
            body["token"] = service.Token;
            answer = await _door.SendAsync(path, body, key, cancellation);
        }
        else
        {
            answer = await _context.Client.PostAsync(
                WhoDoes(service, action), path, JsonSerializer.SerializeToUtf8Bytes(body, MeshJson.Compact), key,
                cancellation);
        }

        DemoMeter.Commands.Add(1);
        if (answer is { IsSuccess: true, Json: { } item } && item.TryGetProperty("state", out _))
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
}
