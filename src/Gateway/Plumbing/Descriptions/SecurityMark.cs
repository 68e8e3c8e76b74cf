namespace GridMesh.Gateway.Plumbing.Descriptions;

/// <summary>What opens an endpoint that takes requests without a token.</summary>
/// <param name="IsOptional">It answers without as well.</param>
internal sealed record SecurityMark(string Scheme, bool IsOptional)
{
    public const string Bearer = "bearer";

    public const string HotlineKey = "hotlineKey";

    /// <summary>With a token or without one: then something else in the call tells who asks.</summary>
    public static SecurityMark Either { get; } = new(Bearer, IsOptional: true);
}
