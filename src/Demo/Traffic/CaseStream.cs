using System.Collections.Concurrent;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Demo.World;

namespace GridMesh.Demo.Traffic;

/// <summary>Reports cases by the hour of the day and in storms, and drives each one through the loop.</summary>
internal sealed class CaseStream
{
    private const int AtOnceMax = 48;

    /// <summary>As many as one page of the list may hold.</summary>
    private const int PageSize = 200;

    /// <summary>The stock of the first start is opened over this time.</summary>
    private static readonly TimeSpan s_stockWithin = TimeSpan.FromSeconds(45);

    /// <summary>Steps that a case of the stock takes in a hurry: some are just reported, some almost closed.</summary>
    private const int HurryMax = 4;

    private static readonly TimeSpan s_askAgainAfter = TimeSpan.FromSeconds(30);

    private readonly TrafficContext _context;
    private readonly TimeProvider _time;
    private readonly OpenCases _book;
    private readonly CaseMoves _moves;
    private readonly ReportSender _reports;
    private readonly PhotoSender _photos;
    private readonly ConcurrentDictionary<string, bool> _handed = [];
    private readonly StormPlan _storms;
    private readonly Random _random;
    private readonly Inflight _inflight;
    private readonly double[] _owed;
    private double _owedStock;
    private int _stockLeft;

    public CaseStream(TrafficContext context, PublicReporting ways, TimeProvider time)
    {
        (_context, _time, _random) = (context, time, context.Random(13));
        (_book, _moves) = (new OpenCases(context.Random(14)), new CaseMoves(context.World, context.Random(15), time));
        _photos = new PhotoSender(context);
        _reports = new ReportSender(context, ways, _photos, time);
        _storms = new StormPlan(
            context.Options.Seed, context.World.Towns.Length, TimeSpan.FromMinutes(context.Options.StormEveryMinutes));
        _inflight = new Inflight(AtOnceMax, context.Failures);
        _owed = new double[context.World.Towns.Length];
    }

    /// <summary>Open cases that are being driven.</summary>
    public int Count => _book.Count;

    /// <summary>Picks up what is open; where nothing ever was, a starting stock is opened.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        var isEmpty = true;
        foreach (var district in _context.World.Districts)
        {
            foreach (var step in Enum.GetValues<Step>())
            {
                // Of closed cases only their being there counts, and to look for a rare step goes through all of them.
                if (step.IsOpen() || isEmpty)
                    isEmpty &= !await ResumeAsync(district, step, cancellation);
            }
        }

