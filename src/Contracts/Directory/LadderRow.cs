using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Directory;

/// <summary>A row of the escalation ladders 升级阶梯: rows for the same cases are one ladder.</summary>
/// <param name="Line">Cases of this line; null for any.</param>
/// <param name="Category">Cases of this category, and then no line is named; null for any.</param>
/// <param name="Severity">Cases of this severity; null for any.</param>
public sealed record LadderRow(Line? Line, string? Category, Severity? Severity, Rung Rung);
