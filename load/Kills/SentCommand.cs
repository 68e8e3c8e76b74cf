namespace GridMesh.Load.Kills;

/// <summary>A command as it was sent, so that it can be sent again.</summary>
/// <param name="Fact">The type that the history gets by it; null for a shift.</param>
/// <param name="Subject">The case it is for, null for a report; the worker for a shift.</param>
/// <param name="OnDuty">What a shift asks for.</param>
internal sealed record SentCommand(
    string Path, string Token, object Body, string Key, string? Fact, string? Subject, bool OnDuty = false);
