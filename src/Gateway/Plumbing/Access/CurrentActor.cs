using System.Reflection;
using GridMesh.Contracts.Access;

namespace GridMesh.Gateway.Plumbing.Access;

/// <summary>Binds the token's actor into an endpoint: <c>(CurrentActor me) =&gt; …</c>.</summary>
/// <param name="token">Of the token that it came with.</param>
internal sealed class CurrentActor(Actor actor, TokenMarks? token = null)
{
    public Actor Actor { get; } = actor;

    public TokenMarks? Token { get; } = token;

    /// <summary>Kept once the token is known to be valid.</summary>
    public static void Keep(HttpContext context, CurrentActor me) => context.Features.Set(me);

    /// <summary>
    /// Kept for a connection that lasts as well: SignalR takes the items of a request over, and not its features, where
    /// a connection is many requests.
    /// </summary>
    public static void KeepForConnection(HttpContext context, CurrentActor me) =>
        context.Items[typeof(CurrentActor)] = me;

    /// <exception cref="InvalidOperationException">No token was checked for the connection: a bug.</exception>
    public static CurrentActor OfConnection(HttpContext context) =>
        context.Items[typeof(CurrentActor)] as CurrentActor ?? Of(context);

    /// <summary>Null where no valid token came.</summary>
    public static CurrentActor? Find(HttpContext context) => context.Features.Get<CurrentActor>();

    public static ValueTask<CurrentActor> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(Of(context));

    /// <exception cref="InvalidOperationException">The endpoint is open to anonymous callers: a bug.</exception>
    public static CurrentActor Of(HttpContext context) => Find(context)
        ?? throw new InvalidOperationException("no validated token on this request");
}
