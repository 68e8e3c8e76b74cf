using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Plumbing.Pipeline;

/// <summary>
/// The one way of every command: find what it is about, read what it says, tell everything that is wrong at once, ask
/// who may, let the grain decide, and answer. A feature declares the steps that are its own; each command declares its
/// body, its answer and the codes that it says no with, and the description of the API is made of that.
/// </summary>
/// <typeparam name="TTarget">What the path names, and <see cref="Find"/> found.</typeparam>
/// <typeparam name="TCommand">What grains of the feature take.</typeparam>
internal sealed class CommandPipeline<TTarget, TCommand, TOutcome>
{
    /// <summary>The answer why the path leads nowhere for who is here; null with the target set.</summary>
    public delegate IResult? Finder(CommandCall call, out TTarget target);

    public required Finder Find { get; init; }

    /// <summary>Who may not, once it is known what is wanted.</summary>
    public Func<CommandCall, TTarget, TCommand, RejectCode?> Refuse { get; init; } = (_, _, _) => null;

    public required Func<CommandCall, TTarget, TCommand, Task<TOutcome>> DecideAsync { get; init; }

    /// <summary>Why the grain said no, and what there is to add to it; no code where it was done.</summary>
    public required Func<TOutcome, (RejectCode? Reject, string? Detail)> RejectOf { get; init; }

    /// <summary>Codes that <see cref="Find"/>, <see cref="Refuse"/> and every decider of the feature say.</summary>
    public required IReadOnlyList<RejectCode> Codes { get; init; }

    public RouteHandlerBuilder Map<TBody>(
        IEndpointRouteBuilder api, string route, Func<CommandCall, TTarget, TBody, TCommand> read,
        CommandAnswer<TOutcome> answer)
        where TBody : class, new()
    {
        var name = route[(route.LastIndexOf('/') + 1)..];
        return api.MapPost(route, (TBody? body, HttpContext context, TimeProvider time) =>
                RunAsync(new CommandCall(context, time, name, body ?? new TBody()), read, answer))
            .WithMetadata(
                new CommandMark(), new ProducesResponseTypeMetadata(answer.Status, answer.Shape ?? typeof(void)))
            .Refuses([.. Codes, RejectCode.CommandIdAlreadyUsed]);
    }

    private async Task<IResult> RunAsync<TBody>(
        CommandCall call, Func<CommandCall, TTarget, TBody, TCommand> read, CommandAnswer<TOutcome> answer)
    {
        if (Find(call, out var target) is { } nowhere)
            return nowhere;

        // The key is looked at whether or not the command carries its id.
        _ = call.Id;
        var command = read(call, target, (TBody)call.Body);
        if (call.Check.Failed)
            return call.Check.Problem;

        if (Refuse(call, target, command) is { } refusal)
            return Problem.Of(refusal);

        var outcome = await DecideAsync(call, target, command);
        return RejectOf(outcome) is { Reject: { } reject, Detail: var detail }
            ? Problem.Of(reject, detail)
            : answer.Make(call, outcome);
    }
}
