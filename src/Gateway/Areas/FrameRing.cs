using GridMesh.Contracts.Areas;

namespace GridMesh.Gateway.Areas;

/// <summary>The latest frames of an area, for those who come back. Bounded; without the signs of life.</summary>
internal sealed class FrameRing
{
    /// <summary>Frames kept: about a minute of an area above the grid at four a second.</summary>
    public const int FramesMax = 256;

    private readonly Queue<(AreaFrame Frame, RawJson Json)> _frames = new(FramesMax);

    public void Add(AreaFrame frame, RawJson json)
    {
        if (frame.From == frame.To)
        {
            return;
        }

        if (_frames.Count == FramesMax)
        {
            _frames.Dequeue();
        }

        _frames.Enqueue((frame, json));
    }

    /// <summary>The frames after a version in one row, or null when they are not all here.</summary>
    public IReadOnlyList<RawJson>? After(Since since, long epoch, long version)
    {
        if (since.Epoch != epoch || since.Version > version)
        {
            return null;
        }

        var frames = _frames.Where(entry => entry.Frame.From >= since.Version).ToList();
        return since.Version == version || (frames is [var first, ..] && first.Frame.From == since.Version)
            ? [.. frames.Select(entry => entry.Json)]
            : null;
    }

    public void Clear() => _frames.Clear();
}
