namespace GridMesh.Storage.Journals;

/// <summary>Where a command's facts are: the stream, and the version of the last of them.</summary>
/// <param name="Digest">What the command asked for; null where that is not known.</param>
internal readonly record struct CommandPlace(string Stream, long Version, long? Digest);
