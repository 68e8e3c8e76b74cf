namespace GridMesh.Load.Fleets;

/// <summary>What every scenario with a fleet checks of its options.</summary>
internal static class FleetBounds
{
    /// <summary>Most grids that a fleet watches: less than the demo district has.</summary>
    public const int AreasMax = 400;

    /// <summary>Everything that is wrong, at once.</summary>
    public static IEnumerable<string> Problems(int clients, int areas)
    {
        if (clients is < 1 or > Fleet.ClientsMax)
        {
            yield return $"--clients is {clients}; it has to be 1-{Fleet.ClientsMax}";
        }
        else if (FileLimit.Problem(clients, FileLimit.Read()) is { } problem)
        {
            yield return problem;
        }

        if (areas is < 1 or > AreasMax)
        {
            yield return $"--areas is {areas}; it has to be 1-{AreasMax}";
        }
    }
}
