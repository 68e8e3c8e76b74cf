using GridMesh.Contracts.Access;
using GridMesh.Contracts.Directory;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Plumbing.Pipeline;

/// <summary>A command on its way: who sends it, under which id, and what is wrong with it so far.</summary>
/// <param name="name">The last word of its path.</param>
internal sealed class CommandCall(HttpContext context, TimeProvider time, string name, object body)
{
    private readonly long _started = time.GetTimestamp();
    private Actor? _me;
    private Guid? _id;

    public HttpContext Context => context;

    public string Name => name;

    /// <summary>What was sent; an empty one where there was nothing.</summary>
    public object Body => body;

    /// <summary>The token's actor, unless an endpoint of its own has let somebody else in.</summary>
    public Actor Me
    {
        get => _me ??= CurrentActor.Of(context).Actor;
        set => _me = value;
    }

    /// <summary>The id of the command; a key that is wrong is told with the other faults.</summary>
    public Guid Id => _id ??= Commands.Read(Check, context, Me);

    public Check Check { get; } = new();

    public DirectoryView View { get; } = context.RequestServices.GetRequiredService<IDirectory>().Current;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Since the command came.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>What stands in the path under a name.</summary>
    public string Path(string name) => (string)context.Request.RouteValues[name]!;

    public T Service<T>()
        where T : notnull =>
        context.RequestServices.GetRequiredService<T>();

    public T Grain<T>(string key)
        where T : IGrainWithStringKey =>
        Service<IClusterClient>().GetGrain<T>(key);
}
