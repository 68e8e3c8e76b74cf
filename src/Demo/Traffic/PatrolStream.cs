using System.Net;
using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;
using GridMesh.Demo.Patrols;

namespace GridMesh.Demo.Traffic;

/// <summary>
/// Makes the patrol plans that the server lacks and leads workers along them: their positions do the checkpoints, and
/// where a code hangs they scan it.
/// </summary>
internal sealed class PatrolStream
{
    private const int AtOnceMax = 16;

    private readonly TrafficContext _context;
    private readonly ShiftStream _shifts;
    private readonly Inflight _inflight;
    private readonly PatrolRoute[] _routes;
    private readonly ILookup<AreaCode, PatrolRoute> _byGrid;

    public PatrolStream(TrafficContext context, ShiftStream shifts)
    {
        (_context, _shifts, _inflight) = (context, shifts, new Inflight(AtOnceMax, context.Failures));
        var random = context.Random(14);
        _routes = [.. PatrolTable.For(context.World).Select(patrol => new PatrolRoute(patrol, random))];
        _byGrid = _routes.ToLookup(route => route.Patrol.Grid);
    }

    /// <summary>Learns which plans are there, and makes the others.</summary>
    /// <exception cref="UnreachableException">The server is away.</exception>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        foreach (var district in _context.World.Districts)
        {
            var answer = await _context.Client.GetAsync(
                new TokenKey("supervisor", district, null), $"api/v1/areas/{district}/patrol-plans", cancellation);
            if (answer is { IsSuccess: true, Json: { } body } && body.TryGetProperty("items", out var items))
                Learn(items);
            else
                _context.Failures.Add($"patrol plans of {district}: {(int)answer.Status}");
        }

        foreach (var route in _routes.Where(route => route.PlanId is null))
            await MakeAsync(route, cancellation);
    }

    /// <summary>
    /// Where somebody who walks in a grid has to go now; null for most, who walk as they like. Whoever is on duty and
    /// asks first takes a route that nobody walks.
    /// </summary>
    public PatrolRoute? RouteOf(string worker, AreaCode grid)
    {
        foreach (var route in _byGrid[grid])
        {
            if (route.Worker is null || !_shifts.IsOnDuty(route.Worker))
                route.Worker = worker;

            if (route.Worker == worker)
                return route;
        }

        return null;
    }

    /// <summary>Somebody stands at the checkpoint; a code that hangs there is scanned.</summary>
    public void Reached(PatrolRoute route, DemoCheckpoint point, string worker, CancellationToken cancellation)
    {
        if (point.ByCode)
            _inflight.TryRun(() => ScanAsync(route, point, worker, cancellation));
    }

    public Task DrainAsync() => _inflight.DrainAsync();

    private void Learn(JsonElement items)
    {
        foreach (var item in items.EnumerateArray())
        {
            var (grid, name) = (item.GetProperty("grid").GetString(), item.GetProperty("name").GetString());
            foreach (var route in _routes.Where(route => route.Patrol.Grid.Value == grid && route.Patrol.Name == name))
                route.PlanId = item.GetProperty("id").GetString();
        }
    }

    private async Task MakeAsync(PatrolRoute route, CancellationToken cancellation)
    {
        var patrol = route.Patrol;
        var answer = await _context.Client.PostAsync(
            new TokenKey("supervisor", patrol.Grid.District, null), $"api/v1/areas/{patrol.Grid}/patrol-plans",
            JsonSerializer.SerializeToUtf8Bytes(patrol.ToBody(), MeshJson.Compact),
            $"demo-patrol:{patrol.Grid}:{patrol.Checkpoints[0].Id}", cancellation);
        DemoMeter.Commands.Add(1);
        if (answer is { IsSuccess: true, Json: { } body } && body.TryGetProperty("id", out var id))
            route.PlanId = id.GetString();
        else
            _context.Failures.Add($"patrol plan of {patrol.Grid}: {(int)answer.Status}");
    }

    private async Task ScanAsync(
        PatrolRoute route, DemoCheckpoint point, string worker, CancellationToken cancellation)
    {
        var grid = route.Patrol.Grid;
        var shown = await _context.Client.GetAsync(
            new TokenKey("supervisor", grid.District, null),
            $"api/v1/areas/{grid}/patrol-plans/{route.PlanId}/checkpoints/{point.Id}/code", cancellation);
        if (shown is not { IsSuccess: true, Json: { } body })
        {
            _context.Failures.Add($"code of {point.Id} in {grid}: {(int)shown.Status}");
            return;
        }

        var scan = new { Code = body.GetProperty("code").GetString(), point.Position };
        var answer = await _context.Client.PostAsync(
            new TokenKey("worker", grid, worker), $"api/v1/workers/{worker}/check-ins",
            JsonSerializer.SerializeToUtf8Bytes(scan, MeshJson.Compact), null, cancellation);
        DemoMeter.Commands.Add(1);
        if (!answer.IsSuccess && answer.Status != HttpStatusCode.Conflict)
        {
            // A conflict is none: a colleague who came by has done it.
            _context.Failures.Add($"check-in of {worker}: {(int)answer.Status}");
        }
    }
}
