namespace GridMesh.Load.Runner.Contracts;

/// <summary>How a step or an iteration ended.</summary>
public interface IResponse
{
    /// <summary>For example "200", or a code of the product; empty when there is nothing to tell apart.</summary>
    string StatusCode { get; }

    bool IsError { get; }

    /// <summary>Bytes transferred, 0 when nobody counted them.</summary>
    long SizeBytes { get; }

    /// <summary>Milliseconds that count instead of the measured ones; 0: the measured ones count.</summary>
    double CustomLatencyMs { get; }

    string Message { get; }
}

/// <summary>A response that may carry what a later step needs.</summary>
/// <param name="Payload">Null where there is none, as an F# option is; ask it with <c>IsSome()</c>.</param>
public sealed record Response<T>(
    string StatusCode, bool IsError, long SizeBytes, double CustomLatencyMs, string Message, Payload<T> Payload) : IResponse;

/// <summary>What a step hands on.</summary>
public sealed record Payload<T>(T Value);
