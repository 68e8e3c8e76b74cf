namespace GridMesh.Gateway.Plumbing.Pipeline;

/// <summary>The endpoint takes a command, and with it an <c>Idempotency-Key</c>.</summary>
internal sealed class CommandMark;
