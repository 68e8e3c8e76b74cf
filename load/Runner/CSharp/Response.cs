using GridMesh.Load.Runner.Contracts;

namespace GridMesh.Load.Runner.CSharp;

/// <summary>Says how a step or an iteration ended.</summary>
public static class Response
{
    private static readonly Response<object> s_ok = Make<object>(false, "", 0, "", 0, null);
    private static readonly Response<object> s_fail = Make<object>(true, "", 0, "", 0, null);

    public static Response<object> Ok() => s_ok;

    public static Response<object> Ok(string statusCode = "", long sizeBytes = 0, string message = "", double customLatencyMs = 0) =>
        Make<object>(false, statusCode, sizeBytes, message, customLatencyMs, null);

    public static Response<T> Ok<T>(string statusCode = "", long sizeBytes = 0, string message = "", double customLatencyMs = 0) =>
        Make<T>(false, statusCode, sizeBytes, message, customLatencyMs, null);

    public static Response<T> Ok<T>(
        T payload, string statusCode = "", long sizeBytes = 0, string message = "", double customLatencyMs = 0) =>
        Make(false, statusCode, sizeBytes, message, customLatencyMs, new Payload<T>(payload));

    public static Response<object> Fail() => s_fail;

    public static Response<object> Fail(string statusCode = "", string message = "", long sizeBytes = 0, double customLatencyMs = 0) =>
        Make<object>(true, statusCode, sizeBytes, message, customLatencyMs, null);

    public static Response<T> Fail<T>(string statusCode = "", string message = "", long sizeBytes = 0, double customLatencyMs = 0) =>
        Make<T>(true, statusCode, sizeBytes, message, customLatencyMs, null);

    public static Response<T> Fail<T>(
        T payload, string statusCode = "", string message = "", long sizeBytes = 0, double customLatencyMs = 0) =>
        Make(true, statusCode, sizeBytes, message, customLatencyMs, new Payload<T>(payload));

    private static Response<T> Make<T>(
        bool isError, string statusCode, long sizeBytes, string message, double customLatencyMs, Payload<T>? payload) =>
        new(statusCode ?? "", isError, sizeBytes, customLatencyMs, message ?? "", payload!);
}

/// <summary>Asks whether there is a payload.</summary>
public static class OptionExtensions
{
    public static bool IsSome<T>(this Payload<T>? option) => option is not null;

    public static bool IsNone<T>(this Payload<T>? option) => option is null;
}
