namespace GridMesh.Contracts.Areas;

public enum CountKind
{
    /// <summary>As things stand.</summary>
    Standing,

    /// <summary>What has happened today: it starts at zero at midnight, China time.</summary>
    Today,
}

/// <summary>One number of a summary.</summary>
/// <param name="Path">Where it stands in JSON, from the outside in, names with a dot between them.</param>
/// <param name="Ids">Its id, which is its place in the vector; several where it is the sum of those counts.</param>
public sealed record SummaryCount(string Path, CountKind Kind, params ImmutableArray<int> Ids)
{
    public int In(AreaSummary summary)
    {
        var sum = 0;
        foreach (var id in Ids)
            sum += summary.At(id);

        return sum;
    }
}
