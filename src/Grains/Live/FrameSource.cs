using System.Runtime.InteropServices;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Workers;

namespace GridMesh.Grains.Live;

/// <summary>
/// One numbered way out of a view. Remembers only what was touched since the last frame and reads the latest value when
/// the frame is taken: whoever is slower gets fewer, never staler, frames.
/// </summary>
public sealed class FrameSource(AreaCode code, long epoch)
{
    private readonly HashSet<CaseNumber> _cases = [];
    private readonly HashSet<string> _workers = [];
    private readonly HashSet<AreaCode> _children = [];
    private bool _summary;

    public long Epoch => epoch;

    /// <summary>Version that a holder of every frame so far has.</summary>
    public long Version { get; private set; }

    public bool IsDirty => _summary || _cases.Count + _workers.Count + _children.Count > 0;

    /// <summary>True when cases or numbers changed, not only the places of workers.</summary>
    public bool HasNews => _summary || _cases.Count + _children.Count > 0;

    public void Touch(CaseNumber number) => _cases.Add(number);

    public void Touch(string worker) => _workers.Add(worker);

    /// <summary>The area's own numbers changed, and those of a child if one is named.</summary>
    public void TouchSummary(AreaCode? child = null)
    {
        _summary = true;
        if (child is { } changed)
            _children.Add(changed);
    }

    /// <summary>The next frame; without changes it is a sign of life that leaves the version as it is.</summary>
    public AreaFrame Take(DateTimeOffset now, AreaView view, AreaSummary summary, Func<AreaCode, ChildEntry?> child)
    {
        var from = Version;
        Version += IsDirty ? 1 : 0;
        var frame = new AreaFrame(
            code, epoch, from, Version, now, _summary ? summary : null, TakeChildren(child), TakeIncidents(view),
            TakeWorkers(view));
        _summary = false;
        return frame;
    }

    private ImmutableArray<ChildEntry>? TakeChildren(Func<AreaCode, ChildEntry?> child)
    {
        if (_children.Count == 0)
            return null;

        ImmutableArray<ChildEntry> entries = [.. _children.Select(child).OfType<ChildEntry>()];
        _children.Clear();
        return entries;
    }

    private IncidentChanges? TakeIncidents(AreaView view)
    {
        if (_cases.Count == 0)
            return null;

        var put = ImmutableArray.CreateBuilder<IncidentCard>(_cases.Count);
        var gone = ImmutableArray.CreateBuilder<CaseNumber>();
        foreach (var number in _cases)
        {
            if (view.Card(number) is { } card)
                put.Add(card);
            else
                gone.Add(number);
        }

        _cases.Clear();
        return new IncidentChanges(put.DrainToImmutable(), gone.DrainToImmutable());
    }

    private WorkerChanges? TakeWorkers(AreaView view)
    {
        if (_workers.Count == 0)
            return null;

        // Most frames of places are of one worker and go up at every hop, so they take no more than they hold.
        var put = new WorkerDot[_workers.Count];
        var count = 0;
        ImmutableArray<string>.Builder? gone = null;
        foreach (var id in _workers)
        {
            if (view.Worker(id) is { } dot)
                put[count++] = dot;
            else
                (gone ??= ImmutableArray.CreateBuilder<string>()).Add(id);
        }

        _workers.Clear();
        Array.Resize(ref put, count);
        return new WorkerChanges(ImmutableCollectionsMarshal.AsImmutableArray(put), gone?.DrainToImmutable() ?? []);
    }
}
