using GridMesh.Contracts.Codes;

namespace GridMesh.Gateway.Plumbing.Problems;

/// <summary>Codes that a call says no with, besides those of every call; the API's description tells them.</summary>
internal sealed record Refusals(IReadOnlyCollection<(string Code, int Status)> Codes)
{
    public static Refusals Of(IEnumerable<RejectCode> codes) =>
        new([.. codes.Select(code => (code.ToString(), ProblemStatus.Of(code)))]);

    public static Refusals Of(IEnumerable<ProblemCode> codes) =>
        new([.. codes.Select(code => (code.ToString(), ProblemStatus.Of(code)))]);
}

internal static class RefusalExtensions
{
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params RejectCode[] codes)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(Refusals.Of(codes));

    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params ProblemCode[] codes)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(Refusals.Of(codes));
}
