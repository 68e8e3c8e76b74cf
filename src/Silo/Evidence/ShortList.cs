namespace GridMesh.Silo.Evidence;

/// <summary>Lines for a terminal: the first few as they are, the rest as a number.</summary>
/// <param name="rest">What the rest is called, in Chinese and English.</param>
internal sealed class ShortList(string rest)
{
    public const int LinesMax = 20;

    private readonly List<string> _lines = [];

    public int Count { get; private set; }

    public IEnumerable<string> Lines => Count > _lines.Count ? [.. _lines, $"… {Count - _lines.Count} {rest}"] : _lines;

    public void Add(string line)
    {
        Count++;
        if (_lines.Count < LinesMax)
            _lines.Add(line);
    }
}
