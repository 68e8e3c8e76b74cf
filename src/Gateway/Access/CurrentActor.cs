using System.Reflection;
using GridMesh.Contracts.Access;

namespace GridMesh.Gateway.Access;

/// <summary>Binds the token's actor into an endpoint: <c>(CurrentActor me) =&gt; …</c>.</summary>
internal sealed class CurrentActor(Actor actor)
{
    private static readonly object s_key = new();

    public Actor Actor { get; } = actor;

    /// <summary>Kept once the token is validated.</summary>
    public static void Keep(HttpContext context, Actor actor) => context.Items[s_key] = new CurrentActor(actor);

    public static ValueTask<CurrentActor> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(Of(context));

    /// <exception cref="InvalidOperationException">The endpoint is open to anonymous callers: a bug.</exception>
    public static CurrentActor Of(HttpContext context) => context.Items[s_key] as CurrentActor
        ?? throw new InvalidOperationException("no validated token on this request");
}
