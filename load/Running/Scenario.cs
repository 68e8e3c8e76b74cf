namespace GridMesh.Load.Running;

/// <summary>What is done again and again, how often, and what is asked of it.</summary>
/// <param name="Run">One iteration; whatever it throws is a failure of it.</param>
internal sealed record Scenario(string Name, Func<Iteration, Task<Response>> Run)
{
    /// <summary>The load is applied for so long, unmeasured, and then begins anew. Zero: no warm-up.</summary>
    public TimeSpan WarmUp { get; init; }
    public IReadOnlyList<Stretch> Load { get; init; } = [];
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];
}

/// <summary>How a step or an iteration ended.</summary>
/// <param name="Code">For example "200", or a code of the product; empty when there is nothing to tell apart.</param>
internal sealed record Response(
    bool IsError, string Code = "", string Message = "", long Bytes = 0, string? Made = null)
{
    public static readonly Response Ok = new(false);

    public static Response Fail(string code, string message = "") => new(true, code, message);

    public static Response Of(Answer answer) => answer.IsSuccess
        ? new Response(false, answer.Code, Bytes: answer.Length, Made: answer.Made)
        : Fail(answer.Code);
}
