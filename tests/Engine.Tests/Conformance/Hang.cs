namespace GridMesh.Engine.Tests.Conformance;

/// <summary>Only so that a broken engine fails a test in place of hanging it; no test passes by waiting this long.</summary>
internal static class Hang
{
    /// <summary>
    /// A minute of the machine's own clock: on a busy machine what takes a millisecond can take seconds.
    /// </summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
}
