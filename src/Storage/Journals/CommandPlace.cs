namespace GridMesh.Storage.Journals;

/// <summary>Where a command's facts are: the stream, and the version of the last of them.</summary>
internal readonly record struct CommandPlace(string Stream, long Version);
