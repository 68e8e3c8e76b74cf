namespace GridMesh.Bench.Grains;

/// <summary>Takes the place of the measurement, which holds the product in the memory of one process.</summary>
internal static class IdleGrainsBench
{
    public static Task<int> RunAsync(string[] args)
    {
        Console.Error.WriteLine($"grains {string.Join(' ', args)}: measured on the embedded engine only.");
        return Task.FromResult(1);
    }
}
