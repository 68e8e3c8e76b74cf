using GridMesh.Contracts.Codes;

namespace GridMesh.Contracts.Subscriptions;

/// <summary>Somebody who is told of the facts of an area's cases, at an address of its own.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Secret">What its messages are signed with, 16-128 characters. Never shown again.</param>
/// <param name="Lines">Lines of work told of; empty means all.</param>
/// <param name="Events">Names of <see cref="IncidentEvents"/> told of; empty means all.</param>
/// <param name="OrdersOnly">Only cases that came in as orders of the hotline.</param>
/// <param name="Batch">Most events of one message: 1 is one event a message, more are sent as a list.</param>
/// <param name="CreatedBy">Subject of the token that made it.</param>
[GenerateSerializer, Immutable, Alias("Subscription")]
public sealed record Subscription(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Url,
    [property: Id(3)] string Secret,
    [property: Id(4)] AreaCode Area,
    [property: Id(5)] ImmutableArray<Line> Lines,
    [property: Id(6)] ImmutableArray<string> Events,
    [property: Id(7)] bool OrdersOnly,
    [property: Id(8)] int Batch,
    [property: Id(9)] string CreatedBy,
    [property: Id(10)] DateTimeOffset CreatedAt)
{
    /// <summary>Most subscriptions of one installation.</summary>
    public const int CountMax = 200;

    /// <summary>Most of them that one subject made, so that nobody locks the others out.</summary>
    public const int OwnMax = 20;

    public const int SecretMin = 16;

    public const int SecretMax = 128;

    /// <summary>Longest name in characters.</summary>
    public const int NameMax = 100;

    /// <summary>Longest address in characters.</summary>
    public const int UrlMax = 500;

    public const int BatchMax = 100;
}
