using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.CSharp;

namespace GridMesh.Load.Runner.Sessions;

/// <summary>What the runner itself says of iterations; the two numbers are NBomber's.</summary>
internal static class Codes
{
    /// <summary>An operation was cancelled by its own time limit.</summary>
    public const string Timeout = "-100";

    /// <summary>Something was thrown.</summary>
    public const string Unhandled = "-101";

    /// <summary>Due while too many others had not ended.</summary>
    public const string NotStarted = "not-started";

    /// <summary>Had not ended when the time to complete was over.</summary>
    public const string NotFinished = "not-finished";

    public static readonly IResponse NotStartedResponse = Response.Fail(statusCode: NotStarted, message: "too many iterations had not ended");

    public static readonly IResponse NotFinishedResponse = Response.Fail(statusCode: NotFinished, message: "had not ended when the time to complete was over");

    /// <summary>Everything that is thrown in an iteration is a result of it.</summary>
    public static Response<T> Of<T>(Exception thrown) => thrown is OperationCanceledException
        ? Response.Fail<T>(statusCode: Timeout, message: "operation timeout")
        : Response.Fail<T>(statusCode: Unhandled, message: $"{thrown.GetType().Name}: {thrown.Message}");
}
