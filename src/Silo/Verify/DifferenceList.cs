namespace GridMesh.Silo.Verify;

/// <summary>What a recount found, in the order in which it was found.</summary>
internal sealed class DifferenceList
{
    /// <summary>Most differences that are told one by one.</summary>
    public const int DifferencesMax = 100;

    private readonly List<string> _told = [];

    public IReadOnlyList<string> Told => _told;

    public void Add(string difference)
    {
        if (_told.Count < DifferencesMax)
            _told.Add(difference);
    }
}
