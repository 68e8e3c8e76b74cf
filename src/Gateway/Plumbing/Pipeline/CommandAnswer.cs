namespace GridMesh.Gateway.Plumbing.Pipeline;

/// <summary>What is answered when a command was done: with which status and shape, and how it is made.</summary>
/// <param name="Shape">Null where nothing is said.</param>
internal sealed record CommandAnswer<TOutcome>(int Status, Type? Shape, Func<CommandCall, TOutcome, IResult> Make)
{
    public static CommandAnswer<TOutcome> NoContent { get; } =
        new(StatusCodes.Status204NoContent, null, (_, _) => Results.NoContent());

    public static CommandAnswer<TOutcome> Ok<T>(Func<CommandCall, TOutcome, T> shape) =>
        new(StatusCodes.Status200OK, typeof(T), (call, outcome) => Results.Ok(shape(call, outcome)));

    /// <param name="path">Where it is found from now on, below the root of the API.</param>
    public static CommandAnswer<TOutcome> Created<T>(
        Func<CommandCall, TOutcome, string> path, Func<CommandCall, TOutcome, T> shape) =>
        new(StatusCodes.Status201Created, typeof(T), (call, outcome) =>
            Results.Created($"/api/v1/{path(call, outcome)}", shape(call, outcome)));
}
