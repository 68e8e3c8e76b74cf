using GridMesh.Contracts.Directory;

namespace GridMesh.Exchange;

/// <summary>What reading a package came to.</summary>
/// <param name="Data">Null when there is even one problem.</param>
/// <param name="Problems"> In the order of the files and lines; at most <see cref="ExchangeLimits.ProblemsMax"/>, then
/// one more that counts the rest. </param>
public sealed record ReadResult(DirectoryData? Data, IReadOnlyList<ImportProblem> Problems);
