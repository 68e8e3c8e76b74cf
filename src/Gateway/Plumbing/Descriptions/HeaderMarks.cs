namespace GridMesh.Gateway.Plumbing.Descriptions;

/// <summary>The answer tells its version as an <c>ETag</c>.</summary>
internal sealed class TagMark;

/// <summary>The call takes an <c>If-Match</c>: it is done only while what it replaces is that version.</summary>
internal sealed class MatchMark;