        _stockLeft = isEmpty ? _context.Options.StartingCases : 0;
    }

    /// <summary>Reads a case and takes care of it, unless it is driven already.</summary>
    public async Task FollowAsync(string id, CancellationToken cancellation)
    {
        if (await OpenCase.FetchAsync(_context.Client, id, cancellation) is { } open)
            _book.Adopt(open, _time.GetUtcNow(), _context.Options.Speed);
    }

    /// <summary>A case has another owner since a shift ended: it is looked at before its next move.</summary>
    public void HandedOver(string id)
    {
        if (_handed.Count < OpenCases.CasesMax)
            _handed.TryAdd(id, true);
    }

    public void Tick(DateTimeOffset now, TimeSpan sinceLast, CancellationToken cancellation)
    {
        ReportDue(now, sinceLast, cancellation);
        while (_inflight.HasRoom && _book.TryTake(now, out var open, out var action))
        {
            if (_handed.TryRemove(open.Id, out _))
            {
                _inflight.TryRun(() => RefreshAsync(open, cancellation));
            }
            else if (action == CaseAction.Merge)
            {
                _inflight.TryRun(() => MergeAsync(open, cancellation));
            }
            else if (_moves.Make(open, action) is { } command)
            {
                var scene = action == CaseAction.Resolve ? _photos.DrawAfter() : null;
                _inflight.TryRun(() => MoveAsync(open, command, scene, cancellation));
            }
            else
            {
                _book.Forget(open);
            }
        }
    }

    public Task DrainAsync() => _inflight.DrainAsync();

    /// <summary>True when there is any case at that step.</summary>
    private async Task<bool> ResumeAsync(AreaCode district, Step step, CancellationToken cancellation)
    {
        var any = false;
        // Of what is over only its being there is asked; Closed waits for residents, who may be late.
        var limit = step.IsOpen() ? PageSize : 1;
        for (var cursor = ""; ;)
        {
            var answer = await _context.Client.GetAsync(
                new TokenKey("viewer", district, null),
                $"api/v1/incidents?area={district}&step={step}&limit={limit}{cursor}",
                cancellation);
            if (answer is not { IsSuccess: true, Json: { } page })
                throw new UnreachableException($"cases of {district}: {(int)answer.Status}", null);

            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                any = true;
                if (step.IsOpen())
                    await AdoptAsync(OpenCase.Read(item), cancellation);
            }

            if (!step.IsOpen() || _book.Count >= OpenCases.CasesMax
                || page.GetProperty("next").GetString() is not { } next)
            {
                return any;
            }

            cursor = $"&cursor={Uri.EscapeDataString(next)}";
        }
    }

    private Task AdoptAsync(OpenCase item, CancellationToken cancellation)
    {
        if (item is { IsDispute: true, Step: Step.Handling })
        {
            // A list does not tell how far a mediation is.
            return FollowAsync(item.Id, cancellation);
        }

        _book.Adopt(item, _time.GetUtcNow(), _context.Options.Speed);
        return Task.CompletedTask;
    }

    private void ReportDue(DateTimeOffset now, TimeSpan sinceLast, CancellationToken cancellation)
    {
        var towns = _context.World.Towns;
        var weights = towns.Sum(town => town.Weight);
        var perSecond = _context.Options.CasesPerDay / 86_400.0 * _context.World.Size * _context.Options.Speed
            * DayCurve.Cases.At(ChinaTime.Local(now));
        var stormy = _storms.TownAt(_context.DemoTime(now));
        for (var i = 0; i < towns.Length; i++)
        {
            var rate = perSecond * towns[i].Weight / weights * (stormy == i ? StormPlan.Factor : 1);
            // The chance makes the gaps uneven, as they are in life; the mean is the rate.
            _owed[i] += rate * sinceLast.TotalSeconds * 2 * _random.NextDouble();
            for (; _owed[i] >= 1; _owed[i]--)
                Report(towns[i], stormy == i, null, cancellation);
        }

        _owedStock += sinceLast / s_stockWithin * _context.Options.StartingCases;
        for (; _owedStock >= 1; _owedStock--)
        {
            if (_stockLeft > 0)
            {
                _stockLeft--;
                Report(DrawTown(weights), false, _random.Next(HurryMax + 1), cancellation);
            }
        }
    }

    private TrafficTown DrawTown(double weights)
    {
        var drawn = _random.NextDouble() * weights;
        return _context.World.Towns.FirstOrDefault(town => (drawn -= town.Weight) < 0) ?? _context.World.Towns[^1];
    }

    private void Report(TrafficTown town, bool isStormy, int? hurry, CancellationToken cancellation)
    {
        if (_book.Count < OpenCases.CasesMax && _reports.Draw(town, isStormy, hurry) is { } report
            && !_inflight.TryRun(() => ReportAsync(report, cancellation)))
        {
            _context.Failures.Add("a report found no room");
        }
    }

    private async Task ReportAsync(OutgoingReport report, CancellationToken cancellation)
    {
        if (await _reports.SendAsync(report, cancellation) is { } open)
        {
            DemoMeter.Cases.Add(1);
            _book.Plan(open, _time.GetUtcNow(), _context.Options.Speed);
        }
    }

    /// <summary>The same matter is merged into the case that was there before; what is new goes its way.</summary>
    private async Task MergeAsync(OpenCase open, CancellationToken cancellation)
    {
        if (await _reports.FindKnownAsync(open, cancellation) is { } merge)
            await MoveAsync(open, merge, null, cancellation);
        else
            _book.Plan(open with { LookAt = null }, _time.GetUtcNow(), _context.Options.Speed);
    }

    /// <param name="scene">What the owner takes a photo of when it is done; null: nothing.</param>
    private async Task MoveAsync(OpenCase open, CaseCommand command, int? scene, CancellationToken cancellation)
    {
        try
        {
            var answer = await _context.Client.PostAsync(
                command.Who, $"api/v1/incidents/{open.Id}/{command.Name}", command.Body,
                $"demo:{open.Id}:{open.Version}:{command.Name}", cancellation);
            if (answer is { IsSuccess: true, Json: { } json })
            {
                DemoMeter.Commands.Add(1);
                json = scene is { } shown
                    ? await _photos.AddAsync(command.Who, open.Id, shown, isAfter: true, cancellation) ?? json
                    : json;
                _book.Plan(OpenCase.Read(json, Math.Max(0, open.Hurry - 1)), _time.GetUtcNow(), _context.Options.Speed);
                return;
            }

            // Somebody else moved it, a person at the wall perhaps: it goes on from where it is now.
            _context.Failures.Add($"{command.Name}: {answer.Code}");
            await RefreshAsync(open, cancellation);
        }
        catch (UnreachableException)
        {
            _book.Plan(open, _time.GetUtcNow() + s_askAgainAfter, _context.Options.Speed);
            throw;
        }
    }

    private async Task RefreshAsync(OpenCase open, CancellationToken cancellation)
    {
        if (await OpenCase.FetchAsync(_context.Client, open.Id, cancellation) is { } now)
            _book.Plan(now, _time.GetUtcNow(), _context.Options.Speed);
        else
            _book.Forget(open);
    }
}
