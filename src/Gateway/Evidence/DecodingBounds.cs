namespace GridMesh.Gateway.Evidence;

/// <summary>How much decoding a photo may take.</summary>
/// <param name="BytesMax">Of memory. Turned upright it is held a second time, at most as large as it is kept.</param>
/// <param name="TimeMax">Of a processor; to write what is kept takes less than that again.</param>
internal sealed record DecodingBounds(long BytesMax, TimeSpan TimeMax)
{
    /// <summary>For what anybody may send: all in all 150 MB and a second.</summary>
    public static DecodingBounds Upload { get; } = new(90_000_000, TimeSpan.FromMilliseconds(600));

    /// <summary>For what was taken earlier, when its bounds were wider.</summary>
    public static DecodingBounds Import { get; } = new(500_000_000, TimeSpan.FromSeconds(30));
}
